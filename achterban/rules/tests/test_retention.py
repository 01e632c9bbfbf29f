from datetime import date, timedelta

import pytest

from achterban.rules.retention import DRAFT_DAYS, draft_kept_from


@pytest.mark.parametrize(
    ("today", "kept_from"),
    [
        (date(2026, 11, 24), date(2026, 5, 25)),
        (date(2026, 1, 1), date(2025, 7, 2)),
        (date(2024, 8, 30), date(2024, 2, 29)),
    ],
)
def test_a_draft_is_kept_half_a_year(today: date, kept_from: date) -> None:
    assert draft_kept_from(today) == kept_from
    assert kept_from + timedelta(days=183) == today


def test_half_a_year_is_long_enough_for_every_pair_of_seasons() -> None:
    assert DRAFT_DAYS >= 182
