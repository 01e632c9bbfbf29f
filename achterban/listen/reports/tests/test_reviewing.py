"""Words are looked through before others read them: found, decided, approved."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.database.fields import random_key
from achterban.core.files.actions import Taken
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.listen.reports.actions import attaching, correcting, returning, telling
from achterban.listen.reports.actions.reviewing import checked_words, look_through
from achterban.listen.reports.models import Report, Review, Telling
from achterban.listen.reports.tests.factories import YES, read_again, told
from achterban.rules.deidentify import Kind, Span
from achterban.rules.filetypes import Kind as FileKind

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
WORDS = "Jan van de bakker belde. Ik woon in Uddel, vlak bij Jan."
NAME = re.compile(r"\b(?:Jan|Toos)\b")


def find(text: str) -> list[Span]:
    """Find two names, and no place."""
    return [Span(m.start(), m.end(), Kind.PERSON) for m in NAME.finditer(text)]


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def report(organisation: Organisation) -> Report:
    return told(organisation, WORDS)[1]


@pytest.fixture
def volunteer(organisation: Organisation, client: Client) -> Client:
    return login(client, member(organisation, Role.VOLUNTEER))


def path(report: Report) -> str:
    return page(report.organisation, "reports:review", report.pk)


def shown(client: Client, report: Report) -> str:
    return client.get(path(report)).content.decode()


def send(client: Client, report: Report, act: str = "approve", **fields: str) -> str:
    """Press a button of the page, with the choices as they stand but for ``fields``."""
    review = Review.objects.get(report=report)
    review.report = report
    choices = {
        f"span{n}": span.kind.value for n, span in enumerate(review.open().spans)
    }
    sent = {"review": str(review.pk), "act": act, **choices, **fields}
    return client.post(path(report), sent, follow=True).content.decode()


@pytest.mark.wide
def test_what_was_found_stands_marked_with_a_choice_for_each(
    volunteer: Client, report: Report
) -> None:
    assert "Het programma heeft dit nog niet gelezen" in shown(volunteer, report)

    assert look_through(find) == []

    content = shown(volunteer, report)
    assert content.count('<mark title="naam van iemand">Jan</mark>') == 2
    assert content.count("<select") == 3  # each name, and what is added
    assert (
        "nog niet nagekeken"
        in volunteer.get(
            page(report.organisation, "reports:report", report.pk)
        ).content.decode()
    )
    assert checked_words(report) is None


@pytest.mark.slow
def test_approved_words_are_what_others_use(volunteer: Client, report: Report) -> None:
    look_through(find)

    content = send(volunteer, report, span1="stays")

    assert "Nagekeken." in content
    assert checked_words(report) == (
        "[persoon] van de bakker belde. Ik woon in Uddel, vlak bij Jan."
    )
    assert report.entries.count() == 0
    assert list(AuditEvent.objects.values_list("kind", flat=True))[-2:] == [
        "reports.review.approved",
        "reports.report.read",
    ]


@pytest.mark.wide
def test_what_the_program_missed_is_added_wherever_it_stands(
    volunteer: Client, report: Report
) -> None:
    look_through(find)

    content = send(volunteer, report, "keep", more="uddel", more_kind="woonplaats")

    assert '<mark title="plaats">Uddel</mark>' in content
    assert checked_words(report) is None  # kept, and not yet approved
    send(volunteer, report)
    assert checked_words(report) == (
        "[persoon] van de bakker belde. Ik woon in [woonplaats], vlak bij [persoon]."
    )


@pytest.mark.slow
def test_what_is_added_takes_in_what_it_overlaps(
    volunteer: Client, report: Report
) -> None:
    look_through(find)

    send(volunteer, report, more="Jan van de bakker", more_kind="functie_uniek")

    assert checked_words(report) == (
        "[functie_uniek] belde. Ik woon in Uddel, vlak bij [persoon]."
    )


def test_words_that_do_not_stand_there_stay_in_the_field(
    volunteer: Client, report: Report
) -> None:
    look_through(find)

    content = send(volunteer, report, more="Uddeloo", span0="stays")

    assert "Deze woorden staan er niet" in content
    assert 'value="Uddeloo"' in content
    assert checked_words(report) is None


@pytest.mark.wide
def test_answers_and_what_was_typed_out_are_looked_through_too(
    organisation: Organisation, volunteer: Client
) -> None:
    report = telling.send_report(
        telling.fresh_code(),
        organisation,
        Telling(
            "Kort.",
            condition="ME, zegt dokter Jan",
            own={"1": {"title": "Wie helpt?", "answers": ["Toos van hiernaast"]}},
        ),
        consent=YES,
        on=clock.today(),
    ).report
    paper = Taken(FileKind.DOCUMENT, "txt", b"x", is_scanned=True)
    attaching.attach(report, paper, attachment_id=random_key(), on=clock.today())
    file = report.attachments.select_related("report", "file__key").get()
    attaching.type_out(file, "Brief van Jan.", by=some_member(report), at=clock.now())
    look_through(find)
    send(volunteer, report)
    assert checked_words(report) == (
        "Kort.\n\nME, zegt dokter [persoon]\n\n[persoon] van hiernaast\n\n"
        "Brief van [persoon]."
    )

    attaching.type_out(file, "Niets.", by=some_member(report), at=clock.now())
    assert checked_words(report) is None
    look_through(find)
    send(volunteer, report)
    correcting.correct_facts(
        report, {"condition": "Iets anders"}, entry_id=random_key(), on=clock.today()
    )
    assert checked_words(report) is None
    look_through(find)
    send(volunteer, report)
    attaching.detach(report, file.pk, on=clock.today())
    assert checked_words(report) is None


def some_member(report: Report) -> Account:
    return Account.objects.filter(memberships__organisation=report.organisation)[0]


@pytest.mark.slow
def test_an_addition_or_a_correction_takes_the_approval_away(
    volunteer: Client, report: Report
) -> None:
    for change in ("say more", "correct"):
        look_through(find)
        send(volunteer, report)
        assert checked_words(report) is not None
        key = random_key()
        if change == "correct":
            correcting.correct_words(
                read_again(report), "Toos belde.", entry_id=key, on=clock.today()
            )
        else:
            returning.say_more(
                read_again(report), "Toos ook.", entry_id=key, on=clock.today()
            )
        assert checked_words(report) is None

    look_through(find)
    send(volunteer, report)

    assert checked_words(report) == "[persoon] belde.\n\n[persoon] ook."


@pytest.mark.wide
def test_words_that_changed_on_the_way_are_not_approved(
    volunteer: Client, report: Report
) -> None:
    look_through(find)
    before = Review.objects.get(report=report).pk
    returning.say_more(
        read_again(report), "Toos ook.", entry_id=random_key(), on=clock.today()
    )
    look_through(find)

    content = send(volunteer, report, review=str(before), more="Uddel")

    assert "De woorden zijn intussen anders" in content
    assert 'value="Uddel"' in content
    assert checked_words(report) is None


@pytest.mark.wide
def test_changing_what_was_approved_takes_the_approval_away(
    volunteer: Client, report: Report
) -> None:
    look_through(find)
    send(volunteer, report)

    send(volunteer, report, "keep")

    assert checked_words(report) is None


@pytest.mark.wide
def test_who_takes_back_takes_the_review_along(
    volunteer: Client, report: Report
) -> None:
    look_through(find)
    send(volunteer, report)

    returning.withdraw_report(read_again(report), on=clock.today())

    assert not Review.objects.exists()
    assert look_through(find) == []
    assert volunteer.get(path(report)).status_code == 404


def test_a_text_that_cannot_be_read_holds_up_no_other(
    organisation: Organisation, report: Report
) -> None:
    _code, other = told(organisation, "Toos belde.")

    def fails_on_one(text: str) -> list[Span]:
        if "Uddel" in text:
            raise MemoryError
        return find(text)

    assert look_through(fails_on_one) == [report.pk]
    assert look_through(fails_on_one, but=[report.pk]) == []
    assert list(Review.objects.values_list("report", flat=True)) == [other.pk]


def test_nobody_reads_what_was_not_sent(organisation: Organisation) -> None:
    telling.keep_draft(
        telling.fresh_code(), organisation, Telling(WORDS), on=clock.today()
    )

    assert look_through(find) == []
    assert not Review.objects.exists()


def test_what_changes_while_it_is_read_is_read_again(report: Report) -> None:
    def slow(text: str) -> list[Span]:
        if "ook" not in text:
            returning.say_more(
                read_again(report), "Toos ook.", entry_id=random_key(), on=clock.today()
            )
        return find(text)

    look_through(slow)
    assert not Review.objects.exists()
    look_through(slow)

    review = Review.objects.get()
    review.report = read_again(report)
    assert len(review.open().spans) == 3


@pytest.mark.slow
def test_the_page_never_says_anonymous(volunteer: Client, report: Report) -> None:
    look_through(find)
    send(volunteer, report)
    assert "anoniem" not in shown(volunteer, report).lower()


@pytest.mark.slow
def test_lists_show_words_without_what_was_found(
    volunteer: Client, report: Report
) -> None:
    told(report.organisation, "Toos belde ook.")
    for name in ("reports:work-list", "reports:report-list"):
        before = volunteer.get(page(report.organisation, name)).content.decode()
        assert "Jan van de bakker" in before
        assert "Toos belde" in before

    look_through(find)

    for name in ("reports:work-list", "reports:report-list"):
        after = volunteer.get(page(report.organisation, name)).content.decode()
        assert "[persoon] van de bakker" in after
        assert "Jan" not in after
        assert "Toos" not in after


def test_a_choice_that_did_not_arrive_lets_nothing_through(
    volunteer: Client, report: Report
) -> None:
    look_through(find)

    send(volunteer, report, span1="")

    assert checked_words(report) is None
