"""Take out of words what we may not keep."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, TypeVar

from django.db import models

from achterban.rules.deidentify import mask_bsn

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Words = TypeVar("Words", bound=DataclassInstance)


def mask_words(words: Words) -> Words:
    """Return words that are about to be sealed without citizen service numbers.

    Args:
        words: a dataclass; what in it is text is masked.
    """
    texts = {each.name: getattr(words, each.name) for each in fields(words)}
    masked = {
        name: mask_bsn(text).text
        for name, text in texts.items()
        if isinstance(text, str)
    }
    return replace(words, **masked)


def mask_columns(row: models.Model, *names: str) -> None:
    """Mask citizen service numbers in words that stand open in a row; the caller saves.

    The mask is longer than a number: what does not fit its column any more is cut off.
    """
    for name in names:
        masked = mask_bsn(getattr(row, name)).text
        most = getattr(row._meta.get_field(name), "max_length", None)
        setattr(row, name, masked[:most])
