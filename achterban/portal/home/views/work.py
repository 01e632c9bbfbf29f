"""The organisation's own page in the Werkplek."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from achterban.core import clock
from achterban.core.accounts.access import (
    WorkRequest,
    ask_to_log_in,
    unsent,
    work_page,
)
from achterban.core.organisations.actions import change_details
from achterban.core.organisations.forms import DetailsForm
from achterban.core.organisations.models import Organisation
from achterban.core.web.middleware import is_choice
from achterban.core.web.navigation import places_for
from achterban.portal.home.handbook import CHAPTERS, chapter_as_html


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Send whoever works here to the first page that is theirs.

    Letters point here, at the address of the installation: that of an organisation
    may name an illness.
    """
    if getattr(request, "organisation", None) is not None:
        return _first_page(request)
    if not request.user.is_authenticated:
        return ask_to_log_in(request)
    return redirect(get_adapter().get_login_redirect_url(request))


@work_page()
def _first_page(request: WorkRequest) -> HttpResponse:
    return redirect(places_for(request)[0].name)


@work_page("organisations.change", fresh=True)
@require_http_methods(["GET", "POST"])
def organisation(request: WorkRequest) -> HttpResponse:
    """Change what the public pages and the privacy statement say of us."""
    ours = Organisation.objects.get(pk=request.organisation.pk)
    form = DetailsForm(request.POST or None, instance=ours, initial=unsent(request))
    if request.method == "POST" and not is_choice(request) and form.is_valid():
        if form.changed_data:
            change_details(ours, form.changed_data, by=request.user.pk, at=clock.now())
        messages.success(
            request, _("Kept. It shows on the public pages within a minute.")
        )
        return redirect("organisation")
    context = {"form": form, "main_form": "organisation"}
    return TemplateResponse(request, "home/organisation.html", context)


@work_page()
@require_safe
def handbook(request: WorkRequest) -> HttpResponse:
    """Show a chapter of the handbook, by default that for volunteers."""
    asked = request.GET.get("hoofdstuk", "")
    chapter = asked if asked in CHAPTERS else next(iter(CHAPTERS))
    context = {
        "chapters": CHAPTERS,
        "chapter": chapter,
        "text": chapter_as_html(chapter),
    }
    return TemplateResponse(request, "home/handbook.html", context)
