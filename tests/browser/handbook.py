"""The pictures of the handbook: which pages they show, and the words on them.

``scripts/pictures.py --docs`` writes them; ``test_handbook.py`` makes them anew and
compares. What differs from one run to the next (codes, days) is held still.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, ViewportSize

from achterban.rules.receipts import in_groups, make_code
from tests.browser.visit import CODE, Office, Visit, start_office

PICTURES = Path(__file__).parents[2] / "docs" / "handboek" / "beeld"
DAY = "2026-11-23T10:00:00+01:00"  # of the example, so that its days stay the same
PHONE: ViewportSize = {"width": 360, "height": 900}
DESK: ViewportSize = {"width": 900, "height": 860}
SHARPNESS = 2  # pixels of the picture for one of the page
COLOURS = 32
EDGE = "#84756a"  # a page on a page of the same colour needs one
EXAMPLE_CODE = in_groups(make_code(0x3D7B_52E6_91C4_0AF8_6B1))
TOLD = (
    "Mijn scootmobiel staat al zes weken bij de monteur. Ik kom de deur niet meer uit."
)
LEAD = "De gemeente knipt het gesprek voortaan in stukjes."
REST = "U vroeg erom, met nog vijf anderen. Het begint op 1 mei. Dank u wel."
HAVE_LETTERS = """document.fonts.ready.then(
  all => [...all].every(it => it.status == "loaded"))"""
SHOW_CODE = """(code) => document.querySelectorAll("main .code").forEach((it) => {
  const groups = code.split(" ");
  it.querySelectorAll("span").forEach((e, i) => { e.textContent = groups[i]; });
})"""


@dataclass(frozen=True)
class Picture:
    """One picture of the handbook.

    Attributes:
        name: of the file, without ``.png``.
        image: pages beside each other.
        words: what stands on them.
    """

    name: str
    image: Image.Image
    words: str


def start_still(data: Path) -> Office:
    """Serve the example as it is on one day."""
    return start_office(data, ACHTERBAN_CLOCK=DAY)


def all_pictures(browser: Browser, office: Office) -> Iterator[Picture]:
    """Take every picture of the handbook, in its order."""
    for role, pages in CHAPTERS.items():
        context = browser.new_context(
            locale="nl-NL",
            viewport=DESK if role else PHONE,
            device_scale_factor=SHARPNESS,
        )
        visit = Visit(context, office)
        if role:
            visit.enter(role)
        with_our_letters(visit)
        for name, steps in pages.items():
            parts = [take(visit) for _ in steps(visit)]
            images, words = zip(*parts, strict=True)
            told = "\n\n".join(dict.fromkeys(words))  # a page can be shown twice
            yield Picture(name, beside(list(images)), f"{told}\n")
        context.close()


def take(visit: Visit) -> tuple[Image.Image, str]:
    """Return the page as it is seen, and its words."""
    visit.page.evaluate(SHOW_CODE, EXAMPLE_CODE)
    visit.page.evaluate("document.activeElement.blur()")
    shown = visit.page.screenshot()
    typed = visit.page.locator("main textarea").all()
    words = [visit.shown(), *(field.input_value() for field in typed)]
    return Image.open(io.BytesIO(shown)).convert("RGB"), "\n".join(filter(None, words))


def with_our_letters(visit: Visit) -> None:
    """Go to a page until it shows our own letters: they are optional on a first visit.

    Raises:
        TimeoutError: it never did.
    """
    for _ in range(10):
        visit.go("vertel/")
        if visit.page.evaluate(HAVE_LETTERS):
            visit.page.wait_for_timeout(500)
            return
    raise TimeoutError


def beside(parts: list[Image.Image]) -> Image.Image:
    """Put pictures beside each other, with few colours: small files."""
    whole = Image.new("RGB", (sum(p.width for p in parts), parts[0].height))
    left = 0
    for part in parts:
        whole.paste(part, (left, 0))
        edge = (left, 0, left + part.width - 1, part.height - 1)
        ImageDraw.Draw(whole).rectangle(edge, outline=EDGE, width=SHARPNESS)
        left += part.width
    return whole.quantize(COLOURS, dither=Image.Dither.NONE)


# What is shown, a picture each; at a ``yield`` the page stands ready

Steps = Callable[[Visit], Iterator[None]]


def telling(visit: Visit) -> Iterator[None]:
    """Tell in one sentence, and get a code."""
    visit.go("vertel/")
    visit.write(TOLD)
    visit.page.locator(".status:not(:empty)").wait_for()
    yield
    visit.press("Verstuur: lees dit en tel het mee")
    visit.page.locator(CODE).wait_for()
    yield


def later(visit: Visit) -> Iterator[None]:
    """Stop, and come back."""
    visit.go("vertel/")
    visit.write(TOLD)
    visit.press("Bewaar het, ik ga later verder")
    visit.reads("Bewaard. Rust eerst maar.")
    yield
    visit.go("code/")
    visit.page.locator("[name=code]").fill(EXAMPLE_CODE)
    yield


def questions(visit: Visit) -> Iterator[None]:
    """Two of the optional questions."""
    visit.go("vertel/")
    visit.write(TOLD)
    visit.step("Verder vertellen")
    for title, answer in {
        "Wat doet het met u?": "Meer moe, of meer pijn",
        "Wat mogen wij ermee doen?": "Mij meer vragen (2 jaar)",
    }.items():
        visit.skip_to(title)
        visit.page.get_by_label(answer).check()
        yield


def term_of_law(visit: Visit) -> Iterator[None]:
    """The days that stand on a letter, and the last day."""
    visit.go("termijn/1/")
    visit.page.locator("[name=dated]").fill("2026-11-20")
    yield
    visit.press("Reken de laatste dag uit")
    visit.reads("maandag 4 januari 2027")
    yield


def reading(visit: Visit) -> Iterator[None]:
    """What stands behind a code, from top to bottom."""
    visit.open_code(visit.office.example_code)
    visit.page.locator(".course").wait_for()
    yield
    visit.page.locator(".course li").nth(2).scroll_into_view_if_needed()
    yield


def page(path: str, title: str) -> Steps:
    """Return the steps to one page of the Werkplek."""

    def steps(visit: Visit) -> Iterator[None]:
        visit.go(path)
        visit.page.get_by_role("heading", name=title, exact=True).wait_for()
        yield

    return steps


def opened(path: str, name: str) -> Steps:
    """Return the steps to one thing in a list."""

    def steps(visit: Visit) -> Iterator[None]:
        visit.go(path)
        visit.press(name)
        visit.page.get_by_role("heading", name=name, exact=True).wait_for()
        yield

    return steps


def writing(visit: Visit) -> Iterator[None]:
    """A text that is being written, with the claims below it."""
    visit.go("werk/publicaties/")
    visit.page.locator("main li", has_text="in de maak").locator("a").first.click()
    visit.press("Schrijf verder")
    visit.reads("Stellingen die klaarstaan")
    yield


# As the process that finds names does, which takes a gigabyte and seconds.
LOOK_THROUGH = """
from achterban.advocate.redactions.actions.deciding import look_through
from achterban.rules.deidentify.structured import find_structured
look_through(find_structured)
"""


def what_goes_out(visit: Visit) -> Iterator[None]:
    """Letters that are looked through before everybody reads them."""
    visit.office.server.run("django", "shell", "-c", LOOK_THROUGH)
    visit.go("werk/openbare-versies/")
    visit.press("Mail van Utrecht over gesprekken")
    visit.press("Wat gaat eruit?")
    visit.reads("Dit zegt nog wie het is")
    yield


def report(visit: Visit) -> Iterator[None]:
    """A report that asks for an answer."""
    visit.go(visit.office.report_path("Mijn dochter van 14"))
    visit.page.locator(".course").wait_for()
    yield


def telling_back(visit: Visit) -> Iterator[None]:
    """Words for those who told the same."""
    visit.go("werk/signalen/")
    for box in visit.page.locator("main [name=report]").all()[-3:]:
        box.check()
    visit.press("Vertel wie u aanvinkte wat er gebeurde")
    visit.page.locator("[name=lead]").fill(LEAD)
    visit.page.locator("[name=rest]").fill(REST)
    yield


# Those who tell come last: what they send would stand on the pages of the others.
CHAPTERS: dict[str, dict[str, Steps]] = {
    "volunteer": {
        "vandaag": page("werk/vandaag/", "Vandaag"),
        "signaal": report,
        "gesprek": page("werk/signalen/gesprek/", "Gesprek opschrijven"),
        "laten-weten": telling_back,
        "knelpunt": opened("werk/knelpunten/", "Een gesprek duurt te lang"),
        "wie-kent-wie": page("werk/wie-kent-wie/", "Wie kent wie"),
        "schrijven": writing,
        "dossier": opened("werk/dossiers/", "Keukentafelgesprek in delen"),
        "wat-eruit-gaat": what_goes_out,
    },
    "coordinator": {
        "team": page("werk/team/", "Team"),
        "organisatie": page("werk/organisatie/", "Onze organisatie"),
        "onze-vragen": page("werk/organisatie/vragen/", "Onze vragen"),
    },
    "": {  # no role
        "vertellen": telling,
        "later": later,
        "vragen": questions,
        "antwoord": reading,
        "termijn": term_of_law,
    },
}
