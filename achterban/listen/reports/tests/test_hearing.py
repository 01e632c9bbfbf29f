"""Hearing back: how much, by which way, and an address that nobody here sees."""

from __future__ import annotations

import io
import json
import re
import smtplib
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.consent.models import Consent, Purpose
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.outbox.actions import deliver_due
from achterban.core.outbox.models import OutboxRow
from achterban.core.upkeep.round import _daily
from achterban.core.upkeep.start import replay
from achterban.core.upkeep.terms import all_terms
from achterban.core.upkeep.tests.everything import dump
from achterban.core.vault.actions import replay_erasures
from achterban.core.vault.models import DataKey
from achterban.core.web.peers import PeerLimit
from achterban.listen.reports import limits, pages
from achterban.listen.reports.actions import (
    drafting,
    handling,
    hearing,
    returning,
    telling,
    updating,
)
from achterban.listen.reports.hearing import Hearing, UpdateKind
from achterban.listen.reports.models import EntryKind, Report, Telling, UpdateWords
from achterban.listen.reports.tests.factories import WORDS, read_again, told
from achterban.people.persons.actions import (
    address_behind,
    forget_unconfirmed,
    token_of,
)
from achterban.people.persons.models import Mailbox, NotificationAddress
from tests.access import MATRIX, OK, POST_ONLY
from tests.visitors import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
ADDRESS = "els.kanarievogel@voorbeeld.test"
HIDDEN = re.compile(r'type="hidden" name="(token|question)" value="([^"]*)"')
LINK = re.compile(r"http\S+/mail/\S+")


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create(
        name="Vereniging Zeldzame Ziekte", slug="zeldzame-ziekte", mail_name="Team"
    )


@pytest.fixture
def volunteer(organisation: Organisation) -> Account:
    return member(organisation, Role.VOLUNTEER)


def deliver(*, hours: float = 0) -> None:
    """Deliver all that is due, now or some hours from now."""
    at = clock.now() + timedelta(hours=hours)
    while deliver_due(at=at, on=timezone.localdate(at)):
        pass


def letters() -> list[EmailMessage]:
    """Return what whoever left the address got."""
    return [letter for letter in mail.outbox if letter.to == [ADDRESS]]


def choose(
    report: Report, value: str = "every", address: str = "", **more: Any
) -> None:
    """Choose what to hear, behind the code."""
    hearing.choose_hearing(
        report,
        hearing.Choice(value, Mailbox(address, "nl") if address else None, **more),
        wording="Wilt u horen wat ermee gebeurt?",
        language="nl",
        on=clock.today(),
    )


def mailed_report(
    organisation: Organisation, value: str = "every", **more: Any
) -> tuple[str, Report]:
    """Return a report whose teller left an address and said yes in the mail."""
    code, report = told(organisation, on=clock.today())
    choose(report, value, ADDRESS, **more)
    deliver()
    confirm()
    mail.outbox.clear()
    return code, report


def path_in(letter: EmailMessage) -> str:
    found = LINK.search(str(letter.body))
    assert found
    return "/" + found[0].split("/", 3)[3]


def confirm() -> None:
    Client().post(path_in(letters()[-1]), {"act": "yes"})


def ask(report: Report, by: Account, words: str = "Wanneer was dat?") -> None:
    handling.write_entry(report.pk, EntryKind.QUESTION, words, by=by, at=clock.now())


def answer(report: Report, by: Account) -> None:
    handling.write_entry(report.pk, EntryKind.ANSWER, "Dank u.", by=by, at=clock.now())


def tell_all(reports: list[Report], by: Account, kind: UpdateKind) -> None:
    update = updating.begin_update(
        reports[0].organisation, [r.pk for r in reports], by=by, at=clock.now()
    )
    updating.keep_update(
        update.pk,
        UpdateWords("Het is gelukt met de rolstoelen."),
        kind=kind,
        wants_public=False,
        by=by,
        at=clock.now(),
    )
    updating.send_update(update.pk, by=by, at=clock.now())


def go_round(on: date) -> None:
    """Do what the rooms here do once a day."""
    assert forget_unconfirmed in [term.erase for term in all_terms()]
    for task in [*_daily, forget_unconfirmed]:
        task(on)


