"""Who works at dossiers."""

from __future__ import annotations

from django.db import models

from achterban.core.accounts.models import Account
from achterban.core.accounts.permissions import roles_that_may
from achterban.core.organisations.models import Organisation


def colleagues_of(organisation: Organisation) -> models.QuerySet[Account]:
    """Return who may work at dossiers here, by name."""
    return (
        Account.objects.filter(
            memberships__organisation=organisation,
            memberships__role__in=roles_that_may("dossiers.write"),
            is_active=True,
        )
        .distinct()
        .order_by("name", "email")
    )
