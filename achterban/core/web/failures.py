"""Pages for when something goes wrong: no trace, one sentence that helps."""

from __future__ import annotations

import sys

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

RETRY_SECONDS = "30"
PASSING = (DatabaseError, InterfaceError, OSError)  # a disk or database that fails


def busy(request: HttpRequest) -> HttpResponse:
    """Answer 503: the disk or the database does not take anything now."""
    response = HttpResponse(render_to_string("503.html"), status=503)
    response["Retry-After"] = RETRY_SECONDS
    return response


def out_of_order(request: HttpRequest) -> HttpResponse:
    """Answer 500: the mistake is ours."""
    return HttpResponse(render_to_string("500.html"), status=500)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer what failed outside a page, in one of the layers around it."""
    if isinstance(sys.exc_info()[1], PASSING):
        return busy(request)
    return out_of_order(request)


def not_from_here(request: HttpRequest) -> HttpResponse:
    """Answer 403: another site started this."""
    return render(request, "403.html", status=403)


@requires_csrf_token
def page_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403: the form came from a page that is no longer valid."""
    return render(request, "403.html", status=403)


def wait_words(seconds: float) -> str:
    """Return what to say to a peer that sends very much."""
    return _(
        "Very much is coming from your connection. Wait %(seconds)d seconds and press "
        "the button again. What you typed is still here."
    ) % {"seconds": round(seconds) + 1}


def slowed(response: HttpResponse, wait: float) -> HttpResponse:
    """Return an answer as one that asks to wait so many seconds."""
    response.status_code = 429
    response["Retry-After"] = str(round(wait) + 1)
    return response
