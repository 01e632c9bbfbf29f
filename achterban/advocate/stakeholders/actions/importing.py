"""Read public bodies in from a file of the government's register, and undo that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from achterban.advocate.issues.models import Level
from achterban.advocate.stakeholders.models import (
    Party,
    PartyImport,
    PartyImportState,
    PartyKind,
)
from achterban.advocate.stakeholders.models.parties import PartyQuerySet
from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.core.organisations.models import Organisation
from achterban.core.places.actions import former_municipalities
from achterban.core.places.models import Municipality, searchable
from achterban.rules.public_bodies import Body, read_bodies

CHUNK = 500
LEVELS = {
    "gemeente": Level.LOCAL,
    "col": Level.LOCAL,
    "provincie": Level.REGIONAL,
    "waterschap": Level.REGIONAL,
    "so": Level.REGIONAL,
}
KINDS = {"gemeente": PartyKind.MUNICIPALITY, "ministerie": PartyKind.MINISTRY}


class NotNow(Exception):
    """The file was read already, or was undone."""


@dataclass(frozen=True)
class Plan:
    """What a file would do.

    Attributes:
        new: bodies that are not there yet.
        renamed: a party with the name that it would get.
        n_same: bodies that stand there just so.
    """

    new: list[Body]
    renamed: list[tuple[Party, str]]
    n_same: int


@transaction.atomic
def take_bodies(
    organisation: Organisation, content: bytes, *, by: Account | None, at: datetime
) -> PartyImport:
    """Look at a file; no party changes.

    Args:
        organisation: for whom.
        content: of the file.
        by: who brought it; None for the command line.
        at: now.

    Raises:
        NotAList: it is another kind of file.
    """
    bodies = read_bodies(content)
    imported = PartyImport.objects.create(
        organisation=organisation,
        by=by,
        begun_on=timezone.localdate(at),
        bodies=[astuple(body) for body in bodies.found],
        faults=[(line, fault.value) for line, fault in bodies.faults],
    )
    _log("taken", imported, by=by, at=at)
    return imported


def plan_of(imported: PartyImport) -> Plan:
    """Return what a file would do today."""
    known = _known(imported.organisation)
    bodies = [Body(*each) for each in imported.bodies]
    new = [body for body in bodies if body.identifier not in known]
    renamed = [
        (known[body.identifier], body.name)
        for body in bodies
        if body.identifier in known and known[body.identifier].name != body.name
    ]
    return Plan(new, renamed, len(bodies) - len(new) - len(renamed))


def _known(organisation: Organisation) -> dict[str, Party]:
    rows = Party.objects.filter(organisation=organisation).exclude(tooi="")
    return {row.tooi: row for row in rows}


@transaction.atomic
def read_in(
    imported: PartyImport,
    *,
    by: Account | None,
    at: datetime,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> PartyImport:
    """Store the bodies of a file as parties, all or none.

    The identifier is the key: of a body that is there only the name changes. What was
    written about it stays.

    Args:
        imported: a file that was looked at.
        by: who reads it in; None for the command line.
        at: now.
        progress: hears how many of how many are stored.

    Raises:
        NotNow: it was read or undone meanwhile.
    """
    imported = _locked(imported, PartyImportState.LOOKED_AT)
    plan = plan_of(imported)
    for party, name in plan.renamed:
        party.name, party.search = name, searchable(name)
    for start in range(0, len(plan.renamed), CHUNK):
        changed = [party for party, _name in plan.renamed[start : start + CHUNK]]
        Party.objects.bulk_update(changed, ["name", "search"])
    new = list(_parties(plan.new, imported))
    for start in range(0, len(new), CHUNK):
        Party.objects.bulk_create(new[start : start + CHUNK])
        progress(min(start + CHUNK, len(new)), len(new))
    imported.state, imported.bodies = PartyImportState.DONE, []
    imported.n_new, imported.n_renamed = len(new), len(plan.renamed)
    imported.n_same = plan.n_same
    imported.save()
    _log("read", imported, by=by, at=at, n=len(new))
    return imported


def _parties(bodies: list[Body], imported: PartyImport) -> Iterator[Party]:
    places = set(Municipality.objects.values_list("code", flat=True))
    formers = former_municipalities()
    for body in bodies:
        kind, code = body.identifier.split("/")[-2], body.municipality
        former = formers.get(code)
        place = former.successor if former else code
        yield Party(
            organisation=imported.organisation,
            name=body.name,
            search=searchable(body.name),
            kind=KINDS.get(kind, PartyKind.PUBLIC_BODY),
            level=LEVELS.get(kind, Level.NATIONAL),
            tooi=body.identifier,
            origin=body.origin,
            place_id=place if place in places else None,
            until_on=former.until if former else None,
            imported=imported,
        )


@transaction.atomic
def undo(imported: PartyImport, *, by: Account | None, at: datetime) -> int:
    """Take away what a file brought; return how many parties stay.

    A party stays where something hangs on it: people, parts, a dossier, or words of
    ours. Names that changed stay changed.

    Raises:
        NotNow: it was not read, or is undone already.
    """
    imported = _locked(imported, PartyImportState.DONE)
    untouched(imported).delete()
    n_stay = Party.objects.filter(imported=imported).count()
    imported.state = PartyImportState.UNDONE
    imported.save(update_fields=["state"])
    _log("undone", imported, by=by, at=at, n=n_stay)
    return n_stay


def untouched(imported: PartyImport) -> PartyQuerySet:
    """Return the parties of a file that nobody did anything with."""
    brought = Party.objects.filter(imported=imported)
    return brought.free().filter(note="", website="", matters=False)


@transaction.atomic
def drop(imported: PartyImport, *, by: Account | None, at: datetime) -> None:
    """Let a file go that was looked at only.

    Raises:
        NotNow: it was read meanwhile.
    """
    imported = _locked(imported, PartyImportState.LOOKED_AT)
    _log("dropped", imported, by=by, at=at)
    imported.delete()


def _locked(imported: PartyImport, state: PartyImportState) -> PartyImport:
    rows = PartyImport.objects.select_for_update(of=("self",))
    row = rows.select_related("organisation").get(pk=imported.pk)
    if row.state != state:
        raise NotNow
    return row


def _log(
    what: str, imported: PartyImport, *, by: Account | None, at: datetime, **facts: int
) -> None:
    record(
        f"stakeholders.import.{what}",
        imported,
        by=by.pk if by else 0,
        responsible=imported.organisation_id,
        at=at,
        **facts,
    )
