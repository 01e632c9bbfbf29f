from datetime import date, timedelta

import pytest

from achterban.core.audit.models import AuditEvent
from achterban.core.consent.models import Consent
from achterban.core.database.fields import random_key
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.outbox.models import OutboxRow
from achterban.core.vault.models import DataKey
from achterban.listen.reports.actions import drafting, returning, telling
from achterban.listen.reports.models import Report, Telling
from achterban.listen.reports.statuses import STEPS, Status
from achterban.listen.reports.tests.factories import (
    TODAY,
    WORDS,
    YES,
    read_again,
    report_behind,
    told,
)
from achterban.rules.deidentify import MASK

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create()


def test_a_report_is_sealed_and_opens_again(organisation: Organisation) -> None:
    _code, report = told(organisation)

    assert read_again(report).open_telling().text == WORDS
    assert b"keuring" not in bytes(read_again(report).sealed)


def test_sent_twice_is_one_report_with_one_consent_and_one_piece_of_news(
    organisation: Organisation,
) -> None:
    code, report = told(organisation)
    again = telling.send_report(
        code, organisation, Telling("iets anders"), consent=YES, on=TODAY
    )

    assert again.report.pk == report.pk
    assert again.text == WORDS
    assert Report.objects.count() == Consent.objects.count() == 1
    assert OutboxRow.objects.filter(kind="reports.sent").count() == 1
    assert DataKey.objects.filter(name=None).count() == 1


def test_the_button_gives_the_least_consent_with_its_words(
    organisation: Organisation,
) -> None:
    _code, report = told(organisation)

    consent = Consent.objects.select_related("text").get(key_id=report.key_id)
    assert consent.text.purpose == "count"
    assert consent.text.wording == YES.wording
    assert consent.given_on == TODAY


def test_a_draft_grows_and_is_sent_under_the_same_code(
    organisation: Organisation,
) -> None:
    code = telling.fresh_code()
    telling.keep_draft(code, organisation, Telling("De"), on=TODAY)
    telling.keep_draft(code, organisation, Telling("De keuring"), on=TODAY)
    draft = Report.objects.select_related("key").get()
    assert draft.open_telling().text == "De keuring"
    assert draft.received_on is None

    telling.send_report(code, organisation, Telling(WORDS), consent=YES, on=TODAY)

    report = Report.objects.select_related("key").get()
    assert report.open_telling().text == WORDS
    assert report.status == Status.RECEIVED


def test_what_was_sent_is_no_draft_any_more(organisation: Organisation) -> None:
    code, report = told(organisation)
    with pytest.raises(telling.AlreadySent):
        telling.keep_draft(code, organisation, Telling("later"), on=TODAY)
    assert read_again(report).open_telling().text == WORDS


def test_a_bsn_never_reaches_the_disk(organisation: Organisation) -> None:
    code = telling.fresh_code()
    text = "Mijn bsn is 111222333 zeiden ze."
    kept = telling.keep_draft(code, organisation, Telling(text), on=TODAY)
    assert kept.n_masked == 1
    assert read_again(kept.report).open_telling().text == text.replace(
        "111222333", MASK
    )

    kept = telling.send_report(code, organisation, Telling(text), consent=YES, on=TODAY)
    assert MASK in read_again(kept.report).open_telling().text


def test_too_much_text_is_refused_and_nothing_is_stored(
    organisation: Organisation,
) -> None:
    text = "x" * (telling.MOST_CHARACTERS + 1)
    with pytest.raises(telling.TooLong):
        telling.keep_draft(telling.fresh_code(), organisation, Telling(text), on=TODAY)
    with pytest.raises(telling.TooLong):
        told(organisation, text)
    assert not Report.objects.exists()
    assert not DataKey.objects.exists()


def test_a_code_opens_nothing_in_another_organisation(
    organisation: Organisation,
) -> None:
    code, report = told(organisation)
    other = OrganisationFactory.create()

    assert Report.objects.behind_code(code, organisation).get() == report
    assert not Report.objects.behind_code(code, other).exists()


def test_more_is_stored_once_however_often_it_is_sent(
    organisation: Organisation,
) -> None:
    code, report = told(organisation)
    entry_id = random_key()
    for _ in range(2):
        returning.say_more(
            report_behind(code, organisation),
            "En nog iets.",
            entry_id=entry_id,
            on=TODAY,
        )

    entry = report.entries.get()
    assert entry.kind == "addition"
    assert entry.open_words(report.key) == "En nog iets."
    assert read_again(report).has_news


