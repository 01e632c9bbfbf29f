"""Say what a report is about, and give it to who takes such reports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.core.organisations.models import Organisation
from achterban.core.outbox.actions import News, emit
from achterban.core.vocabulary.models import TermKind, terms_of
from achterban.listen.reports.actions.finding import follow_place, follow_themes
from achterban.listen.reports.actions.reviewing import own_words
from achterban.listen.reports.models import (
    Beat,
    Facet,
    Report,
    Triage,
    Triaged,
    facet_hash,
    place_hash,
)
from achterban.listen.reports.models.triage import GROUP, SUMMARY
from achterban.rules.routing import Beat as BeatRule
from achterban.rules.routing import Taker, taker
from achterban.rules.seldom_heard import SELDOM_HEARD
from achterban.rules.sorting import Label, Sorter, Suggestion

MOST_EXAMPLES = 200


class Gone(Exception):
    """The report was taken back by whoever told it."""


@transaction.atomic
def keep_triage(
    report_id: int, triaged: Triaged, *, by: Account, at: datetime
) -> Taker | None:
    """Store what a report is about, and route it where nobody has it yet.

    Args:
        report_id: the row is locked; permission came with ``visible_to``.
        triaged: what somebody decided.
        by: who decided.
        at: now.

    Returns:
        Who was asked to take it; None where nobody was.

    Raises:
        Gone: it was taken back meanwhile.
    """
    report = Report.objects.locked().select_related("organisation").get(pk=report_id)
    if report.key is None:
        raise Gone
    on = timezone.localdate(at)
    triage = Triage.objects.filter(report=report).first() or Triage(report=report)
    triage.report = report
    was = Triaged() if triage._state.adding else triage.open()
    triage.seal(triaged)
    triage.decided_on, triage.decided_by = on, by
    triage.save()
    _keep_facets(report, triaged)
    place = triaged.municipality or report.open_telling().municipality
    report.place_hash = place_hash(place, report.organisation)
    follow_place(report, place, was=was.municipality)
    follow_themes(report, triaged.themes, was=was.themes)
    record(
        "reports.triage.decided",
        report,
        by=by.pk,
        responsible=report.organisation_id,
        at=at,
    )
    asked = None
    if report.handler_id is None:
        asked = _route(report, triaged, on=on, but=by)
    report.save(update_fields=["place_hash", "routed_to", "routed_on"])
    return asked


def _keep_facets(report: Report, triaged: Triaged) -> None:
    wanted = {
        facet_hash(kind, code, report.organisation)
        for kind in TermKind
        for code in triaged.codes(kind)
    }
    wanted |= {facet_hash(GROUP, one, report.organisation) for one in triaged.groups}
    if same := report.open_telling().same:
        wanted.add(facet_hash(SUMMARY, str(same["summary"]), report.organisation))
    known = {bytes(facet.hash): facet for facet in report.facets.all()}
    for value, facet in known.items():
        if value not in wanted:
            facet.delete()
    Facet.objects.bulk_create(
        Facet(report=report, hash=value) for value in sorted(wanted - known.keys())
    )


def _route(report: Report, triaged: Triaged, *, on: date, but: Account) -> Taker | None:
    """Ask who takes such reports; who decided it needs no letter."""
    place = triaged.municipality or report.open_telling().municipality
    asked = taker(place, triaged.themes, beats_of(report.organisation), on=on)
    former = report.routed_to_id
    report.routed_to_id = asked.who if asked else None
    report.routed_on = on if asked else None
    if asked and asked.who not in {former, but.pk}:
        payload = {"report": report.pk, "account": asked.who}
        emit(News("reports.routed", payload), on=on)
    return asked


def beats_of(organisation: Organisation) -> list[BeatRule]:
    """Return what each of the team takes on, with how much waits with them.

    Who may not read reports here any more takes nothing.
    """
    rows = Beat.objects.of(organisation).select_related("account", "stand_in")
    able = [row for row in rows if _may_take(row.account, organisation)]
    waiting = dict(
        Report.objects.filter(organisation=organisation, handler=None)
        .filter(routed_to__in=[row.account_id for row in able])
        .values_list("routed_to")
        .annotate(n=Count("pk"))
    )
    return [
        BeatRule(
            row.account_id,
            frozenset(row.municipalities),
            frozenset(row.themes),
            stand_in=row.stand_in_id
            if row.stand_in and _may_take(row.stand_in, organisation)
            else None,
            away_until=row.away_until,
            n_open=waiting.get(row.account_id, 0),
        )
        for row in able
    ]


def _may_take(account: Account, organisation: Organisation) -> bool:
    return account.has_perm("reports.read", organisation)


@transaction.atomic
def keep_beat(beat: Beat, *, by: Account, at: datetime) -> Beat:
    """Store what somebody takes on, and who stands in."""
    beat.save()
    record(
        "reports.beat.changed",
        beat,
        by=by.pk,
        responsible=beat.organisation_id,
        at=at,
        account=str(beat.account_id),
    )
    return beat


def suggestions(report: Report) -> dict[TermKind, list[Suggestion]]:
    """Return what a report may be about, by kind, learnt from what was decided here.

    Nothing is kept of what was learnt: words that are taken back teach no more.
    """
    text = own_words(report)
    terms = [term for term in terms_of(report.organisation) if term.is_on]
    decided = list(_decided(report.organisation, but=report))
    return {
        kind: Sorter(
            [Label(term.code, term.words) for term in terms if term.kind == kind],
            [(words, triaged.codes(kind)) for words, triaged in decided],
        ).suggest(text)
        for kind in TermKind
    }


def groups_suggested(report: Report) -> list[Suggestion]:
    """Return of whom a report may be that are seldom heard, with the words that say so.

    Nothing is learnt here: of a few people the words of one would show for another.
    """
    return Sorter(SELDOM_HEARD).suggest(own_words(report))


def _decided(
    organisation: Organisation, *, but: Report
) -> Iterator[tuple[str, Triaged]]:
    """Return the checked words of what was decided last, with what was decided."""
    rows = (
        Triage.objects.filter(
            report__organisation=organisation,
            report__key__isnull=False,
            report__review__approved_on__isnull=False,
        )
        .exclude(report=but)
        .select_related("report__key", "report__review")
        .order_by("-decided_on", "pk")[:MOST_EXAMPLES]
    )
    for row in rows:
        review = row.report.review
        review.report = row.report
        yield review.open().checked, row.open()
