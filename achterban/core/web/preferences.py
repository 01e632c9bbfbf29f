"""How somebody wants to see the pages: a cookie with choices and no identity."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "weergave" if settings.PLAIN_HTTP else "__Host-weergave"
A_YEAR = 365 * 24 * 3600  # seconds
CHOICES = {
    "theme": ("auto", "light", "dark"),
    "calm": ("0", "1"),
    "large": ("0", "1"),
    "language": ("nl", "en"),
}


@dataclass(frozen=True)
class PagePreferences:
    """Choices of whoever looks.

    Attributes:
        theme: ``auto`` follows the device.
        calm: no pictures, no motion, warm dark.
        large: larger letters.
        language: ``nl`` or ``en``.
    """

    theme: str = "auto"
    calm: bool = False
    large: bool = False
    language: str = "nl"

    def changed(self, choice: str) -> PagePreferences:
        """Return these with one choice (``calm:1``) made; nonsense changes nothing."""
        name, _, value = choice.partition(":")
        if value not in CHOICES.get(name, ()):
            return self
        if name in {"calm", "large"}:
            return replace(self, **{name: value == "1"})  # type: ignore[arg-type]
        return replace(self, **{name: value})  # type: ignore[arg-type]

    def to_cookie(self) -> str:
        """Return the choices that differ from the start, as text."""
        chosen = []
        for name in CHOICES:
            value = getattr(self, name)
            if value != getattr(PagePreferences(), name):
                chosen.append(f"{name}:{int(value) if value is True else value}")
        return ".".join(chosen)


def from_cookie(text: str) -> PagePreferences:
    """Return the choices in a cookie; what is not understood is passed over."""
    preferences = PagePreferences()
    for choice in text.split(".")[: len(CHOICES)]:
        preferences = preferences.changed(choice)
    return preferences


def preferences_of(request: HttpRequest) -> PagePreferences:
    """Return the choices of whoever asks for this page."""
    found = getattr(request, "preferences", None)
    return found if isinstance(found, PagePreferences) else PagePreferences()


def remember(response: HttpResponse, preferences: PagePreferences) -> None:
    """Keep the choices on the device for a year; no choice, no cookie."""
    text = preferences.to_cookie()
    if text:
        response.set_cookie(
            COOKIE,
            text,
            max_age=A_YEAR,
            secure=not settings.PLAIN_HTTP,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
