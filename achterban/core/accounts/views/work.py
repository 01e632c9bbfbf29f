"""The team: who works here, and what they may do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_safe

from achterban.core.accounts import actions, queries
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.accounts.forms import InviteForm
from achterban.core.accounts.models import Account, Invitation, Membership
from achterban.core.clock import now, today

REFUSALS = {
    actions.OwnAddress: _lazy("This is your own address. A colleague must ask you."),
    actions.HasRole: _lazy("This address has this role, or is invited to it."),
    actions.LastManager: _lazy(
        "This is the last one who can manage accounts. Invite somebody else first."
    ),
    actions.OwnFactor: _lazy("Ask a colleague who manages accounts to do this."),
}


@work_page("accounts.manage")
@require_safe
def team(request: WorkRequest) -> HttpResponse:
    """Show who works here, and who is invited."""
    invitations = Invitation.objects.visible_to(request.user, request.organisation)
    context = {
        "members": queries.team(request.user, request.organisation),
        "invitations": invitations.open(on=today()).order_by("email", "role"),
    }
    return TemplateResponse(request, "accounts/team.html", context)


@work_page("accounts.manage", fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: WorkRequest) -> HttpResponse:
    """Invite somebody."""
    form = InviteForm(request.POST or None, initial=unsent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite(
                request.organisation, **form.cleaned_data, by=request.user, at=now()
            )
        except (actions.OwnAddress, actions.HasRole) as error:
            form.add_error("email", REFUSALS[type(error)])
        else:
            return redirect("team")
    return TemplateResponse(request, "accounts/invite.html", {"form": form})


@work_page("accounts.manage", fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: WorkRequest, pk: int) -> HttpResponse:
    """Withdraw an invitation."""
    open_ones = Invitation.objects.visible_to(request.user, request.organisation)
    invitation = get_object_or_404(open_ones.open(on=today()), pk=pk)
    words = {
        "title": _("Withdraw this invitation?"),
        "explanation": _("The link in the letter to %(email)s will not work any more.")
        % {"email": invitation.email},
        "button": _("Withdraw"),
    }
    act = actions.withdraw_invitation
    return _confirm(request, words, lambda: act(invitation, by=request.user, at=now()))


@work_page("accounts.manage", fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: WorkRequest, pk: int) -> HttpResponse:
    """Take a role from somebody."""
    visible = Membership.objects.visible_to(request.user, request.organisation)
    membership = get_object_or_404(visible.select_related("account"), pk=pk)
    who = {"name": membership.account, "role": membership.get_role_display()}
    words = {
        "title": _("Take the role %(role)s from %(name)s?") % who,
        "explanation": _("It works at once: wherever they are logged in, it stops."),
        "button": _("Take away"),
    }
    act = actions.remove_membership
    return _confirm(request, words, lambda: act(membership, by=request.user, at=now()))


@work_page("accounts.manage", fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def reset_factor(request: WorkRequest, pk: int) -> HttpResponse:
    """Let somebody who lost the second step make a new one."""
    team_here = Membership.objects.visible_to(request.user, request.organisation)
    account = get_object_or_404(
        Account.objects.filter(memberships__in=team_here).distinct(), pk=pk
    )
    words = {
        "title": _("New second step for %(name)s?") % {"name": account},
        "explanation": _(
            "Do this only if you spoke to them yourself. Their passkeys, app and "
            "recovery codes stop. They log in and make a new second step. They, and "
            "everybody who manages accounts, get a letter."
        ),
        "button": _("Let them make a new one"),
    }

    def act() -> None:
        organisation = request.organisation.pk
        actions.reset_second_factor(
            account, by=request.user, at=now(), responsible=organisation
        )

    return _confirm(request, words, act)


def _confirm(
    request: WorkRequest, words: dict[str, str], act: Callable[[], None]
) -> HttpResponse:
    context: dict[str, Any] = {**words}
    if request.method == "POST":
        try:
            act()
        except (actions.LastManager, actions.OwnFactor) as error:
            context["refusal"] = REFUSALS[type(error)]
        else:
            return redirect("team")
    return TemplateResponse(request, "accounts/confirm.html", context)
