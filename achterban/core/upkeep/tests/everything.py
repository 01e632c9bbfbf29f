"""A row in every table, and all that stands in a database."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from typing import Any

from django.apps import apps
from django.db import models

from achterban.core.audit.actions import Act, append
from achterban.core.upkeep.backup import _stored_models
from achterban.core.vault.actions import named_key
from achterban.core.vault.models import DataKey

Dump = dict[str, list[tuple[Any, ...]]]
AT = datetime(2026, 11, 24, 14, 3, 9, 123456, tzinfo=UTC)
WORDS = "één “twee”\n\t\\ 'drie' \U0001f9d1"
# What a row with all the rest may not have: a citation is of one thing, and who asked
# for a figure did not release it.
NOT_BOTH: dict[str, dict[str, Any]] = {
    "issues.citation": {"source": "", "figure": None, "document": None, "page": None},
    "commitments.showing": {"released_by": None},
    "issues.figure": {"released_by": None},
    "issues.persona": {"looked_by": None},
    "publications.promiseletter": {"aim": "escalate"},
    # Two contacts of one organisation are not the same one of the team.
    "stakeholders.contact": {"account": None},
}
# What a row with the least must not have: a rhythm or what took place asks for a day,
# and only a letter that goes higher says how high.
LEAST: dict[str, dict[str, Any]] = {
    "commitments.commitment": {"rhythm": ""},
    "commitments.occurrence": {"state": "", "level": ""},
    "commitments.execution": {"state": ""},
    "dossiers.outcome": {"evidence": "Brief"},
    "publications.promiseletter": {"aim": "remind", "rung": "", "why": ""},
}
OURS = {"audit.auditevent", "audit.audithead", "vault.datakey"}

LETTERS = str.maketrans("0123456789", "abcdefghij")  # four digits are a postcode

_numbers = itertools.count(1)


def fill_every_table() -> None:
    """Make two rows in each table: one with all there can be, one with the least."""
    for n in (1, 2):
        named_key(f"key-{n}")
        append(Act("a.b.changed", f"a.b:{n}", 7, 1, AT, {"n": n, "codes": ["a", "b"]}))
    made: dict[type[models.Model], Any] = {DataKey: named_key("key-1")}
    for model in _stored_models(apps):
        if model._meta.label_lower not in OURS and model not in made:
            _row(model, made, full=True)
    for model in _stored_models(apps):
        if model._meta.label_lower not in OURS:
            _row(model, dict(made), full=False)


def _row(model: type[models.Model], made: dict[Any, Any], *, full: bool) -> Any:
    values: dict[str, Any] = {}
    for field in model._meta.local_concrete_fields:
        if isinstance(field, models.AutoField) or _has_own_key(field):
            continue
        value = _value(field, made, full=full)
        other = field.related_model
        if other and value and value in values.values():  # two sides of a tie
            value = _row(other, dict(made), full=full)
        values[field.name] = value
    values |= (NOT_BOTH if full else LEAST).get(model._meta.label_lower, {})
    row = model._base_manager.create(**values)
    made.setdefault(model, row)
    return row


def _has_own_key(field: Any) -> bool:
    return bool(field.primary_key and field.has_default())


def _value(field: Any, made: dict[Any, Any], *, full: bool) -> Any:
    if field.null and not full:
        return None
    if field.is_relation:
        other = field.related_model
        if other is field.model:  # a part of a part of a part …
            return made.get(other)
        if not full or other not in made:
            return _row(other, made, full=full) if other is not DataKey else made[other]
        return made[other]
    if field.choices:
        return field.choices[0][0]
    return _plain(field)


def _plain(field: Any) -> Any:
    n = next(_numbers)
    kinds: list[tuple[type[models.Field[Any, Any]], Any]] = [
        (models.DateTimeField, AT),
        (models.DateField, date(2026, 11, 1)),  # some are first days of months
        (models.BooleanField, True),
        (models.BinaryField, bytes(range(256)) + str(n).encode()),
        (models.JSONField, {"n": n, "words": WORDS, "list": [None, True, 1.5]}),
        (models.IntegerField, n),
        (models.EmailField, f"els{n}@voorbeeld.test"),
        (models.SlugField, f"naam-{n}"),
    ]
    for kind, value in kinds:
        if isinstance(field, kind):
            return value
    return f"{str(n).translate(LETTERS)} {WORDS}"[: field.max_length]


def dump() -> Dump:
    """Return all rows of all tables that a backup holds."""
    return {
        model._meta.label_lower: sorted(
            (
                tuple(_comparable(value) for value in row)
                for row in model._base_manager.values_list(
                    *[field.attname for field in model._meta.local_concrete_fields]
                )
            ),
            key=repr,
        )
        for model in _stored_models(apps)
    }


def _comparable(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
