"""Find reports that say the same: the twins of one person, and campaigns of many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Min

from achterban.core.database.fields import random_key
from achterban.core.organisations.models import Organisation
from achterban.listen.reports.importing import identity_of
from achterban.listen.reports.models import (
    BANDS,
    BadRow,
    Campaign,
    Likeness,
    Report,
    likeness_key,
)
from achterban.people.persons.actions import details_of
from achterban.rules.likeness import (
    LEAST_LIKE,
    bands,
    keyed,
    normalised,
    resemblance,
    same_words,
)

AT_ONCE = 500
HASHES = ("words", *BANDS)


@dataclass(frozen=True)
class Compared:
    """What one report is compared by.

    Attributes:
        likeness: the row, not stored yet.
        words: of the report, normalised.
        identity: who told it; empty where nobody knows.
    """

    likeness: Likeness
    words: list[str]
    identity: str


def compared(
    report: Report,
    text: str,
    *,
    identity: str = "",
    row: str = "",
    key: bytes,
    pk: int | None = None,
) -> Compared:
    """Return what a report is compared by.

    Args:
        report: stored or not.
        text: its words.
        identity: who told it (``identity_of``).
        row: all that its row of a file said, where it came from one.
        key: of the organisation (``likeness_key``).
        pk: number of the row; None for a random one.
    """
    words = normalised(text)
    twin = None
    if words and identity:
        twin = keyed(f"who:{identity}\n{' '.join(words)}", key)
    elif words and row:
        twin = keyed(f"row:{row}", key)
    likeness = Likeness(
        id=pk or random_key(),
        report=report,
        words=same_words(words, key),
        twin=twin,
        **dict(zip(BANDS, bands(words, key), strict=False)),
    )
    return Compared(likeness, words, identity)


def join_campaigns(
    batch: Iterable[Compared], organisation: Organisation, *, key: bytes
) -> list[Campaign]:
    """Put reports with those that say the same, in the transaction of the caller.

    The rows of the batch are changed and not stored; those that stood there are.

    Args:
        batch: of one organisation.
        organisation: whose they are.
        key: of the organisation.

    Returns:
        New campaigns, stored already.
    """
    batch = list(batch)
    around = _Around(batch)
    fresh: list[Campaign] = []
    changed: list[Likeness] = []
    for each in batch:
        other = around.find(each)
        if other is not None:
            if other.campaign_id is None:
                campaign = Campaign(organisation=organisation)
                fresh.append(campaign)
                _join(other, campaign.pk, around.identity_of(other), key)
                if not other._state.adding:
                    changed.append(other)
            assert other.campaign_id is not None
            _join(each.likeness, other.campaign_id, each.identity, key)
        around.add(each)
    Campaign.objects.bulk_create(fresh)
    Likeness.objects.bulk_update(changed, ["campaign", "who"])
    return fresh


def _join(likeness: Likeness, campaign_id: int, identity: str, key: bytes) -> None:
    likeness.campaign_id = campaign_id
    who = identity or f"report:{likeness.report_id}"
    likeness.who = keyed(f"campaign:{campaign_id}:{who}", key)


class _Around:
    """What stands there already, and what of the batch was seen so far, by hash."""

    def __init__(self, batch: list[Compared]) -> None:
        self._known: dict[tuple[str, bytes], Likeness] = {}
        self._seen: dict[int, Compared] = {}  # by report
        for name in HASHES:
            hashes = {getattr(each.likeness, name) for each in batch} - {None}
            self._load(name, hashes)

    def _load(self, name: str, hashes: set[bytes]) -> None:
        same = Likeness.objects.filter(**{f"{name}__in": hashes})
        # One of each: a campaign may have thousands.
        first = same.order_by().values(name).annotate(first=Min("pk"))
        found = Likeness.objects.filter(pk__in=[row["first"] for row in first])
        for likeness in found.select_related("report__key"):
            twice = self._known.get(("pk", str(likeness.pk).encode()), likeness)
            self._known["pk", str(likeness.pk).encode()] = twice
            self._known[name, bytes(getattr(likeness, name))] = twice

    def find(self, each: Compared) -> Likeness | None:
        """Return one that says the same, or nearly."""
        same = self._known.get(("words", bytes(each.likeness.words or b"")))
        if same is not None:
            return same
        for name in BANDS:
            near = self._known.get((name, getattr(each.likeness, name) or b""))
            if near and resemblance(each.words, self._open(near).words) >= LEAST_LIKE:
                return near
        return None

    def identity_of(self, likeness: Likeness) -> str:
        """Return who told a report that was found."""
        return self._open(likeness).identity

    def add(self, each: Compared) -> None:
        """Let the next ones be compared with this one too."""
        self._seen[each.likeness.report_id] = each
        for name in HASHES:
            if value := getattr(each.likeness, name):
                self._known.setdefault((name, value), each.likeness)

    def _open(self, likeness: Likeness) -> Compared:
        known = self._seen.get(likeness.report_id)
        if known is None:
            told = likeness.report.open_telling()
            who = identity_of_person(told.person)
            known = Compared(likeness, normalised(told.text), who)
            self._seen[likeness.report_id] = known
        return known


def identity_of_person(person_id: int) -> str:
    """Return who somebody is, to compare; empty for nobody."""
    details = details_of([person_id]) if person_id else {}
    return identity_of(details[person_id]) if person_id in details else ""


@transaction.atomic
def compare_reports() -> int:
    """Compare reports that came in since; return how many, at most 500."""
    reports = list(
        Report.objects.to_compare()
        .select_related("key", "organisation")
        .select_for_update(of=("self",))[:AT_ONCE]
    )
    by_organisation: dict[Organisation, list[Report]] = {}
    for report in reports:
        by_organisation.setdefault(report.organisation, []).append(report)
    for organisation, ours in by_organisation.items():
        key = likeness_key(organisation)
        batch = [_compared_now(report, key) for report in ours]
        join_campaigns(batch, organisation, key=key)
        rows = [each.likeness for each in batch]
        Likeness.objects.bulk_create(rows, ignore_conflicts=True)
    return len(reports)


def _compared_now(report: Report, key: bytes) -> Compared:
    told = report.open_telling()
    identity = identity_of_person(told.person)
    return compared(report, told.text, identity=identity, key=key)


def forget_likeness(report: Report) -> None:
    """Compare a report anew, or never: its words are others, or are gone."""
    Likeness.objects.filter(report=report).delete()


def forget_twins(report: Report) -> None:
    """Forget rows of files that wait because they say the same of the same person."""
    twins = Likeness.objects.filter(report=report, twin__isnull=False).values("twin")
    ours = BadRow.objects.filter(imported__organisation=report.organisation_id)
    ours.filter(twin__in=twins).delete()


def forget_empty_campaigns() -> None:
    """Remove campaigns that nobody belongs to any more."""
    Campaign.objects.filter(likenesses=None).delete()
