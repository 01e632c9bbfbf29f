"""The log tells who did what, and shows every hand that was on it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from achterban.core.audit.actions import (
    ANCHOR,
    Act,
    anchor_head,
    anonymous_act,
    append,
    cut,
    over_time,
    read_anchor,
    receive_anonymous_act,
    record,
    verify,
)
from achterban.core.audit.models import AuditEvent, AuditHead
from achterban.core.database.tests.disk import together
from achterban.core.outbox.actions import deliver_due, emit
from achterban.core.outbox.models import OutboxRow
from achterban.core.vault.keyring import new_key_ring, store_key_ring
from achterban.core.vault.models import DataKey

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]
committed = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 11, 24, 14, 3, 9, 123456, tzinfo=UTC)
DAY = AT.date()


@pytest.fixture(autouse=True)
def _anchor_at_once(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anchor where a commit would be: most tests run in one transaction."""
    mark = request.node.get_closest_marker("django_db")
    if not mark.kwargs.get("transaction"):
        monkeypatch.setattr(
            transaction, "on_commit", lambda function, robust: function()
        )


def act(number: int = 0, **facts: Any) -> Act:
    return Act("a.thing.changed", f"a.thing:{number}", 7, 1, AT, facts)


def log_of(n: int) -> None:
    """Make a log of ``n`` events, with an anchor at its end."""
    for number in range(1, n + 1):
        append(act(number, step=number))


def copy_of_the_log() -> tuple[list[AuditEvent], tuple[int, bytes]]:
    head = AuditHead.objects.get()
    return list(AuditEvent.objects.all()), (head.seq, bytes(head.digest))


def put_log_back(events: list[AuditEvent], head: tuple[int, bytes]) -> None:
    """Do what somebody with the database but without the keys can do."""
    AuditEvent.objects.all().delete()
    AuditEvent.objects.bulk_create(events)
    AuditHead.objects.update(seq=head[0], digest=head[1])


def test_an_event_has_all_that_nen_7513_asks() -> None:
    key = DataKey.fresh()
    record("vault.key.seen", key, by=7, responsible=3, at=AT, reason="R1")
    event = AuditEvent.objects.get()
    assert (event.kind, event.at, event.label, event.actor, event.responsible) == (
        "vault.key.seen",
        AT,
        f"vault.datakey:{key.pk}",
        7,
        3,
    )
    assert event.facts == {"reason": "R1"}


def test_events_stand_in_order_without_gaps() -> None:
    append(act(1), act(2))
    append(act(3))
    assert list(AuditEvent.objects.values_list("seq", "label")) == [
        (1, "a.thing:1"),
        (2, "a.thing:2"),
        (3, "a.thing:3"),
    ]


def test_what_happened_to_one_thing_is_found_oldest_first() -> None:
    append(act(1, n=1), act(2), act(1, n=2))
    assert [e.facts for e in AuditEvent.objects.all().about("a.thing:1")] == [
        {"n": 1},
        {"n": 2},
    ]


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"codes": ["a", "b"], "when": "2026-11-24T10:00:00+01:00"},
        {"n": 2**62, "yes": True, "nothing": None},
        {"b": 1, "a": 2},
        {"name": "é"},
    ],
)
def test_an_untouched_log_is_whole(facts: dict[str, Any]) -> None:
    append(act(1, **facts), act(2))
    append(act(3))
    assert list(verify()) == []


def test_an_empty_log_is_whole() -> None:
    assert list(verify()) == []


@committed
def test_an_act_that_was_taken_back_leaves_nothing() -> None:
    log_of(1)
    with transaction.atomic():
        append(act(2))
        transaction.set_rollback(True)
    append(act(3))
    assert list(AuditEvent.objects.values_list("label", flat=True)) == [
        "a.thing:1",
        "a.thing:3",
    ]
    assert list(verify()) == []


CHANGES: dict[str, Any] = {
    "kind": "a.thing.seen",
    "at": AT + timedelta(microseconds=1),
    "label": "a.thing:9",
    "actor": 8,
    "responsible": 2,
    "facts": {"step": 9},
    "digest": b"\x00" * 32,
}


def test_every_column_is_under_the_seal() -> None:
    columns = {field.name for field in AuditEvent._meta.local_concrete_fields}
    assert columns == {*CHANGES, "seq"}


