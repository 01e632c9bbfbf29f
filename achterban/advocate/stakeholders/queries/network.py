"""Who knows whom, from us out: whom we miss, on whom it rests, who sits between.

The calculations are in ``rules.network``. People are named by keys: ``c12`` is a
contact, ``p7`` a party. Names are not opened here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q

from achterban.advocate.stakeholders.models import (
    AS_SHARE,
    Contact,
    Function,
    NetworkFigures,
    Party,
    Relation,
    Warmth,
)
from achterban.advocate.stakeholders.models.relations import RelationQuerySet
from achterban.core.organisations.models import Organisation
from achterban.rules.network import (
    Network,
    brokers,
    gaps,
    rests_on,
)
from achterban.rules.network import Relation as Line

US = "us"
MOST_LIVE = 2_000  # relations; with more, figures are those of the daily round
MOST_LISTED = 10
MOST_LOST = 8  # names behind one person
MOST_GAPS = 50
WORKS_AT = 0.6  # somebody is as near to where they work as to whom they speak now


def key_of(thing: Contact | Party) -> str:
    """Return the key of a contact or a party in a network."""
    return f"{'c' if isinstance(thing, Contact) else 'p'}{thing.pk}"


@dataclass(frozen=True)
class Ties:
    """Who knows whom on a day, in one organisation.

    Attributes:
        people: keys of all who have a relation, matter, or are of us.
        ours: keys of those who are of us.
        lines: between people, and from people to where they work (one way only).
        matters: keys of contacts and parties that matter.
    """

    people: tuple[str, ...]
    ours: frozenset[str]
    lines: tuple[Line, ...]
    matters: frozenset[str]

    @cached_property
    def between_people(self) -> Network:
        """Return the network of people, without parties."""
        lines = (line for line in self.lines if not line.other.startswith("p"))
        return Network(self.people, lines)

    @cached_property
    def known(self) -> frozenset[str]:
        """Return whom one of us knows, of us included; where they work too."""
        near = set(self.ours)
        for line in self.lines:
            if not line.other.startswith("p") and self.ours & {line.one, line.other}:
                near |= {line.one, line.other}
        places = {
            line.other
            for line in self.lines
            if line.other.startswith("p") and line.one in near
        }
        return frozenset(near | places)


def ties_of(organisation: Organisation, *, on: date) -> Ties:
    """Return who knows whom on a day."""
    contacts = Contact.objects.filter(organisation=organisation)
    rows = Relation.objects.filter(organisation=organisation).held(on)
    lines = _lines(rows)
    ours = [f"c{pk}" for pk in contacts.ours().values_list("pk", flat=True)]
    wanted = [f"c{pk}" for pk in _keys(contacts.filter(matters=True))]
    parties = Party.objects.filter(organisation=organisation, matters=True)
    places = [f"p{pk}" for pk in _keys(parties)]
    held = Function.objects.filter(party__in=parties, contact__isnull=False).held(on)
    lines += [
        Line(f"f{pk}", f"c{one}", f"p{party}", WORKS_AT, "works at", is_mutual=False)
        for pk, one, party in held.order_by("pk").values_list("pk", "contact", "party")
    ]
    ends = (end for line in lines for end in (line.one, line.other) if end[0] == "c")
    people = tuple(dict.fromkeys([*sorted(ours), *ends, *sorted(wanted)]))
    return Ties(people, frozenset(ours), tuple(lines), frozenset([*wanted, *places]))


def _lines(rows: RelationQuerySet) -> list[Line]:
    fields = rows.order_by("pk").values_list("pk", "one", "other", "warmth", "kind")
    return [
        Line(str(pk), f"c{one}", f"c{other}", AS_SHARE[Warmth(warmth)], kind)
        for pk, one, other, warmth, kind in fields
    ]


def _keys(rows: Any) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))


@dataclass(frozen=True)
class Between:
    """Somebody who sits between others; shares are parts of 1."""

    person: str
    share: float
    error: float
    rank: int
    last_rank: int


@dataclass(frozen=True)
class Pillar:
    """Somebody without whom we reach some no more: the first of them, and how many."""

    person: str
    lost: list[str]
    n_lost: int


@dataclass(frozen=True)
class Missing:
    """Who matters and is not known, with the warmest way: from one of us to them."""

    thing: str
    way: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Figures:
    """What follows from who knows whom.

    Attributes:
        made_on: the day.
        n_people: in the network.
        n_samples: from how many people brokers were looked for; None for all.
        between: the brokers.
        pillars: on whom it rests.
        missing: whom we miss, the nearest first.
    """

    made_on: date
    n_people: int
    n_samples: int | None
    between: list[Between]
    pillars: list[Pillar]
    missing: list[Missing]


def is_large(organisation: Organisation) -> bool:
    """Return whether figures take too long to make while somebody waits."""
    rows = Relation.objects.filter(organisation=organisation)
    return rows[: MOST_LIVE + 1].count() > MOST_LIVE


def figures_of(organisation: Organisation, *, on: date) -> Figures | None:
    """Return the figures of today; of a large network those that the round made.

    None where the round has not been by yet.
    """
    if not is_large(organisation):
        return make_figures(ties_of(organisation, on=on), on=on)
    kept = NetworkFigures.objects.filter(organisation=organisation).first()
    return from_json(kept.content, made_on=kept.made_on) if kept else None


def make_figures(ties: Ties, *, on: date) -> Figures:
    """Return what follows from who knows whom."""
    people = ties.between_people
    found = brokers(people, seed=on.toordinal(), most=MOST_LISTED)
    return Figures(
        made_on=on,
        n_people=len(people.people),
        n_samples=found.n_samples,
        between=[
            Between(each.person, each.share, each.error, each.rank, each.last_rank)
            for each in found.found
        ],
        pillars=_pillars(ties),
        missing=missing(ties, dict.fromkeys(ties.matters, 1.0)),
    )


def _pillars(ties: Ties) -> list[Pillar]:
    lines = [line for line in ties.lines if line.other[0] == "c"]
    lines += [Line(one, US, one) for one in sorted(ties.ours)]
    found = rests_on(Network([US, *ties.people], lines), US)
    return [
        Pillar(each.person, list(each.lost[:MOST_LOST]), len(each.lost))
        for each in found[:MOST_LISTED]
    ]


def missing(ties: Ties, importance: Mapping[str, float]) -> list[Missing]:
    """Return who matters and is not known, the most important and nearest first.

    Args:
        ties: who knows whom.
        importance: by key (``key_of``) of contacts and parties, on any scale.
    """
    wanted = {key: n for key, n in importance.items() if key not in ties.known}
    network = Network([*ties.people, *sorted(wanted)], _lines_among(ties, wanted))
    return [
        Missing(gap.person, list(gap.way.people) if gap.way else [])
        for gap in gaps(network, sorted(ties.ours), wanted)[:MOST_GAPS]
    ]


def _lines_among(ties: Ties, wanted: Iterable[str]) -> list[Line]:
    inside = {*ties.people, *wanted}
    return [line for line in ties.lines if line.other in inside]


def to_json(figures: Figures) -> dict[str, Any]:
    """Return figures as they are kept; keys only, no names."""
    content = asdict(figures)
    del content["made_on"]
    return content


def from_json(content: dict[str, Any], *, made_on: date) -> Figures:
    """Return figures as they were kept."""
    return Figures(
        made_on,
        content["n_people"],
        content["n_samples"],
        [Between(**each) for each in content["between"]],
        [Pillar(**each) for each in content["pillars"]],
        [Missing(**each) for each in content["missing"]],
    )


def around(contact: Contact, *, on: date, most: int) -> Ties:
    """Return who is near to one contact, in two steps, at most so many people.

    Asks for the relations of few people only, however large the network is.
    """
    ours = set(
        Contact.objects.filter(organisation_id=contact.organisation_id)
        .ours()
        .values_list("pk", flat=True)
    )
    rows = Relation.objects.filter(organisation_id=contact.organisation_id).held(on)
    near: dict[int, None] = {contact.pk: None}
    for _step in range(2):
        edge = list(near)
        pairs = rows.filter(Q(one__in=edge) | Q(other__in=edge))
        ends = pairs.order_by("-warmth", "pk").values_list("one", "other")
        for one, other in ends[: most * most]:
            for end in (one, other):
                if len(near) < most:
                    near.setdefault(end)
    lines = _lines(rows.filter(one__in=near, other__in=near))
    people = tuple(f"c{pk}" for pk in near)
    mine = frozenset(f"c{pk}" for pk in near if pk in ours)
    return Ties(people, mine, tuple(lines), frozenset())
