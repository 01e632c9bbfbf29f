"""The doors of the Werkplek: two factors, the right organisation, the right verb."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from achterban.core.accounts.models import Account
from achterban.core.accounts.permissions import verbs_of
from achterban.core.organisations.middleware import organisation_of
from achterban.core.organisations.models import Organisation
from achterban.core.web.peers import PeerLimit, peer_of

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)
UNSENT = "accounts.unsent"
strangers = PeerLimit(burst=20, per_minute=2)


class OwnRequest(HttpRequest):
    """A request by somebody who is logged in; used for annotations only."""

    user: Account
    may: frozenset[str]


class WorkRequest(OwnRequest):
    """A request that came through the door; used for annotations only."""

    organisation: Organisation


View = Callable[Concatenate[R, P], HttpResponse]


def staff(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """Let the browser say where a form came from: Django's CSRF check asks for it."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return wrapped


def same_time(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """Let a code for an unknown address take as long as one for a known address.

    For a known one allauth reads the account anew on each page.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        waiting = request.session.get(LOGIN_SESSION_KEY)
        if waiting and waiting["user_pk"] is None:
            Account.objects.first()
        response: HttpResponse = view(request, *args, **kwargs)
        return response

    return wrapped


def work_page(
    permission: str | None = None, *, fresh: bool = False
) -> Callable[[View[WorkRequest, P]], View[HttpRequest, P]]:
    """Let through who is logged in with two factors and may do this here.

    A stranger is asked to log in. Whoever belongs to another organisation, or lacks
    the verb, gets the same 404 as for a page that is not there.

    Args:
        permission: the verb, None for every member of the organisation.
        fresh: ask again for a sign-in that is older than half an hour.
    """

    def wrap(view: View[WorkRequest, P]) -> View[HttpRequest, P]:
        inner: Any = view

        @staff
        @wraps(view)
        def guarded(
            request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            organisation = organisation_of(request)
            if not request.user.is_authenticated:
                return ask_to_log_in(request)
            if not has_second_factor(request):
                return redirect("second-factor")
            may = _verbs(request.user, organisation)
            if may is None or (permission and permission not in may):
                raise Http404
            request.may = may  # type: ignore[attr-defined]
            if fresh and not signed_in_lately(request):
                return ask_again(request)
            response: HttpResponse = inner(request, *args, **kwargs)
            return response

        return guarded

    return wrap


def own_page(
    *, fresh: bool = False, enrolling: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., HttpResponse]]:
    """Let somebody through to their own account, with two factors.

    Args:
        fresh: ask again for a sign-in that is older than half an hour.
        enrolling: one factor will do for an account that has no second one yet.
    """

    def wrap(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
        @staff
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return ask_to_log_in(request)
            first_time = enrolling and not is_mfa_enabled(request.user)
            if not first_time and not has_second_factor(request):
                return redirect("second-factor")
            if fresh and not signed_in_lately(request):
                return ask_again(request)
            organisation = getattr(request, "organisation", None)
            if organisation is not None:
                request.may = _verbs(request.user, organisation)  # type: ignore[attr-defined]
            response: HttpResponse = view(request, *args, **kwargs)
            return response

        return guarded

    return wrap


def has_second_factor(request: HttpRequest) -> bool:
    """Return whether this session gave two factors: a passkey, or a code as second."""
    records = get_authentication_records(request, request.user)
    return is_mfa_enabled(request.user) and "mfa" in {row["method"] for row in records}


def is_still_in(request: HttpRequest) -> bool:
    """Return whether the session of a page that is being sent has not been ended."""
    before = request.user
    assert isinstance(before, Account)
    now = Account.objects.filter(pk=before.pk, is_active=True).first()
    return (
        now is not None
        and now.get_session_auth_hash() == before.get_session_auth_hash()
        and request.session.exists(request.session.session_key or "")
    )


def signed_in_lately(request: HttpRequest) -> bool:
    """Return whether all factors of the account were given, the last in half an hour.

    The clock is the machine's own, as in the records that allauth keeps.
    """
    records = get_authentication_records(request, request.user)
    if not records or (is_mfa_enabled(request.user) and not has_second_factor(request)):
        return False
    age = time.time() - records[-1]["at"]
    return bool(age < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


def ask_to_log_in(request: HttpRequest) -> HttpResponse:
    """Send somebody to the log-in page, and back here afterwards.

    What was typed waits in the session (``unsent``): a log-in may end while one types.
    """
    # A stranger may leave words too; a flood of them may not fill the disk.
    if not strangers.take(peer_of(request)):
        _keep_unsent(request)
    return redirect_to_login(request.get_full_path(), reverse("account_login"))


def ask_again(request: HttpRequest) -> HttpResponse:
    """Ask for a factor again; what was typed waits in the session (``unsent``)."""
    _keep_unsent(request)
    methods = get_adapter().get_reauthentication_methods(request.user)
    if not methods:  # mailed codes only: those come with logging in
        get_adapter().logout(request)
        return ask_to_log_in(request)
    query = urlencode({"next": request.get_full_path()})
    return redirect(f"{methods[0]['url']}?{query}")


def leave_words(request: HttpRequest, address: str, fields: dict[str, str]) -> None:
    """Let words wait in the session for the page at an address (``unsent``)."""
    request.session[UNSENT] = {address: fields}


def _keep_unsent(request: HttpRequest) -> None:
    if request.method == "POST":
        leave_words(request, request.path, request.POST.dict())


def to_work(request: HttpRequest) -> HttpResponse:
    """Send somebody who is logged in to their Werkplek."""
    return redirect(get_adapter().get_login_redirect_url(request))


def unsent(request: HttpRequest) -> dict[str, str] | None:
    """Return, once, what was typed on this page before a factor was asked again."""
    kept: dict[str, dict[str, str]] = request.session.get(UNSENT, {})
    if request.path not in kept:
        return None
    del request.session[UNSENT]
    return kept[request.path]


def _verbs(account: Account, organisation: Organisation) -> frozenset[str] | None:
    """Return what an account may do here, None for whoever does not belong here."""
    held = account.memberships.filter(organisation=organisation)
    roles = list(held.values_list("role", flat=True))
    return verbs_of(roles) if roles and account.is_active else None