class Teller:
    """Somebody at the last optional question, without JavaScript."""

    def __init__(self, organisation: Organisation) -> None:
        """Keep a draft, and go to the question."""
        self.client, self.organisation = Client(), organisation
        self.code = telling.fresh_code()
        telling.keep_draft(self.code, organisation, Telling(WORDS), on=clock.today())
        self.body = ""

    def press(self, act: str, **data: Any) -> str:
        """Press a button under the question; return the page that follows."""
        fields = {"token": telling.token_of(self.code), "question": "hear", "act": act}
        address = page(self.organisation, "reports:questions")
        self.body = self.client.post(address, {**fields, **data}).content.decode()
        return self.body

    @property
    def report(self) -> Report:
        """Return the row."""
        rows = Report.objects.behind_code(self.code, self.organisation)
        return rows.select_related("key", "organisation").get()


# Choosing


def test_the_choice_is_one_optional_question_and_a_yes_of_its_own(
    organisation: Organisation,
) -> None:
    teller = Teller(organisation)
    assert "Dat waren alle vragen" in teller.press("next", hear="every")
    assert "Elke stap" in teller.body
    teller.press("send", hear="every")

    assert teller.report.hearing == Hearing.EVERY_STEP
    yes = Consent.objects.select_related("text").get(text__purpose=Purpose.UPDATE)
    assert yes.text.wording.startswith("Wilt u horen wat ermee gebeurt?")
    assert "Elke stap" in yes.text.wording
    assert yes.ends_on is not None
    assert yes.ends_on.year == clock.today().year + 5
    assert not NotificationAddress.objects.exists()


@pytest.mark.parametrize("choice", ["", "nothing"])
def test_who_chooses_nothing_gives_no_yes(
    organisation: Organisation, choice: str
) -> None:
    teller = Teller(organisation)
    teller.press("send", hear=choice)
    assert teller.report.hearing == choice
    assert not Consent.objects.filter(text__purpose=Purpose.UPDATE).exists()


def test_the_page_says_confidential_before_an_address_is_left(
    organisation: Organisation,
) -> None:
    shown = Teller(organisation).press("next", hear="x")
    assert "Dan bent u vertrouwelijk, niet anoniem." in shown


def test_nothing_is_mailed_before_it_is_sent_and_then_one_question(
    organisation: Organisation,
) -> None:
    teller = Teller(organisation)
    teller.press("next", hear="every", address=ADDRESS, remind="on")
    deliver()
    assert letters() == []

    teller.press("send", hear="every", remind="on")
    deliver()

    (letter,) = letters()
    assert letter.subject == "Nog één knop"
    assert "List-Unsubscribe" not in letter.extra_headers
    told_ = teller.report.open_telling()
    assert told_.remind
    assert told_.notify == NotificationAddress.objects.get().pk


@pytest.mark.wide
def test_the_address_is_never_shown_again_also_not_to_who_left_it(
    organisation: Organisation,
) -> None:
    teller = Teller(organisation)
    assert ADDRESS not in teller.press("next", hear="every", address=ADDRESS)
    shown = teller.press("back", question="")
    assert "U gaf al een adres." in shown
    assert ADDRESS not in shown
    teller.press("next", hear="result")
    assert teller.report.open_telling().notify
    code, _report = mailed_report(organisation)
    for name in ("reports:code", "reports:hear"):
        shown = Client().post(page(organisation, name), {"code": code}).content.decode()
        assert ADDRESS not in shown


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"hear": "every", "address": "geen adres"}, "Kijk dit mailadres na."),
        ({"hear": "nothing", "address": ADDRESS}, "Kies waarover wij mogen mailen."),
        ({"hear": "every", "remind": "on"}, "hebben wij een mailadres nodig"),
    ],
)
def test_a_slip_is_said_and_nothing_typed_is_lost(
    organisation: Organisation, data: dict[str, str], words: str
) -> None:
    shown = Teller(organisation).press("next", **data)
    assert words in shown
    if "address" in data:
        assert f'value="{data["address"]}"' in shown
    assert not NotificationAddress.objects.exists()


