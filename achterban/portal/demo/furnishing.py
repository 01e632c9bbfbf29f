"""What the example organisations set themselves."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path

from django.utils import timezone

from achterban.core.accounts.models import Account, Role
from achterban.core.organisations.actions import (
    accept_joining,
    ask_to_join,
    change_logo,
)
from achterban.core.organisations.models import Organisation
from achterban.core.places.models import Branch, BranchPlace, Municipality
from achterban.core.release.actions import release_figure
from achterban.core.release.models import Kind
from achterban.listen.reports.models import Beat, OwnQuestion, Summary
from achterban.portal.demo.content import (
    BEATS,
    BRANCHES,
    JOINED_DAYS_AGO,
    LOGOS,
    MEMBERS,
    MONTHS,
    OWN_QUESTIONS,
    SUMMARIES,
    SUMMARY_DAYS_AGO,
    UMBRELLA,
)
from achterban.rules.months import months_over

DATA = Path(__file__).parent / "data"


def furnish(*, at: datetime) -> None:
    """Give the example a logo, branches, a question of its own and an umbrella."""
    ours = {it.slug: it for it in Organisation.objects.filter(is_example=True)}
    for slug, name in LOGOS.items():
        change_logo(ours[slug], (DATA / name).read_bytes(), by=0, at=at)
    for slug, questions in OWN_QUESTIONS.items():
        for n, words in enumerate(questions, start=1):
            OwnQuestion.objects.create(organisation=ours[slug], n=n, **words)
    for slug, places in BEATS.items():
        advocate = Account.objects.get(
            memberships__organisation=ours[slug], memberships__role=Role.ADVOCATE
        )
        Beat.objects.create(
            account=advocate, organisation=ours[slug], municipalities=places
        )
    on = timezone.localdate(at)
    for slug, (title, text) in SUMMARIES.items():
        Summary.objects.create(
            organisation=ours[slug],
            title=title,
            text=text,
            published_on=on - timedelta(days=SUMMARY_DAYS_AGO),
        )
    for slug, branches in BRANCHES.items():
        _branches(ours[slug], branches)
    for slug in MEMBERS:
        _join(ours[slug], ours[UMBRELLA], MONTHS[slug], at=at)


def _branches(organisation: Organisation, branches: dict[str, list[str]]) -> None:
    for name, codes in branches.items():
        branch = Branch.objects.create(organisation=organisation, name=name)
        BranchPlace.objects.bulk_create(
            BranchPlace(branch=branch, organisation=organisation, municipality=place)
            for place in Municipality.objects.filter(code__in=codes)
        )


def _join(
    member: Organisation,
    umbrella: Organisation,
    counts: tuple[int, ...],
    *,
    at: datetime,
) -> None:
    then = at - timedelta(days=JOINED_DAYS_AGO)
    tie = ask_to_join(member, umbrella, asked_by=member, by=0, at=then)
    tie = accept_joining(tie, accepted_by=umbrella, by=0, at=then)
    assert tie.counts_from is not None
    on, count = timezone.localdate(at), cycle(counts)
    for month in months_over(tie.counts_from, on):
        release_figure(member, Kind.REPORTS, month, lambda: next(count), on=on)
