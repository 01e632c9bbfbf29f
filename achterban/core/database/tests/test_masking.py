"""What we may not keep is out of a row before it is stored."""

from __future__ import annotations

import pytest

from achterban.core.database.masking import mask_columns
from achterban.core.organisations.models import Organisation
from achterban.rules.deidentify import MASK


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Van 111222333.", f"Van {MASK}."),
        ("Van 111222334.", "Van 111222334."),
        ("", ""),
    ],
)
def test_a_citizen_service_number_is_taken_out(typed: str, kept: str) -> None:
    row = Organisation(name=typed, slug="nummer-111222333")
    mask_columns(row, "name")
    assert (row.name, row.slug) == (kept, "nummer-111222333")


def test_what_grows_by_it_still_fits_its_column() -> None:
    most = 120
    row = Organisation(name=f"{'x' * (most - 10)} 111222333")
    mask_columns(row, "name")
    assert len(row.name) == most
    assert "[bsn" in row.name
