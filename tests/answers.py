"""What must hold of every answer and every look: strict headers, no row changed."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.apps import apps
from django.http.response import HttpResponseBase

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    "require-trusted-types-for 'script'",
}
LASTING = {"colour", "logo"}  # their address tells what they are
FOR_A_YEAR = "private, max-age=31536000, immutable"
MAY_CHANGE = {"audit.AuditEvent", "audit.AuditHead", "sessions.Session"}


def wrong_headers(response: HttpResponseBase, name: str = "") -> list[str]:
    """Return what is not as it should be in the answer of the page with this name."""
    policy = set(response.get("Content-Security-Policy", "").split("; "))
    wrong = [f"lacks {part}" for part in sorted(POLICY - policy)]
    wrong += [part for part in policy if "unsafe" in part or "*" in part]
    lasts = name in LASTING and response.status_code == 200
    expected = {
        "Cache-Control": {FOR_A_YEAR if lasts else "no-store"},
        "X-Content-Type-Options": {"nosniff"},
        "Referrer-Policy": {"no-referrer", "same-origin"},
        "Cross-Origin-Opener-Policy": {"same-origin"},
        "Cross-Origin-Resource-Policy": {"same-origin"},
    }
    for header, values in expected.items():
        if response.get(header) not in values:
            wrong.append(f"{header}: {response.get(header)}")
    return wrong


def database() -> dict[str, Counter[tuple[Any, ...]]]:
    """Return every row, by model, but for the log of who looked."""
    return {
        model._meta.label: Counter(
            tuple(map(str, row)) for row in model._default_manager.values_list()
        )
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label not in MAY_CHANGE
    }
