"""Let reports be found by their checked words, and keep the index in step."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef

from achterban.core.search.actions import Thing, forget, index, set_facet
from achterban.core.search.models import Indexed
from achterban.listen.reports.models import Report, Review, Triage, Triaged
from achterban.listen.reports.statuses import Status
from achterban.rules.search import VERSION

KIND = "report"
STATUS, PLACE, THEME = "status", "place", "theme"
YES = "yes"
AT_ONCE = 50  # what is in it already takes 17 ms among a million, and others wait


def index_report(report: Report, checked: str) -> None:
    """Let a report be found by words that others may read.

    Args:
        report: held by the caller, whose transaction this is.
        checked: its words without what goes out.
    """
    index(report.organisation_id, KIND, [_thing(report, checked)])


def _thing(report: Report, checked: str) -> Thing:
    assert report.received_on is not None  # a draft has no review
    facets = {STATUS: report.status}
    decided = _decided(report)
    if code := decided.municipality or report.open_telling().municipality:
        facets[PLACE] = code
    facets |= {theme_facet(theme): YES for theme in decided.themes}
    return Thing(report.pk, report.received_on, checked, facets)


def forget_report(report: Report) -> None:
    """Let a report be found no more, in the transaction of the caller."""
    forget(KIND, [report.pk])


def follow_status(organisation_id: int, keys: Collection[int], status: str) -> None:
    """Find reports under the status that they have now, in the transaction."""
    among = Status.values
    set_facet(organisation_id, KIND, keys, STATUS, status, among=among)


def follow_place(report: Report, code: str, *, was: str) -> None:
    """Find a report in another municipality, in the transaction of the caller."""
    among = {was, code, report.open_telling().municipality}
    among.add(_decided(report).municipality)
    set_facet(report.organisation_id, KIND, [report.pk], PLACE, code, among=among)


def follow_themes(
    report: Report, themes: Collection[str], *, was: Collection[str]
) -> None:
    """Find a report under other themes, in the transaction of the caller."""
    for theme in set(themes) ^ set(was):
        set_facet(
            report.organisation_id,
            KIND,
            [report.pk],
            theme_facet(theme),
            YES if theme in themes else "",
            among=[YES],
        )


def theme_facet(theme: str) -> str:
    """Return the fact that a report is about a theme: it may be about several."""
    return f"{THEME}.{theme}"


def _decided(report: Report) -> Triaged:
    """Return what somebody decided that it is about; nothing where nobody did."""
    triage = Triage.objects.filter(report=report).first()
    if triage is None:
        return Triaged()
    triage.report = report
    return triage.open()


def index_reports() -> Iterator[tuple[int, int]]:
    """Put in the index what was approved and is not in it; yield (done, of how many).

    Also what stands there under forms of an older program, and out goes what is no
    longer approved. Stopped halfway, it goes on where it was.
    """
    approved = Review.objects.approved()
    for row in Indexed.objects.filter(kind=KIND).exclude(
        thing__in=approved.values("report")
    ):
        row.delete()
    stands = Indexed.objects.filter(
        kind=KIND, thing=OuterRef("report"), version=VERSION
    )
    waiting = approved.filter(~Exists(stands)).order_by("pk")
    total, done, last = waiting.count(), 0, 0
    while keys := list(
        waiting.filter(pk__gt=last).values_list("pk", flat=True)[:AT_ONCE]
    ):
        _index(keys)
        last, done = keys[-1], done + len(keys)
        yield done, total


@transaction.atomic
def _index(keys: list[int]) -> None:
    """Put some in, as they are now: the rows are held meanwhile."""
    reviews = Review.objects.approved().filter(pk__in=keys)
    held = Report.objects.locked().filter(pk__in=reviews.values("report"))
    reports = {report.pk: report for report in held.order_by("pk")}
    things: dict[int, list[Thing]] = {}
    for review in reviews:
        if report := reports.get(review.report_id):
            review.report = report
            thing = _thing(report, review.open().checked)
            things.setdefault(report.organisation_id, []).append(thing)
    for organisation_id, some in things.items():
        index(organisation_id, KIND, some)
