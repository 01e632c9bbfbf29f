"""A walk past terms of law: each kind of letter, its slips and its answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from tests.browser.visit import Visit

LAST_MONTH = timedelta(days=30)


def terms_of_law(visit: Visit) -> Iterator[str]:
    """Ask how much time there is, as somebody with a letter in hand."""
    today = datetime.now(UTC).date()
    visit.go("")
    visit.press("Een brief met een termijn? Reken de laatste dag uit")
    yield "groups"
    visit.press("Ik kreeg een besluit en ben het er niet mee eens")
    yield "letters"
    visit.press("Van de gemeente, CIZ, CBR, DUO of een andere overheid")
    yield "letter"
    visit.press("Reken de laatste dag uit")
    visit.reads("Wij kunnen het nog niet zeggen")
    yield "answer-no-day"
    visit.press("Verander de datums")
    fill(visit, dated=date(2025, 11, 21), postmark=date(2025, 11, 24))
    visit.press("Reken de laatste dag uit")
    visit.reads("Uw bezwaar moet uiterlijk maandag 5 januari 2026 binnen zijn")
    yield "answer-over"
    visit.press("Verander de datums")
    fill(visit, dated=today - timedelta(days=3), postmark=today - timedelta(days=1))
    visit.press("Reken de laatste dag uit")
    visit.reads("Veilig is: doe het uiterlijk")
    yield "answer-objection"
    visit.page.locator("summary", has_text="Al verstuurd?").click()
    visit.press("Was het op tijd?")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "answer-sent-slip"
    visit.page.get_by_label("Via internet").check()
    visit.page.get_by_label("Op welke dag ging het weg?").fill(str(today))
    visit.press("Was het op tijd?")
    visit.reads("is op tijd")
    yield "answer-sent"
    for n, name in ((25, "told"), (30, "objected")):
        visit.go(f"termijn/{n}/")
        yield f"{name}-asked"
        fill(visit, begun=today - LAST_MONTH)
        visit.press("Reken de laatste dag uit")
        visit.reads("Is die dag voorbij?")
        yield f"answer-{name}"
    visit.press("Zij schreven op tijd dat het langer duurt")
    visit.reads("Zij stellen het 6 weken uit")
    yield "answer-adjourned"
    visit.go("termijn/42/")
    fill(visit, ended=today - 3 * LAST_MONTH, begun=today - 2 * LAST_MONTH)
    yield "notice-asked"
    visit.press("Reken de laatste dag uit")
    visit.reads("kunt u naar de rechter")
    yield "answer-notice"
    visit.press("Verander de datums")
    fill(visit, decided=today)
    visit.press("Reken de laatste dag uit")
    visit.reads("Zij hebben beslist.")
    yield "answer-decided"
    visit.press("Verander de datums")
    visit.page.locator("[name=decided]").fill("")
    fill(visit, ended=today - LAST_MONTH, begun=today - 2 * LAST_MONTH)
    visit.press("Reken de laatste dag uit")
    visit.reads("Uw brief kwam te vroeg")
    yield "answer-notice-early"
    visit.go("termijn/52/")
    yield "bill-asked"
    visit.page.get_by_label("Beroep", exact=True).check()
    visit.page.get_by_label("Wmo of Wlz").check()
    fill(visit, begun=date(2025, 6, 12))
    visit.press("Reken de laatste dag uit")
    visit.reads("Meestal € 53")
    yield "answer-bill"
    visit.go("termijn/60/")
    fill(visit, begun=today)
    visit.page.locator("[name=length]").fill("een poosje")
    visit.press("Reken de laatste dag uit")
    visit.page.locator(".notice.error:visible").wait_for()
    yield "free-slip"


def fill(visit: Visit, **days: date) -> None:
    """Choose days."""
    for name, day in days.items():
        visit.page.locator(f"[name={name}]").fill(str(day))
