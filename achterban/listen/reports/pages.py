"""What the pages show of a report: words opened, kinds named, days only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from achterban.listen.reports.models import Entry, EntryKind, Report


@dataclass(frozen=True)
class ShownEntry:
    """One knot on the thread.

    Attributes:
        entry: the row.
        text: its words, opened.
        is_mine: whether whoever looks said it.
    """

    entry: Entry
    text: str
    is_mine: bool

    @property
    def kind(self) -> str:
        """Return what it is, in words."""
        return str(EntryKind(self.entry.kind).label)

    @property
    def on(self) -> date:
        """Return the day."""
        return self.entry.on


def for_reporter(report: Report) -> list[ShownEntry]:
    """Return the course of a report as the reporter reads it, oldest first."""
    entries = report.entries.for_reporter()
    return [
        ShownEntry(entry, entry.open_words(report.key), entry.is_from_reporter)
        for entry in entries
    ]


def for_handlers(report: Report) -> list[ShownEntry]:
    """Return the whole course, notes included, oldest first."""
    entries = report.entries.standing().select_related("by")
    return [
        ShownEntry(entry, entry.open_words(report.key), not entry.is_from_reporter)
        for entry in entries
    ]


SNIPPET = 90


def snippet(report: Report) -> str:
    """Return the first words of a report, for a line in a list."""
    words = " ".join(report.open_telling().text.split())
    return words if len(words) <= SNIPPET else f"{words[:SNIPPET].rsplit(' ', 1)[0]} …"
