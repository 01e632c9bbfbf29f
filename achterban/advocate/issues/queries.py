"""What pages and other rooms may ask about issues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum

from django.db.models import (
    Count,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from achterban.advocate.issues.models import (
    LEAST_SOURCES,
    Bundled,
    Citation,
    Claim,
    Document,
    Issue,
    Persona,
    PersonaSource,
)
from achterban.core.vault.passages import words_at
from achterban.listen.reports.actions.quoting import (
    Passage,
    Quoted,
    Quotes,
    Standing,
    quotable,
)
from achterban.listen.reports.models import GROUP, Group, OwnReport, Report, facet_hash
from achterban.rules.disclosure import LEAST


@dataclass(frozen=True)
class Whom:
    """For whom an issue is, counted from what stands in it.

    For who works here only: what leaves goes through the gate (``core.release``).

    Attributes:
        n_reports: how many reports.
        n_people: how many people told them, as far as is known: who told twice is one
            where both stand in one campaign or in one Mijn.
        n_places: in how many municipalities, of those that said where.
        first: the day of the oldest.
        last: the day of the newest.
    """

    n_reports: int = 0
    n_people: int = 0
    n_places: int = 0
    first: date | None = None
    last: date | None = None


def for_whom(issues: Collection[Issue]) -> dict[int, Whom]:
    """Return for each issue, by key, for whom it is."""
    rows = (
        _told_in(issues)
        .values("issue")
        .order_by("issue")
        .annotate(
            n_reports=Count("pk"),
            n_people=Count("teller", distinct=True),
            n_places=Count("report__place_hash", distinct=True),
            first=Min("report__received_on"),
            last=Max("report__received_on"),
        )
    )
    names = [it.name for it in fields(Whom)]
    counted = {key: Whom(*facts) for key, *facts in rows.values_list("issue", *names)}
    return {issue.pk: counted.get(issue.pk, Whom()) for issue in issues}


def for_whom_together(issues: Collection[Issue]) -> Whom:
    """Return for whom some issues are together: who stands in two counts once."""
    row = _told_in(issues).aggregate(
        n_reports=Count("report", distinct=True),
        n_people=Count("teller", distinct=True),
        n_places=Count("report__place_hash", distinct=True),
        first=Min("report__received_on"),
        last=Max("report__received_on"),
    )
    return Whom(**row)


def n_people_before(day: date, issue: Issue) -> int:
    """Return how many people told of an issue before a day, for the gate.

    Who told twice is one as far as is known (``Whom``). A flood is no number of people.
    """
    before = _told_in([issue]).filter(
        report__received_on__lt=day, report__is_suspect=False
    )
    return int(before.aggregate(n=Count("teller", distinct=True))["n"])


def _told_in(issues: Collection[Issue]) -> QuerySet[Bundled]:
    """Return what stands in issues, each row with who told it.

    Who nobody knows is somebody else each time, and goes by the code of the report.
    """
    owner = OwnReport.objects.filter(report=OuterRef("report")).order_by("owner")
    return (
        Bundled.objects.standing()
        .filter(issue__in=issues)
        .annotate(
            teller=Coalesce(
                "report__likeness__who",
                Subquery(owner.values("owner")[:1]),
                "report__receipt_hash",
            )
        )
    )


@dataclass(frozen=True)
class Voice:
    """How many people in an issue are of a group that is seldom heard.

    For who works here only. None means that nobody ticked it: not that it is not so.

    Attributes:
        group: the group.
        n_people: how many people.
    """

    group: Group
    n_people: int

    @property
    def is_seldom(self) -> bool:
        """Return whether it may be called missing: fewer than ten, or none at all."""
        return self.n_people < LEAST


def voices_of(issue: Issue) -> list[Voice]:
    """Return for each group that is seldom heard how many of it told of an issue."""
    groups = {facet_hash(GROUP, one.value, issue.organisation): one for one in Group}
    rows = (
        _told_in([issue])
        .filter(report__facets__hash__in=groups)
        .values_list("report__facets__hash")
        .annotate(
            n_known=Count("teller", distinct=True),
            n_unknown=Count("pk", filter=Q(teller=None)),
        )
    )
    people = {bytes(hash_): known + unknown for hash_, known, unknown in rows}
    return [Voice(one, people.get(hash_, 0)) for hash_, one in groups.items()]


@dataclass(frozen=True)
class Proof:
    """A citation as it stands today.

    Attributes:
        citation: the row.
        quoted: the passage, of a report or a document; a source or a figure always
            holds: what was released stands, also when somebody takes back what they
            told.
    """

    citation: Citation
    quoted: Quoted

    @property
    def holds(self) -> bool:
        """Return whether it still proves something."""
        return self.quoted.standing is Standing.HOLDS


def proofs_of(claims: Collection[Claim], *, on: date) -> dict[int, list[Proof]]:
    """Return for each claim, by key, what proves it, with yes and words as of today."""
    proofs: dict[int, list[Proof]] = {claim.pk: [] for claim in claims}
    for proof in proofs_by(Citation.objects.filter(claim__in=claims).whole(), on=on):
        proofs[proof.citation.claim_id].append(proof)
    return proofs


def proofs_by(rows: Iterable[Citation], *, on: date) -> list[Proof]:
    """Return what each citation proves a claim with, with yes and words as of today."""
    kept = list(rows)
    quotes = Quotes([row.report for row in kept if row.report], on=on)
    return [Proof(row, _as_it_stands(row, quotes)) for row in kept]


def _as_it_stands(row: Citation, quotes: Quotes) -> Quoted:
    if row.start is None or row.end is None:
        return Quoted(Standing.HOLDS)
    passage = Passage(row.start, row.end, bytes(row.digest))
    if row.report is not None:
        return quotes.of(row.report, passage)
    assert row.document is not None  # the constraint says so
    assert row.page is not None
    page = row.document.pages.get(n=row.page)
    page.document = row.document
    text = page.open_until(row.end)
    words = words_at(passage, text, owner=row.document.organisation_id)
    return Quoted(Standing.CHANGED) if words is None else Quoted(Standing.HOLDS, words)


def n_bytes_kept() -> int:
    """Return how many bytes of documents there are, of all organisations."""
    return Document.objects.aggregate(total=Sum("n_bytes"))["total"] or 0


class Fitness(Enum):
    """Whether a persona may be used, and if not, why."""

    MAY = "may"
    WAITS = "waits"  # for a second person
    TORN = "torn"  # a source fell away since somebody looked
    FEW = "few"  # fewer than three sources hold


@dataclass(frozen=True)
class Composed:
    """A persona as it stands today.

    Attributes:
        persona: the row.
        n_standing: of how many sources the yes and the words still hold.
        fitness: whether it may be used.
    """

    persona: Persona
    n_standing: int
    fitness: Fitness


def personas_of(issues: Collection[Issue], *, on: date) -> list[Composed]:
    """Return the personas of issues, by name, each with whether it may be used."""
    rows = Persona.objects.filter(issue__in=issues).select_related("issue")
    sources = PersonaSource.objects.filter(persona__in=rows)
    told = Report.objects.filter(pk__in=sources.values("report"))
    hold = set(quotable(told, on=on).values_list("pk", flat=True))
    standing = Counter(
        persona
        for persona, report in sources.values_list("persona", "report")
        if report in hold
    )
    return [Composed(row, n := standing[row.pk], _fitness(row, n)) for row in rows]


def usable_personas(issues: Collection[Issue], *, on: date) -> list[Persona]:
    """Return which personas may leave the house today."""
    composed = personas_of(issues, on=on)
    return [it.persona for it in composed if it.fitness is Fitness.MAY]


def _fitness(row: Persona, n_standing: int) -> Fitness:
    if n_standing < LEAST_SOURCES:
        return Fitness.FEW
    if row.looked_on is None:
        return Fitness.WAITS
    return Fitness.TORN if n_standing < row.n_looked else Fitness.MAY
