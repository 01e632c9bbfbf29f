"""Say that people met."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.core.database.masking import mask_columns
from achterban.people.gatherings.models import Gathering


@transaction.atomic
def keep_gathering(gathering: Gathering, *, by: Account, at: datetime) -> Gathering:
    """Store a gathering; what was said about consent stands from then on.

    Each story keeps those words as its consent.
    """
    mask_columns(gathering, "name", "consent")
    gathering.made_by = by
    gathering.save(force_insert=True)
    record(
        "gatherings.gathering.kept",
        gathering,
        by=by.pk,
        responsible=gathering.organisation_id,
        at=at,
    )
    return gathering
