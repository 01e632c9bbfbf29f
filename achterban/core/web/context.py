"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from achterban.core.web.navigation import places_for
from achterban.core.web.preferences import preferences_of


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the organisation, the preferences and the ways of whoever looks."""
    return {
        "organisation": getattr(request, "organisation", None),
        "preferences": preferences_of(request),
        "is_demo": settings.DEMO,
        "places": places_for(request),
    }
