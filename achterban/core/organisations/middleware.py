"""Which organisation is asked for: the host name says, or the path ``/o/<slug>/``."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import set_script_prefix

from achterban.core.organisations.models import Organisation

REMEMBER_SECONDS = 10
PATH = re.compile(r"/o/(?P<slug>[-\w]+)(?P<rest>/.*)")


class CurrentOrganisation:
    """Set ``request.organisation``, and let addresses keep their ``/o/<slug>``.

    A host that belongs to an organisation shows that one only. On any other allowed
    host the path decides; without one, ``organisation`` is None and only the pages of
    the installation itself answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find the organisation, or leave the path as it is: that ends as a 404."""
        set_script_prefix("/")
        host = request.get_host().partition(":")[0].rstrip(".").lower()
        organisation = None
        if host not in settings.LOCAL_HOSTS:
            organisation = _find("host", host)
        if organisation is None and (match := PATH.fullmatch(request.path_info)):
            organisation = _find("slug", match["slug"])
            if organisation is not None:
                prefix = f"/o/{organisation.slug}"
                request.path_info = match["rest"]
                request.META["SCRIPT_NAME"] = prefix
                set_script_prefix(f"{prefix}/")
        request.organisation = organisation  # type: ignore[attr-defined]
        return self.get_response(request)


_remembered: dict[tuple[str, str], tuple[float, Organisation]] = {}


def _find(field: str, value: str) -> Organisation | None:
    """Return an organisation; what was found is remembered for some seconds."""
    at = time.monotonic()
    found_at, known = _remembered.get((field, value), (0.0, None))
    if known is not None and at - found_at < REMEMBER_SECONDS:
        return known
    served = Organisation.objects.served(demo=settings.DEMO)
    found = served.filter(**{field: value}).first()
    # Not within a transaction: what that sees may still be taken back.
    if found is not None and not connection.in_atomic_block:
        _remembered[field, value] = (at, found)
    return found


def organisation_of(request: HttpRequest) -> Organisation:
    """Return the organisation whose page this is.

    Raises:
        Http404: the address names none.
    """
    organisation: Organisation | None = getattr(request, "organisation", None)
    if organisation is None:
        raise Http404
    return organisation
