"""Who told of what a dossier works at, and who did not hear yet what it brought."""

from __future__ import annotations

from dataclasses import dataclass

from achterban.advocate.dossiers.models import Outcome
from achterban.advocate.issues.models import Bundled
from achterban.core.accounts.models import Account
from achterban.core.organisations.models import Organisation
from achterban.listen.reports.models import Report


@dataclass(frozen=True)
class Hearers:
    """Of the reports in the issues of a dossier, who was told of an outcome.

    Attributes:
        told: keys of those for whom its news was chosen.
        left: keys of those who told later, or for whom nothing was begun.
        is_sent: whether the news went out.
    """

    told: frozenset[int]
    left: frozenset[int]
    is_sent: bool

    @property
    def n_not_yet(self) -> int:
        """Return how many have not yet heard."""
        return len(self.left) + (0 if self.is_sent else len(self.told))


def hearers(row: Outcome, account: Account, organisation: Organisation) -> Hearers:
    """Return who was told of an outcome; only reports that ``account`` may read."""
    bundled = Bundled.objects.filter(issue__linked__dossier=row.dossier_id)
    visible = Report.objects.visible_to(account, organisation)
    reports = frozenset(
        visible.filter(pk__in=bundled.values("report")).values_list("pk", flat=True)
    )
    update = row.update
    chosen = frozenset(update.chosen) & reports if update else frozenset()
    return Hearers(chosen, reports - chosen, bool(update and update.sent_on))
