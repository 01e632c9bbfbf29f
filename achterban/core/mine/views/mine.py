"""Somebody's own account, and the way out."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from achterban.core import clock
from achterban.core.mine import access, actions, passkeys
from achterban.core.mine.access import MineRequest, mine_page

KEY_DIGITS = 20  # a key of 63 bits has 19 at most


@mine_page
@require_safe
def account(request: MineRequest) -> HttpResponse:
    """Show what is known of somebody: their address and their passkeys."""
    context = {
        "email": request.own.open_address(),
        "passkeys": request.own.passkeys.all(),
    }
    return TemplateResponse(request, "mine/account.html", context)


@mine_page
@require_http_methods(["GET", "HEAD", "POST"])
def add_passkey(request: MineRequest) -> HttpResponse:
    """Make a passkey, so that the next log-in needs no mail."""
    host, is_wrong = access.host_of(request), False
    if request.method == "POST":
        state, answer = access.asked(request) or {}, request.POST.get("credential", "")
        try:
            made = passkeys.read_new(host, state, answer)
        except passkeys.NotAPasskey:
            is_wrong = True
        else:
            actions.add_passkey(request.own, *made, on=clock.today())
            return redirect("mine:account")
    known = [each.open_credential()[0] for each in request.own.passkeys.all()]
    options, state = passkeys.ask_for_new(host, request.own, known)
    access.ask(request, state)
    access.session_of(request).save()
    context = {"js_data": {"creation_options": options}, "is_wrong": is_wrong}
    return TemplateResponse(request, "mine/passkey.html", context)


@mine_page
@require_POST
def remove_passkey(request: MineRequest) -> HttpResponse:
    """Take a passkey away."""
    asked = request.POST.get("passkey", "")
    if asked.isdecimal() and len(asked) < KEY_DIGITS:
        actions.remove_passkey(request.own, int(asked), on=clock.today())
    return redirect("mine:account")


@mine_page
@require_POST
def leave(request: MineRequest) -> HttpResponse:
    """Log out."""
    del request.own
    response = TemplateResponse(request, "mine/out.html")
    access.log_out(request, response)
    return response
