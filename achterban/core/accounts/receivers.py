"""What follows when somebody adds, makes anew or removes a second factor."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.http import HttpRequest

from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.core.clock import now

SHOW_CODES = "accounts.show_codes"  # in the session, until somebody says they have them


def logged_in(request: HttpRequest, user: Account, **rest: Any) -> None:
    """Bring a log-in into the log."""
    _audit("accounts.account.logged_in", request, user)


def factor_added(
    request: HttpRequest, user: Account, authenticator: Authenticator, **rest: Any
) -> None:
    """Count enrolling as giving the factor: nobody types a second code at once."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        request.session[SHOW_CODES] = True
    else:
        kind = {"id": authenticator.pk, "type": authenticator.type}
        record_authentication(request, user, method="mfa", **kind)
    _audit("accounts.factor.added", request, user, authenticator)


def factor_removed(
    request: HttpRequest, user: Account, authenticator: Authenticator, **rest: Any
) -> None:
    """Bring it into the log."""
    _audit("accounts.factor.removed", request, user, authenticator)


def codes_renewed(
    request: HttpRequest, user: Account, authenticator: Authenticator, **rest: Any
) -> None:
    """Show the new codes."""
    request.session[SHOW_CODES] = True
    _audit("accounts.factor.renewed", request, user, authenticator)


def connect() -> None:
    """Listen to allauth."""
    user_logged_in.connect(logged_in)
    authenticator_added.connect(factor_added)
    authenticator_removed.connect(factor_removed)
    authenticator_reset.connect(codes_renewed)


def _audit(
    kind: str,
    request: HttpRequest,
    account: Account,
    authenticator: Authenticator | None = None,
) -> None:
    organisation = getattr(request, "organisation", None)
    record(
        kind,
        account,
        by=account.pk,
        responsible=organisation.pk if organisation else 0,
        at=now(),
        factor=str(authenticator.type) if authenticator else "",
    )
