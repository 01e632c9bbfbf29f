import pytest
from django.test import Client

from achterban.core.accounts.models import Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create(
        controller="Vereniging X, Ede", email="hallo@x.example", address="Postbus 0"
    )


def test_the_privacy_statement_names_controller_and_contact(
    client: Client, organisation: Organisation
) -> None:
    body = client.get(page(organisation, "privacy")).content.decode()
    for fact in ["Vereniging X, Ede", "hallo@x.example", "Postbus 0"]:
        assert fact in body


def test_a_manager_changes_what_the_public_pages_say(
    client: Client, organisation: Organisation
) -> None:
    login(client, member(organisation, Role.COORDINATOR))
    address = page(organisation, "organisation")
    data = {"name": "Nieuwe naam", "mail_name": "Team", "readers": "Twee mensen"}
    data["keep_years"] = "7"

    client.post(address, data)

    assert (
        "Twee mensen" in client.get(page(organisation, "reports:tell")).content.decode()
    )
    event = AuditEvent.objects.get(kind="organisations.organisation.changed")
    assert "Nieuwe naam" not in str(event.facts)


def test_a_mistake_in_the_form_keeps_what_was_typed(
    client: Client, organisation: Organisation
) -> None:
    login(client, member(organisation, Role.ADMINISTRATOR))
    data = {"name": "", "mail_name": "Team", "email": "geen adres"}
    body = client.post(page(organisation, "organisation"), data).content.decode()
    assert "errorlist" in body
    assert "geen adres" in body


def test_a_volunteer_may_not_change_the_organisation(
    client: Client, organisation: Organisation
) -> None:
    login(client, member(organisation, Role.VOLUNTEER))
    assert client.get(page(organisation, "organisation")).status_code == 404


def test_a_choice_of_display_goes_back_to_the_page_and_nowhere_else(
    client: Client, organisation: Organisation
) -> None:
    address = page(organisation, "preferences")
    here = page(organisation, "privacy")
    answer = client.post(address, {"preference": "calm:1", "next": here})
    assert answer["Location"] == here
    assert 'data-calm="1"' in client.get(here).content.decode()
    for elsewhere in ["https://elders.example/", "//elders.example", "javascript:x"]:
        answer = client.post(address, {"preference": "calm:0", "next": elsewhere})
        assert answer["Location"] == "/"


def test_every_page_speaks_english_when_asked(
    client: Client, organisation: Organisation
) -> None:
    client.post(page(organisation, "preferences"), {"preference": "language:en"})
    body = client.get(page(organisation, "reports:tell")).content.decode()
    assert '<html lang="en"' in body
    assert "What are you going through?" in body


def test_the_installation_lists_its_organisations(
    client: Client, organisation: Organisation
) -> None:
    OrganisationFactory.create(name="Voorbeeld", is_example=True)
    body = client.get("/").content.decode()
    assert organisation.name in body
    assert "Voorbeeld" not in body


def test_the_example_is_shown_to_nobody_outside_a_demonstration(
    client: Client,
) -> None:
    assert client.get("/voorbeeld/").status_code == 404


def test_the_health_page_answers(client: Client) -> None:
    assert client.get("/gezond/").content == b"ok"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("role", "first"),
    [
        (Role.VOLUNTEER, "reports:work-list"),
        (Role.ADVOCATE, "reports:work-list"),
        (Role.COORDINATOR, "reports:work-list"),
        (Role.ADMINISTRATOR, "organisation"),
    ],
)
def test_everyone_starts_on_a_page_that_is_theirs(
    client: Client, organisation: Organisation, role: Role, first: str
) -> None:
    login(client, member(organisation, role))
    answer = client.get(page(organisation, "work"), follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == page(organisation, first)


def test_the_address_in_letters_leads_to_ones_own_organisation(
    client: Client, organisation: Organisation
) -> None:
    assert client.get("/werk/")["Location"].startswith("/inloggen/")
    login(client, member(organisation, Role.VOLUNTEER))
    answer = client.get("/werk/", follow=True)
    assert answer.redirect_chain[-1][0] == page(organisation, "reports:work-list")
