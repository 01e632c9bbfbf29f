"""How the pages of an organisation look: its colour and its logo, kept by browsers."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from achterban.core.organisations.look import stylesheet
from achterban.core.organisations.models import Logo
from achterban.core.web.middleware import lasting
from achterban.rules.contrast import is_colour


@require_safe
def colour(request: HttpRequest, colour: str) -> HttpResponse:
    """Return a colour as a stylesheet; what it says follows from its address alone."""
    if not is_colour(f"#{colour}"):
        raise Http404
    return lasting(HttpResponse(stylesheet(f"#{colour}"), content_type="text/css"))


@require_safe
def logo(request: HttpRequest, name: str) -> HttpResponse:
    """Return a picture; another picture has another name."""
    found = Logo.objects.served(demo=settings.DEMO).filter(name=name).first()
    if found is None:
        raise Http404
    return lasting(HttpResponse(bytes(found.content), content_type="image/png"))
