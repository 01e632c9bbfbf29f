"""Pages on the way in: an invitation, and the second step."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.mfa.utils import is_mfa_enabled
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from achterban.core.accounts import actions
from achterban.core.accounts.access import (
    ask_again,
    ask_to_log_in,
    has_second_factor,
    staff,
    to_work,
)
from achterban.core.accounts.forms import AcceptForm
from achterban.core.accounts.models import Account, Invitation
from achterban.core.clock import now, today
from achterban.core.organisations.mail import address_of


@staff
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Explain the second step, and offer the ways to make it."""
    if not request.user.is_authenticated:
        return ask_to_log_in(request)
    if has_second_factor(request):
        return to_work(request)
    if is_mfa_enabled(request.user):
        return ask_again(request)
    return TemplateResponse(request, "accounts/second_factor.html")


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation; only a press on the button accepts it, no link scanner."""
    try:
        found = actions.find_invitation(token, on=today())
    except actions.NotValid:
        return TemplateResponse(request, "accounts/invitation_over.html", status=404)
    if getattr(request, "organisation", None) != found.organisation:
        return redirect(address_of("invitation", found.organisation, token))
    account = request.user if request.user.is_authenticated else None
    form = AcceptForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (account or form.is_valid()):
        return _accept(request, token, form, account)
    return _invitation_page(request, found, form)


def _accept(
    request: HttpRequest, token: str, form: AcceptForm, account: Account | None
) -> HttpResponse:
    words = {"name": "", "password": None} if account else form.cleaned_data
    try:
        new = actions.accept_invitation(token, **words, by=account, at=now())
    except actions.NotValid:
        return TemplateResponse(request, "accounts/invitation_over.html", status=404)
    except actions.OtherAccount:
        if account is None:
            return ask_to_log_in(request)
        found = actions.find_invitation(token, on=today())
        wrong = _("You are logged in with another mail address. Log out first.")
        return _invitation_page(request, found, None, wrong)
    if account:
        return to_work(request)
    # The link reached the mailbox, as a mailed code does: that is the first factor.
    record_authentication(request, new, method="invitation")
    response: HttpResponse = perform_login(request, Login(user=new))
    return response


def _invitation_page(
    request: HttpRequest,
    found: Invitation,
    form: AcceptForm | None,
    wrong: str = "",
) -> HttpResponse:
    together = Invitation.objects.open(on=today()).together_with(found)
    context = {
        "organisation": found.organisation,
        "invitations": together.order_by("role"),
        "form": form,
        "wrong": wrong,
    }
    return TemplateResponse(request, "accounts/invitation.html", context)


def not_here(request: HttpRequest) -> HttpResponse:
    """Answer 404: allauth names this page, and there is none."""
    raise Http404
