"""Load the tables of places."""

from __future__ import annotations

import csv
from pathlib import Path

from django.db import transaction

from achterban.core.places.models import Municipality, Postcode, searchable

DATA = Path(__file__).parent / "data"
OTHER_NAMES = {  # as people say it, by CBS code
    "GM0518": "'s-Gravenhage",
    "GM0737": "Tietjerksteradeel",
    "GM0796": "Den Bosch",
    "GM1891": "Dantumadeel",
    "GM1900": "Zuidwest-Friesland",
    "GM1940": "De Friese Meren",
    "GM1970": "Noordoost-Friesland",
}


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as source:
        lines = (line for line in source if not line.startswith("#"))
        return list(csv.DictReader(lines, delimiter=";"))


@transaction.atomic
def load_places() -> int:
    """Bring places in the database up to the tables; return how many municipalities.

    Safe to repeat. Nothing is removed: what was reported keeps its place.
    """
    municipalities = [
        Municipality(
            **row, search=searchable(row["name"] + OTHER_NAMES.get(row["code"], ""))
        )
        for row in _rows("municipalities.csv")
    ]
    Municipality.objects.bulk_create(
        municipalities,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "province", "search"],
    )
    Postcode.objects.bulk_create(
        [
            Postcode(digits=row["digits"], municipality_id=row["municipality"])
            for row in _rows("postcodes.csv")
        ],
        update_conflicts=True,
        unique_fields=["digits"],
        update_fields=["municipality"],
        batch_size=500,
    )
    return len(municipalities)
