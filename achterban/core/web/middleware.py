"""What holds for every page: headers, preferences, same origin, polite failure."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import (
    BadRequest,
    DisallowedHost,
    PermissionDenied,
    SuspiciousOperation,
)
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponsePermanentRedirect,
)
from django.http.multipartparser import MultiPartParserError
from django.urls import resolve
from django.utils import translation

from achterban.core.web.failures import PASSING, busy, not_from_here, out_of_order
from achterban.core.web.peers import is_onion
from achterban.core.web.preferences import (
    COOKIE,
    PagePreferences,
    from_cookie,
    preferences_of,
    remember,
)

Handler = Callable[[HttpRequest], HttpResponse]

log = logging.getLogger(__name__)

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' data:",
        "media-src 'self' blob:",  # what was just recorded
        "connect-src 'self'",
        "form-action 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]
)
OPEN_PATH = "/api/"  # for other programs; nothing here knows a visitor
HEALTH_PATH = "/gezond/"  # for a watcher on the machine itself, over http
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
THEIR_MISTAKES = (  # Django answers these itself
    Http404,
    PermissionDenied,
    SuspiciousOperation,
    BadRequest,
    MultiPartParserError,
)
PREFERENCE_PARAMETER = "preference"
LASTING = "achterban_lasts"
CHOSEN = "chosen_preferences"


def lasting(response: HttpResponse) -> HttpResponse:
    """Let browsers keep an answer; only for what its address tells whole."""
    setattr(response, LASTING, True)
    return response


class SafeHeaders:
    """Put the same strict headers on every answer, errors and files included."""

    def __init__(self, get_response: Handler) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    @staticmethod
    def _may_be_plain(request: HttpRequest) -> bool:
        """Return whether http will do: on this machine, or over Tor, which encrypts."""
        return (
            settings.PLAIN_HTTP
            or request.path_info == HEALTH_PATH
            or is_onion(request.headers.get("Host", ""))
        )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer over https only, and with headers."""
        if request.META.get("REMOTE_ADDR") not in settings.TRUSTED_PROXIES:
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)  # anyone can write that
        if self._may_be_plain(request) or request.is_secure():
            response = self.get_response(request)
        else:
            response = self._to_https(request)
        headers = response.headers
        headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()"
        )
        headers.setdefault("Referrer-Policy", "no-referrer")
        if not response.streaming:
            headers.setdefault("Content-Length", str(len(response.content)))
        if getattr(response, LASTING, False):
            headers["Cache-Control"] = "private, max-age=31536000, immutable"
        elif not request.path_info.startswith(settings.STATIC_URL):
            headers["Cache-Control"] = "no-store"
        if not settings.PLAIN_HTTP:
            headers["Strict-Transport-Security"] = (
                f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"
            )
        return response

    @staticmethod
    def _to_https(request: HttpRequest) -> HttpResponse:
        try:
            address = f"https://{request.get_host()}{request.get_full_path()}"
        except DisallowedHost:
            return HttpResponseBadRequest()
        return HttpResponsePermanentRedirect(address)


class PoliteFailure:
    """Say sorry without a trace, and say when to come back.

    Views that take words show them again themselves; this is the net below them. What
    fails in another layer than a view ends in ``failures.server_error``.
    """

    def __init__(self, get_response: Handler) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, error: Exception
    ) -> HttpResponse | None:
        """Answer 503 for a database or disk that fails, 500 for our own mistake."""
        if isinstance(error, THEIR_MISTAKES):
            return None
        # Never the message or the values: they may quote what somebody wrote.
        log.error("%s at %s", type(error).__name__, places(error))
        if isinstance(error, PASSING):
            return busy(request)
        return out_of_order(request)


def places(error: Exception) -> str:
    """Return where something failed, without what it was about."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    return " < ".join(f"{f.filename}:{f.lineno}" for f in reversed(frames))


class Stateless:
    """Answer other programs past every layer that knows a visitor.

    No cookie is read or set, no session, organisation or row is looked up, and so there
    is nothing that another site could abuse: what lies under ``OPEN_PATH`` only.
    """

    def __init__(self, get_response: Handler) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go straight to the view, or pass on."""
        if not request.path_info.startswith(OPEN_PATH):
            return self.get_response(request)
        found = resolve(request.path_info)
        response: HttpResponse = found.func(request, *found.args, **found.kwargs)
        return response


class Preferences:
    """Read how somebody wants to see the pages, and remember a new choice.

    A choice may come along with any form (``preference=calm:1``): the page then shows
    what was typed again, because views ask ``is_choice`` before they act.
    """

    def __init__(self, get_response: Handler) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set ``request.preferences`` and the language."""
        preferences = from_cookie(request.COOKIES.get(COOKIE, ""))
        request.preferences = preferences  # type: ignore[attr-defined]
        with translation.override(preferences.language):
            request.LANGUAGE_CODE = preferences.language
            response = self.get_response(request)
        chosen: PagePreferences | None = getattr(request, CHOSEN, None)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        if chosen is not None:
            remember(response, chosen)
        return response

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        """Take a choice along that came with a form.

        Not sooner: how large a file in it may be, the page and the visitor say.
        """
        try:
            is_chosen = request.method == "POST" and is_choice(request)
        except BadRequest:  # the page that says so looks for a token in the same form
            request._mark_post_parse_error()  # type: ignore[attr-defined]
            raise
        if is_chosen:
            choice = request.POST[PREFERENCE_PARAMETER]
            chosen = preferences_of(request).changed(choice)
            setattr(request, CHOSEN, chosen)
            request.preferences = chosen  # type: ignore[attr-defined]
            translation.activate(chosen.language)
            request.LANGUAGE_CODE = chosen.language


def is_choice(request: HttpRequest) -> bool:
    """Return whether a form was sent only to change how the page looks."""
    return PREFERENCE_PARAMETER in request.POST


class SameOrigin:
    """Refuse an act that another site started (``Sec-Fetch-Site``, ``Origin``).

    Public forms carry no cookie and so no CSRF token; this is what guards them, next
    to the signed token that only our own page gives out. A browser that tells nothing
    is let through: there is no session to abuse.
    """

    def __init__(self, get_response: Handler) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let reading pass; ask of an act where it came from."""
        if request.method in SAFE_METHODS or self._is_ours(request):
            return self.get_response(request)
        return not_from_here(request)

    @staticmethod
    def _is_ours(request: HttpRequest) -> bool:
        site = request.META.get("HTTP_SEC_FETCH_SITE")
        if site is not None:
            return site in {"same-origin", "none"}
        origin = request.META.get("HTTP_ORIGIN")
        # With "no-referrer" a browser sends the origin of a form as "null".
        own = f"{request.scheme}://{request.get_host()}"
        return origin in {None, "null", own}
