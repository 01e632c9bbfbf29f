"""Somebody's own account, and the way out."""

from __future__ import annotations

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from achterban.core.mine import access
from achterban.core.mine.access import MineRequest, mine_page


@mine_page
@require_safe
def account(request: MineRequest) -> HttpResponse:
    """Show what is known of somebody: their address."""
    context = {"email": request.own.open_address()}
    return TemplateResponse(request, "mine/account.html", context)


@mine_page
@require_POST
def leave(request: MineRequest) -> HttpResponse:
    """Log out."""
    del request.own
    response = TemplateResponse(request, "mine/out.html")
    access.log_out(request, response)
    return response
