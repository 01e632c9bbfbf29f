"""Change what an organisation says about itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from achterban.core.audit.actions import record
from achterban.core.organisations.models import Organisation


@transaction.atomic
def change_details(
    organisation: Organisation, fields: list[str], *, by: int, at: datetime
) -> Organisation:
    """Store the changed fields of an organisation.

    Args:
        organisation: with the new values.
        fields: names of what was changed.
        by: account id.
        at: now.
    """
    organisation.save(update_fields=fields)
    record(
        "organisations.organisation.changed",
        organisation,
        by=by,
        responsible=organisation.pk,
        at=at,
        fields=sorted(fields),
    )
    return organisation
