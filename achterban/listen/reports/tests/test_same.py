"""Who has it too says so without a text; how many they are passes the gate alone."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.consent.models import Consent
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.release.models import Kind, ReleasedFigure
from achterban.listen.reports.actions import handling, summaries, triaging
from achterban.listen.reports.actions.counting import how_many, release_same
from achterban.listen.reports.models import (
    Facet,
    Report,
    Summary,
    Triaged,
)
from achterban.listen.reports.queries import work_list
from achterban.listen.reports.tests.factories import read_again, told
from achterban.rules.deidentify import MASK
from tests.access import MATRIX, OK
from tests.visitors import argument_names

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
TITLE = "De taxi komt te laat en niemand belt."


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def coordinator(organisation: Organisation) -> Account:
    return member(organisation, Role.COORDINATOR)


@pytest.fixture
def volunteer(organisation: Organisation) -> Account:
    return member(organisation, Role.VOLUNTEER)


@pytest.fixture
def summary(
    organisation: Organisation, coordinator: Account, volunteer: Account
) -> Summary:
    row = Summary(organisation=organisation, title=TITLE, text="Vaak ’s avonds.")
    row = summaries.keep_summary(row, by=coordinator, at=clock.now())
    return summaries.publish_summary(row, by=volunteer, at=clock.now())


def test_a_citizen_service_number_is_kept_in_no_summary(
    organisation: Organisation, coordinator: Account
) -> None:
    row = Summary(organisation=organisation, title="Van 111222333", text="999990019")
    summaries.keep_summary(row, by=coordinator, at=clock.now())
    row = Summary.objects.get()
    assert (row.title, row.text) == (f"Van {MASK}", MASK)


def press(summary: Summary, client: Client | None = None) -> str:
    """Say that one has it too; return the page."""
    client = client or Client()
    address = page(summary.organisation, "reports:same")
    shown = client.get(address).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', shown)
    assert token is not None
    data = {"token": token[1], "summary": summary.pk}
    return client.post(address, data).content.decode()


def code_on(content: str) -> str:
    return "".join(re.findall(r"<span>([0-9A-Z]{4})</span>", content))


def public_page(organisation: Organisation) -> str:
    address = page(organisation, "reports:same")
    return " ".join(Client().get(address).content.decode().split())


def release(on: date) -> None:
    release_same(on=on)


@pytest.mark.wide
def test_one_press_counts_and_gives_a_code(
    organisation: Organisation, summary: Summary, volunteer: Account
) -> None:
    code = code_on(press(summary))
    assert len(code) == 16
    mine = Client().post(page(organisation, "reports:code"), {"code": code})
    assert TITLE in mine.content.decode()
    report = Report.objects.get()
    assert Facet.objects.filter(report=report).count() == 1
    assert b"taxi" not in bytes(report.sealed)
    assert "Ik heb dit ook" in Consent.objects.get().text.wording
    assert not work_list(volunteer, organisation, on=clock.today()).new  # asks nothing
    client = login(Client(), volunteer)
    lists = page(organisation, "reports:report-list")
    content = client.get(f"{lists}?summary={summary.pk}").content.decode()
    assert f"Heeft dit ook: {TITLE[:20]}" in content
    assert "1 signaal" in content
    assert "geen signalen" not in content.lower()


@pytest.mark.wide
def test_what_is_added_later_is_read(
    organisation: Organisation, summary: Summary, volunteer: Account
) -> None:
    code = code_on(press(summary))
    report = Report.objects.behind_code(code, organisation).get()
    assert report not in Report.objects.to_look_through()
    client = Client()
    shown = client.post(page(organisation, "reports:code"), {"code": code})
    entry = re.search(r'name="entry" value="([^"]+)"', shown.content.decode())
    assert entry is not None
    data = {"code": code, "entry": entry[1], "text": "Ook in de ochtend."}
    client.post(page(organisation, "reports:say-more"), data)
    assert report in Report.objects.to_look_through()
    assert work_list(volunteer, organisation, on=clock.today()).new == [report]


def test_the_same_form_sent_twice_is_one(summary: Summary) -> None:
    client, address = Client(), page(summary.organisation, "reports:same")
    shown = client.get(address).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', shown)
    assert token is not None
    data = {"token": token[1], "summary": summary.pk}
    pages = {code_on(client.post(address, data).content.decode()) for _ in range(3)}
    assert len(pages) == 1
    assert Report.objects.count() == 1


def test_what_is_not_public_cannot_be_had(
    organisation: Organisation, summary: Summary, coordinator: Account
) -> None:
    draft = Summary.objects.create(organisation=organisation, title="Nog niet")
    foreign = Summary.objects.create(
        organisation=OrganisationFactory.create(),
        title="Van een ander",
        published_on=clock.today(),
    )
    content = public_page(organisation)
    assert "Nog niet" not in content
    assert "Van een ander" not in content
    summary.organisation = organisation
    for other in (draft, foreign):
        other.organisation = organisation
        assert "Niet gevonden" in press(other) or not Report.objects.exists()
    summaries.close_summary(summary, by=coordinator, at=clock.now())
    assert TITLE not in public_page(organisation)
    assert not Report.objects.exists()


@pytest.mark.slow
def test_two_people_make_it_public_and_its_words_then_stand(
    organisation: Organisation, coordinator: Account, volunteer: Account
) -> None:
    client = login(Client(), coordinator)
    client.post(page(organisation, "reports:new-summary"), {"title": TITLE})
    row = Summary.objects.get()
    address = page(organisation, "reports:summary", row.pk)
    answer = client.post(address, {"act": "publish"}, follow=True)
    assert "Dit moet iemand anders doen" in answer.content.decode()
    with pytest.raises(summaries.SamePerson):
        summaries.publish_summary(row, by=coordinator, at=clock.now())

    login(Client(), volunteer).post(address, {"act": "publish"})

    row.refresh_from_db()
    assert row.published_by == volunteer
    client.post(address, {"title": "Iets anders"})
    row.refresh_from_db()
    assert row.title == TITLE
    client.post(address, {"act": "close"})
    assert not Summary.objects.published_by(organisation).exists()


def test_who_changed_it_last_cannot_make_it_public(
    organisation: Organisation, coordinator: Account
) -> None:
    other = member(organisation, Role.COORDINATOR)
    row = Summary(organisation=organisation, title=TITLE)
    summaries.keep_summary(row, by=coordinator, at=clock.now())
    summaries.keep_summary(row, by=other, at=clock.now())
    with pytest.raises(summaries.SamePerson):
        summaries.publish_summary(row, by=other, at=clock.now())


@pytest.mark.slow
@pytest.mark.differs
def test_how_many_shows_after_the_month_in_tens_and_never_goes_down(
    organisation: Organisation, summary: Summary
) -> None:
    Summary.objects.update(published_on=date(2026, 1, 5))
    for _ in range(12):
        press(summary)
    Report.objects.update(received_on=date(2026, 1, 20))
    release(date(2026, 1, 31))
    assert not ReleasedFigure.objects.exists()
    assert "of meer zeiden dit" not in public_page(organisation)

    release(date(2026, 2, 1))
    release(date(2026, 2, 2))
    assert "10 mensen of meer zeiden dit." in public_page(organisation)
    assert ReleasedFigure.objects.filter(kind=Kind.SAME).count() == 1

    for report in list(Report.objects.all()[:5]):
        handling.erase_report(report.pk, by=0, at=clock.now())
    release(date(2026, 3, 1))
    assert how_many([summary]) == {summary.pk: "10"}


@pytest.mark.slow
def test_fewer_than_ten_show_nothing(
    organisation: Organisation, summary: Summary
) -> None:
    Summary.objects.update(published_on=date(2026, 1, 5))
    for _ in range(9):
        press(summary)
    Report.objects.update(received_on=date(2026, 1, 20))
    release(date(2026, 2, 1))
    assert "zeiden dit" not in public_page(organisation)


def test_sorting_such_a_report_does_not_lose_what_it_joined(
    organisation: Organisation, summary: Summary, volunteer: Account
) -> None:
    press(summary)
    report = Report.objects.get()
    triaging.keep_triage(
        report.pk, Triaged(themes=["transport"]), by=volunteer, at=clock.now()
    )
    triaging.keep_triage(report.pk, Triaged(), by=volunteer, at=clock.now())
    assert Facet.objects.filter(report=report).count() == 1


@pytest.mark.slow
def test_a_public_page_shows_no_count_but_a_released_one(
    organisation: Organisation, summary: Summary, volunteer: Account
) -> None:
    """The guard of the gate: 23 who have it and 37 in all are nowhere."""
    for _ in range(23):
        press(summary)
    for n in range(14):
        told(organisation, f"Verhaal {chr(97 + n)}", on=clock.today())
    Report.objects.update(received_on=date(2026, 1, 20))
    Summary.objects.update(published_on=date(2026, 1, 5))
    release(date(2026, 2, 1))
    shown = {
        name: Client().get(page(organisation, name)).content.decode() for name in PUBLIC
    }
    for name, content in shown.items():
        words = re.sub(r"<lastBuildDate>[^<]+|<[^>]+>", " ", content)
        words = words.replace(organisation.name, "")
        assert not re.search(r"\b(?:14|23|37)\b", words), name
    assert "20 mensen of meer" in " ".join(shown["reports:same"].split())


# All that anybody may ask for; a page that is new is among them. The open API is full
# of numbers of law and reads no row, as its own tests show.
PUBLIC = [
    name
    for name, rule in MATRIX.items()
    if rule.by_visitor["anonymous"] == OK
    and not argument_names(name)
    and not name.startswith("api:")
]


def test_the_guard_knows_the_pages_that_list_something() -> None:
    listing = {"home", "reports:same", "reports:what-happened", "reports:feed"}
    assert listing <= set(PUBLIC)


def test_it_is_on_the_doorstep_only_when_there_is_one(
    organisation: Organisation, summary: Summary
) -> None:
    home = page(organisation, "home")
    assert "Speelt dit ook bij u?" in Client().get(home).content.decode()
    other = page(OrganisationFactory.create(), "home")
    assert "Speelt dit ook bij u?" not in Client().get(other).content.decode()
    assert read_again(told(organisation)[1]).channel == "web"
