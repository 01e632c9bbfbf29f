"""The way somebody came to their report, and where its forms go from there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from achterban.core.accounts.models import Account
from achterban.listen.reports.models import Report


@dataclass(frozen=True)
class Way:
    """With its code, from Mijn, or by a colleague who does it for them.

    Attributes:
        code: in groups; empty from elsewhere.
        pk: of the report, where there is no code.
        clerk: the colleague, who corrects only.
    """

    code: str = ""
    pk: int = 0
    clerk: Account | None = None

    @property
    def urls(self) -> dict[str, str]:
        """Return the address of each act."""
        if self.clerk:
            return {
                "show": reverse("reports:on-request", args=[self.pk]),
                "correct": reverse("reports:correct-on-request", args=[self.pk]),
            }
        if self.code:
            return {act: reverse(f"reports:{name}") for act, name in BY_CODE.items()}
        return {
            act: reverse(f"reports:own-{name}", args=[self.pk])
            for act, name in BY_CODE.items()
        }


BY_CODE = {
    "show": "code",
    "say_more": "say-more",
    "add_file": "add-file",
    "keep_file": "keep-file",
    "drop_file": "drop-file",
    "file": "file",
    "correct": "correct",
    "give_yes": "give-yes",
    "take_yes_back": "take-yes-back",
    "looks": "looks",
    "take_along": "take-along",
    "withdraw": "withdraw",
    "hear": "hear",
}
Act = Callable[[HttpRequest, Report, Way], HttpResponse]
