"""Checked words are found, by who may read them, and by nobody else."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.core.management import call_command
from django.test import Client
from openpyxl import load_workbook

from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.database.fields import random_key
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.outbox.actions import deliver_due
from achterban.core.search.models import Indexed
from achterban.core.vault.actions import _remove
from achterban.listen.reports.actions import (
    correcting,
    handling,
    returning,
    telling,
    triaging,
)
from achterban.listen.reports.actions.finding import index_reports
from achterban.listen.reports.actions.reviewing import keep_review, look_through
from achterban.listen.reports.models import Report, Review, Telling
from achterban.listen.reports.models.triage import Triaged
from achterban.listen.reports.statuses import Status
from achterban.listen.reports.tests.factories import YES
from achterban.rules.deidentify import Kind, Span

pytestmark = pytest.mark.django_db
WORDS = "Jan Bakker wacht op een rolstoelaanvraag. =1+1 zei het loket."


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def volunteer(organisation: Organisation) -> Account:
    return member(organisation, Role.VOLUNTEER)


def told(
    organisation: Organisation, text: str = WORDS, place: str = "GM0014"
) -> Report:
    telling_ = Telling(text, municipality=place)
    code = telling.fresh_code()
    sent = telling.send_report(
        code, organisation, telling_, consent=YES, on=clock.today()
    )
    return sent.report


def check(report: Report, by: Account, *, approve: bool = True) -> None:
    """Look through a report, take its first name out, and say that it may be read."""
    look_through(lambda text: [Span(0, 3, Kind.PERSON)] if text[:3] == "Jan" else [])
    review = Review.objects.get(report=report)
    review.report = report
    spans = review.open().spans
    keep_review(review, spans, by=by, at=clock.now(), approve=approve)


@pytest.fixture
def report(organisation: Organisation, volunteer: Account) -> Report:
    report = told(organisation)
    check(report, volunteer)
    return report


def search(client: Client, report: Report, words: str, **more: str) -> str:
    sent = {"words": words, "act": "find", **more}
    answer = client.post(page(report.organisation, "reports:search"), sent)
    assert "Location" not in answer
    return answer.content.decode()


def is_found(client: Client, report: Report, words: str, **more: str) -> bool:
    return page(report.organisation, "reports:report", report.pk) in search(
        client, report, words, **more
    )


def test_words_are_found_and_marked_and_the_read_is_logged(
    client: Client, report: Report, volunteer: Account
) -> None:
    content = search(login(client, volunteer), report, "rolstoel")

    assert "1 signaal" in content
    assert "<mark>rolstoelaanvraag</mark>" in content
    assert "[persoon] Bakker" in content
    event = AuditEvent.objects.order_by("seq").last()
    assert event is not None
    assert (event.kind, event.actor) == ("reports.report.read", volunteer.pk)
    assert event.label.endswith(str(report.pk))


@pytest.mark.wide
def test_a_theme_that_somebody_decided_narrows_it_and_follows_what_they_decide(
    client: Client, report: Report, volunteer: Account
) -> None:
    login(client, volunteer)
    for themes in (["aids", "money"], ["money"]):
        triaging.keep_triage(report.pk, Triaged(themes), by=volunteer, at=clock.now())
        for theme in ("aids", "money", "transport"):
            found = is_found(client, report, "rolstoel", theme=theme)
            assert found == (theme in themes), (themes, theme)
    list(index_reports())
    Indexed.objects.update(version=0)
    list(index_reports())  # made anew it knows the same
    assert is_found(client, report, "rolstoel", theme="money")
    assert not is_found(client, report, "rolstoel", theme="aids")


@pytest.mark.wide
def test_words_that_mean_the_same_find_each_other(
    client: Client, organisation: Organisation, volunteer: Account
) -> None:
    report = told(organisation, "Mijn persoonsgebonden budget is gestopt. Ik heb PAIS.")
    check(report, volunteer)
    login(client, volunteer)
    for words in ("pgb", "long covid", "pgb gestopt"):
        assert is_found(client, report, words), words
    assert not is_found(client, report, "me/cvs")


@pytest.mark.wide
def test_what_was_taken_out_or_is_not_checked_is_not_found(
    client: Client, organisation: Organisation, report: Report, volunteer: Account
) -> None:
    fresh = told(organisation, "Een traplift")
    login(client, volunteer)

    assert not is_found(client, report, "Jan")
    assert is_found(client, report, "Bakker")
    assert not is_found(client, fresh, "traplift")
    check(fresh, volunteer, approve=False)
    assert not is_found(client, fresh, "traplift")
    check(fresh, volunteer)
    assert is_found(client, fresh, "traplift")
    check(fresh, volunteer, approve=False)
    assert not is_found(client, fresh, "traplift")


def test_nothing_found_says_what_to_try(
    client: Client, report: Report, volunteer: Account
) -> None:
    content = search(login(client, volunteer), report, "fiets")
    assert "Niets gevonden" in content
    content = search(client, report, "de het")
    assert "Typ een woord dat zegt waar het over gaat" in content
    assert 'value="de het"' in content


@pytest.mark.wide
def test_municipality_status_and_days_narrow_it(
    client: Client, report: Report, volunteer: Account
) -> None:
    login(client, volunteer)
    assert is_found(client, report, "rolstoel", place="Groningen", since="30")
    assert not is_found(client, report, "rolstoel", place="Ede")
    assert is_found(client, report, "", status="received")
    assert not is_found(client, report, "rolstoel", status="closed")
    assert "Wij kennen geen gemeente" in search(client, report, "x", place="Nergens")


@pytest.mark.wide
def test_it_follows_the_status_and_the_place(
    client: Client, report: Report, volunteer: Account
) -> None:
    login(client, volunteer)
    handling.set_status(report.pk, Status.CLOSED, by=volunteer, at=clock.now())
    assert is_found(client, report, "rolstoel", status="closed")
    handling.undo_last(report.pk, by=volunteer, at=clock.now())
    assert is_found(client, report, "rolstoel", status="received")
    correcting.correct_facts(
        report, {"municipality": "GM0228"}, entry_id=random_key(), on=clock.today()
    )
    assert is_found(client, report, "rolstoel", place="Ede")
    assert not is_found(client, report, "rolstoel", place="Groningen")


@pytest.mark.wide
def test_it_follows_the_place_that_somebody_decided_on(
    client: Client, report: Report, volunteer: Account
) -> None:
    login(client, volunteer)
    for code in ("GM0228", "GM0363"):
        triaging.keep_triage(
            report.pk, Triaged(municipality=code), by=volunteer, at=clock.now()
        )
    assert is_found(client, report, "rolstoel", place="Amsterdam")
    assert not is_found(client, report, "rolstoel", place="Ede")
    assert not is_found(client, report, "rolstoel", place="Groningen")
    Indexed.objects.update(version=0)
    list(index_reports())
    assert is_found(client, report, "rolstoel", place="Amsterdam")


def test_an_advocate_finds_nothing_of_what_they_may_not_read(
    client: Client, report: Report
) -> None:
    login(client, member(report.organisation, Role.ADVOCATE))
    path = page(report.organisation, "reports:search")
    assert client.post(path, {"words": "rolstoel"}).status_code == 404


def test_other_words_are_not_found_before_they_are_checked(report: Report) -> None:
    returning.say_more(report, "En meer.", entry_id=random_key(), on=clock.today())
    assert not Indexed.objects.exists()


def test_what_was_withdrawn_or_erased_is_found_no_more(
    organisation: Organisation, report: Report, volunteer: Account
) -> None:
    returning.withdraw_report(report, on=clock.today())
    assert not Indexed.objects.exists()
    other = told(organisation)
    check(other, volunteer)
    handling.erase_report(other.pk, by=0, at=clock.now())
    assert not Indexed.objects.exists()


def test_an_erasure_that_a_restore_replays_takes_it_from_the_index(
    report: Report,
) -> None:
    assert report.key_id is not None
    _remove([report.key_id], on=clock.today())
    deliver_due(at=clock.now(), on=clock.today())
    assert not Indexed.objects.exists()


@pytest.mark.slow
def test_nobody_finds_what_another_organisation_was_told(
    client: Client, report: Report
) -> None:
    other = OrganisationFactory.create()
    login(client, member(other, Role.COORDINATOR))
    outside = client.post(page(report.organisation, "reports:search"), {"words": "x"})
    assert outside.status_code == 404
    own = client.post(page(other, "reports:search"), {"words": "rolstoel"})
    assert str(report.pk) not in own.content.decode()


@pytest.mark.slow
def test_the_index_is_made_again_from_what_was_approved(
    client: Client, report: Report, volunteer: Account, organisation: Organisation
) -> None:
    place = Indexed.objects.get().order
    check(told(organisation, "Een traplift"), volunteer)
    Indexed.objects.update(version=0)
    Indexed.objects.exclude(thing=report.pk).delete()
    gone = Indexed.objects.create(
        organisation=organisation,
        kind="report",
        thing=5,
        order=5,
        version=1,
        tokens="a",
    )

    assert list(index_reports()) == [(2, 2)]
    assert list(index_reports()) == []

    assert not Indexed.objects.filter(pk=gone.pk).exists()
    assert Indexed.objects.get(thing=report.pk).order == place
    assert is_found(login(client, volunteer), report, "rolstoel")
    out = io.StringIO()
    call_command("index", new=True, stdout=out)
    assert "2" in out.getvalue()


@pytest.mark.wide
def test_older_ones_are_a_press_away(
    client: Client,
    organisation: Organisation,
    report: Report,
    volunteer: Account,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("achterban.listen.reports.views.search.PAGE_SIZE", 1)
    other = told(organisation)
    check(other, volunteer)
    login(client, volunteer)
    first = search(client, report, "rolstoel")
    assert "2 signalen" in first
    before = first.partition('name="before" value="')[2].partition('"')[0]
    second = search(client, report, "rolstoel", before=before)
    seen = [
        [str(each.pk) in content for each in (report, other)]
        for content in (first, second)
    ]
    assert sorted(seen) == [[False, True], [True, False]]
    assert "Terug naar de nieuwste" in second


@pytest.mark.slow
def test_a_coordinator_takes_a_list_along_in_which_nothing_runs(
    client: Client, report: Report, organisation: Organisation
) -> None:
    coordinator = member(organisation, Role.COORDINATOR)
    login(client, coordinator)
    path = page(organisation, "reports:search")

    answer = client.post(path, {"words": "rolstoel", "act": "csv"})

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment;")
    rows = list(
        csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    )
    assert rows[1][1:] == [
        "Ontvangen",
        "[persoon] Bakker wacht op een rolstoelaanvraag. =1+1 zei het loket.",
    ]
    kinds = list(AuditEvent.objects.order_by("seq").values_list("kind", flat=True))[-2:]
    assert kinds == ["reports.report.read", "reports.export.made"]
    book = client.post(path, {"words": "rolstoel", "act": "xlsx"})
    sheet = load_workbook(io.BytesIO(book.content)).active
    assert sheet is not None
    assert [row[2] for row in sheet.values][1] == rows[1][2]


@pytest.mark.wide
def test_a_volunteer_takes_no_list_along(
    client: Client, report: Report, volunteer: Account
) -> None:
    login(client, volunteer)
    assert "Excel" not in search(client, report, "rolstoel")
    path = page(report.organisation, "reports:search")
    assert client.post(path, {"words": "rolstoel", "act": "csv"}).status_code == 404


@pytest.mark.wide
def test_words_that_were_looked_for_stand_in_no_address_and_no_log(
    client: Client, report: Report, volunteer: Account
) -> None:
    path = page(report.organisation, "reports:search")
    asked = login(client, volunteer).get(path, {"words": "rolstoel"})
    assert "<mark>" not in asked.content.decode()
    content = search(client, report, "rolstoel")
    assert not re.search(r'(href|action)="[^"]*rolstoel', content)
    assert "rolstoel" not in content.partition("</title>")[0]
    for event in AuditEvent.objects.all():
        assert "rolstoel" not in f"{event.kind}{event.label}{event.facts}"


@pytest.mark.slow
def test_a_list_asks_for_a_fresh_sign_in_and_keeps_what_was_looked_for(
    client: Client, report: Report, organisation: Organisation
) -> None:
    login(client, member(organisation, Role.COORDINATOR), minutes_ago=60)
    path = page(organisation, "reports:search")
    assert is_found(client, report, "rolstoel")

    for kind in ("csv", "xlsx"):
        answer = client.post(path, {"words": "rolstoel", "act": kind})

        assert answer.status_code == 302
        assert "opnieuw" in answer["Location"] or "next=" in answer["Location"]
        assert 'value="rolstoel"' in client.get(path).content.decode()
    assert not AuditEvent.objects.filter(kind="reports.export.made").exists()


@pytest.mark.slow
def test_words_wait_for_who_must_log_in_first(
    client: Client, report: Report, volunteer: Account
) -> None:
    path = page(report.organisation, "reports:search")
    assert client.post(path, {"words": "rolstoel"}).status_code == 302
    login(client, volunteer)
    assert 'value="rolstoel"' in client.get(path).content.decode()


@pytest.mark.wide
def test_a_page_of_results_asks_a_few_questions(
    client: Client,
    organisation: Organisation,
    report: Report,
    volunteer: Account,
    django_assert_max_num_queries: pytest.FixtureRequest,
) -> None:
    for _n in range(5):
        check(told(organisation), volunteer)
    login(client, volunteer)
    with django_assert_max_num_queries(24):  # type: ignore[operator]
        search(client, report, "rolstoel")
