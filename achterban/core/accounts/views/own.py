"""Somebody's own account."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from achterban.core.accounts import actions
from achterban.core.accounts.access import OwnRequest, own_page, to_work
from achterban.core.accounts.forms import NameForm, PasswordForm
from achterban.core.accounts.models import Account
from achterban.core.accounts.receivers import SHOW_CODES
from achterban.core.clock import now


@own_page()
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: OwnRequest) -> HttpResponse:
    """Show and change somebody's own account."""
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        actions.rename(request.user, name=form.cleaned_data["name"], at=now())
        return redirect("mfa_index")
    authenticators = Authenticator.objects.filter(user_id=request.user.pk)
    context = {
        "form": form,
        "passkeys": authenticators.filter(type=Authenticator.Type.WEBAUTHN),
        "has_app": authenticators.filter(type=Authenticator.Type.TOTP).exists(),
        "n_codes": len(_unused_codes(request.user)),
    }
    return TemplateResponse(request, "accounts/account.html", context)


@own_page(fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: OwnRequest) -> HttpResponse:
    """Set a password."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["password"]
        actions.change_password(request.user, password=chosen, at=now())
        update_session_auth_hash(request, request.user)
        return redirect("mfa_index")
    return TemplateResponse(request, "accounts/password.html", {"form": form})


@own_page(fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: OwnRequest) -> HttpResponse:
    """Show new codes until somebody says they have them; later only how many."""
    if request.method == "POST":
        request.session.pop(SHOW_CODES, None)
        return to_work(request)
    codes = _unused_codes(request.user)
    context = {"n_codes": len(codes), "codes": codes if _may_see(request) else []}
    return TemplateResponse(request, "accounts/recovery_codes.html", context)


@own_page(fresh=True)
@require_safe
def recovery_codes_file(request: OwnRequest) -> HttpResponse:
    """Give the new codes as a file, as long as the page shows them."""
    if not _may_see(request):
        raise Http404
    context = {"codes": _unused_codes(request.user)}
    response = render(request, "accounts/recovery_codes.txt", context)
    response["Content-Type"] = "text/plain; charset=utf-8"
    response["Content-Disposition"] = 'attachment; filename="codes.txt"'
    return response


def _may_see(request: HttpRequest) -> bool:
    return bool(request.session.get(SHOW_CODES))


def _unused_codes(account: Account) -> list[str]:
    found = Authenticator.objects.filter(
        user_id=account.pk, type=Authenticator.Type.RECOVERY_CODES
    ).first()
    codes: list[str] = RecoveryCodes(found).get_unused_codes() if found else []
    return codes
