"""Keys that tell nothing, and rows that are stored as the ORM would."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from achterban.core.database.fields import RandomKey, random_key
from achterban.core.database.rows import insert, insert_many, ready
from achterban.core.outbox.models import OutboxRow
from achterban.core.vault.models import DataKey

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)


def raw(row: OutboxRow | DataKey) -> tuple[Any, ...]:
    """Return what stands in the database, without the key."""
    fields = [f.attname for f in row._meta.local_concrete_fields if not f.primary_key]
    found = type(row)._default_manager.values_list(*fields).get(pk=row.pk)
    return tuple(bytes(v) if isinstance(v, memoryview) else v for v in found)


def test_a_key_has_63_random_bits() -> None:
    keys = [random_key() for _ in range(2000)]
    assert len(set(keys)) == len(keys)
    assert all(0 < key < 2**63 for key in keys)
    for bit in range(63):
        share = sum(key >> bit & 1 for key in keys) / len(keys)
        assert 0.4 < share < 0.6, f"bit {bit} is one in {share:.0%}"


def test_a_new_row_has_its_key_before_it_is_stored() -> None:
    assert OutboxRow(kind="a.b", payload={}, due_on=DAY).pk > 0


@pytest.mark.skipif(connection.vendor != "sqlite", reason="row ids are of SQLite")
@pytest.mark.parametrize("model", [OutboxRow, DataKey])
def test_the_key_is_the_row_id_so_that_no_other_one_counts(
    model: type[OutboxRow] | type[DataKey],
) -> None:
    assert isinstance(model._meta.pk, RandomKey)
    row = model(kind="a.b", payload={}, due_on=DAY) if model is OutboxRow else model()
    if isinstance(row, DataKey):
        row = DataKey.fresh()
    row.save(force_insert=True)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT rowid, id FROM {model._meta.db_table}")
        assert cursor.fetchall() == [(row.pk, row.pk)]


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": "a.b", "payload": {"words": "één «twee»", "n": 3, "no": None}},
        {"kind": "a.b", "payload": {}, "dedupe": "once", "attempts": 4},
    ],
)
def test_insert_stores_what_save_would(facts: dict[str, Any]) -> None:
    ours = OutboxRow(due_on=DAY, **facts)
    assert insert(ours)
    stored = raw(ours)
    ours.delete()
    saved = OutboxRow(due_on=DAY, **facts)
    saved.save(force_insert=True)
    assert stored == raw(saved)


def test_insert_stores_bytes_as_save_would() -> None:
    key = DataKey.fresh()
    insert(key)
    assert raw(key) == (key.master, key.wrapped, None)
    assert DataKey.objects.get(pk=key.pk).open() == key.open()


def test_an_inserted_row_is_changed_by_a_later_save() -> None:
    row = OutboxRow(kind="a.b", payload={}, due_on=DAY)
    insert(row)
    row.kind = "a.c"
    row.save()
    assert list(OutboxRow.objects.values_list("kind", flat=True)) == ["a.c"]


def test_insert_unless_there_says_whether_it_stored() -> None:
    first = OutboxRow(kind="a.b", payload={}, due_on=DAY, dedupe="once")
    second = OutboxRow(kind="a.c", payload={}, due_on=DAY, dedupe="once")
    assert insert(first, unless_there=True) is True
    assert insert(second, unless_there=True) is False
    assert second._state.adding
    assert OutboxRow.objects.get().kind == "a.b"


def test_insert_refuses_a_second_row_otherwise() -> None:
    insert(OutboxRow(kind="a.b", payload={}, due_on=DAY, dedupe="once"))
    with pytest.raises(IntegrityError):
        insert(OutboxRow(kind="a.c", payload={}, due_on=DAY, dedupe="once"))


def test_what_is_inserted_is_seen_by_who_counts_and_by_who_listens(
    django_assert_num_queries: Any,
) -> None:
    with django_assert_num_queries(1) as seen:
        insert(OutboxRow(kind="a.b", payload={}, due_on=DAY))
    assert "a.b" in seen.captured_queries[0]["sql"]

    heard: list[str] = []

    def listen(execute: Any, sql: str, *rest: Any) -> Any:
        heard.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(listen):
        insert(OutboxRow(kind="a.c", payload={}, due_on=DAY))
    assert len(heard) == 1


def test_nothing_is_inserted_into_a_transaction_that_failed() -> None:
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            insert(OutboxRow(kind="a.b", payload={}, due_on=DAY))


def test_many_rows_stand_there_as_each_by_itself() -> None:
    facts: dict[str, Any] = {"payload": {"words": "één\t«twee»\\", "no": None}}
    one = OutboxRow(kind="a.b", due_on=DAY, **facts)
    more = [OutboxRow(kind="a.b", due_on=DAY, **facts) for _ in range(3)]
    keys = [DataKey.fresh() for _ in range(2)]
    insert(one)

    insert_many([*map(ready, more), *map(ready, keys)])

    assert [raw(row) for row in more] == [raw(one)] * 3
    assert [raw(key) for key in keys] == [(it.master, it.wrapped, None) for it in keys]
    more[0].kind = "a.c"
    more[0].save()
    assert OutboxRow.objects.filter(kind="a.c").count() == 1


def test_many_rows_are_stored_whole_or_not_at_all() -> None:
    rows = [OutboxRow(kind="a.b", payload={}, due_on=DAY, dedupe="x") for _ in "ab"]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_many(map(ready, rows))
    assert not OutboxRow.objects.exists()