def test_an_address_alone_is_a_wish_to_hear_every_step(
    organisation: Organisation,
) -> None:
    teller = Teller(organisation)
    assert "Elke stap" in teller.press("next", address=ADDRESS)
    assert teller.report.open_telling().hear == Hearing.EVERY_STEP


def test_a_choice_of_display_keeps_what_was_typed(organisation: Organisation) -> None:
    shown = Teller(organisation).press(
        "next", hear="every", address=ADDRESS, preference="calm:1"
    )
    assert f'value="{ADDRESS}"' in shown
    assert not NotificationAddress.objects.exists()
    code, _report = told(organisation)
    fields = {"code": code, "act": "keep", "address": ADDRESS, "preference": "calm:1"}
    shown = Client().post(page(organisation, "reports:hear"), fields).content.decode()
    assert f'value="{ADDRESS}"' in shown
    assert not NotificationAddress.objects.exists()


def test_another_address_takes_the_place_of_the_first(
    organisation: Organisation,
) -> None:
    teller = Teller(organisation)
    teller.press("next", hear="every", address="eerst@voorbeeld.test")
    first = NotificationAddress.objects.get()
    teller.press("next", hear="every", address=ADDRESS)
    assert NotificationAddress.objects.get().pk != first.pk
    assert not DataKey.objects.filter(pk=first.key_id).exists()
    teller.press("next", hear="nothing")
    assert not NotificationAddress.objects.exists()


@pytest.mark.wide
def test_it_is_changed_behind_the_code(organisation: Organisation) -> None:
    code, report = told(organisation, on=clock.today())
    hear = page(organisation, "reports:hear")

    def press(**data: str) -> str:
        return Client().post(hear, {"code": code, **data}).content.decode()

    assert "Wilt u horen wat ermee gebeurt?" in press()
    kept = press(act="keep", hear="result", address=ADDRESS)
    assert "druk daarin één keer op de knop" in kept
    assert re.search(r'value="result"[^>]*checked', press())
    assert "Kijk dit mailadres na" in press(act="keep", hear="result", address="x")
    press(act="keep", hear="every")
    held = Consent.objects.in_force(on=clock.today())
    (yes,) = held.filter(text__purpose=Purpose.UPDATE).select_related("text")
    assert "Elke stap" in yes.text.wording
    assert NotificationAddress.objects.exists()
    assert "Uw adres is gewist." in press(act="forget")
    assert not NotificationAddress.objects.exists()
    report.refresh_from_db()
    assert report.hearing == Hearing.EVERY_STEP
    press(act="keep", hear="")
    assert not held.filter(text__purpose=Purpose.UPDATE).exists()


def test_each_choice_is_one_line_in_the_log_without_words(
    organisation: Organisation,
) -> None:
    mailed_report(organisation)
    kinds = [
        row.payload["kind"] for row in OutboxRow.objects.filter(kind="audit.anonymous")
    ]
    assert kinds.count("reports.hearing.chosen") == 1
    assert kinds.count("persons.address.confirmed") == 1


def test_a_peer_that_leaves_address_after_address_is_slowed(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "addresses", PeerLimit(burst=1, per_minute=1))
    code, _report = told(organisation)
    Teller(organisation).press("next", hear="every", address=ADDRESS)
    teller = Teller(organisation)
    assert "Wacht" in teller.press("next", hear="every", address=ADDRESS)
    slow = Client().post(
        page(organisation, "reports:hear"),
        {"code": code, "act": "keep", "hear": "every", "address": ADDRESS},
    )
    assert slow.status_code == 429
    assert f'value="{ADDRESS}"' in slow.content.decode()
    assert NotificationAddress.objects.count() == 1


# The link in the letters


def test_only_a_button_confirms_and_the_proof_is_kept(
    organisation: Organisation,
) -> None:
    _code, report = told(organisation, on=clock.today())
    choose(report, "every", ADDRESS)
    deliver()
    link = path_in(letters()[0])
    assert "zeldzame" not in str(letters()[0].message())

    for method in (Client().get, Client().head, Client().options):
        method(link)
    assert NotificationAddress.objects.get().confirmed_on is None
    for _ in range(2):
        shown = Client().post(link, {"act": "yes"}).content.decode()

    assert "Dank u." in shown
    address = NotificationAddress.objects.get()
    assert address.confirmed_on == clock.today()
    proof = Consent.objects.select_related("text").get(key=address.key)
    assert "Mogen wij u hier mailen" in proof.text.wording
    assert "Ja, mail mij" in proof.text.wording
    assert proof.given_on == clock.today()


