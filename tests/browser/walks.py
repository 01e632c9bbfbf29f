"""Walks past every page in every state: empty, wrong, long, logged in.

A walk is a generator: at each ``yield`` the page of the visit shows what is named.
``test_pages.py`` measures there, and ``scripts/pictures.py`` takes a picture.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from functools import partial

from playwright.sync_api import Route

from achterban.core.files.tests import samples
from tests.browser.circle_walk import a_circle, a_network
from tests.browser.dossier_walk import (
    a_dossier,
    a_talk,
    to_take_along,
    with_another,
)
from tests.browser.follow_walk import what_is_followed
from tests.browser.gathering_walk import an_evening, what_many_go_through
from tests.browser.hearing_walks import choosing_to_hear, telling_back
from tests.browser.import_walk import reading_in
from tests.browser.issue_walk import an_issue, what_stands_out
from tests.browser.letters_walk import public_letters
from tests.browser.mine_walk import in_mijn
from tests.browser.own_walk import (
    an_own_question,
    an_umbrella,
    branches,
    our_own,
    own_questions,
)
from tests.browser.promise_walk import a_promise
from tests.browser.publication_walk import a_joint_letter, a_letter
from tests.browser.review_walk import checking_words
from tests.browser.terms_walk import terms_of_law
from tests.browser.triage_walk import sorting, ten_minutes
from tests.browser.visit import CODE, Visit
from tests.driver import totp

Walk = Callable[[Visit], Iterator[str]]

TOLD = (
    "De gemeente wil een gesprek van twee uur. Ik kan twintig minuten rechtop zitten."
)
ARABIC = "أنتظر منذ عام"
HEBREW = "אני מחכה כבר שנה"
LONG = "\n\n".join(
    [
        f"{TOLD} {TOLD}",
        "Donaudampfschifffahrtsgesellschaft" * 5,
        "https://voorbeeld.example/" + "map/" * 40,
        ARABIC,
        HEBREW,
        "👩🏽‍🦽🛏️💛 zo dus",
        *[TOLD] * 12,
    ]
)
TOO_LONG = "lang verhaal " * 15_400  # more than 200,000 characters
BSN = "Mijn nummer is 111222333 en verder niets."
LOGO = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'></svg>"
POLICY_OF_A_FILE = "default-src 'none'; style-src 'self'; font-src 'self'"


def doorstep(visit: Visit) -> Iterator[str]:
    """Pages that everybody may read."""
    for name, path in {
        "home": "",
        "privacy": "privacy/",
        "accessibility": "toegankelijk/",
        "what-came-of-it": "wat-er-gebeurde/",
    }.items():
        visit.go(path)
        yield name
    for name, path in {
        "installation": "",
        "style": "huisstijl/",
        "example": "voorbeeld/",
    }.items():
        visit.page.goto(f"{visit.server.url}/{path}")
        yield name
    visit.go("hier-is-niets/")
    yield "not-found"
    visit.go("vertel/")
    visit.page.locator("summary").first.click()
    yield "display-open"
    visit.press("English")
    visit.named("Send: read this and count it").wait_for()
    yield "tell-in-english"
    visit.context.clear_cookies()


def failures(visit: Visit) -> Iterator[str]:
    """Pages for when it goes wrong; the last two also stand alone, as files."""
    root = __file__.partition("/tests/browser/")[0]
    for status in ("400", "500", "503"):
        path = f"{root}/achterban/core/web/templates/{status}.html"
        address = visit.server.page(f"kapot-{status}/")
        visit.context.route(address, partial(answer_with, path))
        visit.page.goto(address)
        yield f"failure-{status}"
    visit.enter("coordinator")
    visit.go("werk/signalen/gesprek/")
    visit.page.evaluate(
        "() => { document.querySelector('[name=csrfmiddlewaretoken]').value = 'x'; }"
    )
    visit.press("Sla dit gesprek op")
    visit.page.get_by_role("heading", name="Dit kan nu niet").wait_for()
    yield "refused"


def telling(visit: Visit) -> Iterator[str]:
    """Tell something, with slips."""
    visit.go("vertel/")
    yield "tell"
    visit.press("Verstuur: lees dit en tel het mee")
    refused(visit)
    yield "tell-empty"
    visit.go("vertel/")
    visit.write(LONG)
    yield "tell-long-text"
    visit.page.locator(".status:not(:empty)").wait_for()
    visit.page.locator("details.later summary").click()
    yield "tell-kept-by-itself"
    visit.write(TOO_LONG)
    visit.press("Verstuur: lees dit en tel het mee")
    refused(visit)
    # The field may scroll; to lay it all out again for each look would take seconds.
    visit.page.locator("[name=text]").evaluate("it => { it.value = 'lang verhaal'; }")
    yield "tell-too-long"
    visit.write(BSN)
    visit.press("Bewaar het, ik ga later verder")
    visit.page.locator(CODE).wait_for()
    yield "kept"
    visit.press("Nu verder")
    visit.page.locator("summary", has_text="Helpt u iemand?").click()
    yield "tell-found-back"
    visit.write(BSN)
    visit.press("Verstuur: lees dit en tel het mee")
    visit.page.locator(CODE).wait_for()
    yield "receipt"
    visit.press("Code op papier of als QR")
    visit.page.locator("img.qr").wait_for()
    yield "paper"
    visit.press("Terug naar wat ik vertelde")
    visit.page.locator(".course").wait_for()
    yield "course-waiting"
    visit.press("Ik stop")
    visit.page.get_by_role("heading", name="U kunt dit venster sluiten").wait_for()
    yield "stop"


def questions(visit: Visit) -> Iterator[str]:
    """Tell more, a question at a time."""
    visit.go("vertel/")
    visit.write(TOLD)
    visit.press("Verder vertellen")
    visit.page.locator("[name=municipality]").wait_for()
    yield "where"
    visit.page.locator("[name=municipality]").fill("Nergenshuizen")
    visit.press("Verder")
    refused(visit)
    yield "where-unknown"
    visit.page.locator("[name=municipality]").fill("Súdwest-Fryslân")
    visit.press("Verder")
    visit.page.get_by_label("De gemeente").check()
    yield "about-whom"
    visit.press("Verder")
    visit.page.locator("[name=condition]").fill("ME/CVS en postural tachycardia")
    yield "condition"
    visit.press("Verder")
    visit.page.get_by_label("Twee tot vijf jaar").check()
    yield "since"
    visit.press("Verder")
    visit.page.get_by_label("Eenzaam").check()
    yield "effects"
    visit.press("Verder")
    visit.page.get_by_label("Mijn kind").check()
    yield "for-whom"
    visit.press("Verder")
    visit.reads("Wilt u iets laten zien?")
    yield "show"
    visit.choose(LOGO, "tekening.svg", "image/svg+xml")
    visit.press("Voeg toe")
    visit.reads("Een tekening (svg) kunnen wij niet aannemen")
    yield "show-refused"
    visit.choose(samples.photo(), "foto.jpg", "image/jpeg")
    visit.press("Voeg toe")
    visit.reads("Foto 1")
    yield "show-added"
    visit.press("Verder")
    visit.reads("Wilt u iets inspreken?")
    yield "speak"
    visit.choose(samples.sound(), "opname.webm", "audio/webm")
    visit.press("Verder")
    visit.page.get_by_label("Mij meer vragen").check()
    yield "what-may"
    visit.press("Verder")
    visit.reads("Wilt u horen wat ermee gebeurt?")
    visit.press("Sla over")
    visit.reads("Dat waren alle vragen")
    yield "ready"
    visit.press("Dit is genoeg, verstuur")
    visit.page.locator(CODE).wait_for()
    code = visit.code()
    visit.open_code(code)
    visit.reads("Súdwest-Fryslân")
    yield "course-with-answers"


def behind_the_code(visit: Visit) -> Iterator[str]:
    """Read the answer, add, take back."""
    visit.go("code/")
    yield "code"
    for name, code in {"empty": "", "slip": "ABCD EFGH", "unknown": "0000" * 4}.items():
        visit.page.locator("[name=code]").fill(code)
        visit.press("Open")
        refused(visit)
        yield f"code-{name}"
    visit.open_code(visit.office.example_code)
    visit.page.locator(".course").wait_for()
    yield "course-answered"
    code = visit.tell(LONG)
    visit.open_code(code)
    visit.press("Verstuur")
    refused(visit)
    yield "course-empty"
    visit.write(f"{ARABIC}\n\n{LONG}")
    visit.press("Verstuur")
    visit.page.locator(".status", has_text="Dank u wel").wait_for()
    yield "course-sent"
    visit.press("Trek alles in")
    visit.page.locator("#withdraw").wait_for()
    yield "withdraw"
    visit.press("Ja, wis het voorgoed")
    visit.page.get_by_role("heading", name="Dit is ingetrokken").wait_for()
    yield "withdrawn"
    visit.open_code(code)
    visit.page.get_by_role("heading", name="Dit is ingetrokken").wait_for()
    yield "withdrawn-earlier"


def the_way_in(visit: Visit) -> Iterator[str]:
    """Log in with a mailed code and a second factor, with slips."""
    visit.go("inloggen/")
    yield "log-in"
    visit.page.locator("[name=login]").fill("niemand@voorbeeld.example")
    visit.page.locator("[name=password]").fill("verkeerd wachtwoord")
    visit.press("Inloggen")
    refused(visit)
    yield "log-in-wrong"
    visit.press("Mail mij een code")
    visit.page.locator("[name=email]").wait_for()
    yield "log-in-by-code"
    persona = visit.server.persona("advocate")
    visit.page.locator("[name=email]").fill(persona["email"])
    visit.press("Mail mij een code")
    visit.page.locator("main [name=code]").wait_for()
    yield "type-code"
    visit.page.locator("main [name=code]").fill("AAAAAA")
    visit.press("Verder")
    refused(visit)
    yield "type-code-wrong"
    visit.page.locator("main [name=code]").fill(mailed_code(visit, persona["email"]))
    visit.press("Verder")
    visit.page.get_by_role("heading", name="De tweede stap", exact=True).wait_for()
    yield "second-step"
    visit.page.locator("main [name=code]").fill("000000")
    visit.press("Verder")
    refused(visit)
    yield "second-step-wrong"


def an_invitation(visit: Visit) -> Iterator[str]:
    """Accept an invitation, make a second step, and get recovery codes."""
    link = invitation_link(visit, f"nieuw-{time.time_ns()}@voorbeeld.example")
    visit.page.goto(link)
    yield "invitation"
    visit.page.locator("[name=name]").fill("Nieuwe Vrijwilliger")
    visit.page.locator("[name=password]").fill("kort")
    visit.press("Aannemen")
    refused(visit)
    yield "invitation-wrong"
    visit.page.locator("[name=name]").fill("Nieuwe Vrijwilliger")
    visit.press("Aannemen")
    visit.page.get_by_role("heading", name="Een tweede stap").wait_for()
    yield "choose-second-step"
    visit.press("Met een passkey")
    visit.page.locator("#passkey_add").wait_for()
    yield "make-passkey"
    visit.page.go_back()
    visit.press("Met een app")
    visit.page.locator(CODE).wait_for()
    yield "make-app"
    visit.page.locator("main [name=code]").fill("000000")
    visit.press("Verder")
    refused(visit)
    yield "make-app-wrong"
    secret = re.sub(r"\s", "", visit.page.locator(CODE).inner_text())
    visit.page.locator("main [name=code]").fill(totp(secret, int(time.time()) // 30))
    visit.press("Verder")
    visit.page.get_by_role("heading", name="Herstelcodes").wait_for()
    yield "recovery-codes"
    visit.press("Ik heb ze bewaard")
    visit.page.get_by_role("heading", name="Vandaag").wait_for()
    yield "today-of-a-newcomer"
    visit.page.goto(link)
    yield "invitation-over"


def own_account(visit: Visit) -> Iterator[str]:
    """What somebody can set about their own account."""
    visit.enter("coordinator")
    paths = {
        "account": "account/",
        "password": "account/wachtwoord/",
        "codes": "account/codes/",
        "new-codes": "account/codes/nieuw/",
        "remove-app": "account/app/weg/",
        "still-you": "opnieuw/code/",
        "log-out": "uit/",
    }
    for name, path in paths.items():
        visit.go(f"inloggen/{path}")
        yield name
    visit.go("inloggen/account/wachtwoord/")
    visit.page.locator("[name=password]").fill("kort")
    visit.press("Bewaren" if visit.named("Bewaren").count() else "Opslaan")
    refused(visit)
    yield "password-too-short"


def the_team(visit: Visit) -> Iterator[str]:
    """Who works here."""
    visit.enter("coordinator")
    visit.go("werk/team/")
    yield "team"
    for chapter in ("vrijwilliger", "opkomen", "coordinator", "vertellen"):
        visit.go(f"werk/hulp/?hoofdstuk={chapter}")
        yield f"handbook-{chapter}"
    visit.go("werk/team/uitnodigen/")
    yield "invite"
    visit.page.locator("[name=email]").fill("geen adres")
    visit.page.locator("form[action*=uitnodigen]").evaluate(
        "it => { it.noValidate = true; }"
    )
    visit.press("Uitnodigen")
    refused(visit)
    yield "invite-wrong"
    visit.go("werk/team/")
    visit.press("weghalen")
    visit.page.locator("button.danger").wait_for()
    yield "take-away-role"
    visit.go("werk/team/")
    visit.press("Tweede stap kwijt")
    visit.page.locator("button.danger").wait_for()
    yield "new-second-step"


def the_work(visit: Visit) -> Iterator[str]:
    """Read, ask, answer, hand over."""
    code = visit.tell(LONG)
    assert code
    visit.enter("coordinator")
    visit.go("werk/")
    yield "today"
    visit.go("werk/signalen/")
    yield "reports"
    visit.go("werk/signalen/?status=suspect")
    yield "reports-none"
    visit.go(visit.office.report_path(TOLD[:40]))
    yield "report-new"
    visit.press("Geef dit antwoord")
    refused(visit)
    yield "report-empty"
    visit.write(LONG)
    visit.press("Bewaar als notitie")
    visit.page.locator(".notice.kind").wait_for()
    yield "report-noted"
    visit.press("Neem het laatste terug")
    visit.page.locator(".notice.kind").wait_for()
    yield "report-taken-back"
    visit.write("Wat naar. Heeft u die weigering op papier?")
    visit.press("Stel deze vraag")
    visit.page.locator(".notice.kind").wait_for()
    yield "report-asked"
    visit.page.locator("summary", has_text="Geef door").click()
    visit.page.locator("summary", has_text="Verander de status").click()
    yield "report-open"
    visit.press("Geef door")
    refused(visit)
    yield "report-handover-wrong"


def on_request(visit: Visit) -> Iterator[str]:
    """Correct, take a yes back and erase for who asks by telephone."""
    told = f"Wissen graag, mijn nummer {time.time_ns()} stond erbij."
    visit.tell(told)
    visit.enter("coordinator")
    visit.go(visit.office.report_path(told[:40]))
    visit.press("Wie dit vertelde vraagt om een kopie, een verbetering of wissen")
    visit.reads("Op verzoek van wie dit vertelde")
    yield "on-request"
    visit.press("Verbeter het")
    visit.reads("Wat klopt er niet?")
    yield "on-request-correct"
    visit.page.locator("button[value=text]").click()
    visit.page.locator("[name=text]").fill("Wissen graag.")
    yield "on-request-words"
    visit.press("Bewaar")
    visit.reads("Verbeterd.")
    yield "on-request-corrected"
    visit.press("Alles wissen …")
    visit.reads("Dit allemaal wissen?")
    yield "on-request-erase"
    visit.press("Ja, wis het voorgoed")
    visit.reads("Het is gewist, voorgoed.")


def a_call(visit: Visit) -> Iterator[str]:
    """Write down a call."""
    visit.enter("coordinator")
    visit.go("werk/signalen/gesprek/")
    yield "call"
    visit.write("Half gesprek.")
    visit.page.locator(".status:not(:empty)").wait_for()
    yield "call-kept-by-itself"
    visit.page.locator("[name=place]").fill("Nergenshuizen")
    visit.page.locator("[name=name]").fill("Jopie")
    visit.press("Sla dit gesprek op")
    refused(visit)
    yield "call-wrong"
    visit.go("werk/signalen/gesprek/")
    yield "call-half-done"
    visit.named(re.compile("Ga verder met het gesprek")).first.click()
    visit.page.locator("[name=name]").fill("Jopie")
    visit.page.locator("[name=phone]").fill("06 00 00 00 00")
    visit.page.locator("[name=yes]").check()
    visit.press("Sla dit gesprek op")
    visit.page.locator(CODE).wait_for()
    yield "call-saved"
    visit.press("Naar het signaal")
    visit.press("Toon naam en nummer")
    visit.page.locator("dl").wait_for()
    yield "report-with-a-name"


WALKS: dict[str, Walk] = {
    walk.__name__: walk
    for walk in (
        doorstep,
        failures,
        telling,
        terms_of_law,
        questions,
        behind_the_code,
        in_mijn,
        the_way_in,
        an_invitation,
        own_account,
        the_team,
        the_work,
        checking_words,
        sorting,
        ten_minutes,
        an_evening,
        what_many_go_through,
        a_call,
        on_request,
        our_own,
        own_questions,
        branches,
        an_umbrella,
        an_own_question,
        choosing_to_hear,
        telling_back,
        reading_in,
        an_issue,
        a_letter,
        a_joint_letter,
        a_circle,
        a_network,
        a_dossier,
        a_promise,
        what_is_followed,
        public_letters,
        what_stands_out,
        a_talk,
        with_another,
        to_take_along,
    )
}
# Looked at less often than the shortest way of who tells.
LATER = {
    "failures",
    "questions",
    "in_mijn",
    "the_way_in",
    "ten_minutes",
    "a_promise",
    "what_is_followed",
    "choosing_to_hear",
    "an_own_question",
    "an_invitation",
    "own_account",
    "the_team",
    "an_evening",
    "what_many_go_through",
    "on_request",
    "our_own",
    "terms_of_law",
    "the_work",
    "own_questions",
    "branches",
    "an_umbrella",
    "telling_back",
    "what_stands_out",
    "reading_in",
    "a_letter",
    "a_joint_letter",
    "a_circle",
    "a_network",
    "checking_words",
    "sorting",
    "a_call",
    "an_issue",
    "a_dossier",
    "public_letters",
    "a_talk",
    "with_another",
    "to_take_along",
}
PUBLIC_FORMS = {
    "telling",
    "questions",
    "behind_the_code",
    "in_mijn",
    "an_own_question",
    "choosing_to_hear",
    "terms_of_law",
}


def refused(visit: Visit) -> None:
    """Wait until the page says what is still needed."""
    visit.page.locator(".notice.error:visible").wait_for()


def answer_with(path: str, route: Route) -> None:
    """Answer with a file, as a proxy would while the program is down."""
    policy = {"Content-Security-Policy": POLICY_OF_A_FILE}
    route.fulfill(path=path, headers=policy)


def invitation_link(visit: Visit, address: str) -> str:
    """Have somebody invited; return the link in the letter."""
    found = re.search(r"http\S+", visit.office.invitation(address))
    assert found
    return found[0]


def mailed_code(visit: Visit, address: str) -> str:
    """Return the log-in code in the newest letter to somebody."""
    found = re.search(
        r"Uw code is: (\S+)", visit.office.letter_to(address, "Uw code is")
    )
    assert found
    return found[1]
