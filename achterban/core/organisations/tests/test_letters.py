"""Letters: neutral outside, sealed while they wait, lost never."""

from __future__ import annotations

import json
import re
import smtplib
import stat
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage as Received
from pathlib import Path

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from pytest_django import Settings

from achterban.core.organisations.mail import Letter, queue_letters, write_letter
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.outbox.actions import deliver_due
from achterban.core.outbox.models import OutboxRow

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
AT = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
DAY = AT.date()
TO = "els@voorbeeld.test"
LETTER = Letter(TO, "Er is bericht", "Kijk op de site.\n", "Team")


class Down(BaseEmailBackend):
    """A mail server that cannot be reached."""

    tried = 0

    def send_messages(self, email_messages: object) -> int:
        Down.tried += 1
        raise smtplib.SMTPServerDisconnected("down")


class Forgetful(BaseEmailBackend):
    """A mail server that takes a letter, and whose answer is lost."""

    taken: list[EmailMessage] = []

    def send_messages(self, email_messages: object) -> int:
        assert isinstance(email_messages, list)
        Forgetful.taken += email_messages
        raise smtplib.SMTPServerDisconnected("lost")


def deliver(minutes: int = 0) -> int:
    at = AT + timedelta(minutes=minutes)
    return deliver_due(at=at, on=at.date())


def as_sent(message: EmailMessage) -> Received:
    received = message_from_bytes(message.message().as_bytes(), policy=policy.default)
    assert isinstance(received, Received)
    return received


def written_by(organisation: Organisation | None, subject: str = "Bericht") -> Letter:
    letter = write_letter(TO, "reports/mail/new.txt", {"address": "x"}, organisation)
    return Letter(letter.to, subject, letter.body, letter.sender)


def test_a_letter_leaves_through_the_outbox() -> None:
    queue_letters(LETTER, on=DAY)
    assert mail.outbox == []
    assert deliver() == 1
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (
        ["els@voorbeeld.test"],
        "Er is bericht",
        "Kijk op de site.\n",
    )
    assert as_sent(sent)["Auto-Submitted"] == "auto-generated"


def test_a_letter_is_sealed_while_it_waits() -> None:
    queue_letters(LETTER, on=DAY)
    waiting = json.dumps(list(OutboxRow.objects.values("payload", "dedupe", "kind")))
    for word in ("els", "voorbeeld", "bericht", "Kijk", "Team"):
        assert word not in waiting


def test_a_letter_to_nobody_goes_nowhere() -> None:
    queue_letters(Letter("", "a", "b", "c"), on=DAY)
    assert deliver() == 1
    assert mail.outbox == []


def test_while_a_letter_waits_no_second_one_is_written() -> None:
    queue_letters(LETTER, on=DAY, dedupe="news:1")
    queue_letters(LETTER, on=DAY, dedupe="news:1")
    assert deliver() == 1


@pytest.mark.wide
def test_a_mail_server_that_is_down_a_day_loses_nothing_and_gives_no_storm(
    settings: Settings,
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    Down.tried = 0
    queue_letters(*[LETTER] * 5, on=DAY)
    tries = []
    for minute in range(24 * 60):
        before = Down.tried
        deliver(minute)
        tries.append(Down.tried - before)
    assert max(tries) <= 5, "each letter at most once a minute"
    assert sum(tries) <= 5 * (6 + 24)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert deliver(25 * 60) == 5
    assert len(mail.outbox) == 5


def test_a_letter_that_leaves_twice_has_one_message_id(settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Forgetful"
    Forgetful.taken.clear()
    queue_letters(LETTER, on=DAY)
    deliver()
    deliver(minutes=5)
    first, second = (as_sent(message)["Message-ID"] for message in Forgetful.taken)
    assert first == second
    assert re.fullmatch(r"<\d+@localhost>", first)


def test_two_letters_have_two_message_ids() -> None:
    queue_letters(LETTER, LETTER, on=DAY)
    deliver()
    assert len({as_sent(message)["Message-ID"] for message in mail.outbox}) == 2


def test_the_sender_is_the_neutral_name_of_the_organisation() -> None:
    organisation = OrganisationFactory.create(mail_name="Team Luisteren")
    queue_letters(written_by(organisation), on=DAY)
    deliver()
    received = as_sent(mail.outbox[0])
    assert received["From"] == "Team Luisteren <post@localhost>"
    assert organisation.name not in str(received)


def test_the_installation_itself_has_a_name_too() -> None:
    assert written_by(None).sender == "Achterban"


@pytest.mark.parametrize(
    "name",
    [
        'Team"\r\nBcc: evil@example.com',
        "Team\nSubject: gewonnen",
        'x" <evil@example.com>, "y',
        'back\\slash"',
    ],
)
def test_a_name_cannot_add_a_header_or_an_address(name: str) -> None:
    organisation = OrganisationFactory.create(mail_name=name)
    queue_letters(written_by(organisation), on=DAY)
    assert deliver() == 1
    received = as_sent(mail.outbox[0])
    assert received["Bcc"] is None
    assert received["Subject"] == "Bericht"
    (sender,) = received["From"].addresses
    assert sender.addr_spec == "post@localhost"


def test_the_subject_is_one_line() -> None:
    letter = write_letter(TO, "reports/mail/new.txt", {"address": "x"}, None)
    assert "\n" not in letter.subject
    assert letter.body.endswith("\n")


def test_without_a_mail_server_letters_are_files_of_the_owner_only(
    tmp_path: Path, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "achterban.core.outbox.files.FileBackend"
    settings.MAIL_FOLDER = tmp_path / "mail"
    queue_letters(LETTER, on=DAY)
    row_id = OutboxRow.objects.get().pk
    deliver()
    (path,) = settings.MAIL_FOLDER.iterdir()
    assert path.name == f"{row_id}.eml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.MAIL_FOLDER.stat().st_mode) == 0o700
    received = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert received["To"] == "els@voorbeeld.test"
    assert received["Subject"] == "Er is bericht"


def test_a_letter_written_twice_is_one_file(tmp_path: Path, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "achterban.core.outbox.files.FileBackend"
    settings.MAIL_FOLDER = tmp_path / "mail"
    queue_letters(LETTER, on=DAY)
    row = OutboxRow.objects.get()
    deliver()
    row.save(force_insert=True)
    deliver()
    assert len(list(settings.MAIL_FOLDER.iterdir())) == 1
