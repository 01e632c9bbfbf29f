"""What who told something asks for by letter or telephone, and a coordinator does.

Each act stands in the log with who did it, in the transaction of the act.
Source: AVG art. 7(3) (taking a yes back), 15 and 20 (a copy), 16 (correction), 17
(erasure); ``handling.erase_report`` erases.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.listen.reports.actions.returning import take_yes_back
from achterban.listen.reports.models import Report
from achterban.people.persons.actions import look_up_person
from achterban.people.persons.models import Person


@transaction.atomic
def record_copy(report: Report, *, by: Account, at: datetime) -> None:
    """Write in the log that somebody made the copy that was asked for.

    Name and number stand in it: that is a look of its own.
    """
    _record("reports.report.copied", report, by, at)
    if person := report.open_telling().person:
        with suppress(Person.DoesNotExist):  # forgotten: the copy says nothing of them
            look_up_person(report.organisation, person, by=by, at=at)


@transaction.atomic
def take_yes_back_for(
    report: Report, consent_id: int, *, by: Account, at: datetime
) -> bool:
    """Take one yes back; return whether it was there and held.

    Raises:
        Gone: all was withdrawn.
    """
    is_back = take_yes_back(report, consent_id, on=timezone.localdate(at))
    if is_back:
        _record("reports.consent.withdrawn_on_request", report, by, at)
    return is_back


@contextmanager
def correction_by(
    report: Report, by: Account | None, *, at: datetime
) -> Iterator[None]:
    """Write in the log which colleague corrects something; None where nobody does."""
    with transaction.atomic():
        yield
        if by is not None:
            _record("reports.report.corrected_on_request", report, by, at)


def _record(kind: str, report: Report, by: Account, at: datetime) -> None:
    responsible = report.organisation_id
    record(kind, report, by=by.pk, responsible=responsible, at=at)
