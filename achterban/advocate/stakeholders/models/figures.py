"""What follows from a large network, made once a day."""

from __future__ import annotations

from django.db import models

from achterban.core.database.fields import RandomKey
from achterban.core.organisations.models import Organisation


class NetworkFigures(models.Model):
    """Who sits between, on whom it rests and whom we miss: keys only, no names."""

    id = RandomKey()
    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="+")
    made_on = models.DateField()
    content = models.JSONField()

    class Privacy:
        """Keys of contacts; who they are stays sealed with them."""

        personal = frozenset({"content"})
        neutral = frozenset({"id", "organisation", "made_on"})

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.made_on}"
