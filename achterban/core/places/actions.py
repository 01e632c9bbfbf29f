"""Load the tables of places, and say which branch works where."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Model

from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.core.organisations.models import Organisation
from achterban.core.places.models import (
    Branch,
    BranchPlace,
    Municipality,
    Postcode,
    searchable,
)

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


@dataclass(frozen=True)
class Former:
    """What was a municipality.

    Attributes:
        until: its last day.
        successor: CBS code of where it lies now; empty where it was divided.
    """

    until: date
    successor: str


def former_municipalities() -> dict[str, Former]:
    """Return what was a municipality since 2000, by its CBS code."""
    return {
        row["code"]: Former(date.fromisoformat(row["until"]), row["successor"])
        for row in _rows("former.csv")
    }


@transaction.atomic
def load_places() -> int:
    """Bring places in the database up to the tables; return how many municipalities.

    Safe to repeat. Nothing is removed: what was reported keeps its place.
    """
    municipalities = [
        (
            row["code"],
            row["name"],
            row["province"],
            _search(row),
            int(row["inhabitants"]),
        )
        for row in _rows("municipalities.csv")
    ]
    postcodes = [(row["digits"], row["municipality"]) for row in _rows("postcodes.csv")]
    columns = ["code", "name", "province", "search", "inhabitants"]
    _bring_up_to(Municipality, columns, municipalities)
    _bring_up_to(Postcode, ["digits", "municipality_id"], postcodes)
    return len(municipalities)


def _search(row: Mapping[str, str]) -> str:
    return searchable(row["name"] + OTHER_NAMES.get(row["code"], ""))


def _bring_up_to(
    model: type[Model], fields: Sequence[str], rows: Iterable[tuple[object, ...]]
) -> None:
    """Store the rows that are new or changed; the first field names each."""
    manager = model._default_manager
    known = set(manager.values_list(*fields))
    manager.bulk_create(
        [
            model(**dict(zip(fields, row, strict=True)))
            for row in rows
            if row not in known
        ],
        update_conflicts=True,
        unique_fields=fields[:1],
        update_fields=fields[1:],
        batch_size=500,
    )


class NoOnePlace(ValueError):
    """This names no municipality, or several."""


class PlaceFinder:
    """Finds many places without asking the database for each."""

    def __init__(self) -> None:
        """Read all municipalities and postcodes."""
        rows = list(Municipality.objects.values_list("code", "name", "search"))
        self._by_name = {searchable(name): code for code, name, _search in rows}
        self._by_name |= {
            searchable(name): code
            for code, name in OTHER_NAMES.items()
            if any(code == row[0] for row in rows)
        }
        self._searched = [(search, code) for code, _name, search in rows]
        self._postcodes = dict(Postcode.objects.values_list("digits", "municipality"))
        self._known: dict[str, str] = {"": ""}

    def find(self, typed: str) -> str:
        """Return the code of the municipality of a name or postcode; empty for empty.

        Raises:
            NoOnePlace: there is none, or more than one.
        """
        typed = typed.strip()
        if typed not in self._known:
            self._known[typed] = self._look(typed)
        return self._known[typed]

    def _look(self, typed: str) -> str:
        letters = searchable(typed.casefold().removeprefix("gemeente "))
        if exact := self._by_name.get(letters):
            return exact
        digits = "".join(c for c in typed if c.isdecimal())[:4]
        if len(digits) == 4:
            found = [self._postcodes[digits]] if digits in self._postcodes else []
        else:
            found = [code for search, code in self._searched if letters in search]
        if len(found) != 1 or not letters:
            raise NoOnePlace(typed)
        return found[0]


class NameTaken(Exception):
    """Another branch has this name."""


class PlaceTaken(Exception):
    """Another branch works there.

    Attributes:
        where: a sentence part for each: the municipality, and that branch.
    """

    def __init__(self, where: list[str]) -> None:
        """Keep where."""
        super().__init__(len(where))
        self.where = where


@transaction.atomic
def keep_branch(
    branch: Branch, codes: Collection[str], *, by: Account, at: datetime
) -> Branch:
    """Store a branch, new or changed, with all its municipalities.

    Args:
        branch: with its new name; permission is checked by the caller.
        codes: CBS codes of where it works.
        by: who says so.
        at: now.

    Raises:
        NameTaken: another branch of the organisation has this name.
        PlaceTaken: another branch of the organisation works in one of these.
    """
    organisation = Organisation.objects.select_for_update().get(
        pk=branch.organisation_id
    )
    others = Branch.objects.of(organisation).exclude(pk=branch.pk)
    if others.filter(name__iexact=branch.name).exists():
        raise NameTaken
    taken = BranchPlace.objects.filter(branch__in=others, municipality__in=codes)
    if found := list(taken.select_related("branch", "municipality")):
        raise PlaceTaken([f"{row.municipality} ({row.branch})" for row in found])
    branch.save()
    rows = BranchPlace.objects.filter(branch=branch)
    rows.exclude(municipality__in=codes).delete()
    known = set(rows.values_list("municipality_id", flat=True))
    BranchPlace.objects.bulk_create(
        BranchPlace(branch=branch, organisation=organisation, municipality_id=code)
        for code in codes
        if code not in known
    )
    _record("places.branch.changed", branch, by=by, at=at)
    return branch


@transaction.atomic
def remove_branch(branch: Branch, *, by: Account, at: datetime) -> None:
    """Take a branch away; what was told there stays with the organisation."""
    _record("places.branch.removed", branch, by=by, at=at)
    branch.delete()


def _record(kind: str, branch: Branch, *, by: Account, at: datetime) -> None:
    record(kind, branch, by=by.pk, responsible=branch.organisation_id, at=at)
