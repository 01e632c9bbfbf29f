"""The Werkplek: one's own diary in another program."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from achterban.advocate.dossiers.actions import feeds as actions
from achterban.advocate.dossiers.forms.meetings import FeedForm
from achterban.advocate.dossiers.models import Feed
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, work_page
from achterban.core.organisations.mail import address_of
from achterban.core.web.middleware import is_choice


@work_page("dossiers.read")
@require_http_methods(["GET", "POST"])
def own_feed(request: WorkRequest) -> HttpResponse:
    """Get an address, once; a new one, or none, at any time."""
    row = Feed.objects.of(request.user, request.organisation).first()
    token, is_sent = "", request.method == "POST" and not is_choice(request)
    if is_sent and "stop" in request.POST:
        if row is not None:
            actions.close_feed(row, at=clock.now())
        messages.success(request, _("The address opens nothing any more."))
        return redirect("dossiers:own-feed")
    form = FeedForm(request.POST if is_sent else None)
    if is_sent and form.is_valid():
        token = actions.open_feed(
            request.user,
            request.organisation,
            shows_parties=form.cleaned_data["shows_parties"],
            at=clock.now(),
        )
        row = Feed.objects.of(request.user, request.organisation).first()
    context = {
        "feed": row,
        "form": form,
        "address": address_of("dossiers:feed", request.organisation, token)
        if token
        else "",
    }
    return TemplateResponse(request, "dossiers/own_feed.html", context)
