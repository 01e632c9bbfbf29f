"""Write a party down, change it, take it away."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from achterban.advocate.stakeholders.models import Party
from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.core.places.models import searchable


class SomethingHangs(Exception):
    """People, parts or a dossier still point at the party."""


class InACircle(Exception):
    """A party would be a part of itself."""


@transaction.atomic
def keep_party(party: Party, *, by: Account, at: datetime) -> Party:
    """Store a party as it was written.

    Args:
        party: new or changed.
        by: who wrote it.
        at: now.

    Raises:
        InACircle: it would be a part of one of its own parts.
    """
    above, seen = party.part_of, {party.pk}
    while above is not None:
        if above.pk in seen:
            raise InACircle
        seen.add(above.pk)
        above = above.part_of
    party.search = searchable(party.name)
    party.save()
    log("party.kept", party, by=by, at=at)
    return party


@transaction.atomic
def remove_party(party: Party, *, by: Account, at: datetime) -> None:
    """Take a party away that nothing hangs on.

    Raises:
        SomethingHangs: people, parts, or what another room keeps of it.
    """
    if not Party.objects.filter(pk=party.pk).free().exists():
        raise SomethingHangs
    log("party.removed", party, by=by, at=at)
    party.delete()


def log(
    what: str, thing: models.Model, *, by: Account, at: datetime, **facts: int | str
) -> None:
    """Write in the log what was done with something of an organisation."""
    ours = thing if hasattr(thing, "organisation_id") else None
    assert ours is not None
    record(
        f"stakeholders.{what}",
        thing,
        by=by.pk,
        responsible=ours.organisation_id,
        at=at,
        **facts,
    )
