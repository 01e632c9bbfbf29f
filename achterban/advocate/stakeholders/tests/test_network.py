"""Who knows whom is drawn and told; whom we miss, on whom it rests."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from achterban.advocate.stakeholders.actions.contacts import contact_of, erase_contact
from achterban.advocate.stakeholders.actions.counting import count_large
from achterban.advocate.stakeholders.models import (
    Contact,
    Function,
    NetworkFigures,
    Party,
    Relation,
)
from achterban.advocate.stakeholders.queries import network
from achterban.advocate.stakeholders.queries.network import (
    Figures,
    Missing,
    key_of,
    make_figures,
    ties_of,
)
from achterban.advocate.stakeholders.tests.factories import (
    PartyFactory,
    knows,
    somebody,
)
from achterban.core import clock
from achterban.core.accounts.models import Account
from achterban.core.accounts.tests.factories import page
from achterban.core.audit.models import AuditEvent
from achterban.core.organisations.models import Organisation

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


@pytest.fixture
def row(ours: Organisation, volunteer: Account, town: Party) -> dict[str, Contact]:
    """Return a line of people: one of us, Noor, Bo, Kim; and Teun alone."""
    names = ("Noor Zandpad", "Bo Duin", "Kim Kust", "Teun Terp")
    people = {name.split()[0]: somebody(town, name, by=volunteer) for name in names}
    people["us"] = contact_of(volunteer, ours, by=volunteer, at=clock.now())
    knows(people["us"], people["Noor"], by=volunteer, warmth=3)
    knows(people["Noor"], people["Bo"], by=volunteer)
    knows(people["Kim"], people["Bo"], by=volunteer, warmth=1)
    Contact.objects.filter(pk__in=[people["Kim"].pk, people["Teun"].pk]).update(
        matters=True
    )
    return people


def figures(ours: Organisation) -> Figures:
    on = clock.today()
    return make_figures(ties_of(ours, on=on), on=on)


def keys(people: dict[str, Contact], *names: str) -> list[str]:
    return [key_of(people[name]) for name in names]


def shown(desk: Client, ours: Organisation, name: str, **query: Any) -> str:
    answer = desk.get(page(ours, f"stakeholders:{name}"), query)
    return " ".join(answer.content.decode().split())


def test_whom_we_miss_comes_with_the_warm_way(
    ours: Organisation, desk: Client, row: dict[str, Contact], volunteer: Account
) -> None:
    said = shown(desk, ours, "missing")

    assert f"via {volunteer} → Noor Zandpad → Bo Duin" in said
    assert said.index("Kim Kust") < said.index("Teun Terp")
    assert "niemand van ons komt daar nog" in said
    assert "wethouder, Gemeente Zandvelde" in said


def test_who_is_known_is_missed_no_more(
    ours: Organisation, volunteer: Account, row: dict[str, Contact]
) -> None:
    knows(row["Teun"], row["us"], by=volunteer)

    assert [gap.thing for gap in figures(ours).missing] == keys(row, "Kim")


def test_a_party_is_missed_until_we_know_somebody_there(
    ours: Organisation, desk: Client, volunteer: Account, row: dict[str, Contact]
) -> None:
    Contact.objects.update(matters=False)
    water = PartyFactory.create(organisation=ours, name="Waterland", matters=True)
    far = PartyFactory.create(organisation=ours, name="Verweg", matters=True)
    Function.objects.create(party=water, contact=row["Bo"], title="jurist")

    gaps = figures(ours).missing
    said = shown(desk, ours, "missing")

    assert gaps == [
        Missing(key_of(water), [*keys(row, "us", "Noor", "Bo"), key_of(water)]),
        Missing(key_of(far), []),
    ]
    assert "→ Noor Zandpad → Bo Duin" in said.partition("Waterland")[2]
    knows(row["us"], row["Bo"], by=volunteer)
    assert [gap.thing for gap in figures(ours).missing] == [key_of(far)]


def test_who_works_at_one_place_is_no_way_to_each_other(
    ours: Organisation, row: dict[str, Contact]
) -> None:
    Contact.objects.update(matters=False)
    water = PartyFactory.create(organisation=ours, name="Waterland", matters=True)
    Contact.objects.filter(pk=row["Teun"].pk).update(matters=True)
    for name in ("Bo", "Teun"):
        Function.objects.create(party=water, contact=row[name], title="jurist")

    gaps = {gap.thing: gap.way for gap in figures(ours).missing}

    assert gaps[key_of(row["Teun"])] == []
    assert gaps[key_of(water)]


def test_who_left_a_party_leads_there_no_more(
    ours: Organisation, row: dict[str, Contact]
) -> None:
    Contact.objects.update(matters=False)
    water = PartyFactory.create(organisation=ours, matters=True)
    over = clock.today() - timedelta(days=1)
    Function.objects.create(party=water, contact=row["Bo"], title="x", until_on=over)

    assert figures(ours).missing == [Missing(key_of(water), [])]


@pytest.mark.wide
def test_on_whom_it_rests_is_said_in_names(
    ours: Organisation, desk: Client, row: dict[str, Contact], volunteer: Account
) -> None:
    said = shown(desk, ours, "network")

    assert (
        "Valt Noor Zandpad weg, dan bereiken wij Bo Duin, Kim Kust niet meer." in said
    )
    lost = "Bo Duin, Kim Kust, Noor Zandpad niet meer."
    assert f"Valt {volunteer} weg, dan bereiken wij {lost}" in said
    first = figures(ours).pillars[0]
    assert (first.person, first.n_lost) == (key_of(row["us"]), 3)


@pytest.mark.wide
def test_many_behind_one_are_counted(
    ours: Organisation, desk: Client, volunteer: Account, row: dict[str, Contact]
) -> None:
    party = Party.objects.get()
    for n in range(9):
        knows(somebody(party, f"Mens {n}{n}", by=volunteer), row["Kim"], by=volunteer)

    said = shown(desk, ours, "network")

    assert re.search(
        r"Valt Kim Kust weg, dan bereiken wij [^.]+ en nog 1 anderen", said
    )


@pytest.mark.wide
def test_who_sits_between_is_told_with_a_part(
    ours: Organisation, desk: Client, row: dict[str, Contact]
) -> None:
    said = shown(desk, ours, "network")
    between = figures(ours).between

    # Of six pairs of two others, two lead through Noor: one of us with Bo and with Kim.
    assert {each.person for each in between} == set(keys(row, "Noor", "Bo"))
    assert round(between[0].share, 3) == round(2 / 6, 3)
    assert "33,3%" in said
    assert "plaats 1 tot 2" in said
    assert "Een schatting" not in said


@pytest.mark.wide
def test_the_picture_is_beside_a_table_that_says_the_same(
    ours: Organisation, desk: Client, row: dict[str, Contact], volunteer: Account
) -> None:
    said = shown(desk, ours, "network")

    assert said.count('role="img"') == 2
    assert "Plaatje van wie wie kent: 5 mensen." in said
    assert said.count('class="ours"') == 2
    assert said.count('class="wanted"') == 4
    assert said.count('class="warm"') == 2
    table = said.partition("Hetzelfde, in woorden")[2]
    assert "Bo Duin, " in table.partition("Noor Zandpad")[2]
    assert "2 stappen" in table
    assert "nog geen weg" in table


@pytest.mark.slow
def test_around_one_contact_are_those_in_two_steps(
    ours: Organisation, desk: Client, row: dict[str, Contact]
) -> None:
    said = shown(desk, ours, "network", contact=row["Kim"].pk)

    assert "Wie er om deze persoon heen staan" in said
    table = said.partition("Hetzelfde, in woorden")[2]
    assert "Bo Duin" in table
    assert "Noor Zandpad" in table
    assert "Teun Terp" not in table
    assert "Op wie het rust" not in said


def test_a_neighbourhood_has_no_more_than_fit(
    volunteer: Account, row: dict[str, Contact]
) -> None:
    party = Party.objects.get()
    for n in range(5):
        knows(somebody(party, f"Mens {n}{n}", by=volunteer), row["Kim"], by=volunteer)

    ties = network.around(row["Kim"], on=clock.today(), most=4)

    assert len(ties.people) == 4
    assert ties.people[0] == key_of(row["Kim"])


def test_relations_of_before_count_no_more(
    ours: Organisation, row: dict[str, Contact]
) -> None:
    Relation.objects.update(until_on=clock.today() - timedelta(days=1))

    made = figures(ours)

    assert (made.between, made.pillars) == ([], [])
    assert {gap.thing for gap in made.missing} == set(keys(row, "Kim", "Teun"))


@pytest.mark.slow
def test_every_name_that_is_drawn_is_a_look(
    ours: Organisation, desk: Client, row: dict[str, Contact]
) -> None:
    for name, people in (("network", row.values()), ("missing", row.values())):
        AuditEvent.objects.filter(kind="stakeholders.contact.read").delete()
        shown(desk, ours, name)
        looks = AuditEvent.objects.filter(kind="stakeholders.contact.read")
        assert set(looks.values_list("label", flat=True)) == {
            f"stakeholders.contact:{each.pk}" for each in people
        }


def test_with_nobody_it_says_what_to_do(ours: Organisation, desk: Client) -> None:
    assert "Wij weten nog van niemand" in shown(desk, ours, "network")
    assert "vinkt u aan dat die ertoe doet" in shown(desk, ours, "missing")


@pytest.mark.wide
def test_a_large_network_is_counted_at_night_and_says_of_when_it_is(
    ours: Organisation,
    desk: Client,
    row: dict[str, Contact],
    volunteer: Account,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(network, "MOST_LIVE", 0)
    before = shown(desk, ours, "network"), shown(desk, ours, "missing")

    assert count_large(date(2026, 11, 20)) == 1
    assert count_large(date(2026, 11, 21)) == 1
    erase_contact(row["Bo"], by=volunteer, at=clock.now())
    for kind in ("between", "pillars", "missing"):
        assert NetworkFigures.objects.get().content[kind]
    after = shown(desk, ours, "network"), shown(desk, ours, "missing")

    assert "Er zijn te veel mensen voor één plaatje" in before[0]
    assert "tellen wij vannacht" in before[0]
    assert "Dit tellen wij vannacht" in before[1]
    assert "Valt Noor Zandpad weg, dan bereiken wij Kim Kust" in after[0]
    assert "Zoals het stond op 21 november 2026." in after[1]
    assert "Bo Duin" not in after[0] + after[1]
    around = shown(desk, ours, "network", contact=row["Noor"].pk)
    assert "Plaatje van wie wie kent" in around
    monkeypatch.setattr(network, "MOST_LIVE", 20)
    assert count_large(date(2026, 11, 22)) == 0
    assert not NetworkFigures.objects.exists()


@pytest.mark.slow
def test_an_estimate_says_that_it_is_one(
    ours: Organisation,
    desk: Client,
    row: dict[str, Contact],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = figures(ours)
    estimate = Figures(made.made_on, 20_000, 400, made.between, [], [])
    monkeypatch.setattr(
        "achterban.advocate.stakeholders.views.network.figures_of",
        lambda *_args, **_facts: estimate,
    )

    said = shown(desk, ours, "network")

    assert "±33,3%" in said
    assert "gezien vanuit 400 mensen die geloot zijn" in said
