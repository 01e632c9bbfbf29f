"""An evening written down in one go: short stories, one consent, nothing twice."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.consent.models import Consent
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.places.tests.factories import have_places
from achterban.listen.reports.actions.gathering import device_key, stories_in
from achterban.listen.reports.models import Report
from achterban.people.gatherings.actions import keep_gathering
from achterban.people.gatherings.models import Gathering
from achterban.rules.deidentify import MASK

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
STORIES = [f"Verhaal {n}: de bus kwam niet." for n in range(12)]


@pytest.fixture
def organisation() -> Organisation:
    have_places()
    return OrganisationFactory.create()


@pytest.fixture
def advocate(organisation: Organisation) -> Account:
    return member(organisation, Role.ADVOCATE)


@pytest.fixture
def evening(organisation: Organisation) -> Gathering:
    return Gathering.objects.create(
        organisation=organisation,
        name="Café Vathorst",
        held_on=clock.today(),
        municipality="GM0307",
        consent="Wij zeiden: zonder naam, om te tellen.",
    )


def test_a_citizen_service_number_is_kept_in_no_gathering(
    organisation: Organisation, advocate: Account
) -> None:
    row = Gathering(
        organisation=organisation,
        name="Bij 111222333",
        held_on=clock.today(),
        consent="Gezegd door 999990019",
    )
    keep_gathering(row, by=advocate, at=clock.now())
    row = Gathering.objects.get()
    assert (row.name, row.consent) == (f"Bij {MASK}", f"Gezegd door {MASK}")


def batch_on(content: str) -> str:
    found = re.search(r'name="batch" value="([^"]+)"', content)
    assert found is not None
    return found[1]


def send(by: Account, evening: Gathering, text: str, batch: str = "") -> str:
    client = login(Client(), by)
    address = page(evening.organisation, "reports:gathering", evening.pk)
    batch = batch or batch_on(client.get(address).content.decode())
    return client.post(address, {"text": text, "batch": batch}).content.decode()


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("een", 1),
        ("een\r\n\r\ntwee", 2),
        ("een\nnog een\n \n\n\ntwee\n\n", 2),
        (" \n\n ", 0),
    ],
)
def test_an_empty_line_parts_stories(text: str, n: int) -> None:
    assert len(stories_in(text)) == n


@pytest.mark.wide
def test_twelve_stories_are_twelve_reports_with_the_consent_of_the_evening(
    organisation: Organisation, advocate: Account, evening: Gathering
) -> None:
    content = send(advocate, evening, "\n\n".join(STORIES))
    assert "12 verhalen bewaard" in content
    reports = Report.objects.select_related("key")
    assert {report.open_telling().text for report in reports} == set(STORIES)
    assert {
        (report.channel, report.handler, report.is_suspect) for report in reports
    } == {("gathering", None, False)}
    wordings = {consent.text.wording for consent in Consent.objects.all()}
    assert wordings == {evening.consent}
    assert Report.objects.in_places(["GM0307"], organisation).count() == 12

    codes = re.findall(r'<p class="code">(.*?)</p>', content)
    assert len(set(codes)) == 12
    mine = Client().post(
        page(organisation, "reports:code"), {"code": re.sub("<[^>]+>", "", codes[3])}
    )
    assert "de bus kwam niet" in mine.content.decode()


@pytest.mark.slow
def test_sent_twice_is_once_and_what_was_added_is_stored(
    advocate: Account, evening: Gathering
) -> None:
    client = login(Client(), advocate)
    address = page(evening.organisation, "reports:gathering", evening.pk)
    batch = batch_on(client.get(address).content.decode())
    for text in ("een\n\ntwee", "een\n\ntwee", "twee\n\ndrie", "een\n\neen\n\ntwee"):
        send(advocate, evening, text, batch)
    texts = sorted(
        report.open_telling().text for report in Report.objects.select_related("key")
    )
    assert texts == ["drie", "een", "een", "twee"]


@pytest.mark.parametrize("wrong", ["", " \n\n ", "\n\n".join(map(str, range(51)))])
def test_what_cannot_be_taken_in_is_said_and_kept_on_the_page(
    advocate: Account, evening: Gathering, wrong: str
) -> None:
    content = send(advocate, evening, wrong)
    assert "notice error" in content
    assert wrong.strip()[-3:] in content
    assert not Report.objects.exists()


def test_a_foreign_batch_is_refused(advocate: Account, evening: Gathering) -> None:
    content = send(advocate, evening, "een", "zelf:verzonnen")
    assert "te oud" in content
    assert "een</textarea>" in content
    assert not Report.objects.exists()


def test_a_gathering_is_made_and_belongs_to_one_organisation(
    organisation: Organisation, advocate: Account
) -> None:
    client = login(Client(), advocate)
    new = page(organisation, "reports:new-gathering")
    data = {
        "name": "Avond",
        "held_on": "2026-11-20",
        "place": "Nergens",
        "consent": "x",
    }
    assert "Wij kennen geen gemeente" in client.post(new, data).content.decode()
    data["place"] = "Amersfoort"
    client.post(new, data)
    row = Gathering.objects.get()
    assert (row.municipality, row.made_by) == ("GM0307", advocate)
    other = member(OrganisationFactory.create(), Role.VOLUNTEER)
    address = page(other.memberships.get().organisation, "reports:gathering", row.pk)
    assert login(Client(), other).get(address).status_code == 404


def test_the_key_of_a_device_is_of_one_person_and_evening(
    organisation: Organisation, advocate: Account, evening: Gathering
) -> None:
    other = member(organisation, Role.VOLUNTEER)
    assert len(device_key(evening, advocate)) == 32
    assert device_key(evening, advocate) != device_key(evening, other)
