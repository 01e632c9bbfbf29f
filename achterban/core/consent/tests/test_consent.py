"""A yes can be proven, for one purpose, and goes when the words go."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from achterban.core.consent import actions
from achterban.core.consent.actions import (
    TAKEN_BACK,
    ready_consent,
    replay_withdrawals,
    take_back,
)
from achterban.core.consent.models import Audience, Consent, ConsentText, Purpose
from achterban.core.outbox.actions import deliver_due
from achterban.core.outbox.models import OutboxRow
from achterban.core.vault.actions import destroy_keys
from achterban.core.vault.models import DataKey

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
WORDING = "Ik geef toestemming: lees dit en tel het mee. “Verstuur”"


@pytest.fixture(autouse=True)
def _no_text_remembered() -> None:
    actions._known_texts.clear()


def key() -> DataKey:
    fresh = DataKey.fresh()
    fresh.save(force_insert=True)
    return fresh


def yes(to: DataKey | None = None, wording: str = WORDING, language: str = "nl") -> int:
    consent = ready_consent(
        to or key(),
        Purpose.COUNT,
        wording=wording,
        language=language,
        audience=Audience.READERS,
        on=DAY,
    )
    assert consent.insert()
    assert isinstance(consent.row.pk, int)
    return consent.row.pk


def test_the_proof_is_complete() -> None:
    words = key()
    consent = Consent.objects.select_related("text").get(pk=yes(words))
    assert consent.key_id == words.pk
    assert consent.text.wording == WORDING
    assert consent.text.language == "nl"
    assert consent.text.purpose == Purpose.COUNT
    assert consent.audience == Audience.READERS
    assert consent.given_on == DAY
    assert (consent.ends_on, consent.withdrawn_on) == (None, None)


def test_of_when_it_was_given_the_day_is_kept_and_no_more() -> None:
    kinds = {f.name: f.get_internal_type() for f in Consent._meta.local_concrete_fields}
    assert "DateTimeField" not in kinds.values()
    assert kinds["given_on"] == "DateField"


def test_the_same_words_are_stored_once() -> None:
    for _ in range(3):
        yes()
    assert ConsentText.objects.count() == 1
    assert Consent.objects.count() == 3


@pytest.mark.parametrize(
    ("wording", "language"), [(WORDING + ".", "nl"), (WORDING, "en"), ("", "nl")]
)
def test_other_words_are_other_words(wording: str, language: str) -> None:
    yes()
    yes(wording=wording, language=language)
    assert ConsentText.objects.count() == 2


def test_words_cannot_be_moved_between_language_and_wording() -> None:
    yes(wording="b", language="a")
    yes(wording="", language="ab")
    assert ConsentText.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_words_of_a_transaction_that_was_taken_back_are_stored_again() -> None:
    with transaction.atomic():
        yes()
        transaction.set_rollback(True)
    pk = yes()
    assert Consent.objects.get(pk=pk).text.wording == WORDING
    actions._known_texts.clear()


def test_a_consent_cannot_end_before_it_was_given() -> None:
    pk = yes()
    with (
        pytest.raises(IntegrityError, match="consent_ends_after_it_was_given"),
        transaction.atomic(),
    ):
        Consent.objects.filter(pk=pk).update(ends_on=DAY - timedelta(days=1))
    Consent.objects.filter(pk=pk).update(ends_on=DAY)


def test_what_was_agreed_to_cannot_be_removed_from_under_a_consent() -> None:
    yes()
    with pytest.raises(Exception, match="protected"):
        ConsentText.objects.get().delete()


@pytest.mark.parametrize(
    ("facts", "holds"),
    [
        ({}, True),
        ({"ends_on": DAY}, True),
        ({"ends_on": DAY + timedelta(days=1)}, True),
        ({"withdrawn_on": DAY}, False),
        ({"withdrawn_on": DAY, "ends_on": DAY + timedelta(days=9)}, False),
    ],
)
def test_a_consent_is_in_force_until_it_ends_or_is_withdrawn(
    facts: dict[str, date], holds: bool
) -> None:
    pk = yes()
    Consent.objects.filter(pk=pk).update(**facts)
    assert Consent.objects.all().in_force(on=DAY).exists() is holds


def test_a_consent_that_has_ended_is_not_in_force() -> None:
    pk = yes()
    Consent.objects.filter(pk=pk).update(ends_on=DAY)
    assert not Consent.objects.all().in_force(on=DAY + timedelta(days=1)).exists()


def test_the_proof_is_forgotten_with_the_words() -> None:
    gone, stays = key(), key()
    yes(gone)
    yes(gone)
    kept = yes(stays)
    destroy_keys([gone.pk], on=DAY)
    assert Consent.objects.count() == 3
    assert deliver_due(at=NOON, on=DAY) == 1
    assert list(Consent.objects.values_list("pk", flat=True)) == [kept]
    assert not OutboxRow.objects.exists()


def test_forgetting_twice_does_nothing_more() -> None:
    gone = key()
    yes(gone)
    for _ in range(2):
        actions.forget_consents({"key": gone.pk}, 1)
    assert not Consent.objects.exists()


def test_the_ledger_is_written_before_the_yes_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    consent = Consent.objects.get(pk=yes())
    seen: list[bool] = []

    def look(folder: Path, consent_id: int, *, on: date) -> None:
        held = Consent.objects.in_force(on=on)
        seen.append(held.filter(pk=consent_id).exists())

    monkeypatch.setattr(actions, "record_withdrawal", look)
    take_back(consent, on=DAY)
    assert seen == [True]
    assert not Consent.objects.in_force(on=DAY).exists()


def test_a_yes_that_was_taken_back_is_taken_back_again_after_a_restore(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(actions, "CHUNK", 2)
    gone, stays = [Consent.objects.get(pk=yes()) for _ in range(3)], yes()
    for consent in gone:
        take_back(consent, on=DAY)
    Consent.objects.update(withdrawn_on=None)  # as an older backup has it

    later = DAY + timedelta(days=9)
    assert [replay_withdrawals(on=later) for _ in range(2)] == [3, 0]

    held = Consent.objects.in_force(on=later)
    assert [consent.pk for consent in held] == [stays]
    assert set(Consent.objects.values_list("withdrawn_on", flat=True)) == {DAY, None}
    news = OutboxRow.objects.filter(kind=TAKEN_BACK)
    assert {row.payload["consent"] for row in news} == {one.pk for one in gone}