@pytest.mark.parametrize("column", CHANGES)
def test_an_edited_row_is_found_and_named(column: str) -> None:
    log_of(5)
    AuditEvent.objects.filter(seq=3).update(**{column: CHANGES[column]})
    assert any("Regel 3 " in line for line in verify())


def test_a_deleted_row_is_found_and_named() -> None:
    log_of(5)
    AuditEvent.objects.filter(seq=3).delete()
    assert "Regel 3 ontbreekt; na 2 komt 4." in list(verify())


def test_a_deleted_row_is_found_when_the_rest_moves_up() -> None:
    log_of(5)
    AuditEvent.objects.filter(seq=3).delete()
    for seq in (4, 5):
        AuditEvent.objects.filter(seq=seq).update(seq=seq - 1)
    assert any("Regel 3 " in line for line in verify())


def test_two_rows_that_changed_places_are_found_and_named() -> None:
    log_of(5)
    AuditEvent.objects.filter(seq=2).update(seq=99)
    AuditEvent.objects.filter(seq=3).update(seq=2)
    AuditEvent.objects.filter(seq=99).update(seq=3)
    wrong = list(verify())
    assert any("Regel 2 " in line for line in wrong)
    assert any("Regel 3 " in line for line in wrong)


def test_a_row_that_was_slipped_in_is_found_and_named() -> None:
    log_of(3)
    last = AuditEvent.objects.get(seq=3)
    AuditEvent.objects.create(
        seq=4,
        kind="a.thing.seen",
        at=AT,
        label="a.thing:1",
        actor=1,
        responsible=1,
        digest=last.digest,
    )
    assert any("Regel 4 " in line for line in verify())


def test_a_cut_tail_is_found_and_named() -> None:
    log_of(5)
    AuditEvent.objects.filter(seq__gt=3).delete()
    assert any(line.startswith("Na regel 3 ") for line in verify())


def test_a_cut_tail_is_found_when_the_head_was_moved_too() -> None:
    log_of(3)
    events, head = copy_of_the_log()
    log_of(2)
    put_log_back(events, head)
    (wrong,) = verify()
    assert "Na regel 3 " in wrong
    assert "regel 5" in wrong


def test_a_log_that_was_emptied_is_found() -> None:
    log_of(2)
    AuditEvent.objects.all().delete()
    AuditHead.objects.all().delete()
    assert any("Na regel 0 " in line for line in verify())


def test_a_log_that_was_put_back_stays_found_when_it_grows_past_the_anchor() -> None:
    log_of(3)
    events, head = copy_of_the_log()
    append(act(4, secret="look"), act(5))
    put_log_back(events, head)
    assert list(verify())
    for number in range(4, 9):
        append(act(number, step=number))
        wrong = list(verify())
        assert wrong, f"forgotten at {number}"
    assert wrong == ["Regel 5 is een andere dan buiten de map is vastgelegd."]
    assert read_anchor()["seq"] == 5


def test_rows_of_two_histories_cannot_be_mixed() -> None:
    log_of(3)
    events, head = copy_of_the_log()
    append(act(4, told="first"), act(5))
    (of_before,) = AuditEvent.objects.filter(seq=4)
    put_log_back(events, head)
    anchor_head(note="teruggezet")
    append(act(4, told="second"), act(5))
    assert list(verify()) == []
    of_before.save()  # sealed by us, in its place, but of the other history
    assert list(verify()) == ["Regel 5 is veranderd, of de regel ervoor."]


FIVE_YEARS = timedelta(days=1826)


def old_and_new(n_old: int = 3, n_new: int = 2) -> None:
    """Make a log of events of two moments, a year apart."""
    append(*(act(number) for number in range(n_old)))
    later = AT + timedelta(days=365)
    append(*(replace(act(number), at=later) for number in range(n_new)))


def test_a_line_is_kept_for_five_years_and_not_longer() -> None:
    old_and_new()
    last_day = (AT + FIVE_YEARS).date()
    assert (over_time(last_day).count(), cut(last_day)) == (0, 0)
    gone = last_day + timedelta(days=1)
    assert (over_time(gone).count(), cut(gone), cut(gone)) == (3, 3, 0)
    assert list(AuditEvent.objects.values_list("seq", "kind")) == [
        (4, "a.thing.changed"),
        (5, "a.thing.changed"),
        (6, "audit.log.cut"),
    ]
    assert list(verify()) == []
    append(act(9))
    assert list(verify()) == []


