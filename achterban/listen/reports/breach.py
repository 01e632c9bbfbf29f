"""What an account saw, by the log: who must be told when it was misused."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from achterban.core.accounts.models import Account
from achterban.core.audit.models import AuditEvent
from achterban.listen.reports.models import Report
from achterban.listen.reports.statuses import Status

READ = "reports.report.read"
COPIED = "reports.report.copied"
OPENED = "reports.file.read"
LOOKED_UP = "persons.person.looked_up"
IMPORTED = "reports.import.read"
TAKEN = "reports.export.made"


@dataclass
class Affected:
    """Whom it touches (AVG art. 33(3)(a)); each report is one telling by one person.

    Attributes:
        reports: keys of what was read, whole or a line in a list.
        reports_gone: of these, what was erased since.
        files: keys of photos, documents and recordings that were opened.
        persons: keys of people whose name or number was looked up.
        imports: keys of files that were brought along, of which rows were seen: names
            and addresses too.
        lists: how many reports went along in each list for a spreadsheet, by number of
            its line in the log; each is among the reports as well.
        organisations: keys of those responsible, who must give the notice.
    """

    reports: set[int] = field(default_factory=set)
    reports_gone: set[int] = field(default_factory=set)
    files: set[int] = field(default_factory=set)
    persons: set[int] = field(default_factory=set)
    imports: set[int] = field(default_factory=set)
    lists: dict[int, int] = field(default_factory=dict)
    organisations: set[int] = field(default_factory=set)


def affected_by(account: Account, *, since: datetime, until: datetime) -> Affected:
    """Return what an account saw between two moments.

    Args:
        account: whose log-in was misused.
        since: the first moment.
        until: the last moment.
    """
    found = Affected()
    events = AuditEvent.objects.filter(
        actor=account.pk,
        at__gte=since,
        at__lte=until,
        kind__in=[READ, COPIED, OPENED, LOOKED_UP, IMPORTED, TAKEN],
    )
    things = {LOOKED_UP: found.persons, IMPORTED: found.imports}
    for event in events.iterator():
        if event.kind == TAKEN:
            found.lists[event.seq] = int(event.facts["n"])
        else:
            thing = int(event.label.rpartition(":")[2])
            things.get(event.kind, found.reports).add(thing)
        if event.kind == OPENED:
            found.files.add(int(event.facts["file"]))
        found.organisations.add(event.responsible)
    gone = Report.objects.filter(pk__in=found.reports, status=Status.WITHDRAWN)
    found.reports_gone = set(gone.values_list("pk", flat=True))
    return found
