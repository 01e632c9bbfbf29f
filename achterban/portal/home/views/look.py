"""How the pages of an organisation look: settings, with a preview in each display."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.files.actions import TooBusy, take_logo
from achterban.core.files.spool import is_too_large
from achterban.core.organisations.actions import (
    NotReadable,
    change_colour,
    change_logo,
    check_colour,
)
from achterban.core.organisations.forms import ColourForm, LogoForm
from achterban.core.organisations.look import OWN_COLOUR
from achterban.core.organisations.models import Organisation, address_of_colour
from achterban.core.web.middleware import is_choice
from achterban.rules.filetypes import NotAccepted, Reason


@work_page("organisations.change", fresh=True)
@require_http_methods(["GET", "POST"])
def house_style(request: WorkRequest) -> HttpResponse:
    """Choose a colour: see it first, then keep it."""
    if request.method != "POST" or is_choice(request):
        typed = request.POST.dict() or unsent(request)
        return _page(request, colour=ColourForm(initial=typed or _ours(request)))
    form = ColourForm(request.POST)
    if not form.is_valid():
        return _page(request, colour=form)
    tried, act = form.cleaned_data["colour"], request.POST.get("act")
    try:
        if act == "try":
            check_colour(tried)
            return _page(request, colour=form, tried=tried)
        change_colour(_own(request), tried, by=request.user.pk, at=clock.now())
    except NotReadable as refusal:
        form.add_error("colour", _too_faint(refusal))
        return _page(request, colour=form, tried=refusal.nearest, nearest=True)
    return _kept(request)


@work_page("organisations.change", fresh=True)
@require_http_methods(["GET", "POST"])
def logo(request: WorkRequest) -> HttpResponse:
    """Put a logo on the pages, or take it away."""
    if request.method != "POST" or is_choice(request):
        return _page(request)
    if request.POST.get("act") == "remove":
        change_logo(_own(request), b"", by=request.user.pk, at=clock.now())
        return _kept(request)
    form = LogoForm(request.POST, request.FILES)
    if is_too_large(request):
        return _refused(request, LogoForm({}), NotAccepted(Reason.TOO_MUCH))
    if not form.is_valid():
        return _page(request, logo=form)
    try:
        drawn = take_logo(form.cleaned_data["logo"])
    except (NotAccepted, TooBusy) as error:
        return _refused(request, form, error)
    change_logo(_own(request), drawn, by=request.user.pk, at=clock.now())
    return _kept(request)


def _own(request: WorkRequest) -> Organisation:
    return Organisation.objects.get(pk=request.organisation.pk)


def _ours(request: WorkRequest) -> dict[str, Any]:
    return {"colour": _own(request).colour or OWN_COLOUR}


def _kept(request: WorkRequest) -> HttpResponse:
    messages.success(request, _("Kept. It shows on the public pages within a minute."))
    return redirect("house-style")


def _too_faint(refusal: NotReadable) -> str:
    return _(
        "Words in this colour are too faint on a light page: %(contrast)s, and 4.5 "
        "is needed. Choose a darker one. %(nearest)s comes nearest; you see it below."
    ) % {"contrast": number_format(refusal.contrast, 1), "nearest": refusal.nearest}


def _refused(
    request: WorkRequest, form: LogoForm, error: NotAccepted | TooBusy
) -> HttpResponse:
    form.errors.clear()
    if isinstance(error, TooBusy):
        form.add_error("logo", _("It is busy just now. Try again in a minute."))
    else:
        form.add_error(
            "logo",
            _(
                "We cannot take this picture. Save it as PNG, JPEG or WebP, 2 MB at "
                "most, and try again."
            ),
        )
    return _page(request, logo=form)


def _page(
    request: WorkRequest,
    *,
    colour: ColourForm | None = None,
    logo: LogoForm | None = None,
    tried: str = "",
    nearest: bool = False,
) -> HttpResponse:
    ours = _own(request)
    shown = tried or ours.colour or OWN_COLOUR
    context = {
        "ours": ours,
        "colour_form": colour or ColourForm(initial=_ours(request)),
        "logo_form": logo or LogoForm(),
        "look_address": address_of_colour(shown),
        "own_colour": OWN_COLOUR,
        "nearest": tried if nearest else "",
        "main_form": "colour",
    }
    return TemplateResponse(request, "home/house_style.html", context)
