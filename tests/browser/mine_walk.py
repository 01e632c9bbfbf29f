"""The walk through Mijn: log in by mail, add, read, correct, take along, erase."""

from __future__ import annotations

import re
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.visit import Visit

TOLD = "De keuring duurde twee uur. Daarna lag ik vier dagen plat."
BETTER = "De keuring duurde één uur. Daarna lag ik vier dagen plat."


def in_mijn(visit: Visit) -> Iterator[str]:
    """One account from its first link to its end, with slips."""
    code = visit.tell(TOLD)
    address = f"noor-{time.time_ns()}@voorbeeld.example"
    visit.go("mijn/")
    yield "mine-enter"
    visit.page.locator("#enter").evaluate("it => { it.noValidate = true; }")
    visit.page.locator("[name=email]").fill("geen adres")
    visit.press("Mail mij een link")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "mine-enter-wrong"
    link = asked_link(visit, address)
    yield "mine-mailed"
    visit.page.locator("main [name=code]").fill("ABCD")
    visit.press("Verder")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "mine-code-wrong"
    visit.page.goto(link)
    yield "mine-come-in"
    visit.press("Inloggen")
    heading(visit.page, "Mijn signalen")
    yield "mine-empty"
    visit.press("Voeg een signaal toe met de code")
    yield "mine-add"
    visit.page.locator("[name=code]").fill("ABCD EFGH")
    visit.press("Ja, zet het bij mijn adres")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "mine-add-wrong"
    visit.page.locator("[name=code]").fill(code)
    visit.press("Ja, zet het bij mijn adres")
    visit.page.locator(".course").wait_for()
    yield "mine-report"
    more(visit)
    yield "mine-report-more"
    visit.press("Iets verbeteren")
    yield "mine-correct"
    visit.page.locator("button[value=text]").click()
    visit.page.locator("[name=text]").fill(" ")
    visit.press("Bewaar")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "mine-correct-empty"
    visit.page.locator("[name=text]").fill(BETTER)
    visit.press("Bewaar")
    visit.reads("Eerst stond er:")
    yield "mine-corrected"
    more(visit)
    visit.press("Meer toestaan")
    visit.page.get_by_label("Mij meer vragen").check()
    yield "mine-allow"
    visit.press("Bewaar")
    visit.reads("Mij meer vragen")
    yield "mine-allowed"
    more(visit)
    along = taken_along(visit.page, "Neem het mee")
    assert BETTER in along
    assert TOLD in along
    visit.named("Intrekken").first.click()
    visit.page.locator(".course").wait_for()
    visit.reads_not("Mij meer vragen")
    more(visit)
    visit.press("Haal het uit Mijn")
    heading(visit.page, "Uit Mijn halen?")
    yield "mine-let-go"
    visit.press("Nee, laat het hier staan")
    visit.press("Trek alles in")
    heading(visit.page, "Alles intrekken?")
    yield "mine-withdraw"
    visit.press("Nee, bewaar het")
    visit.go("mijn/")
    yield "mine-list"
    visit.press("Mijn account")
    heading(visit.page, "Mijn account")
    yield "mine-account"
    visit.press("Maak een passkey")
    yield "mine-passkey"
    visit.press("Mijn account")
    visit.press("Wis mijn account")
    heading(visit.page, "Uw account wissen?")
    yield "mine-erase"
    visit.press("Uitloggen")
    heading(visit.page, "U bent uitgelogd")
    yield "mine-out"
    visit.page.goto(asked_link(visit, address))
    visit.press("Inloggen")
    visit.go("mijn/wissen/")
    visit.press("Wis ook alles wat ik vertelde")
    heading(visit.page, "Uw account is gewist")
    yield "mine-erased"
    visit.page.goto(link)
    heading(visit.page, "Deze link werkt hier niet")
    yield "mine-link-over"
    visit.open_code(code)
    visit.reads("Dit is ingetrokken")


def more(visit: Visit) -> None:
    """Open what one may do with a report."""
    visit.page.locator("summary", has_text="Verbeteren, meer").click()


def asked_link(visit: Visit, address: str) -> str:
    """Ask for a link; return it from the newest letter."""
    n_before = sum(to == address for to, _subject, _body in visit.office.letters())
    visit.go("mijn/inloggen/")
    visit.page.locator("[name=email]").fill(address)
    visit.press("Mail mij een link")
    heading(visit.page, "Kijk in uw mail")
    for _ in range(100):
        bodies = [body for to, _, body in visit.office.letters() if to == address]
        if len(bodies) > n_before:
            return newest_link(bodies, visit)
        time.sleep(0.1)
    raise LookupError(address)


_used: set[str] = set()


def newest_link(bodies: list[str], visit: Visit) -> str:
    """Return the link that was not seen before, at the server of this visit."""
    links = [re.search(r"https?://\S+(/mijn/binnen/\S+)", body) for body in bodies]
    paths = [link[1] for link in links if link]
    (fresh,) = [path for path in paths if path not in _used]
    _used.update(paths)
    return visit.server.page(fresh.removeprefix("/"))


def taken_along(page: Page, button: str) -> str:
    """Take all along; return the page in the file."""
    with page.expect_download() as coming:
        page.get_by_role("button", name=button).click()
    path = coming.value.path()
    with zipfile.ZipFile(Path(path)) as archive:
        assert archive.testzip() is None
        return archive.read("lees-mij.html").decode()


def heading(page: Page, words: str) -> None:
    """Wait for the page with this heading."""
    page.get_by_role("heading", level=1, name=words, exact=True).wait_for()
