"""The door of Mijn: a cookie and a session of its own, apart from those of the staff.

``request.user`` knows nothing of it, and a Werkplek page nothing of ``request.own``.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import get_current_timezone

from achterban.core import clock
from achterban.core.accounts.access import staff
from achterban.core.accounts.sessions import SessionStore
from achterban.core.mine.models import OwnAccount, address_hash
from achterban.core.mine.passkeys import State
from achterban.core.organisations.middleware import organisation_of
from achterban.core.organisations.models import Organisation
from achterban.core.web.peers import PeerLimit, is_onion, peer_of
from achterban.rules.receipts import NotACode, read_code

COOKIE = "mijn" if settings.PLAIN_HTTP else "__Host-mijn"
ACCOUNT, WAITS, UNSENT, CHALLENGE = "own", "own.waits", "own.unsent", "own.challenge"
REST_DAYS = 1  # whole days: somebody may sleep on it, and the minute is not kept

strangers = PeerLimit(burst=20, per_minute=2)
tor_strangers = PeerLimit(burst=100, per_minute=10)  # nobody can tell them apart
mailboxes = PeerLimit(burst=10, per_minute=0.2)  # whoever it is that asks
MOST_UNSENT = 200_000  # characters


class MineRequest(HttpRequest):
    """A request that came through the door; used for annotations only."""

    own: OwnAccount
    organisation: Organisation


def mine_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let through who is logged in to Mijn here; ask the others to log in.

    What was typed in a form waits in the session until they did.
    """

    @staff
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        organisation = organisation_of(request)
        session = session_of(request)
        account = account_in(session, organisation)
        if account is None:
            return _ask_to_log_in(request)
        if session.get_expiry_date() < _end_of_rest():
            session.set_expiry(_end_of_rest())
            session.save()
        request.own = account  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return guarded


def session_of(request: HttpRequest) -> SessionStore:
    """Return the session of the cookie of Mijn, empty without one."""
    found: SessionStore | None = getattr(request, "own_session", None)
    if found is None:
        found = SessionStore(request.COOKIES.get(COOKIE))
        request.own_session = found  # type: ignore[attr-defined]
    return found


def account_in(session: SessionStore, organisation: Organisation) -> OwnAccount | None:
    """Return who is logged in, with this organisation."""
    return (
        OwnAccount.objects.of(organisation)
        .select_related("key")
        .filter(pk=session.get(ACCOUNT, 0))
        .first()
    )


def is_still_in(request: HttpRequest) -> bool:
    """Return whether the session of a page that is being sent has not been ended."""
    session = session_of(request)
    return session.exists(session.session_key or "")


def host_of(request: HttpRequest) -> str:
    """Return the host that a passkey belongs to."""
    return request.get_host().partition(":")[0]


def keep(session: SessionStore, response: HttpResponse) -> None:
    """Store a session, and give the browser its cookie until it is closed."""
    session.set_expiry(_end_of_rest())
    session.save()
    response.set_cookie(
        COOKIE,
        session.session_key or "",
        secure=not settings.PLAIN_HTTP,
        httponly=True,
        samesite="Lax",
    )


def wait_for(
    email: str, code: str, until: str, request: HttpRequest, response: HttpResponse
) -> None:
    """Remember in the browser that asked which code will let it in."""
    session = session_of(request)
    session[WAITS] = {
        "organisation": organisation_of(request).pk,
        "email": email,
        "code": code,
        "until": until,
    }
    keep(session, response)


def address_behind(request: HttpRequest, typed: str) -> str | None:
    """Return the address that a code proves in this browser; None for a wrong one."""
    waits = session_of(request).get(WAITS)
    if waits is None or waits["organisation"] != organisation_of(request).pk:
        return None
    try:
        is_right = hmac.compare_digest(read_code(typed), waits["code"])
    except NotACode:
        return None
    is_late = clock.now() > datetime.fromisoformat(waits["until"])
    return str(waits["email"]) if is_right and not is_late else None


def log_in(request: HttpRequest, account: OwnAccount) -> HttpResponse:
    """Return the way on, with a session under a new key; what waited is used up."""
    session = session_of(request)
    unsent = session.get(UNSENT)
    session.flush()  # nobody who knew the key before knows the new one
    session[ACCOUNT] = account.pk
    if unsent is not None:
        session[UNSENT] = unsent
    response = redirect(unsent["path"] if unsent else "reports:own-list")
    keep(session, response)
    return response


def log_out(request: HttpRequest, response: HttpResponse) -> None:
    """End the session, and let the browser forget what it kept."""
    session_of(request).flush()
    response.delete_cookie(COOKIE, samesite="Lax")
    response["Clear-Site-Data"] = '"cache", "storage"'


def ask(request: HttpRequest, state: State) -> None:
    """Remember what a passkey was asked; the caller keeps the session."""
    session_of(request)[CHALLENGE] = state


def asked(request: HttpRequest) -> State | None:
    """Return, once, what a passkey was asked."""
    session = session_of(request)
    state: State | None = session.pop(CHALLENGE, None)
    if state is not None:
        session.save()
    return state


def unsent(request: HttpRequest, path: str) -> str:
    """Return, once, the words that were sent to a page when the session had ended."""
    session = session_of(request)
    kept = session.get(UNSENT)
    if kept is None or kept["path"] != path:
        return ""
    del session[UNSENT]
    session.save()
    return str(kept["text"])


def slow_down(request: HttpRequest) -> float:
    """Return the seconds that this peer must wait before it may have more kept here.

    A letter, a question to a passkey and words that wait each cost a row.
    """
    limit = tor_strangers if is_onion(request.get_host()) else strangers
    return limit.take(peer_of(request))


def letter_wait(request: HttpRequest, email: str) -> float:
    """Return the seconds until this peer may have a letter sent to this address."""
    hashed = address_hash(email, organisation_of(request)).hex()
    return mailboxes.wait(hashed) or slow_down(request) or mailboxes.take(hashed)


def _ask_to_log_in(request: HttpRequest) -> HttpResponse:
    response = redirect("mine:enter")
    text = request.POST.get("text", "") if request.method == "POST" else ""
    # A stranger may leave words too; a flood of them may not fill the disk.
    if text and not slow_down(request):
        session = session_of(request)
        session[UNSENT] = {"path": request.path, "text": text[:MOST_UNSENT]}
        keep(session, response)
    return response


def _end_of_rest() -> datetime:
    last = clock.today() + timedelta(days=REST_DAYS + 1)
    return datetime.combine(last, time.min, get_current_timezone())
