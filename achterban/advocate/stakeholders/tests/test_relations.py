"""Who knows whom is written down with its source; two rows of one person are one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from achterban.advocate.stakeholders.actions import relations as actions
from achterban.advocate.stakeholders.actions.contacts import contact_of, erase_contact
from achterban.advocate.stakeholders.models import (
    Contact,
    ContactWords,
    Function,
    Party,
    Relation,
    RelationWords,
    Remark,
)
from achterban.advocate.stakeholders.tests.factories import (
    PartyFactory,
    knows,
    somebody,
)
from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.organisations.models import Organisation
from achterban.core.vault.models import DataKey

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
ASKED = {"kind": "knows", "warmth": "3", "source": "Zei zij zelf op 3 mei."}


@pytest.fixture
def noor(town: Party, volunteer: Account) -> Contact:
    return somebody(town, "Noor Zandpad", by=volunteer)


@pytest.fixture
def bo(town: Party, volunteer: Account) -> Contact:
    return somebody(town, "Bo Duin", by=volunteer, title="ambtenaar")


@pytest.mark.wide
def test_sent_twice_it_is_once(
    ours: Organisation, desk: Client, noor: Contact, bo: Contact
) -> None:
    for _n in range(2):
        desk.post(
            page(ours, "stakeholders:new-relation", noor.pk),
            ASKED | {"name": "Bo Duin"},
        )
        desk.post(
            page(ours, "stakeholders:new-function", noor.pk),
            {"title": "raadslid", "party": "Gemeente Zandvelde"},
        )
        desk.post(
            page(ours, "stakeholders:new-remark", noor.pk),
            {"text": "Spreekt vaak.", "source": "Raad"},
        )

    assert Relation.objects.count() == 1
    assert noor.functions.count() == 2  # with the one she has
    assert Remark.objects.count() == 1


@pytest.mark.slow
def test_one_of_the_team_knows_somebody_and_it_says_how_we_know(
    ours: Organisation, volunteer: Account, desk: Client, noor: Contact
) -> None:
    asked = ASKED | {"us": f"team-{volunteer.pk}", "address": "https://z.example/a"}

    desk.post(page(ours, "stakeholders:new-relation", noor.pk), asked)

    shown = desk.get(page(ours, "stakeholders:contact", noor.pk)).content.decode()
    assert f"Noor Zandpad kent {volunteer}" in shown
    assert "ze doen iets voor elkaar" in shown
    assert '<a href="https://z.example/a" rel="noreferrer">Zei zij zelf' in shown
    relation = Relation.objects.get()
    assert (relation.noted_by, relation.noted_on) == (volunteer, clock.today())
    assert b"Zei" not in bytes(relation.sealed)


def test_without_a_source_it_is_refused_and_nothing_typed_is_lost(
    ours: Organisation, volunteer: Account, desk: Client, noor: Contact, bo: Contact
) -> None:
    asked = ASKED | {"name": "Bo Duin", "source": " ", "from_on": "2026-01-02"}

    answer = desk.post(page(ours, "stakeholders:new-relation", noor.pk), asked)

    shown = answer.content.decode()
    assert "Schrijf hoe wij dit weten. Zonder bron is het een gerucht." in shown
    assert 'value="Bo Duin"' in shown
    assert 'value="2026-01-02"' in shown
    assert not Relation.objects.exists()
    with pytest.raises(actions.NoSource):
        actions.keep_relation(
            Relation(organisation=ours, one=noor, other=bo, kind="knows", warmth=1),
            RelationWords("\n "),
            by=volunteer,
            at=clock.now(),
        )


@pytest.mark.wide
def test_another_contact_is_found_by_name(
    ours: Organisation, desk: Client, noor: Contact, bo: Contact
) -> None:
    asked = ASKED | {"name": "bo duin", "kind": "led_by"}

    desk.post(
        page(ours, "stakeholders:new-relation", bo.pk), asked | {"name": "Noor Zandpad"}
    )

    shown = desk.get(page(ours, "stakeholders:contact", noor.pk)).content.decode()
    assert "Noor Zandpad geeft leiding aan Bo Duin" in shown
    shown = desk.get(page(ours, "stakeholders:contact", bo.pk)).content.decode()
    assert "Bo Duin werkt voor Noor Zandpad" in shown


@pytest.mark.wide
def test_of_two_with_one_name_it_asks_who_is_meant(
    ours: Organisation, volunteer: Account, desk: Client, noor: Contact, bo: Contact
) -> None:
    other = somebody(noor.functions.get().party, "Bo Duin", by=volunteer)
    address = page(ours, "stakeholders:new-relation", noor.pk)

    shown = desk.post(address, ASKED | {"name": "Bo Duin"}).content.decode()
    desk.post(address, ASKED | {"name": "Bo Duin", "which": other.pk})

    assert "Zeg wie het is." in shown
    assert "Bo Duin (ambtenaar, Gemeente Zandvelde)" in shown
    assert "iemand nieuws, met deze naam" in shown
    assert Relation.objects.get().other == other


@pytest.mark.slow
def test_somebody_new_is_written_down_at_once(
    ours: Organisation, desk: Client, noor: Contact
) -> None:
    address = page(ours, "stakeholders:new-relation", noor.pk)

    shown = desk.post(address, ASKED | {"name": "Kim Kust"}).content.decode()
    desk.post(address, ASKED | {"name": "Kim Kust", "which": "new"})

    assert "iemand nieuws, met deze naam" in shown
    other = Relation.objects.select_related("other__key").get().other
    assert other.open_words() == ContactWords("Kim Kust")


@pytest.mark.slow
def test_nobody_knows_themselves_and_nobody_at_all_is_asked_about(
    ours: Organisation, desk: Client, noor: Contact
) -> None:
    address = page(ours, "stakeholders:new-relation", noor.pk)

    same = desk.post(address, ASKED | {"name": "Noor Zandpad"}).content.decode()
    nobody = desk.post(address, ASKED).content.decode()

    assert "Dit is de persoon zelf." in same
    assert "Kies iemand van ons, of typ een naam." in nobody
    assert not Relation.objects.exists()


def test_a_contact_that_is_one_of_us_can_be_chosen(
    ours: Organisation, volunteer: Account, desk: Client, noor: Contact
) -> None:
    own = somebody(PartyFactory.create(organisation=ours), "Sam Sluis", by=volunteer)
    Contact.objects.filter(pk=own.pk).update(is_ours=True)
    address = page(ours, "stakeholders:new-relation", noor.pk)

    assert "Sam Sluis" in desk.get(address).content.decode()
    desk.post(address, ASKED | {"us": own.pk})

    assert Relation.objects.get().other == own


@pytest.mark.wide
def test_a_relation_is_changed_ends_and_is_taken_away(
    ours: Organisation, volunteer: Account, desk: Client, noor: Contact, bo: Contact
) -> None:
    relation = knows(noor, bo, by=volunteer)
    address = page(ours, "stakeholders:relation", relation.pk)
    over = clock.today() - timedelta(days=1)

    shown = desk.get(address).content.decode()
    refused = desk.post(address, ASKED | {"source": "", "warmth": "1"})
    desk.post(address, ASKED | {"until_on": over.isoformat()})

    assert 'value="van henzelf"' in shown
    assert "Zonder bron is het een gerucht" in refused.content.decode()
    relation = Relation.objects.select_related("one__key").get()
    assert relation.open_words().source == "Zei zij zelf op 3 mei."
    assert not Relation.objects.held(clock.today()).exists()
    assert Relation.objects.held(over).exists()
    known = desk.get(page(ours, "stakeholders:contact", bo.pk)).content.decode()
    assert '<span class="tag">eerder</span>' in known
    desk.post(address, {"act": "remove"})
    assert not Relation.objects.exists()


def test_every_name_in_a_relation_is_a_look(
    ours: Organisation, volunteer: Account, desk: Client, noor: Contact, bo: Contact
) -> None:
    relation = knows(noor, bo, by=volunteer)

    for name, key in (("contact", noor.pk), ("relation", relation.pk)):
        AuditEvent.objects.filter(kind="stakeholders.contact.read").delete()
        desk.get(page(ours, f"stakeholders:{name}", key))
        looks = AuditEvent.objects.filter(kind="stakeholders.contact.read")
        assert set(looks.values_list("label", flat=True)) == {
            f"stakeholders.contact:{each.pk}" for each in (noor, bo)
        }


def test_erasing_one_of_two_takes_the_relation_along(
    volunteer: Account, noor: Contact, bo: Contact
) -> None:
    knows(noor, bo, by=volunteer)
    knows(bo, noor, by=volunteer)

    erase_contact(bo, by=volunteer, at=clock.now())

    assert not Relation.objects.exists()
    assert list(Contact.objects.all()) == [noor]


@pytest.mark.wide
def test_two_rows_of_one_person_are_one_after_it_said_what_happens(
    ours: Organisation, volunteer: Account, desk: Client, noor: Contact, bo: Contact
) -> None:
    party = PartyFactory.create(organisation=ours, name="Provincie Duinland")
    twin = somebody(party, "N. Zandpad", by=volunteer, mail="n@z.example")
    kept = [knows(twin, bo, by=volunteer), knows(bo, twin, by=volunteer)]
    knows(noor, twin, by=volunteer)
    Contact.objects.filter(pk=twin.pk).update(matters=True)
    address = page(ours, "stakeholders:merge", noor.pk)

    found = desk.get(address, {"name": "zandpad"}).content.decode()
    asked = desk.get(address, {"gone": twin.pk}).content.decode()
    assert Contact.objects.filter(pk=twin.pk).exists()
    desk.post(address, {"gone": twin.pk, "sure": "yes"})

    assert f"?gone={twin.pk}" in found
    assert f"?gone={noor.pk}" not in found
    assert "1 functie gaat mee" in asked
    assert "3 relaties gaan mee" in asked
    assert not Contact.objects.filter(pk=twin.pk).exists()
    assert not DataKey.objects.filter(pk=twin.key_id).exists()
    noor = Contact.objects.select_related("key").get(pk=noor.pk)
    assert noor.open_words() == ContactWords("Noor Zandpad", "n@z.example")
    assert noor.matters
    parties = Function.objects.filter(contact=noor).values_list(
        "party__name", flat=True
    )
    assert sorted(parties) == ["Gemeente Zandvelde", "Provincie Duinland"]
    left = Relation.objects.of(noor).select_related("one__key")
    assert {row.pk for row in left} == {row.pk for row in kept}
    assert {row.open_words().source for row in left} == {"van henzelf"}


@pytest.mark.slow
def test_who_is_of_the_team_stays_so_and_two_of_the_team_are_two(
    ours: Organisation, volunteer: Account, desk: Client, noor: Contact
) -> None:
    by, at = volunteer, clock.now()
    mine = contact_of(volunteer, ours, by=by, at=at)
    theirs = contact_of(member(ours, Role.COORDINATOR), ours, by=by, at=at)

    refused = desk.post(
        page(ours, "stakeholders:merge", mine.pk),
        {"gone": theirs.pk, "sure": "yes"},
        follow=True,
    )
    with pytest.raises(actions.WithThemselves):
        actions.merge_contacts(noor, noor, by=by, at=at)
    actions.merge_contacts(noor, mine, by=by, at=at)

    assert "Allebei staan ze in één dossier" in refused.content.decode()
    noor.refresh_from_db()
    assert (noor.account, noor.is_ours) == (volunteer, True)


@pytest.mark.differs
def test_where_only_one_may_stand_a_merge_is_refused_whole(
    volunteer: Account,
    noor: Contact,
    bo: Contact,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    knows(noor, bo, by=volunteer)

    def clash(*_args: object, **_facts: object) -> None:
        raise IntegrityError

    manager = Function._base_manager
    monkeypatch.setattr(type(manager.all()), "update", clash)
    with pytest.raises(actions.CannotMerge):
        actions.merge_contacts(noor, bo, by=volunteer, at=clock.now())
    monkeypatch.undo()

    assert Contact.objects.count() == 2
    assert Relation.objects.count() == 1


@pytest.mark.differs
def test_the_database_refuses_a_relation_with_oneself_and_an_unknown_warmth(
    volunteer: Account, noor: Contact, bo: Contact
) -> None:
    relation = knows(noor, bo, by=volunteer)
    rows = Relation.objects.filter(pk=relation.pk)
    day = clock.today()
    for wrong in (
        {"other": noor},
        {"warmth": 4},
        {"from_on": day, "until_on": day - timedelta(days=1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_who_was_erased_meanwhile_does_not_come_back_in_another(
    volunteer: Account, noor: Contact, bo: Contact
) -> None:
    stale = Contact.objects.select_related("key", "organisation").get(pk=noor.pk)
    erase_contact(noor, by=volunteer, at=clock.now())

    with pytest.raises(Contact.DoesNotExist):
        actions.merge_contacts(stale, bo, by=volunteer, at=clock.now())

    assert list(Contact.objects.all()) == [bo]
