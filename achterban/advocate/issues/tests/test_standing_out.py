"""What stands out is shown with what may fool, and only to who may read all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

import pytest
from django.test import Client

from achterban.advocate.issues.standing_out import Picture, of_places, of_terms
from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.mine.tests.factories import own_account
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.places.models import Municipality
from achterban.core.vocabulary.models import TermKind
from achterban.listen.reports.actions import owning
from achterban.listen.reports.models import (
    Campaign,
    Facet,
    Likeness,
    Report,
    Triage,
    facet_hash,
    place_hash,
)

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)
CODES = ["GM0193", "GM0014", "GM0034"]  # Zwolle, Groningen, Almere
_numbers = count(1)


@pytest.fixture
def ours() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def volunteer(ours: Organisation) -> Account:
    return member(ours, Role.VOLUNTEER)


def told(
    ours: Organisation, n: int, *, on: date = ON, place: str = "", suspect: bool = False
) -> list[Report]:
    """Return rows of reports without words: they are only counted here."""
    return [
        Report.objects.create(
            organisation=ours,
            receipt_hash=str(next(_numbers)).encode(),
            status="received",
            touched_on=on,
            received_on=on - timedelta(days=7 * k % 80),
            place_hash=place_hash(place, ours),
            is_suspect=suspect,
        )
        for k in range(n)
    ]


def about(reports: list[Report], ours: Organisation, code: str) -> None:
    for report in reports:
        Triage.objects.create(report=report, decided_on=ON)
        value = facet_hash(TermKind.THEME, code, ours)
        Facet.objects.create(report=report, hash=value)


def spread_out(ours: Organisation) -> None:
    """Let people tell everywhere, as inhabitants would give."""
    for place in Municipality.objects.all():
        told(ours, round(place.inhabitants / 60_000), place=place.code)


@pytest.mark.wide
def test_a_municipality_with_many_stands_out_with_what_is_expected(
    ours: Organisation,
) -> None:
    spread_out(ours)
    told(ours, 12, place=CODES[0])
    told(ours, 40, place=CODES[0], on=ON - timedelta(days=500))  # long ago
    told(ours, 40, place=CODES[1], suspect=True)  # a flood
    told(ours, 40)  # nobody knows where

    look = of_places(Report.objects.all(), ours, on=ON)

    assert [one.key for one in look.found] == [CODES[0]]
    one = look.found[0]
    assert one.judged.unit.count == 14
    assert (one.is_more, one.is_very_clear, one.may_fool) == (True, True, False)
    assert one.judged.low <= 2 <= one.judged.high < 10
    assert look.n_units == 342
    assert "Groningen" not in {found.judged.unit.name for found in look.found}
    assert "Rozendaal" in look.too_small


@pytest.mark.wide
def test_who_told_twice_is_one_and_an_evening_or_a_campaign_is_named(
    ours: Organisation,
) -> None:
    spread_out(ours)
    patient = own_account(ours, on=ON)
    evening = told(ours, 15, place=CODES[0])
    Report.objects.filter(pk__in=[it.pk for it in evening]).update(received_on=ON)
    for report in evening[:3]:
        owning.own_report(report, patient, on=ON)
    campaign = Campaign.objects.create(organisation=ours)
    for n, report in enumerate(told(ours, 16, place=CODES[2])):
        who = str(n).encode()
        Likeness.objects.create(report=report, campaign=campaign, who=who)

    look = of_places(Report.objects.all(), ours, on=ON)

    found = {one.key: one for one in look.found}
    zwolle, almere = found[CODES[0]], found[CODES[2]]
    assert zwolle.judged.unit.count == 2 + 15 - 2
    assert (zwolle.may_fool, zwolle.n_one_day) == (True, 16)
    assert (almere.may_fool, almere.n_campaign) == (True, 16)


def quarters_of(ours: Organisation, numbers: dict[str, list[int]]) -> Iterator[None]:
    for code, counts in numbers.items():
        for n, how_many in enumerate(counts):
            about(told(ours, how_many, on=ON - timedelta(days=91 * n)), ours, code)
            yield


@pytest.mark.wide
def test_a_theme_that_grows_beside_the_others_stands_out(ours: Organisation) -> None:
    numbers = {"transport": [30, *[6] * 8], "home_care": [12] * 9, "income": [14] * 9}
    list(quarters_of(ours, numbers))

    look = of_terms(Report.objects.all(), ours, TermKind.THEME, on=ON)

    assert [one.key for one in look.found] == ["transport"]
    assert look.found[0].judged.unit.count == 30
    assert of_terms(Report.objects.all(), ours, TermKind.PARTY, on=ON).n_units == 0


@pytest.mark.slow
def test_without_a_past_or_places_nothing_is_said(ours: Organisation) -> None:
    about(told(ours, 30), ours, "transport")

    assert of_terms(Report.objects.all(), ours, TermKind.THEME, on=ON).found == []
    assert of_places(Report.objects.all(), ours, on=ON).n_units == 0


@pytest.mark.parametrize(("low", "high", "n"), [(3, 9, 14), (0, 0, 5), (20, 60, 2)])
def test_the_picture_keeps_order(low: int, high: int, n: int) -> None:
    line = Picture(n, low, high)

    assert 10 <= line.left <= line.right <= 290
    assert line.left + line.width <= 300
    assert (line.x < line.left) == (n < low)


@pytest.mark.wide
@pytest.mark.alike
def test_the_page_says_it_in_a_sentence_and_leads_to_reports_and_an_issue(
    ours: Organisation, volunteer: Account
) -> None:
    spread_out(ours)
    told(ours, 12, place=CODES[0])
    Report.objects.update(received_on=clock.today())
    client = login(Client(), volunteer)

    shown = client.get(page(ours, "issues:standing-out")).content.decode()
    listed = client.get(page(ours, "reports:report-list"), {"place": CODES[0]})
    unknown = client.get(page(ours, "reports:report-list"), {"place": "GM9999"})
    new = client.get(page(ours, "issues:new-issue"), {"title": "Zwolle"})

    assert "14 mensen van hier vertelden iets. Bij zoveel inwoners verwachten" in shown
    assert f"?place={CODES[0]}" in shown
    assert "14 daarvan kwamen op één dag" in shown
    assert "14 signalen" in listed.content.decode()
    assert "Zwolle" in listed.content.decode()
    assert "14 signalen" not in unknown.content.decode()
    assert 'value="Zwolle"' in new.content.decode()


@pytest.mark.alike
def test_who_reads_a_few_sees_no_page(ours: Organisation) -> None:
    client = login(Client(), member(ours, Role.ADVOCATE))

    assert client.get(page(ours, "issues:standing-out")).status_code == 404