def test_a_cut_takes_more_than_one_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("achterban.core.audit.actions.CHUNK", 2)
    old_and_new(n_old=5)
    gone = (AT + FIVE_YEARS).date() + timedelta(days=1)
    assert [cut(gone) for _ in range(4)] == [2, 2, 1, 0]
    assert list(verify()) == []


def test_an_old_line_behind_a_new_one_waits_and_the_last_one_stays() -> None:
    append(replace(act(1), at=AT + timedelta(days=365)), act(2))
    assert cut((AT + FIVE_YEARS).date() + timedelta(days=1)) == 0
    assert cut((AT + 2 * FIVE_YEARS).date()) == 1
    assert AuditEvent.objects.filter(seq=2).exists()
    assert list(verify()) == []


def test_a_beginning_that_somebody_else_took_off_is_found() -> None:
    log_of(5)
    gone = AuditEvent.objects.get(seq=2)
    AuditEvent.objects.filter(seq__lte=2).delete()
    assert next(verify()) == "Regel 1 ontbreekt; na 0 komt 3."
    AuditHead.objects.update(cut_seq=2, cut_digest=gone.digest)
    assert list(verify()) == [
        "Het begin van het logboek, na regel 2, is niet door ons gemaakt."
    ]


def test_a_line_that_was_let_go_cannot_come_back() -> None:
    old_and_new()
    first = AuditEvent.objects.get(seq=1)
    cut((AT + FIVE_YEARS).date() + timedelta(days=1))
    first.save(force_insert=True)
    assert any("Regel 4 ontbreekt" in wrong for wrong in verify())


def test_somebody_without_the_key_cannot_make_a_new_chain(
    tmp_path: Path, settings: Any
) -> None:
    log_of(2)
    ours = settings.KEYS
    AuditEvent.objects.all().delete()
    AuditHead.objects.all().delete()
    store_key_ring(tmp_path / "theirs", new_key_ring())
    settings.KEYS = tmp_path / "theirs"
    log_of(2)
    settings.KEYS = ours
    assert any("Regel 1 " in line for line in verify())


def test_the_anchor_stands_outside_the_data_folder(own_keys: Path) -> None:
    log_of(2)
    assert not own_keys.is_relative_to(settings.DATA)
    content = json.loads((own_keys / ANCHOR).read_text())
    head = AuditHead.objects.get()
    assert (content["seq"], content["digest"]) == (2, bytes(head.digest).hex())


def test_a_missing_anchor_is_told(own_keys: Path) -> None:
    log_of(1)
    (own_keys / ANCHOR).unlink()
    assert list(verify()) == [
        "Het anker buiten de gegevensmap ontbreekt (audit.anchor)."
    ]


def test_a_restore_moves_the_anchor_back_and_says_so() -> None:
    log_of(3)
    events, head = copy_of_the_log()
    log_of(2)
    put_log_back(events, head)
    anchor_head(note="teruggezet 2026-11-24")
    assert list(verify()) == []
    assert read_anchor()["notes"] == ["teruggezet 2026-11-24"]
    append(act(9))
    assert read_anchor()["seq"] == 4
    assert read_anchor()["notes"] == ["teruggezet 2026-11-24"]


def test_a_restore_to_before_the_first_event_is_whole_and_goes_on() -> None:
    log_of(2)
    AuditEvent.objects.all().delete()
    AuditHead.objects.all().delete()
    anchor_head(note="teruggezet 2026-11-24")
    assert list(verify()) == []
    log_of(2)
    assert list(verify()) == []
    assert read_anchor()["seq"] == 2


@pytest.mark.parametrize(
    "fact",
    [
        "het gaat slecht met mij",
        "jan@voorbeeld.nl",
        "regel\r\nAudit: ok",
        "regel\n",
        "tab\there",
        "a" * 81,
        "<script>",
        {"nested": "a"},
        [["deep"]],
        ["goed", "niet goed"],
    ],
)
def test_words_are_refused_as_facts(fact: object) -> None:
    with pytest.raises(ValueError, match="ids, codes and dates only"):
        append(act(1, fact=fact))
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        Act("a thing", "a.thing:1", 1, 1, AT, {}),
        Act("a.thing.seen", "a.thing:1\r\nb", 1, 1, AT, {}),
        Act("a.thing.seen", "a.thing:1", 1, 1, AT, {"a key": 1}),
    ],
)
def test_words_are_refused_in_names_too(wrong: Act) -> None:
    with pytest.raises(ValueError, match="ids, codes and dates only"):
        append(wrong)


