"""What pages ask about letters about promises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Min, Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from achterban.advocate.commitments.models import Commitment
from achterban.advocate.commitments.models.commitments import CommitmentQuerySet
from achterban.advocate.dossiers.models import Rank, rungs_of
from achterban.advocate.publications.models import Aim, PromiseLetter
from achterban.advocate.stakeholders.models import Party
from achterban.core.accounts.models import Account
from achterban.core.organisations.models import Organisation
from achterban.core.web.due import Due

HALF_A_YEAR = timedelta(days=182)


def rungs_left(row: Commitment) -> list[Rank]:
    """Return how high one can still go with a promise, the next step first.

    A step below one that was taken is not offered again; nor is one below the level at
    which it was promised.
    """
    ladder = rungs_of(row.dossier)
    taken = row.letters.sent().values_list("rung", flat=True)
    reached = [ladder.index(Rank(rung)) for rung in taken if rung in ladder]
    least = ladder.index(Rank(row.level)) if row.level in ladder else 0
    return list(ladder[max([least, *(n + 1 for n in reached)]) :])


def is_past(row: Commitment, *, on: date) -> bool:
    """Return whether its day is over, or one of its times untold of."""
    return Commitment.objects.late(on).filter(pk=row.pk).exists()


def promises_for(
    row: Commitment, aim: Aim, workable: CommitmentQuerySet
) -> list[Commitment]:
    """Return what a letter about a promise speaks of.

    Confirming speaks of all that was promised by that party in the same talk.

    Args:
        row: the promise it is begun at.
        aim: to what end.
        workable: those that whoever writes may work at.
    """
    rows = workable.filter(pk=row.pk)
    if aim == Aim.CONFIRM and row.meeting_id:
        rows = workable.filter(meeting=row.meeting_id, party=row.party_id)
    related = ("party", "dossier__organisation")
    return list(rows.select_related(*related).order_by("said_on", "pk"))


@dataclass(frozen=True)
class Owing:
    """A party from which we wait for something.

    Attributes:
        party: it.
        n_open: how many promises we wait for.
        n_late: of how many the day is over.
        told_on: when it last got the list; None for never.
        since: the day of the oldest of them.
    """

    party: Party
    n_open: int
    n_late: int
    told_on: date | None
    since: date

    def is_due(self, on: date) -> bool:
        """Return whether it is time for the list of half a year."""
        return (self.told_on or self.since) <= on - HALF_A_YEAR


def owing(account: Account, organisation: Organisation, *, on: date) -> list[Owing]:
    """Return from whom we wait for promises, who was told longest ago first.

    Args:
        account: who asks; what they may work at counts.
        organisation: where.
        on: today.
    """
    waited = Commitment.objects.workable_by(account, organisation).waited_for()
    late = Commitment.objects.late(on).values("pk")
    counted = (
        waited.order_by()
        .values_list("party")
        .annotate(
            n=Count("pk"),
            n_late=Count("pk", filter=Q(pk__in=late)),
            since=Min("said_on"),
        )
    )
    facts = {party: (n, n_late, since) for party, n, n_late, since in counted}
    lists = PromiseLetter.objects.sent().filter(
        aim=Aim.ALL_OPEN, publication__organisation=organisation, party__in=facts
    )
    told = dict(
        lists.order_by()
        .values_list("party")
        .annotate(Max("publication__versions__sent_on"))
    )
    parties = Party.objects.in_bulk(facts)
    rows = [
        Owing(parties[key], n, n_late, told.get(key), since)
        for key, (n, n_late, since) in facts.items()
    ]
    return sorted(rows, key=lambda row: (row.told_on or row.since, str(row.party)))


def due_lists(request: HttpRequest, on: date, n: int) -> Iterator[Due]:
    """Yield parties that should get the list, for *Today* of who sees to one of it."""
    account: Account = request.user  # type: ignore[assignment]
    organisation: Organisation = request.organisation  # type: ignore[attr-defined]
    own = Commitment.objects.waited_for().filter(dossier__owner=account)
    parties = set(own.order_by().values_list("party", flat=True))
    if not parties:
        return
    rows = [
        row
        for row in owing(account, organisation, on=on)
        if row.is_due(on) and row.party.pk in parties
    ]
    for row in rows[:n]:
        title = _("A list of open promises: %(party)s") % {"party": row.party}
        day = (row.told_on or row.since) + HALF_A_YEAR
        yield Due(title, day, "publications:with-party", row.party.pk)