@pytest.mark.parametrize(
    "fields",
    [{"act": "stop"}, {"List-Unsubscribe": "One-Click"}],
    ids=["button", "8058"],
)
@pytest.mark.slow
def test_one_click_stops_it_at_once_and_twice_is_no_error(
    organisation: Organisation, volunteer: Account, fields: dict[str, str]
) -> None:
    _code, report = mailed_report(organisation)
    answer(report, volunteer)
    deliver(hours=2)
    (letter,) = letters()
    link = path_in(letter)
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.extra_headers["List-Unsubscribe"].strip("<>").endswith(link)
    key = NotificationAddress.objects.get().key_id

    assert "wis mijn adres" in Client().get(link).content.decode()
    assert NotificationAddress.objects.exists()
    for _ in range(2):
        assert Client(enforce_csrf_checks=True).post(link, fields).status_code == 200

    assert not NotificationAddress.objects.exists()
    assert not DataKey.objects.filter(pk=key).exists()
    assert "niet meer bij ons" in Client().get(link).content.decode()
    mail.outbox.clear()
    answer(report, volunteer)
    deliver(hours=48)
    assert letters() == []
    report.refresh_from_db()
    assert report.hearing == Hearing.EVERY_STEP


@pytest.mark.slow
def test_a_link_that_we_did_not_give_out_is_nothing(
    organisation: Organisation,
) -> None:
    mailed_report(organisation)
    token = token_of(NotificationAddress.objects.get())
    assert address_behind(token) is not None
    for wrong in (token[:-1] + ("a" if token[-1] != "a" else "b"), "1:x", "x"):
        assert Client().post(f"/mail/{wrong}/", {"act": "stop"}).status_code == 404
    shown = Client().post(f"/mail/{token}/", {"act": "stop", "preference": "calm:1"})
    assert shown.status_code == 200
    assert NotificationAddress.objects.exists()


def test_the_page_of_the_link_leads_to_the_code_and_changes_nothing(
    organisation: Organisation,
) -> None:
    mailed_report(organisation)
    token = token_of(NotificationAddress.objects.get())
    shown = Client().get(f"/mail/{token}/").content.decode()
    assert f"/o/{organisation.slug}/code/" in shown
    assert NotificationAddress.objects.exists()


# Mail


@pytest.mark.slow
def test_a_mail_says_only_that_something_waits(
    organisation: Organisation, volunteer: Account
) -> None:
    code, report = mailed_report(organisation)
    answer(report, volunteer)
    deliver(hours=2)

    (letter,) = letters()
    whole = str(letter.message())
    assert letter.subject == "Er staat een bericht klaar"
    for secret in (organisation.name, organisation.slug, "Dank u.", code, WORDS):
        assert secret not in whole
    for kind in UpdateKind:
        assert str(kind.label) not in whole


@pytest.mark.parametrize(
    ("choice", "kind", "is_mailed"),
    [
        ("every", UpdateKind.STEP, True),
        ("every", UpdateKind.RESULT, True),
        ("result", UpdateKind.STEP, False),
        ("result", UpdateKind.QUESTION, False),
        ("result", UpdateKind.RESULT, True),
        ("result", UpdateKind.NOT_ACHIEVED, True),
    ],
)
@pytest.mark.wide
def test_each_gets_mail_as_they_chose(
    organisation: Organisation,
    volunteer: Account,
    choice: str,
    kind: UpdateKind,
    is_mailed: bool,
) -> None:
    _code, report = mailed_report(organisation, choice)
    _other, plain = told(organisation)
    tell_all([report, plain], volunteer, kind)
    deliver()
    deliver(hours=2)
    assert len(letters()) == is_mailed
    assert report.entries.count() == plain.entries.count() == 1


