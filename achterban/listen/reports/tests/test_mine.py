"""Mijn: own reports only, the same acts as behind the code, and the way back to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from achterban.core.accounts.models import Role
from achterban.core.accounts.tests.factories import member, page
from achterban.core.clock import now
from achterban.core.mine.models import OwnAccount
from achterban.core.mine.tests.factories import TODAY, logged_in, own_account
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.outbox.actions import deliver_due
from achterban.core.outbox.models import OutboxRow
from achterban.core.vault.actions import destroy_keys
from achterban.core.vault.models import DataKey
from achterban.listen.reports import limits, urls
from achterban.listen.reports.actions import handling, owning, telling
from achterban.listen.reports.actions.erasing import erase_words
from achterban.listen.reports.models import EntryKind, OwnReport, Report, Telling
from achterban.listen.reports.statuses import Status
from achterban.listen.reports.tests.factories import WORDS, read_again, told

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

ACTS = [path.name for path in urls.mine if "pk" in path.pattern.converters]


@pytest.fixture(autouse=True)
def _no_codes_tried() -> Iterator[None]:
    yield
    limits.guesses._buckets.clear()


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def noor(organisation: Organisation) -> OwnAccount:
    return own_account(organisation)


@pytest.fixture
def browser(noor: OwnAccount) -> Client:
    return logged_in(Client(), noor)


def owned(account: OwnAccount, text: str = WORDS) -> Report:
    _code, report = told(account.organisation, text)
    owning.own_report(report, account, on=TODAY)
    return report


def shown(client: Client, organisation: Organisation, name: str, *args: int) -> str:
    answer = client.get(page(organisation, f"reports:{name}", *args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_code_is_added_only_after_the_page_said_what_that_means(
    organisation: Organisation, browser: Client
) -> None:
    code, report = told(organisation)
    address = page(organisation, "reports:own-add")

    assert "niet meer anoniem" in browser.get(address).content.decode()
    assert not OwnReport.objects.exists()
    answer = browser.post(address, {"code": code})

    assert answer["Location"] == page(organisation, "reports:own-code", report.pk)
    assert WORDS in shown(browser, organisation, "own-code", report.pk)
    behind = Client().post(page(organisation, "reports:code"), {"code": code})
    assert WORDS in behind.content.decode()  # the code itself goes on working


def test_added_twice_it_stands_there_once(noor: OwnAccount) -> None:
    _code, report = told(noor.organisation)
    for _ in range(2):
        owning.own_report(report, noor, on=TODAY)
    assert OwnReport.objects.count() == 1
    log = OutboxRow.objects.filter(kind="audit.anonymous")
    kinds = [row.payload["kind"] for row in log]
    assert kinds.count("reports.report.owned") == 1


def test_a_wrong_code_a_draft_and_a_withdrawn_one_are_refused_kindly(
    organisation: Organisation, browser: Client
) -> None:
    address = page(organisation, "reports:own-add")
    draft = telling.fresh_code()
    telling.keep_draft(draft, organisation, Telling("half"), on=TODAY)
    gone, report = told(organisation)
    erase_words(report, on=TODAY)
    elsewhere, _report = told(OrganisationFactory.create())

    for code, words in {
        "ABCD": "16 letters",
        telling.fresh_code(): "kennen",
        elsewhere: "kennen",
        draft: "nog niet verstuurd",
        gone: "ingetrokken",
    }.items():
        text = browser.post(address, {"code": code}).content.decode()
        assert words in text, code
    assert not OwnReport.objects.exists()


@pytest.mark.wide
def test_who_guesses_codes_in_mijn_is_slowed(
    organisation: Organisation, browser: Client
) -> None:
    address = page(organisation, "reports:own-add")
    statuses = [
        browser.post(address, {"code": telling.fresh_code()}).status_code
        for _ in range(12)
    ]
    assert statuses[:10] == [200] * 10
    assert statuses[-1] == 429


def test_the_list_shows_own_reports_the_newest_first_with_news(
    organisation: Organisation, noor: OwnAccount, browser: Client
) -> None:
    older, newer = owned(noor, "Eerst dit."), owned(noor, "Toen dat.")
    Report.objects.filter(pk=newer.pk).update(received_on=TODAY.replace(day=9))
    told(organisation, "Van een ander.")
    say(older, "Heeft u een brief?")

    text = shown(browser, organisation, "own-list")

    assert text.index("Toen dat.") < text.index("Eerst dit.")
    assert "Van een ander." not in text
    assert text.count(">nieuws<") == 1
    shown(browser, organisation, "own-code", older.pk)
    assert ">nieuws<" not in shown(browser, organisation, "own-list")


def say(report: Report, question: str) -> None:
    """Ask something, as a volunteer would."""
    by = member(report.organisation, Role.VOLUNTEER)
    handling.write_entry(report.pk, EntryKind.QUESTION, question, by=by, at=now())


@pytest.mark.slow
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ACTS)
def test_a_report_of_somebody_else_is_not_there(
    organisation: Organisation, browser: Client, name: str, method: str
) -> None:
    other = own_account(organisation, "bas@voorbeeld.test")
    _code, nobodys = told(organisation)
    for report in (owned(other), nobodys):
        answer = getattr(browser, method)(
            page(organisation, f"reports:{name}", report.pk), {"sure": "yes"}
        )
        assert answer.status_code == 404
        assert WORDS not in answer.content.decode()
        assert read_again(report).status == Status.RECEIVED
    assert OwnReport.objects.count() == 1


def test_one_address_has_an_account_apart_with_each_organisation(
    organisation: Organisation, noor: OwnAccount, browser: Client
) -> None:
    there = OrganisationFactory.create()
    theirs = owned(own_account(there, "noor@voorbeeld.test"))

    assert browser.get(page(there, "reports:own-list")).status_code == 302
    answer = browser.get(page(organisation, "reports:own-code", theirs.pk))
    assert answer.status_code == 404
    assert logged_in(Client(), own_account(there, "noor@voorbeeld.test")).get(
        page(organisation, "reports:own-list")
    )["Location"] == page(organisation, "mine:enter")


@pytest.mark.wide
def test_own_report_takes_the_same_acts_as_behind_the_code(
    organisation: Organisation, noor: OwnAccount, browser: Client
) -> None:
    report = owned(noor)
    text = shown(browser, organisation, "own-code", report.pk)
    token = re.search(r'name="entry" value="([^"]+)"', text)
    assert token
    assert 'name="code"' not in text

    answer = browser.post(
        page(organisation, "reports:own-say-more", report.pk),
        {"entry": token[1], "text": "Het duurt nu een jaar."},
    )
    assert "Het duurt nu een jaar." in answer.content.decode()

    address = page(organisation, "reports:own-withdraw", report.pk)
    assert "Alles intrekken?" in browser.post(address).content.decode()
    assert (
        "Dit is ingetrokken" in browser.post(address, {"sure": "yes"}).content.decode()
    )
    assert read_again(report).is_gone
    assert not OwnReport.objects.exists()
    assert browser.get(address).status_code == 404


def test_let_go_it_is_reached_by_its_code_alone(
    organisation: Organisation, noor: OwnAccount, browser: Client
) -> None:
    code, report = told(organisation)
    owning.own_report(report, noor, on=TODAY)
    address = page(organisation, "reports:own-let-go", report.pk)

    assert "Zonder die code" in browser.post(address).content.decode()
    assert OwnReport.objects.exists()
    browser.post(address, {"sure": "yes"})

    assert not OwnReport.objects.exists()
    assert browser.get(address).status_code == 404
    behind = Client().post(page(organisation, "reports:code"), {"code": code})
    assert WORDS in behind.content.decode()


@pytest.mark.parametrize("act", ["account", "all"])
def test_an_account_is_erased_with_what_was_told_or_without(
    organisation: Organisation, noor: OwnAccount, browser: Client, act: str
) -> None:
    report = owned(noor)
    address = page(organisation, "reports:own-erase")
    assert "1 signaal" in browser.get(address).content.decode()

    answer = browser.post(address, {"act": act})

    assert "Uw account is gewist" in answer.content.decode()
    assert '"cache"' in answer["Clear-Site-Data"]
    assert not OwnAccount.objects.exists()
    assert not OwnReport.objects.exists()
    assert not DataKey.objects.filter(pk=noor.pk).exists()
    assert read_again(report).is_gone is (act == "all")
    assert browser.get(address).status_code == 302


def test_an_erasure_that_is_replayed_takes_the_account_and_its_links(
    noor: OwnAccount,
) -> None:
    owned(noor)
    destroy_keys([noor.key_id], on=TODAY)
    deliver_due(at=now(), on=TODAY, kind="vault.destroyed")
    assert not OwnAccount.objects.exists()
    assert not OwnReport.objects.exists()


def test_the_database_alone_does_not_tell_whose_report_it_is(noor: OwnAccount) -> None:
    report = owned(noor)
    (row,) = OwnReport.objects.values()
    assert str(noor.pk) not in str(row)
    (account,) = OwnAccount.objects.values()
    assert b"noor" not in bytes(account["found_by"]) + bytes(account["sealed"])
    assert Report.objects.own_of(noor).get() == report
