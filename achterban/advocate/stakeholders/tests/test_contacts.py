"""People are written down, sealed, found by a hash, told apart, and erased."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.test import Client

from achterban.advocate.stakeholders.actions import contacts
from achterban.advocate.stakeholders.actions.contacts import (
    add_contact,
    contact_of,
    erase_contact,
    remove_contact,
)
from achterban.advocate.stakeholders.models import (
    Contact,
    ContactWords,
    Function,
    Party,
)
from achterban.advocate.stakeholders.queries import looks_at, namesakes
from achterban.advocate.stakeholders.tests.factories import PartyFactory, somebody
from achterban.core import clock
from achterban.core.accounts.models import Account, Membership, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.vault.keyring import WrongKey
from achterban.core.vault.models import DataKey

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
ASKED = {"name": "Noor Zandpad", "title": "wethouder", "party": "zandvelde"}


def test_somebody_is_written_down_with_what_they_do(
    ours: Organisation, desk: Client, town: Party
) -> None:
    asked = ASKED | {"mail": "noor@zandvelde.example", "note": "Belt liever."}

    answer = desk.post(page(ours, "stakeholders:new-contact"), asked, follow=True)

    contact = Contact.objects.select_related("key").get()
    assert contact.open_words().mail == "noor@zandvelde.example"
    shown = answer.content.decode()
    assert "Noor Zandpad" in shown
    assert "Gemeente Zandvelde" in shown
    assert "wethouder" in shown
    assert "Belt liever." in shown


def test_no_word_of_a_person_stands_in_plain(
    ours: Organisation, volunteer: Account, town: Party
) -> None:
    somebody(
        town, "Noor Zandpad", by=volunteer, mail="n@z.example", note="kanarievogel"
    )

    row = Contact.objects.values().get()
    told = "".join(
        str(bytes(v) if isinstance(v, memoryview) else v) for v in row.values()
    )

    for word in ("Noor", "noor", "zandpad", "n@z", "kanarie"):
        assert word not in told


@pytest.mark.slow
def test_every_look_is_in_the_log_before_it_is_shown(
    ours: Organisation, volunteer: Account, desk: Client, town: Party
) -> None:
    contact = somebody(town, by=volunteer)
    paths = [
        page(ours, "stakeholders:contact", contact.pk),
        page(ours, "stakeholders:contact-list"),
        page(ours, "stakeholders:party", town.pk),
        page(ours, "stakeholders:change-contact", contact.pk),
        page(ours, "stakeholders:function", contact.functions.get().pk),
    ]

    for n, path in enumerate(paths, start=1):
        assert "Noor Zandpad" in desk.get(path).content.decode()
        looks = AuditEvent.objects.filter(kind="stakeholders.contact.read")
        assert set(looks.values_list("actor", "label")) == {
            (volunteer.pk, f"stakeholders.contact:{contact.pk}")
        }
        assert looks.count() == n


@pytest.mark.wide
def test_somebody_is_found_by_whole_words_of_the_name(
    ours: Organisation, volunteer: Account, desk: Client, town: Party
) -> None:
    somebody(town, "Zoë van der Berg", by=volunteer)
    somebody(PartyFactory.create(), "Zoë van der Berg", by=volunteer)

    def listed(name: str, show: str = "") -> str:
        address = page(ours, "stakeholders:contact-list")
        return desk.get(address, {"name": name, "show": show}).content.decode()

    assert "1 persoon" in listed("")
    assert "Zoë van der Berg" in listed("BERG zoe")
    assert "Niemand gevonden" in listed("Ber")
    assert "Niemand gevonden" in listed("!")
    assert "Niemand gevonden" in listed("", "matters")
    assert "Niemand gevonden" in listed("", "ours")


@pytest.mark.wide
def test_a_known_name_is_asked_about_and_nothing_typed_is_lost(
    ours: Organisation, volunteer: Account, desk: Client, town: Party
) -> None:
    somebody(town, "Noor Zandpad", by=volunteer)
    asked = ASKED | {"name": "N. Zandpad", "phone": "06 00", "title": "raadslid"}
    address = page(ours, "stakeholders:new-contact")

    shown = desk.post(address, asked).content.decode()
    unanswered = desk.post(address, asked | {"asked": "1"}).content.decode()

    assert "Deze naam kennen wij al. Wie is het?" in shown
    assert "Noor Zandpad (wethouder, Gemeente Zandvelde)" in shown
    assert 'value="06 00"' in shown
    assert 'value="raadslid"' in shown
    assert 'role="alert"' in unanswered
    assert Contact.objects.count() == 1


@pytest.mark.slow
def test_another_given_name_is_not_asked_about(
    ours: Organisation, volunteer: Account, desk: Client, town: Party
) -> None:
    somebody(town, "Noor Zandpad", by=volunteer)

    asked = {"name": "Joke Zandpad"}
    answer = desk.post(page(ours, "stakeholders:new-contact"), asked)

    assert answer.status_code == 302
    assert Contact.objects.count() == 2


@pytest.mark.wide
def test_the_same_person_gets_what_was_typed_and_keeps_what_was_known(
    ours: Organisation, volunteer: Account, desk: Client, town: Party
) -> None:
    contact = somebody(town, by=volunteer, mail="a@z.example", note="Oud.")
    asked = ASKED | {"name": "N. Zandpad", "mail": "b@z.example", "phone": "06 00"}
    asked |= {"title": "raadslid", "note": "Nieuw.", "asked": "1"}

    desk.post(page(ours, "stakeholders:new-contact"), asked | {"who": contact.pk})

    contact = Contact.objects.select_related("key").get()
    assert contact.open_words() == ContactWords(
        "Noor Zandpad", "a@z.example", "06 00", "Oud.\n\nNieuw.\n\nb@z.example"
    )
    titles = contact.functions.values_list("title", flat=True)
    assert sorted(titles) == ["raadslid", "wethouder"]


def test_another_person_of_the_same_name_is_somebody_else(
    ours: Organisation, volunteer: Account, desk: Client, town: Party
) -> None:
    somebody(town, by=volunteer)
    asked = {"name": "Noor Zandpad", "asked": "1", "who": "other"}

    answer = desk.post(page(ours, "stakeholders:new-contact"), asked)

    assert answer.status_code == 302
    assert Contact.objects.count() == 2
    assert len(namesakes("Noor Zandpad", ours)) == 2
    assert namesakes("?", ours) == []


def test_a_party_that_is_not_there_is_made_at_once_where_that_is_meant(
    ours: Organisation, desk: Client
) -> None:
    address = page(ours, "stakeholders:new-contact")

    shown = desk.post(address, ASKED | {"party": "De Zandkrant"}).content.decode()
    asked = ASKED | {"party": "De Zandkrant", "is_new_party": "on"}
    desk.post(address, asked)

    assert "Wij kennen nog geen partij met deze naam" in shown
    assert 'type="checkbox" name="is_new_party"' in shown
    assert Function.objects.get().party.name == "De Zandkrant"
    again = ASKED | {"name": "Bo Duin", "party": "de zandkrant", "is_new_party": "on"}
    desk.post(address, again)
    assert Party.objects.count() == 1


def test_a_function_without_a_party_asks_for_one(
    ours: Organisation, desk: Client
) -> None:
    asked = ASKED | {"party": ""}

    shown = desk.post(page(ours, "stakeholders:new-contact"), asked)

    assert "Zeg bij welke partij." in shown.content.decode()


def test_from_a_party_its_name_stands_there_already(
    ours: Organisation, desk: Client, town: Party
) -> None:
    address = page(ours, "stakeholders:new-contact")

    shown = desk.get(address, {"party": str(town.pk)}).content.decode()
    desk.post(address, {"name": "Bo Duin", "party": town.name})

    assert 'value="Gemeente Zandvelde"' in shown
    assert Function.objects.get().title == "werkt daar"


@pytest.mark.wide
def test_who_changes_jobs_keeps_what_was_before(
    ours: Organisation, volunteer: Account, desk: Client, town: Party
) -> None:
    contact = somebody(town, by=volunteer)
    other = PartyFactory.create(organisation=ours, name="Provincie Duinland")
    function = contact.functions.get()
    over = clock.today() - timedelta(days=1)
    ended = {"title": "wethouder", "party": town.name, "until_on": over.isoformat()}

    desk.post(page(ours, "stakeholders:function", function.pk), ended)
    begun = {"title": "gedeputeerde", "party": "duinland", "from_on": "2026-01-02"}
    desk.post(page(ours, "stakeholders:new-function", contact.pk), begun)

    shown = desk.get(page(ours, "stakeholders:contact", contact.pk)).content.decode()
    assert "gedeputeerde · sinds 2 januari 2026" in " ".join(shown.split())
    assert "eerder" in shown
    party = desk.get(page(ours, "stakeholders:party", town.pk)).content.decode()
    assert "Noor Zandpad" in party.partition("Wie er eerder was")[2]
    assert Function.objects.held(over).get(party=town).contact == contact
    assert not Function.objects.held(clock.today()).filter(party=town).exists()
    assert Function.objects.held(clock.today()).get(party=other)


def test_a_function_by_mistake_is_taken_away(
    ours: Organisation, volunteer: Account, desk: Client, town: Party
) -> None:
    contact = somebody(town, by=volunteer)
    address = page(ours, "stakeholders:function", contact.functions.get().pk)
    days = {"from_on": "2026-02-01", "until_on": "2026-01-01"}

    shown = desk.post(address, ASKED | days).content.decode()
    desk.post(address, {"act": "remove"})

    assert "eerder dan de eerste dag" in shown
    assert not Function.objects.exists()
    kinds = AuditEvent.objects.values_list("kind", flat=True)
    assert "stakeholders.function.removed" in kinds


def test_a_function_that_a_dossier_speaks_of_stays(
    ours: Organisation,
    volunteer: Account,
    desk: Client,
    town: Party,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    somebody(town, by=volunteer)
    function = Function.objects.get()
    everything = Q(pk=function.pk)
    monkeypatch.setattr(contacts, "pointed_at", lambda _model: everything)

    address = page(ours, "stakeholders:function", function.pk)
    shown = desk.post(address, {"act": "remove"}, follow=True).content.decode()

    assert "Er hoort een dossier bij. Geef deze functie een laatste dag." in shown
    assert Function.objects.exists()


@pytest.mark.slow
def test_what_is_known_is_changed(
    ours: Organisation, volunteer: Account, desk: Client, town: Party
) -> None:
    contact = somebody(town, by=volunteer, phone="06 11")
    address = page(ours, "stakeholders:change-contact", contact.pk)

    before = desk.get(address).content.decode()
    refused = desk.post(address, {"name": "", "phone": "06 22"}).content.decode()
    desk.post(address, {"name": "Noor Duin", "matters": "on", "is_ours": "on"})

    assert 'value="06 11"' in before
    assert 'value="06 22"' in refused
    row = Contact.objects.select_related("key").get()
    assert row.open_words() == ContactWords("Noor Duin")
    assert (row.matters, row.is_ours) == (True, True)
    assert list(Contact.objects.named("duin", ours)) == [row]
    assert not Contact.objects.named("zandpad", ours)


@pytest.mark.slow
def test_erasing_leaves_functions_without_a_name_and_no_byte_of_the_person(
    ours: Organisation, volunteer: Account, town: Party
) -> None:
    contact = somebody(town, by=volunteer)
    coordinator = member(ours, Role.COORDINATOR)
    client = login(Client(), coordinator)
    address = page(ours, "stakeholders:erase-contact", contact.pk)

    asked = client.get(address).content.decode()
    done = client.post(address, follow=True).content.decode()

    assert "1 functie blijft staan bij de partij, zonder naam." in asked
    assert "Gewist, voorgoed." in done
    assert not Contact.objects.exists()
    assert not DataKey.objects.filter(pk=contact.key_id).exists()
    party = client.get(page(ours, "stakeholders:party", town.pk)).content.decode()
    assert "naam gewist" in party
    function = Function.objects.get()
    shown = client.get(page(ours, "stakeholders:function", function.pk))
    assert "De naam van wie dit deed, is gewist." in shown.content.decode()
    asked_again = {"title": "wethouder", "party": town.name}
    client.post(page(ours, "stakeholders:function", function.pk), asked_again)
    client.post(page(ours, "stakeholders:function", function.pk), {"act": "remove"})
    assert not Function.objects.exists()


@pytest.mark.slow
def test_who_asks_hears_who_looked_and_when(
    ours: Organisation, volunteer: Account, desk: Client, town: Party
) -> None:
    contact = somebody(town, by=volunteer)
    client = login(Client(), member(ours, Role.COORDINATOR))
    address = page(ours, "stakeholders:looks", contact.pk)

    before = client.get(address).content.decode()
    for _n in range(2):
        desk.get(page(ours, "stakeholders:contact", contact.pk))
    after = " ".join(client.get(address).content.decode().split())

    assert "Nog niemand." in before
    assert f"{volunteer} (2 keer)" in after
    assert len(looks_at(contact)) == 2
    assert desk.get(address).status_code == 404
    Account.objects.all().delete()
    assert {look.who for look in looks_at(contact)} == {""}


def test_a_row_that_a_restore_brings_back_goes_with_its_key(
    ours: Organisation, volunteer: Account, town: Party
) -> None:
    contact = somebody(town, by=volunteer)

    remove_contact({"key": contact.key_id}, 1)
    remove_contact({"key": contact.key_id}, 1)

    assert not Contact.objects.exists()
    assert Function.objects.get().contact is None


def test_a_volunteer_may_not_erase(
    ours: Organisation, volunteer: Account, desk: Client, town: Party
) -> None:
    contact = somebody(town, by=volunteer)

    answer = desk.post(page(ours, "stakeholders:erase-contact", contact.pk))

    assert answer.status_code == 404
    shown = desk.get(page(ours, "stakeholders:contact", contact.pk)).content.decode()
    assert "Wis deze persoon" not in shown


def test_one_of_the_team_is_one_contact_under_the_name_of_the_account(
    ours: Organisation, volunteer: Account, desk: Client
) -> None:
    one = contact_of(volunteer, ours, by=volunteer, at=clock.now())
    same = contact_of(volunteer, ours, by=volunteer, at=clock.now())
    Account.objects.filter(pk=volunteer.pk).update(name="Nieuwe Naam")

    shown = desk.get(page(ours, "stakeholders:contact-list"), {"show": "ours"})

    assert one == same
    assert "Nieuwe Naam" in shown.content.decode()
    assert list(Contact.objects.ours()) == [one]
    Membership.objects.filter(account=volunteer).delete()
    assert not Contact.objects.ours().exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        add_contact(
            ours, ContactWords("X"), account=volunteer, by=volunteer, at=clock.now()
        )


def test_what_is_sealed_for_one_opens_for_no_other(
    ours: Organisation, volunteer: Account, town: Party
) -> None:
    one, other = somebody(town, by=volunteer), somebody(town, "Bo Duin", by=volunteer)
    other.sealed = one.sealed

    with pytest.raises(WrongKey):
        other.open_words()


def test_of_another_organisation_nothing_is_there(
    ours: Organisation, volunteer: Account, desk: Client
) -> None:
    elsewhere = OrganisationFactory.create()
    theirs = PartyFactory.create(organisation=elsewhere, name="Gemeente Verweg")
    contact = somebody(theirs, by=volunteer)

    for name in ("contact", "change-contact", "new-function"):
        answer = desk.get(page(ours, f"stakeholders:{name}", contact.pk))
        assert answer.status_code == 404
    asked = ASKED | {"party": "Gemeente Verweg"}
    shown = desk.post(page(ours, "stakeholders:new-contact"), asked).content.decode()
    assert "Wij kennen nog geen partij met deze naam" in shown
    assert namesakes("Noor Zandpad", ours) == []


def test_the_database_refuses_a_function_that_ends_before_it_began(
    ours: Organisation, volunteer: Account, town: Party
) -> None:
    somebody(town, by=volunteer)
    with pytest.raises(IntegrityError, match="function_ends"), transaction.atomic():
        Function.objects.update(from_on=date(2026, 1, 2), until_on=date(2026, 1, 1))


def test_erasing_is_logged_without_words(
    ours: Organisation, volunteer: Account, town: Party
) -> None:
    contact = somebody(town, by=volunteer)

    erase_contact(contact, by=volunteer, at=clock.now())

    event = AuditEvent.objects.get(kind="stakeholders.contact.erased")
    assert (event.label, event.facts) == (f"stakeholders.contact:{contact.pk}", {})