@pytest.mark.slow
def test_mails_of_one_update_leave_spread_over_an_hour(
    organisation: Organisation, volunteer: Account
) -> None:
    reports = [mailed_report(organisation)[1] for _ in range(4)]
    began = clock.now()
    tell_all(reports, volunteer, UpdateKind.STEP)
    deliver()
    assert letters() == []
    moments = [row.retry_at for row in OutboxRow.objects.filter(kind="reports.waiting")]
    assert len(set(moments)) == 4
    for moment in moments:
        assert moment is not None
        assert began <= moment <= clock.now() + updating.SPREAD


@pytest.mark.wide
def test_one_mail_a_day_however_much_is_told(
    organisation: Organisation, volunteer: Account, travel: Any
) -> None:
    _code, report = mailed_report(organisation)
    answer(report, volunteer)
    tell_all([report], volunteer, UpdateKind.STEP)  # while the first one waits
    deliver()
    deliver()
    assert len(letters()) == 1
    answer(report, volunteer)
    deliver(hours=3)
    assert len(letters()) == 1
    travel(days=1, hours=4)
    deliver()
    deliver()
    assert len(letters()) == 2


def test_what_was_read_meanwhile_is_not_mailed(
    organisation: Organisation, volunteer: Account
) -> None:
    code, report = mailed_report(organisation)
    answer(report, volunteer)
    Client().post(page(organisation, "reports:code"), {"code": code})
    deliver(hours=2)
    assert letters() == []


def test_before_the_yes_in_the_mail_nothing_else_is_mailed(
    organisation: Organisation, volunteer: Account, travel: Any
) -> None:
    _code, report = told(organisation, on=clock.today())
    choose(report, "every", ADDRESS)
    deliver()
    answer(report, volunteer)
    deliver()
    assert len(letters()) == 1
    confirm()
    travel(days=1, hours=1)
    deliver()
    assert [letter.subject for letter in letters()][1:] == [
        "Er staat een bericht klaar"
    ]


@pytest.mark.wide
def test_an_address_that_nobody_confirms_is_erased_after_two_weeks(
    organisation: Organisation, volunteer: Account
) -> None:
    mailed_report(organisation)
    kept = NotificationAddress.objects.get()
    _code, report = told(organisation, on=clock.today())
    choose(report, "every", ADDRESS)
    deliver()
    go_round(clock.today() + timedelta(days=14))
    assert NotificationAddress.objects.count() == 2
    go_round(clock.today() + timedelta(days=15))
    assert NotificationAddress.objects.get() == kept
    answer(report, volunteer)
    mail.outbox.clear()
    deliver(hours=2)
    assert letters() == []


class Down(BaseEmailBackend):
    """A mail server that cannot be reached."""

    def send_messages(self, email_messages: object) -> int:
        raise smtplib.SMTPServerDisconnected("down")


@pytest.mark.slow
def test_a_mail_server_that_is_down_loses_no_mail_and_makes_no_twin(
    organisation: Organisation, volunteer: Account, settings: Settings
) -> None:
    _code, report = mailed_report(organisation)
    answer(report, volunteer)
    works = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    for hours in range(5):
        deliver(hours=hours)
    assert letters() == []
    settings.EMAIL_BACKEND = works
    deliver(hours=9)
    deliver(hours=12)
    assert len(letters()) == 1


def test_letters_are_in_the_language_of_who_left_the_address(
    organisation: Organisation,
) -> None:
    _code, report = told(organisation)
    choice = hearing.Choice("every", Mailbox(ADDRESS, "en"))
    hearing.choose_hearing(report, choice, wording="x", language="en", on=clock.today())
    deliver()
    assert letters()[0].subject == "One more button"


# The end


@pytest.mark.slow
def test_withdrawing_erasing_and_taking_back_a_yes_erase_the_address(
    organisation: Organisation, volunteer: Account
) -> None:
    _code, withdrawn = mailed_report(organisation)
    returning.withdraw_report(withdrawn, on=clock.today())
    assert not NotificationAddress.objects.exists()

    _code, erased = mailed_report(organisation)
    handling.erase_report(erased.pk, by=0, at=clock.now())
    assert not NotificationAddress.objects.exists()

    _code, taken = mailed_report(organisation)
    yes = Consent.objects.get(key_id=taken.pk, text__purpose=Purpose.UPDATE)
    returning.take_yes_back(taken, yes.pk, on=clock.today())
    assert not NotificationAddress.objects.exists()
    taken.refresh_from_db()
    assert taken.hearing == Hearing.NOTHING


