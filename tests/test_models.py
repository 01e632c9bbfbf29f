"""Every field says whether it is personal, and no key tells an order."""

from __future__ import annotations

from typing import Protocol

import pytest
from django.apps import apps
from django.db import models

from achterban.core.database.fields import (
    AddressField,
    LineField,
    RandomKey,
    WordsField,
)

COUNTING_KEYS = {
    "audit.AuditEvent": "a log is a sequence; of anonymous acts it knows the day only",
    "accounts.Membership": "volunteers, who know when their colleagues came",
}


class PrivacyPolicy(Protocol):
    """What each model declares."""

    personal: frozenset[str]
    neutral: frozenset[str]


def own_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m.__module__.startswith("achterban.")]


def policy_of(model: type[models.Model]) -> PrivacyPolicy | None:
    return getattr(model, "Privacy", None)


def unclassified(model: type[models.Model]) -> set[str]:
    """Return the concrete fields that are in both lists or in neither."""
    policy = policy_of(model)
    fields = {field.name for field in model._meta.local_concrete_fields}
    if policy is None:
        return fields
    return fields ^ (policy.personal ^ policy.neutral)


@pytest.mark.parametrize("model", own_models(), ids=lambda m: str(m._meta.label))
def test_every_field_is_classified(model: type[models.Model]) -> None:
    assert unclassified(model) == set()


@pytest.mark.parametrize("model", own_models(), ids=lambda m: str(m._meta.label))
def test_rows_about_people_have_random_keys(model: type[models.Model]) -> None:
    policy = policy_of(model)
    is_about_people = policy is not None and bool(policy.personal)
    has_random_key = isinstance(model._meta.pk, RandomKey)
    is_excepted = str(model._meta.label) in COUNTING_KEYS
    assert has_random_key or is_excepted or not is_about_people
    assert not (has_random_key and is_excepted)


def open_words() -> list[models.Field]:  # type: ignore[type-arg]
    """Return what somebody types for other eyes: with a label, without choices."""
    found: list[models.Field] = []  # type: ignore[type-arg]
    for model in own_models():
        if ".advocate." in model.__module__:
            found += filter(is_typed, model._meta.local_concrete_fields)
    return found


def is_typed(field: models.Field) -> bool:  # type: ignore[type-arg]
    is_text = isinstance(field, models.CharField | models.TextField)
    is_named = field.verbose_name != field.name.replace("_", " ")
    return is_text and is_named and not field.choices


@pytest.mark.parametrize("field", open_words(), ids=str)
def test_what_is_typed_in_the_open_holds_no_citizen_service_number(
    field: models.Field,  # type: ignore[type-arg]
) -> None:
    assert isinstance(field, AddressField | LineField | WordsField)
