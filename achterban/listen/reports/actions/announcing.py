"""Who asked for it gets a mail that something waits: the news that leads to it."""

from __future__ import annotations

from datetime import datetime

from achterban.core.outbox.actions import News
from achterban.listen.reports.hearing import WANTS, UpdateKind, is_told
from achterban.listen.reports.models import Entry, Report

REMIND_DAYS = 14


def announce(report: Report, entry: Entry, *, at: datetime) -> list[News]:
    """Return the news of an entry for who told the report, none where nobody asked.

    Args:
        report: with its key; the words are opened only where they chose to hear.
        entry: what came to stand behind the code.
        at: before this moment no mail leaves.
    """
    if report.hearing not in WANTS:
        return []
    told = report.open_telling()
    if not told.notify:
        return []
    news = []
    if is_told(report.hearing, entry.told_as):
        news.append(
            News(
                "reports.waiting",
                {"report": report.pk},
                dedupe=f"reports.waiting:{report.pk}",
                not_before=at,
            )
        )
    if entry.told_as == UpdateKind.QUESTION and told.remind:
        asked = {"report": report.pk, "entry": entry.pk}
        news.append(News("reports.remind", asked, wait_days=REMIND_DAYS))
    return news