def test_a_draft_that_goes_takes_the_address_along(
    organisation: Organisation,
) -> None:
    teller = Teller(organisation)
    teller.press("keep", hear="every", address=ADDRESS)
    assert NotificationAddress.objects.exists()
    drafting.erase_old_drafts(on=clock.today() + timedelta(days=200))
    assert not NotificationAddress.objects.exists()


@pytest.mark.slow
def test_when_the_yes_ends_the_address_goes(organisation: Organisation) -> None:
    mailed_report(organisation)
    last = Consent.objects.exclude(ends_on=None).get().ends_on
    assert isinstance(last, date)
    go_round(last)
    assert NotificationAddress.objects.exists()
    go_round(last + timedelta(days=1))
    assert not NotificationAddress.objects.exists()
    assert Report.objects.get().hearing == ""


def test_after_the_last_day_of_a_yes_no_mail_leaves_before_the_daily_round(
    organisation: Organisation, volunteer: Account
) -> None:
    _code, report = mailed_report(organisation)
    yesterday = clock.today() - timedelta(days=1)
    Consent.objects.exclude(ends_on=None).update(given_on=yesterday, ends_on=yesterday)
    answer(report, volunteer)
    deliver(hours=2)
    assert letters() == []


def test_after_a_restore_an_erased_address_stays_erased(
    organisation: Organisation,
) -> None:
    _code, report = mailed_report(organisation)
    address = NotificationAddress.objects.select_related("key").get()
    hearing.stop_mail(report, on=clock.today())
    address.key.save(force_insert=True)
    address.save(force_insert=True)

    replay_erasures(on=clock.today())
    deliver()

    assert not NotificationAddress.objects.exists()


def test_after_a_restore_a_yes_that_was_taken_back_lets_nothing_be_told(
    organisation: Organisation,
) -> None:
    _code, report = mailed_report(organisation)
    before = Report.objects.filter(pk=report.pk).values("hearing", "sealed").get()
    yes = Consent.objects.get(key=report.key_id, text__purpose=Purpose.UPDATE)
    returning.take_yes_back(report, yes.pk, on=clock.today())
    yes.save(update_fields=["withdrawn_on"])
    Report.objects.filter(pk=report.pk).update(**before)

    replay()

    report.refresh_from_db()
    yes.refresh_from_db()
    assert report.hearing == Hearing.NOTHING
    assert report.open_telling().notify == 0
    assert yes.withdrawn_on == clock.today()


def test_what_was_withdrawn_chooses_nothing_more(organisation: Organisation) -> None:
    _code, report = told(organisation)
    returning.withdraw_report(report, on=clock.today())
    with pytest.raises(telling.Gone):
        choose(report)
    with pytest.raises(telling.Gone):
        hearing.stop_mail(report, on=clock.today())
    assert not hearing.is_heard(Report.objects.get(), on=clock.today())


def test_news_for_what_is_gone_mails_nobody(
    organisation: Organisation, volunteer: Account
) -> None:
    _code, report = mailed_report(organisation, remind=True)
    ask(report, volunteer)
    OutboxRow.objects.filter(kind__startswith="reports.").update(due_on=clock.today())
    Report.objects.all().delete()
    deliver(hours=2)
    assert letters() == []


# A quiet reminder


@pytest.mark.wide
def test_a_question_that_stays_open_is_reminded_of_once(
    organisation: Organisation, volunteer: Account, travel: Any
) -> None:
    code, report = mailed_report(organisation, remind=True)
    ask(report, volunteer)
    Client().post(page(organisation, "reports:code"), {"code": code})  # read
    travel(days=13)
    deliver()
    assert letters() == []
    travel(days=15)
    deliver()
    assert len(letters()) == 1
    travel(days=60)
    deliver()
    assert len(letters()) == 1
    report.refresh_from_db()
    assert report.status == "asked"  # nothing is closed because somebody rests


def test_who_did_not_ask_for_it_is_not_reminded(
    organisation: Organisation, volunteer: Account, travel: Any
) -> None:
    code, report = mailed_report(organisation)
    ask(report, volunteer)
    Client().post(page(organisation, "reports:code"), {"code": code})
    travel(days=15)
    deliver()
    assert letters() == []


