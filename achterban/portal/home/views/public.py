"""The doorstep of an organisation, and of the installation itself."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from achterban.advocate.commitments.models import Showing
from achterban.advocate.redactions.models import Redaction
from achterban.core.organisations.models import Joining, Organisation
from achterban.listen.reports.models import Summary


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show two ways in: tell, or go on with a code."""
    if getattr(request, "organisation", None) is None:
        organisations = Organisation.objects.served(demo=settings.DEMO)
        context = {"organisations": organisations}
        return TemplateResponse(request, "home/installation.html", context)
    ours: Organisation = request.organisation  # type: ignore[attr-defined]
    public = Summary.objects.published_by(ours)
    letters = Redaction.objects.published_by(ours)
    shown = {
        "has_summaries": public.exists(),
        "has_letters": letters.exists(),
        "has_promises": Showing.objects.published_by(ours).exists(),
    }
    return TemplateResponse(request, "home/home.html", shown)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say who keeps what, why, how long, and how to undo it (AVG art. 13)."""
    ours: Organisation | None = getattr(request, "organisation", None)
    tie = (
        Joining.objects.of(ours).standing().filter(member=ours).first()
        if ours
        else None
    )
    context = {"umbrella": tie and tie.umbrella}
    return TemplateResponse(request, "home/privacy.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how far everyone can use this, and whom to tell when not."""
    return TemplateResponse(request, "home/accessibility.html", {})


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Show the look of the screen in light, dark and quiet."""
    return TemplateResponse(request, "web/style.html", {})


@csrf_exempt  # sets a preference and nothing else; SameOrigin guards it
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Remember a choice (the middleware does) and go back to the page."""
    address = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    if not (is_ours and address.startswith("/")):
        address = "/"
    return HttpResponseRedirect(address)


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Answer that the program runs and can read its database."""
    Organisation.objects.exists()
    return HttpResponse("ok", content_type="text/plain")
