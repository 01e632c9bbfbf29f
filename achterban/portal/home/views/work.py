"""The organisation's own page in the Werkplek."""

from __future__ import annotations

from typing import TypeVar

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
from achterban.core.organisations.forms import DetailsForm, TextsForm
from achterban.core.organisations.models import Organisation
from achterban.core.web.middleware import is_choice
from achterban.core.web.navigation import places_for
from achterban.portal.home.handbook import CHAPTERS, chapter_as_html
from achterban.rules.readability import problems

AForm = TypeVar("AForm", DetailsForm, TextsForm)


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
    form = _form(request, DetailsForm)
    if _is_kept(request, form):
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


@work_page("organisations.change", fresh=True)
@require_http_methods(["GET", "POST"])
def own_words(request: WorkRequest) -> HttpResponse:
    """Change what we say in our own words; how plain that is, is advice only."""
    form = _form(request, TextsForm)
    if _is_kept(request, form):
        return redirect("own-words")
    ours = form.instance
    context = {
        "form": form,
        "advice": [] if form.is_bound else problems(f"{ours.welcome}\n\n{ours.thanks}"),
        "main_form": "texts",
    }
    return TemplateResponse(request, "home/texts.html", context)


def _form(request: WorkRequest, form: type[AForm]) -> AForm:
    ours = Organisation.objects.get(pk=request.organisation.pk)
    return form(request.POST or None, instance=ours, initial=unsent(request))


def _is_kept(request: WorkRequest, form: DetailsForm | TextsForm) -> bool:
    if request.method != "POST" or is_choice(request) or not form.is_valid():
        return False
    if form.changed_data:
        ours, by = form.instance, request.user.pk
        change_details(ours, form.changed_data, by=by, at=clock.now())
    messages.success(request, _("Kept. It shows on the public pages within a minute."))
    return True
