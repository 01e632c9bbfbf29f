"""Where something stands out: counts of people beside inhabitants, and beside before.

For who may read all reports only. These are small numbers: nothing of it leaves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from achterban.core.organisations.models import Organisation
from achterban.core.places.models import Municipality
from achterban.core.vocabulary.models import TermKind, terms_of
from achterban.listen.reports.models import OwnReport, facet_hash
from achterban.listen.reports.models.reports import ReportQuerySet, place_hash

if TYPE_CHECKING:  # SciPy takes 30 MB, and other pages do without
    from achterban.rules.rates import Judged

YEAR = timedelta(days=365)
QUARTER = timedelta(days=91)
N_EARLIER = 8  # quarters
CLEAR = 0.001  # share of false findings from which we call it very clear


@dataclass(frozen=True)
class Standing:
    """One place, theme or party that stands out.

    Attributes:
        key: code of the municipality or term, for the list of its reports.
        judged: what was counted and expected.
        n_one_day: how many of its reports came on its busiest day.
        n_campaign: how many say the same words, in the largest campaign.
    """

    key: str
    judged: Judged
    n_one_day: int
    n_campaign: int

    @property
    def is_more(self) -> bool:
        """Return whether there are more than expected, rather than less."""
        return self.judged.unit.count > self.judged.expected

    @property
    def is_very_clear(self) -> bool:
        """Return whether hardly any such finding is chance."""
        return self.judged.false_share <= CLEAR

    @property
    def picture(self) -> Picture:
        """Return where things lie on a line."""
        return Picture(self.judged.unit.count, self.judged.low, self.judged.high)

    @property
    def may_fool(self) -> bool:
        """Return whether one day or one campaign brought a good part of it."""
        return 3 * max(self.n_one_day, self.n_campaign) >= self.judged.unit.count > 0


@dataclass(frozen=True)
class Picture:
    """A count beside what chance would give, on a line of 300 steps.

    Attributes:
        count: how many there are.
        low: the least and
        high: the most that chance would give.
    """

    count: int
    low: int
    high: int

    def _at(self, n: int) -> int:
        return 10 + round(280 * n / max(self.count, self.high, 1))

    @property
    def x(self) -> int:
        """Return where the count stands."""
        return self._at(self.count)

    @property
    def left(self) -> int:
        """Return where chance begins."""
        return self._at(self.low)

    @property
    def right(self) -> int:
        """Return where chance ends."""
        return self._at(self.high)

    @property
    def width(self) -> int:
        """Return how wide chance is."""
        return max(self.right - self.left, 2)


@dataclass(frozen=True)
class Look:
    """What a look at many units came to.

    Attributes:
        found: what stands out, by what is sure.
        too_small: the names of those of which little can be said.
        n_units: how many were looked at; 0: there was too little to look at.
        n_people: how many people were counted.
    """

    found: list[Standing]
    too_small: list[str]
    n_units: int = 0
    n_people: int = 0


def of_places(reports: ReportQuerySet, ours: Organisation, *, on: date) -> Look:
    """Look where more or fewer people told than inhabitants would give, in a year.

    Args:
        reports: those that somebody may read.
        ours: whose.
        on: today.
    """
    from achterban.rules.rates import Unit, among

    told = _within(reports, on - YEAR, on).exclude(place_hash=b"")
    counts = _people_by(told, "place_hash")
    places = {
        place_hash(place.code, ours): place
        for place in Municipality.objects.filter(inhabitants__gt=0)
    }
    units = [
        Unit(place.name, counts[hash_], place.inhabitants, key=place.code)
        for hash_, place in places.items()
    ]
    return _look(
        among(units), lambda code: told.filter(place_hash=place_hash(code, ours))
    )


def of_terms(
    reports: ReportQuerySet, ours: Organisation, kind: TermKind, *, on: date
) -> Look:
    """Look what was told more or less often this quarter than in those before.

    Of all who told and whose report was sorted, so that growth of all is none of one.

    Args:
        reports: those that somebody may read.
        ours: whose.
        kind: themes or parties.
        on: today.
    """
    from achterban.rules.rates import Unit, in_time

    sorted_ = reports.exclude(triage=None)
    terms = {
        facet_hash(kind, term.code, ours): term
        for term in terms_of(ours)
        if term.kind == kind
    }
    periods: list[tuple[int, Counter[bytes]]] = []
    for n in range(N_EARLIER + 1):  # the newest first
        told = _within(sorted_, on - (n + 1) * QUARTER, on - n * QUARTER)
        n_people = _people_by(told, "organisation").total()
        told = told.filter(facets__hash__in=terms)
        periods.append((n_people, _people_by(told, "facets__hash")))
    units = [
        Unit(
            str(term),
            periods[0][1][hash_],
            periods[0][0],
            tuple((counts[hash_], n_people) for n_people, counts in periods[1:]),
            key=term.code,
        )
        for hash_, term in terms.items()
        if any(counts[hash_] for _n, counts in periods)
    ]
    now = _within(sorted_, on - QUARTER, on)
    return _look(
        in_time(units),
        lambda code: now.filter(facets__hash=facet_hash(kind, code, ours)),
    )


def _within(reports: ReportQuerySet, after: date, until: date) -> ReportQuerySet:
    """Return what came after one day and until another; a flood is nobody."""
    return reports.filter(
        received_on__gt=after, received_on__lte=until, is_suspect=False
    )


def _people_by(reports: ReportQuerySet, field: str) -> Counter[Any]:
    """Return how many people told, by what a field of their report holds.

    Who told twice is one where that is known: in one campaign, or in one Mijn.
    """
    owner = OwnReport.objects.filter(report=OuterRef("pk")).order_by("owner")
    rows = (
        reports.order_by()
        .annotate(teller=Coalesce("likeness__who", Subquery(owner.values("owner")[:1])))
        .values_list(field)
        .annotate(
            n_known=Count("teller", distinct=True),
            n_unknown=Count("pk", filter=Q(teller=None)),
        )
    )
    people: Counter[Any] = Counter()
    for value, n_known, n_unknown in rows:
        key = bytes(value) if isinstance(value, memoryview) else value
        people[key] += n_known + n_unknown
    return people


def _look(judged: list[Judged], reports_of: Callable[[str], ReportQuerySet]) -> Look:
    found = [one for one in judged if one.stands_out]
    return Look(
        found=[_standing(one, reports_of(one.unit.key)) for one in found],
        too_small=[
            one.unit.name for one in judged if one.is_too_small and not one.stands_out
        ],
        n_units=len(judged),
        n_people=sum(one.unit.count for one in judged),
    )


def _standing(judged: Judged, reports: ReportQuerySet) -> Standing:
    return Standing(
        judged.unit.key,
        judged,
        n_one_day=_most(reports, "received_on"),
        n_campaign=_most(
            reports.exclude(likeness__campaign=None), "likeness__campaign"
        ),
    )


def _most(reports: ReportQuerySet, field: str) -> int:
    """Return how many reports have the value of a field that most have."""
    rows = reports.order_by().values_list(field).annotate(n=Count("pk"))
    return max((n for _value, n in rows), default=0)