@pytest.mark.wide
def test_who_no_longer_wants_it_is_not_reminded(
    organisation: Organisation, volunteer: Account, travel: Any
) -> None:
    code, report = mailed_report(organisation, remind=True)
    ask(report, volunteer)
    Client().post(page(organisation, "reports:code"), {"code": code})
    choose(report, "every")
    travel(days=15)
    deliver()
    assert letters() == []


@pytest.mark.wide
def test_what_was_answered_or_taken_back_is_not_reminded_of(
    organisation: Organisation, volunteer: Account, travel: Any
) -> None:
    code, report = mailed_report(organisation, remind=True)
    ask(report, volunteer)
    ask(report, volunteer, "En waar?")
    Client().post(page(organisation, "reports:code"), {"code": code})
    returning.say_more(report, "In Ede.", entry_id=1, on=clock.today())
    travel(days=15)
    deliver()
    assert letters() == []


@pytest.mark.slow
def test_of_two_questions_only_the_last_is_reminded_of(
    organisation: Organisation, volunteer: Account, travel: Any
) -> None:
    code, report = mailed_report(organisation, remind=True)
    ask(report, volunteer)
    ask(report, volunteer, "En waar?")
    Client().post(page(organisation, "reports:code"), {"code": code})
    travel(days=15)
    deliver()
    travel(days=17)
    deliver()
    assert len(letters()) == 1


# Nobody here sees the address


def test_what_is_taken_along_has_the_update_and_the_choice_but_no_address(
    organisation: Organisation, volunteer: Account
) -> None:
    code, report = mailed_report(organisation, "result")
    tell_all([report], volunteer, UpdateKind.RESULT)
    deliver()

    sent = Client().post(page(organisation, "reports:take-along"), {"code": code})

    with zipfile.ZipFile(io.BytesIO(b"".join(sent))) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    everything = json.loads(files["alles.json"])["reports"][0]
    assert everything["course"][-1]["what"] == "Resultaat"
    assert "Het is gelukt met de rolstoelen." in everything["course"][-1]["text"]
    assert everything["hears"].startswith("Alleen het resultaat")
    assert everything["gets_mail"] is True
    assert not any("kanarievogel" in file.lower() for file in files.values())


def test_hearing_back_is_asked_in_one_place_only(organisation: Organisation) -> None:
    _code, report = told(organisation, on=clock.today())
    offered = pages.not_given(read_again(report), on=clock.today())
    assert Purpose.UPDATE not in {offer.purpose for offer in offered}


@pytest.mark.wide
@pytest.mark.once
def test_no_page_of_the_werkplek_log_or_row_shows_the_address(
    figure: Any, caplog: pytest.LogCaptureFixture
) -> None:
    world = make_world()
    choose(world.report, "every", ADDRESS, remind=True)
    deliver()
    confirm()
    ask(world.report, world.people["volunteer"])
    tell_all([world.report], world.people["volunteer"], UpdateKind.RESULT)
    deliver()
    deliver(hours=2)
    assert len(letters()) >= 2
    seen = n_pages = 0

    # Of this room only: of each page test_urls.py asks it, of an address as it is left.
    client: Any = world.client("coordinator")
    for name in [
        name
        for name, rule in MATRIX.items()
        if name.startswith("reports:")
        and rule.is_work
        and rule.by_visitor["coordinator"] in {OK, POST_ONLY}
    ]:
        for method in (client.get, client.post):
            page = b"".join(method(world.path(name)))
            n_pages += 1
            seen += "kanarievogel" in page.decode(errors="replace").lower()
    Client().post(world.path("reports:code"), {"code": world.code})

    assert seen == 0
    assert "kanarievogel" not in repr(dump()).lower()
    assert "kanarievogel" not in caplog.text.lower()
    assert not any(
        "kanarievogel" in repr(event.facts) for event in AuditEvent.objects.all()
    )
    staff = [letter for letter in mail.outbox if letter.to != [ADDRESS]]
    assert not any("kanarievogel" in str(letter.message()).lower() for letter in staff)
    figure(f"{n_pages} pages, a dump, the log and {len(staff)} letters without it")
