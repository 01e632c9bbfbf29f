"""Where everybody stands, first and now, with why, and what we do about it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from achterban.advocate.dossiers.actions.positions import (
    Standing,
    drop_position,
    estimate,
    forget_erased,
    plan,
    remove_position,
)
from achterban.advocate.dossiers.actions.working import finish_task
from achterban.advocate.dossiers.models import (
    Dossier,
    Estimate,
    EstimateWords,
    Much,
    Position,
    Stance,
    Task,
)
from achterban.advocate.dossiers.queries.standing import missed, stands_of
from achterban.advocate.dossiers.queries.timeline import timeline
from achterban.advocate.stakeholders.actions.contacts import (
    add_contact,
    contact_of,
    erase_contact,
)
from achterban.advocate.stakeholders.actions.relations import keep_relation
from achterban.advocate.stakeholders.models import (
    Contact,
    ContactWords,
    Function,
    Party,
    Relation,
    RelationWords,
)
from achterban.advocate.stakeholders.queries import network
from achterban.advocate.stakeholders.tests.factories import PartyFactory
from achterban.core import clock
from achterban.core.accounts.models import Account
from achterban.core.accounts.tests.factories import page
from achterban.core.audit.models import AuditEvent
from achterban.core.organisations.models import Organisation
from achterban.core.vault.models import DataKey

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
WHY = "Zei op de avond dat er geen geld is."
ASKED = {
    "power": "3",
    "interest": "1",
    "stance": "rather_against",
    "why": WHY,
    "source": "Avond in het buurthuis",
}


def standing(stance: str = "unclear", power: int = 2, interest: int = 2) -> Standing:
    return Standing(power, interest, stance, EstimateWords(WHY, "Avond"))


@pytest.mark.wide
def test_somebody_in_a_function_is_chosen_and_their_side_is_kept_with_why(
    ours: Organisation,
    desk: Client,
    dossier: Dossier,
    alderman: Function,
    noor: Contact,
) -> None:
    new = page(ours, "dossiers:new-position", dossier.pk)

    found = desk.get(new, {"naam": "zandvelde"}).content.decode()
    offered = desk.get(new, {"partij": alderman.party.pk}).content.decode()
    sent = desk.post(
        f"{new}?partij={alderman.party.pk}", ASKED | {"who": alderman.pk}, follow=True
    )

    assert f"?partij={alderman.party.pk}" in found
    assert "Noor Zandpad, wethouder" in offered
    assert "Gemeente Zandvelde als geheel" in offered
    shown = sent.content.decode()
    assert "wethouder, Gemeente Zandvelde" in shown
    assert "Noor Zandpad" in shown
    assert WHY in shown
    row = Estimate.objects.get()
    assert (row.power, row.interest, row.stance) == (3, 1, "rather_against")
    assert WHY.encode() not in bytes(row.sealed)
    read = AuditEvent.objects.filter(kind="stakeholders.contact.read")
    assert {event.label for event in read} == {f"stakeholders.contact:{noor.pk}"}
    kept = AuditEvent.objects.get(kind="dossiers.position.estimated")
    assert kept.facts == {}


@pytest.mark.slow
def test_a_party_that_nobody_knows_and_a_slip_say_what_to_do(
    ours: Organisation, desk: Client, dossier: Dossier, town: Party
) -> None:
    new = page(ours, "dossiers:new-position", dossier.pk)
    other = PartyFactory.create()

    unknown = desk.get(new, {"naam": "Nergens"}).content.decode()
    refused = desk.post(f"{new}?partij={town.pk}", {"who": "0", "why": WHY})
    theirs = desk.get(new, {"partij": other.pk})

    assert "Wij kennen nog geen partij met deze naam." in unknown
    assert 'role="alert"' in refused.content.decode()
    assert WHY in refused.content.decode()
    assert theirs.status_code == 404
    assert not Position.objects.exists()


def test_of_many_parties_a_few_are_shown(
    ours: Organisation, desk: Client, dossier: Dossier
) -> None:
    PartyFactory.create_batch(13, organisation=ours)
    new = page(ours, "dossiers:new-position", dossier.pk)

    found = desk.get(new, {"naam": "gemeente"}).content.decode()

    assert found.count("?partij=") == 12
    assert "Typ meer van de naam" in found


@pytest.mark.wide
def test_what_was_thought_before_stays_below_what_is_thought_now(
    ours: Organisation, volunteer: Account, desk: Client, dossier: Dossier, town: Party
) -> None:
    at = clock.now() - timedelta(days=90)
    row = estimate(dossier, town, None, standing("against", 3, 1), by=volunteer, at=at)
    again = page(ours, "dossiers:estimate", row.pk)

    form = desk.get(again).content.decode()
    refused = desk.post(again, {"stance": ""}).content.decode()
    desk.post(again, ASKED | {"stance": "for", "interest": "3"})

    assert 'value="against" ' in form
    assert "checked" in form
    assert 'role="alert"' in refused
    assert Position.objects.count() == 1
    stand = stands_of(dossier)[0]
    assert (stand.first.stance, stand.now.stance) == ("against", "for")
    assert stand.has_moved
    listed = desk.get(page(ours, "dossiers:position-list", dossier.pk)).content.decode()
    assert "++ Gemeente Zandvelde" in listed
    assert listed.index("tegen") < listed.index("<strong>voor</strong>")
    told = [it.happening.words for it in timeline(dossier, n=9)[0]]
    assert [told[0], told[-1]] == [
        "Gemeente Zandvelde: voor",
        "Gemeente Zandvelde: tegen",
    ]


def test_who_matters_most_comes_first_and_power_counts_double(
    ours: Organisation, volunteer: Account, desk: Client, dossier: Dossier
) -> None:
    at = clock.now()
    empty = desk.get(page(ours, "dossiers:position-list", dossier.pk)).content.decode()
    for name, power, interest in (("Aap", 1, 3), ("Beer", 3, 1), ("Uil", 3, 3)):
        party = PartyFactory.create(organisation=ours, name=name)
        estimate(
            dossier, party, None, standing("for", power, interest), by=volunteer, at=at
        )

    stands = stands_of(dossier)

    assert "Begin met wie erover gaat" in empty
    assert [str(stand.position) for stand in stands] == ["Uil", "Beer", "Aap"]
    assert [much.share for much in Much] == [0, 0.5, 1]
    assert not stands[0].has_moved
    shown = desk.get(page(ours, "dossiers:position-list", dossier.pk)).content.decode()
    assert 'role="img"' in shown
    assert shown.count("<rect") == 2 * 3  # narrow and wide


def test_the_picture_and_the_table_of_a_page_are_of_the_same_people(
    desk: Client,
    dossier: Dossier,
    town: Party,
    volunteer: Account,
    ours: Organisation,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("achterban.advocate.dossiers.views.positions.MOST", 1)
    ministry = PartyFactory.create(organisation=ours, name="Ministerie")
    for party, power in ((town, 3), (ministry, 1)):
        how = standing(power=power)
        estimate(dossier, party, None, how, by=volunteer, at=clock.now())

    second = desk.get(page(ours, "dossiers:position-list", dossier.pk), {"page": 2})

    assert [it.position.party for it in second.context["stands"]] == [ministry]
    assert [it.label for it in second.context["pictures"][0].boxes] == ["? Ministerie"]


@pytest.mark.wide
def test_what_may_move_them_is_a_task_of_the_dossier(
    ours: Organisation, volunteer: Account, desk: Client, dossier: Dossier, town: Party
) -> None:
    row = estimate(dossier, town, None, standing(), by=volunteer, at=clock.now())
    address = page(ours, "dossiers:plan", row.pk)

    refused = desk.post(address, {"what": ""}).content.decode()
    desk.post(address, {"what": "Nodig uit op het café", "who": "", "by_when": ""})
    task = Task.objects.get()
    planned = desk.get(
        page(ours, "dossiers:position-list", dossier.pk)
    ).content.decode()
    plan(row, task, by=volunteer, at=clock.now())  # twice changes nothing
    finish_task(task, by=volunteer, at=clock.now())
    shown = desk.get(page(ours, "dossiers:position", row.pk)).content.decode()

    assert 'role="alert"' in refused
    assert task.dossier == dossier
    assert "1 taak" in planned
    assert "Nodig uit op het café" in shown
    assert stands_of(dossier)[0].n_planned == 0


def test_it_is_taken_away_with_its_history_and_the_key_is_gone(
    ours: Organisation, volunteer: Account, desk: Client, dossier: Dossier, town: Party
) -> None:
    row = estimate(dossier, town, None, standing(), by=volunteer, at=clock.now())
    address = page(ours, "dossiers:drop-position", row.pk)

    asked = desk.get(address).content.decode()
    desk.post(address)

    assert "Dit weghalen?" in asked
    assert not Position.objects.exists()
    assert not DataKey.objects.filter(pk=row.key_id).exists()


def test_what_we_thought_of_who_was_erased_is_erased_within_a_day(
    volunteer: Account, dossier: Dossier, town: Party, alderman: Function, noor: Contact
) -> None:
    at = clock.now()
    gone = estimate(dossier, town, alderman, standing(), by=volunteer, at=at)
    stays = estimate(dossier, town, None, standing(), by=volunteer, at=at)

    assert forget_erased(clock.today()) == 0
    erase_contact(noor, by=volunteer, at=at)

    assert forget_erased(clock.today()) == 1
    assert list(Position.objects.all()) == [stays]
    assert not DataKey.objects.filter(pk=gone.key_id).exists()


def test_after_a_restore_an_erased_position_goes_again(
    volunteer: Account, dossier: Dossier, town: Party
) -> None:
    row = estimate(dossier, town, None, standing(), by=volunteer, at=clock.now())

    remove_position({"key": row.key_id}, 1)
    remove_position({"key": row.key_id}, 1)

    assert not Position.objects.exists()


@pytest.mark.differs
def test_a_party_or_somebody_there_stands_once_in_a_dossier(
    volunteer: Account, dossier: Dossier, town: Party, alderman: Function
) -> None:
    at = clock.now()
    for function in (None, alderman):
        row = estimate(dossier, town, function, standing(), by=volunteer, at=at)
        with pytest.raises(IntegrityError), transaction.atomic():
            Position.objects.create(
                dossier=dossier, party=town, function=function, key=row.key
            )
    assert Position.objects.count() == 2


def test_every_side_has_a_sign_of_its_own() -> None:
    from achterban.advocate.dossiers.queries.standing import SIGNS

    assert set(SIGNS) == set(Stance)
    assert len(set(SIGNS.values())) == len(Stance)


def test_dropping_is_in_the_log(
    volunteer: Account, dossier: Dossier, town: Party
) -> None:
    row = estimate(dossier, town, None, standing(), by=volunteer, at=clock.now())

    drop_position(row, by=volunteer, at=clock.now())

    assert AuditEvent.objects.filter(kind="dossiers.position.dropped").count() == 1


@pytest.mark.wide
def test_who_matters_and_is_known_by_none_of_us_is_named_with_a_warm_way(
    ours: Organisation,
    volunteer: Account,
    desk: Client,
    dossier: Dossier,
    town: Party,
    alderman: Function,
    noor: Contact,
) -> None:
    at = clock.now()
    friend = add_contact(ours, ContactWords("Ties Brug"), by=volunteer, at=at)
    me = contact_of(volunteer, ours, by=volunteer, at=at)
    little = PartyFactory.create(organisation=ours, name="Kleine Partij")
    estimate(dossier, town, alderman, standing("unclear", 3, 1), by=volunteer, at=at)
    estimate(dossier, little, None, standing("unclear", 2, 2), by=volunteer, at=at)
    address = page(ours, "dossiers:position-list", dossier.pk)

    nowhere = desk.get(address).content.decode()
    for one, other in ((me, friend), (friend, noor)):
        relation = Relation(
            organisation=ours, one=one, other=other, kind="knows", warmth=3
        )
        words = RelationWords("Zei het zelf")
        keep_relation(relation, words, by=volunteer, at=at)
    reached = desk.get(address).content.decode()
    relation = Relation(organisation=ours, one=me, other=noor, kind="knows", warmth=1)
    keep_relation(relation, RelationWords("Avond"), by=volunteer, at=at)
    known = desk.get(address).content.decode()

    gap = nowhere.partition("Wie wij missen")[2]
    assert "Noor Zandpad" in gap
    assert "Kleine Partij" not in gap
    assert "niemand van ons weet een weg" in gap
    assert f"warme weg: {volunteer} → Ties Brug" in reached
    assert "Noor Zandpad" not in known.partition("Wie wij missen")[2]


def test_a_party_is_known_through_somebody_who_works_there(
    ours: Organisation,
    volunteer: Account,
    dossier: Dossier,
    town: Party,
    noor: Contact,
) -> None:
    at = clock.now()
    me = contact_of(volunteer, ours, by=volunteer, at=at)
    estimate(dossier, town, None, standing("unclear", 3, 1), by=volunteer, at=at)
    assert [gap.thing for gap in missed(dossier, stands_of(dossier), on=clock.today())]

    relation = Relation(organisation=ours, one=me, other=noor, kind="knows", warmth=2)
    keep_relation(relation, RelationWords("Avond"), by=volunteer, at=at)

    assert missed(dossier, stands_of(dossier), on=clock.today()) == []
    assert missed(dossier, [], on=clock.today()) == []


def test_to_look_where_somebody_stands_is_in_the_log(
    ours: Organisation, dossier: Dossier, alderman: Function, desk: Client
) -> None:
    address = page(ours, "dossiers:new-position", dossier.pk)
    party = alderman.party_id
    desk.post(f"{address}?partij={party}", {**ASKED, "who": str(alderman.pk)})
    seen = AuditEvent.objects.filter(kind="stakeholders.contact.read").count()

    desk.get(page(ours, "dossiers:position-list", dossier.pk))

    looks = AuditEvent.objects.filter(kind="stakeholders.contact.read")
    assert looks.count() > seen
    assert looks.latest("seq").label == f"stakeholders.contact:{alderman.contact_id}"


def test_in_a_large_network_nobody_says_that_nobody_is_missed(
    ours: Organisation,
    dossier: Dossier,
    alderman: Function,
    noor: Contact,
    volunteer: Account,
    desk: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at = clock.now()
    me = contact_of(volunteer, ours, by=volunteer, at=at)
    town = alderman.party
    estimate(dossier, town, alderman, standing("unclear", 3, 1), by=volunteer, at=at)
    relation = Relation(organisation=ours, one=me, other=noor, kind="knows", warmth=2)
    keep_relation(relation, RelationWords("Avond"), by=volunteer, at=at)
    monkeypatch.setattr(network, "MOST_LIVE", 0)

    shown = desk.get(page(ours, "dossiers:position-list", dossier.pk)).content.decode()

    assert "’s nachts wordt uitgerekend" in shown
    assert "Niemand: van iedereen" not in shown