def test_a_reply_to_a_question_moves_the_report_on(organisation: Organisation) -> None:
    code, report = told(organisation)
    Report.objects.update(status=Status.ASKED)

    returning.say_more(
        report_behind(code, organisation), "Ja.", entry_id=random_key(), on=TODAY
    )

    assert report.entries.get().kind == "reply"
    assert read_again(report).status == Status.IN_PROGRESS


def test_nothing_is_added_to_a_draft_or_behind_an_unknown_code(
    organisation: Organisation,
) -> None:
    code = telling.fresh_code()
    for _ in range(2):
        with pytest.raises(Report.DoesNotExist):
            returning.say_more(
                report_behind(code, organisation), "x", entry_id=random_key(), on=TODAY
            )
        telling.keep_draft(code, organisation, Telling("begin"), on=TODAY)


def test_withdrawing_leaves_a_day_and_nothing_else(organisation: Organisation) -> None:
    code, report = told(organisation)
    returning.say_more(
        report_behind(code, organisation), "Meer.", entry_id=random_key(), on=TODAY
    )
    later = TODAY + timedelta(days=3)

    for _ in range(2):
        returning.withdraw_report(report_behind(code, organisation), on=later)

    row = read_again(report)
    assert (row.status, row.withdrawn_on) == (Status.WITHDRAWN, later)
    assert row.key is None
    assert row.received_on is None
    assert bytes(row.sealed) == b""
    assert not row.entries.exists()
    assert not DataKey.objects.filter(name=None).exists()


def test_after_withdrawing_nothing_can_be_sent_kept_or_added(
    organisation: Organisation,
) -> None:
    code, _report = told(organisation)
    returning.withdraw_report(report_behind(code, organisation), on=TODAY)

    with pytest.raises(telling.Gone):
        telling.send_report(code, organisation, Telling("x"), consent=YES, on=TODAY)
    with pytest.raises(telling.Gone):
        telling.keep_draft(code, organisation, Telling("x"), on=TODAY)
    with pytest.raises(telling.Gone):
        returning.say_more(
            report_behind(code, organisation), "x", entry_id=random_key(), on=TODAY
        )
    assert not DataKey.objects.filter(name=None).exists()


def test_of_an_anonymous_act_the_log_and_the_outbox_know_the_day_only(
    organisation: Organisation,
) -> None:
    told(organisation)

    row = OutboxRow.objects.get(kind="audit.anonymous")
    assert row.due_on == TODAY + timedelta(days=1)
    assert row.payload["on"] == TODAY.isoformat()
    assert not AuditEvent.objects.exists()


def test_a_report_in_a_flood_is_set_apart_and_rings_no_bell(
    organisation: Organisation,
) -> None:
    _code, report = told(organisation, is_suspect=True)

    assert read_again(report).is_suspect
    assert not OutboxRow.objects.filter(kind="reports.sent").exists()


@pytest.mark.parametrize(("days", "left"), [(183, 1), (184, 0)])
def test_a_draft_is_kept_for_half_a_year(
    organisation: Organisation, days: int, left: int
) -> None:
    telling.keep_draft(telling.fresh_code(), organisation, Telling("x"), on=TODAY)
    told(organisation)

    drafting.erase_old_drafts(on=TODAY + timedelta(days=days))

    assert Report.objects.filter(status=Status.DRAFT).count() == left
    assert Report.objects.filter(status=Status.RECEIVED).count() == 1
    assert DataKey.objects.filter(name=None).count() == 1 + left


def test_a_token_that_we_did_not_give_out_is_refused() -> None:
    code = telling.fresh_code()
    assert telling.code_of(telling.token_of(code)) == code
    for token in ["", code, f"{code}:zelfgemaakt", "a:b:c"]:
        with pytest.raises(telling.NotOurToken):
            telling.code_of(token)


def test_every_status_has_its_steps_and_withdrawn_has_none() -> None:
    assert set(STEPS) == set(Status)
    assert STEPS[Status.WITHDRAWN] == frozenset()
    for status in set(Status) - {Status.WITHDRAWN}:
        assert Status.WITHDRAWN in STEPS[status]


def test_codes_do_not_repeat_or_resemble_each_other() -> None:
    codes = {telling.fresh_code() for _ in range(2000)}
    assert len(codes) == 2000
    for place in range(15):
        assert len({code[place] for code in codes}) == 32


def test_days_count_from_the_clock_that_is_given(organisation: Organisation) -> None:
    _code, report = told(organisation, on=date(2031, 12, 31))
    assert read_again(report).received_on == date(2031, 12, 31)
