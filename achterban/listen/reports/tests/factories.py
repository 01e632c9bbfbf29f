"""Reports for tests, made as the pages make them."""

from __future__ import annotations

from datetime import date

from achterban.core.organisations.models import Organisation
from achterban.listen.reports.actions import telling
from achterban.listen.reports.models import Report, Telling

TODAY = date(2026, 3, 2)
YES = telling.Yes("Verstuur: lees dit en tel het mee", "nl")
WORDS = "De keuring duurde twee uur en daarna lag ik vier dagen plat."


def told(
    organisation: Organisation,
    text: str = WORDS,
    *,
    on: date = TODAY,
    is_suspect: bool = False,
) -> tuple[str, Report]:
    """Return the code and the row of a report that was sent."""
    code = telling.fresh_code()
    kept = telling.send_report(
        code, organisation, Telling(text), consent=YES, on=on, is_suspect=is_suspect
    )
    return code, kept.report


def read_again(report: Report) -> Report:
    """Return a report as it stands in the database now, with its key."""
    return Report.objects.select_related("key").get(pk=report.pk)


def report_behind(code: str, organisation: Organisation) -> Report:
    """Return what stands behind a code."""
    return Report.objects.behind_code(code, organisation).get()
