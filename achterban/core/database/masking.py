"""Take out of the columns of a row what we may not keep."""

from __future__ import annotations

from django.db import models

from achterban.rules.deidentify import mask_bsn


def mask_columns(row: models.Model, *names: str) -> None:
    """Mask citizen service numbers in words that stand open in a row; the caller saves.

    The mask is longer than a number: what does not fit its column any more is cut off.
    """
    for name in names:
        masked = mask_bsn(getattr(row, name)).text
        most = getattr(row._meta.get_field(name), "max_length", None)
        setattr(row, name, masked[:most])
