"""A backup that is late or bad is told to who can mend it, once a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from pytest_django import Settings

from achterban.core.accounts.models import Role
from achterban.core.accounts.tests.factories import member
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.outbox.actions import deliver_due
from achterban.core.upkeep import round as daily
from achterban.core.upkeep import watch

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("own_keys"),
]
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = AT + watch.LATE + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> Path:
    """A data folder in which nothing was made yet."""
    settings.DATA = tmp_path
    return tmp_path


def letters(at: datetime) -> list[str]:
    """Look once; return to whom letters left."""
    mail.outbox.clear()
    watch.warn(at=at, on=at.date())
    deliver_due(at=at, on=at.date())
    return [letter.to[0] for letter in mail.outbox]


def test_before_the_first_start_and_within_26_hours_nothing_is_wrong() -> None:
    assert watch.finding(at=AT) is None
    watch.begin(at=AT)
    assert watch.finding(at=AT + watch.LATE) is None
    watch.begin(at=LATER)
    assert "nog nooit" in str(watch.finding(at=LATER))


def test_administrators_hear_once_a_day_that_no_backup_was_made() -> None:
    organisation = OrganisationFactory.create()
    administrator = member(organisation, Role.ADMINISTRATOR)
    member(organisation, Role.COORDINATOR)
    watch.begin(at=AT)
    assert letters(AT) == []

    assert letters(LATER) == [administrator.email]
    assert "nooit" in mail.outbox[0].body
    assert letters(LATER + timedelta(minutes=5)) == []
    assert letters(LATER + timedelta(days=1)) == [administrator.email]


def test_a_backup_that_was_read_back_starts_the_count_again(folder: Path) -> None:
    member(OrganisationFactory.create(), Role.ADMINISTRATOR)
    watch.begin(at=AT - timedelta(days=9))
    watch.note_backup(folder / "kopie", at=AT)

    assert letters(AT + watch.LATE) == []
    assert letters(LATER) != []
    assert watch.finding(at=LATER) == "de laatste is van 26 uur geleden"


def test_one_flipped_bit_is_found_at_night_and_told_at_once(folder: Path) -> None:
    member(OrganisationFactory.create(), Role.ADMINISTRATOR)
    copy = folder / "kopie"
    call_command("backup", str(copy))
    daily.daily_round(AT.date())
    assert watch.finding(at=AT) is None

    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 1
    copy.write_bytes(content)
    daily.daily_round(AT.date())

    assert "beschadigd" in str(watch.finding(at=AT))
    assert letters(AT) != []
    copy.unlink()
    call_command("backup", str(copy))
    assert watch.finding(at=AT) is None


@pytest.mark.wide
def test_an_older_copy_that_is_bad_says_nothing_of_the_newest(folder: Path) -> None:
    call_command("backup", str(folder / "kopie"))
    (folder / "oud").write_bytes(b"")
    with pytest.raises(CommandError):
        call_command("backup", str(folder / "oud"), verify=True)
    assert watch.finding(at=AT) is None


@pytest.mark.wide
def test_a_copy_that_was_taken_away_is_no_alarm(folder: Path) -> None:
    call_command("backup", str(folder / "kopie"))
    (folder / "kopie").unlink()
    watch.look_again(at=AT)
    assert watch.finding(at=AT) is None


@pytest.mark.parametrize("rubbish", ["", "{", '{"other": 1}', "[]"])
def test_a_note_cut_short_is_made_anew(folder: Path, rubbish: str) -> None:
    (folder / "backup.json").write_text(rubbish)
    watch.begin(at=AT)
    assert watch.finding(at=AT) is None
    assert watch.finding(at=LATER) is not None
