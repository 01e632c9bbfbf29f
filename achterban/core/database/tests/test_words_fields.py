"""What is typed is masked by the fields themselves, and before it is sealed."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import connection

from achterban.advocate.dossiers.models import Dossier
from achterban.advocate.dossiers.tests.factories import DossierFactory
from achterban.core.database.masking import mask_words
from achterban.rules.deidentify import MASK

BSN = "111222333"


@dataclass(frozen=True)
class Said:
    """Words, and something that is none."""

    words: str = ""
    n: int = 0


def on_disk(row: Dossier) -> tuple[str, str]:
    """Return what the database holds, past the fields."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT demand, goal FROM dossiers_dossier")
        [found] = cursor.fetchall()
    return tuple(found)


@pytest.mark.django_db
def test_a_number_is_masked_in_a_row_in_an_update_and_in_many_at_once() -> None:
    row = DossierFactory.create(demand=f"Bel {BSN}", goal=f"Over {BSN}")

    stands = row.demand, on_disk(row)
    Dossier.objects.update(demand=f"Mail {BSN}")
    updated = on_disk(row)
    row.goal = f"Voor {BSN}"
    Dossier.objects.bulk_update([row], ["goal"])
    many = on_disk(row)

    assert stands == (f"Bel {MASK}", (f"Bel {MASK}", f"Over {MASK}"))
    assert updated[0] == f"Mail {MASK}"
    assert BSN not in many[1]


@pytest.mark.django_db
def test_what_does_not_fit_its_column_any_more_is_cut_off() -> None:
    row = DossierFactory.create(title=f"{'a' * 80} {BSN}")

    assert len(row.title) == 90
    assert BSN not in row.title


def test_words_are_masked_before_they_are_sealed_and_numbers_stay() -> None:
    assert mask_words(Said(f"Bel {BSN}", 111222333)) == Said(f"Bel {MASK}", 111222333)
