"""Make the figures of large networks, once a day."""

from __future__ import annotations

from datetime import date

from achterban.advocate.stakeholders.models import NetworkFigures
from achterban.advocate.stakeholders.queries.network import (
    is_large,
    make_figures,
    ties_of,
    to_json,
)
from achterban.core.organisations.models import Organisation


def count_large(on: date) -> int:
    """Make the figures of each organisation with a large network; return how many.

    What was made before for a network that is small now goes.
    """
    n_made = 0
    for organisation in Organisation.objects.order_by("pk"):
        if is_large(organisation):
            figures = make_figures(ties_of(organisation, on=on), on=on)
            kept = {"made_on": on, "content": to_json(figures)}
            NetworkFigures.objects.update_or_create(
                organisation=organisation, defaults=kept
            )
            n_made += 1
        else:
            NetworkFigures.objects.filter(organisation=organisation).delete()
    return n_made
