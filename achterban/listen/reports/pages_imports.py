"""What the pages show of an import: examples, what is strange, what did not get in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from achterban.core.places.actions import PlaceFinder
from achterban.listen.reports.actions.retrying import LENIENT
from achterban.listen.reports.forms_imports import TROUBLES
from achterban.listen.reports.importing import BadCell, read_candidate
from achterban.listen.reports.models import (
    BadRow,
    Import,
    ImportState,
    Plan,
    RowFault,
)
from achterban.listen.reports.pages import circumstances
from achterban.rules.tables import Row, Trouble

MOST_SHOWN = 300  # characters of an example
FIRST = 80  # characters of a row in a list


@dataclass(frozen=True)
class Example:
    """One row of a file as the report that it will be.

    Attributes:
        words: their beginning.
        day: on which it was told, None for the day of the import.
        answers: heading or question, and answer.
        who: name, number and address, in one line.
        may_quote: whether they agreed to be quoted.
        fault: why it is no report as it stands; empty for one that is.
    """

    words: str = ""
    day: date | None = None
    answers: list[tuple[str, str]] | None = None
    who: str = ""
    may_quote: bool = False
    fault: str = ""


def examples(plan: Plan, *, on: date) -> list[Example]:
    """Return the first rows as reports."""
    places = PlaceFinder()
    return [_example(Row(0, tuple(row)), plan, places, on=on) for row in plan.samples]


def _example(row: Row, plan: Plan, places: PlaceFinder, *, on: date) -> Example:
    try:
        found = read_candidate(row, plan, places, on=on)
    except BadCell as refusal:
        return Example(
            words=_short(" ".join(row.cells), FIRST),
            fault=str(refusal.fault.label),
        )
    who = (found.details.name, found.details.phone, found.details.mail)
    return Example(
        words=_short(found.telling.text, MOST_SHOWN),
        day=found.day,
        answers=circumstances(found.telling),
        who=" · ".join(filter(None, who)),
        may_quote=found.may_quote,
    )


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


ODDITIES = {
    "title_lines": ngettext_lazy(
        "%(n)d line above the headings is passed by.",
        "%(n)d lines above the headings are passed by.",
        "n",
    ),
    "merged": ngettext_lazy(
        "Cells are merged in %(n)d place. What stands there counts for the first of "
        "them; the others are empty.",
        "Cells are merged in %(n)d places. What stands there counts for the first of "
        "them; the others are empty.",
        "n",
    ),
    "formulas": ngettext_lazy(
        "There is %(n)d formula. We take what it gave when the file was kept.",
        "There are %(n)d formulas. We take what they gave when the file was kept.",
        "n",
    ),
    "attachments": ngettext_lazy(
        "%(n)d attachment is not taken along.",
        "%(n)d attachments are not taken along.",
        "n",
    ),
    "faults": ngettext_lazy(
        "%(n)d row cannot be read as it stands. You can correct it later.",
        "%(n)d rows cannot be read as they stand. You can correct them later.",
        "n",
    ),
}


def oddities(notes: Mapping[str, int]) -> list[str]:
    """Return a sentence for each thing that is strange in a file."""
    said = [
        str(words % {"n": notes[name]})
        for name, words in ODDITIES.items()
        if notes.get(name)
    ]
    if (n := notes.get("sheets", 0)) > 1:
        said.append(
            _("The file has %(n)d sheets. We read number %(one)d.")
            % {"n": n, "one": notes.get("sheet", 1)}
        )
    return said


def trouble_words(trouble: str, line: int) -> str:
    """Return why a file cannot be read, with the line where there is one."""
    if not trouble:
        return ""
    words = str(TROUBLES[Trouble(trouble)])
    return _("Line %(n)d: %(words)s") % {"n": line, "words": words} if line else words


def progress_words(imported: Import) -> str:
    """Return how far the background is, in a sentence."""
    if imported.state == ImportState.UNDOING:
        return _("The reports of this file are being erased. You need not wait.")
    numbers = {"read": intcomma(imported.n_read), "total": intcomma(imported.n_rows)}
    return _("%(read)s of %(total)s rows are read.") % numbers


@dataclass(frozen=True)
class FaultKind:
    """All rows that are no report for one reason.

    Attributes:
        fault: why.
        n: how many.
        may_be_taken: whether all of them can be taken as they are.
        may_be_left: whether all of them can be left out at once.
    """

    fault: RowFault
    n: int
    may_be_taken: bool
    may_be_left: bool


def kinds_of(imported: Import) -> list[FaultKind]:
    """Return why rows did not get in, the most frequent reason first."""
    counted = imported.bad_rows.order_by().values("fault").annotate(n=Count("pk"))
    return [
        FaultKind(
            fault := RowFault(row["fault"]),
            row["n"],
            may_be_taken=fault in LENIENT,
            may_be_left=fault in {RowFault.SAME, RowFault.NO_WORDS},
        )
        for row in counted.order_by("-n", "fault")
    ]


def first_cells(row: BadRow) -> str:
    """Return the beginning of a row, for a line in a list."""
    filled = (" ".join(cell.split()) for cell in row.open_cells() if cell.strip())
    return _short(" · ".join(filled), FIRST)
