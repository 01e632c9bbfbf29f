"""Deal with the rows of a file that did not get in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from achterban.core.accounts.models import Account
from achterban.listen.reports.actions.importing import (
    Made,
    NotNow,
    RowMaker,
    held_import,
    record_import,
)
from achterban.listen.reports.models import BadRow, Import, ImportState, RowFault
from achterban.rules.tables import Fault, Row

CHUNK = 500
LENIENT = frozenset({RowFault.NOT_A_DAY, RowFault.DAY_AHEAD, RowFault.NO_PLACE})


@transaction.atomic
def retry_row(
    bad: BadRow,
    cells: list[str],
    *,
    is_lenient: bool = False,
    is_twin_too: bool = False,
    by: Account,
    at: datetime,
) -> RowFault | None:
    """Try a row once more, as somebody corrected it.

    Args:
        bad: permission came with ``visible_to``.
        cells: what stands in it now.
        is_lenient: keep a day or place that cannot be read as an answer in words.
        is_twin_too: store it also where it was there already.
        by: who corrected it.
        at: now.

    Returns:
        What is wrong with it still; None where it is a report now.

    Raises:
        BadRow.DoesNotExist: it was dealt with meanwhile.
        NotNow: the import is being undone.
    """
    imported = _open_import(bad.imported_id)
    bad = BadRow.objects.select_for_update().get(pk=bad.pk)
    maker = RowMaker(imported, imported.open_plan(), on=timezone.localdate(at))
    made = maker.make(_row(bad, cells, imported), is_lenient=is_lenient)
    n_stored = maker.store([made], is_twin_too=is_twin_too, instead_of=[bad])
    _count(imported, n_stored, by=by, at=at)
    return None if n_stored else made.fault or RowFault.SAME


def take_all(imported: Import, fault: RowFault, *, by: Account, at: datetime) -> int:
    """Take all rows with one fault as they are; what cannot be read stays in words.

    Returns how many are reports now, of at most 500.

    Raises:
        NotNow: the import is being undone.
        ValueError: rows with this fault cannot be taken as they are.
    """
    if fault not in LENIENT:
        raise ValueError(fault)
    with transaction.atomic():
        imported = _open_import(imported.pk)
        rows = list(
            BadRow.objects.filter(imported=imported, fault=fault).select_for_update()[
                :CHUNK
            ]
        )
        maker = RowMaker(imported, imported.open_plan(), on=timezone.localdate(at))
        made: list[Made] = []
        for bad in rows:
            bad.imported = imported
            row = _row(bad, bad.open_cells(), imported)
            made.append(maker.make(row, is_lenient=True))
        n_stored = maker.store(made, instead_of=rows)
        _count(imported, n_stored, by=by, at=at)
    return n_stored


@transaction.atomic
def leave_out(bad: BadRow, *, by: Account, at: datetime) -> None:
    """Leave a row out for good."""
    imported = _open_import(bad.imported_id)
    BadRow.objects.filter(pk=bad.pk).delete()
    record_import("row_left_out", imported, by=by, at=at, line=bad.line)


@transaction.atomic
def leave_all(imported: Import, fault: RowFault, *, by: Account, at: datetime) -> int:
    """Leave all rows with one fault out for good; return how many.

    Raises:
        NotNow: the import is being undone.
    """
    imported = _open_import(imported.pk)
    n, _each = BadRow.objects.filter(imported=imported, fault=fault).delete()
    record_import("rows_left_out", imported, by=by, at=at, n=n)
    return n


def _open_import(import_id: int) -> Import:
    imported = held_import(import_id)
    if imported.state not in {ImportState.RUNNING, ImportState.DONE}:
        raise NotNow
    return imported


def _row(bad: BadRow, cells: list[str], imported: Import) -> Row:
    n = len(imported.open_plan().headings)
    more = tuple(cell for cell in cells[n:] if cell.strip())
    return Row(bad.line, tuple(cells[:n]), Fault.CELLS if more else None, more)


def _count(imported: Import, n: int, *, by: Account, at: datetime) -> None:
    if n:
        imported.n_stored += n
        imported.save(update_fields=["n_stored"])
        record_import("rows_corrected", imported, by=by, at=at, n=n)
