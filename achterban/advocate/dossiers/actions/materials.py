"""Describe a material once, and take it away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from achterban.advocate.dossiers.models import Material
from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record


@transaction.atomic
def keep_material(material: Material, *, by: Account, at: datetime) -> Material:
    """Store a material or example as it was described."""
    material.save()
    _log("kept", material, by=by, at=at)
    return material


@transaction.atomic
def drop_material(material: Material, *, by: Account, at: datetime) -> None:
    """Take it away; it is offered nowhere any more."""
    _log("dropped", material, by=by, at=at)
    material.delete()


def _log(what: str, material: Material, *, by: Account, at: datetime) -> None:
    record(
        f"dossiers.material.{what}",
        material,
        by=by.pk,
        responsible=material.organisation_id,
        at=at,
    )