def test_the_refusal_does_not_repeat_the_words() -> None:
    with pytest.raises(ValueError, match="only") as caught:
        append(act(1, fact="mijn geheim verhaal"))
    assert "geheim" not in str(caught.value)


@pytest.fixture
def anonymous() -> Callable[[int], list[DataKey]]:
    """Do something anonymous, to so many things."""

    def do(n: int) -> list[DataKey]:
        things = [DataKey.fresh() for _ in range(n)]
        emit(
            *(anonymous_act("a.b.sent", t, responsible=3, on=DAY) for t in things),
            on=DAY,
        )
        return things

    return do


def deliver(days: int) -> int:
    return deliver_due(at=AT + timedelta(days=days), on=DAY + timedelta(days=days))


def test_an_anonymous_act_reaches_the_log_on_a_later_day(
    anonymous: Callable[[int], list[DataKey]],
) -> None:
    (thing,) = anonymous(1)
    assert deliver(days=0) == 0
    assert not AuditEvent.objects.exists()
    assert deliver(days=1) == 1
    event = AuditEvent.objects.get()
    assert (event.kind, event.label, event.actor, event.responsible) == (
        "a.b.sent",
        f"vault.datakey:{thing.pk}",
        0,
        3,
    )
    assert event.at == datetime(2026, 11, 24, tzinfo=UTC)


def test_nothing_anonymous_keeps_a_time_of_day(
    anonymous: Callable[[int], list[DataKey]],
) -> None:
    anonymous(1)
    row = OutboxRow.objects.get()
    assert row.payload["on"] == "2026-11-24"
    assert (row.due_on, row.retry_at, row.leased_until) == (
        date(2026, 11, 25),
        None,
        None,
    )


def test_anonymous_acts_stand_in_the_log_in_no_order(
    anonymous: Callable[[int], list[DataKey]],
) -> None:
    labels = [f"vault.datakey:{thing.pk}" for thing in anonymous(12)]
    deliver(days=1)
    logged = list(AuditEvent.objects.values_list("label", flat=True))
    assert sorted(logged) == sorted(labels)
    assert logged != labels  # by chance once in 479 million
    assert logged != sorted(labels)


def test_an_anonymous_act_delivered_twice_is_in_the_log_once(
    anonymous: Callable[[int], list[DataKey]],
) -> None:
    anonymous(1)
    row = OutboxRow.objects.get()
    deliver(days=1)
    row.save(force_insert=True)  # the crash was before the row was removed
    deliver(days=2)
    assert AuditEvent.objects.count() == 1
    assert not OutboxRow.objects.exists()


def test_two_anonymous_acts_on_one_thing_are_both_in_the_log() -> None:
    thing = DataKey.fresh()
    for kind in ("a.b.sent", "a.b.withdrawn", "a.b.withdrawn"):
        emit(anonymous_act(kind, thing, responsible=3, on=DAY), on=DAY)
    deliver(days=1)
    assert AuditEvent.objects.count() == 3


@committed
@pytest.mark.slow
@pytest.mark.usefixtures("on_disk")
def test_writers_at_once_make_one_chain(own_keys: Path) -> None:
    def write() -> None:
        for number in range(15):
            append(act(number))

    assert together(write, write, write) == []
    assert AuditEvent.objects.count() == 45
    assert list(verify()) == []
    assert read_anchor()["seq"] == 45


@committed
@pytest.mark.usefixtures("on_disk")
def test_two_deliveries_at_once_are_in_the_log_once(own_keys: Path) -> None:
    payload = anonymous_act("a.b.sent", DataKey.fresh(), responsible=3, on=DAY).payload

    def deliver_it() -> None:
        receive_anonymous_act(payload, 12345)

    assert together(*[deliver_it] * 6) == []
    assert AuditEvent.objects.count() == 1
