"""How a program asks."""

from __future__ import annotations

from typing import Any

from django.test import Client

from achterban.portal.api.views import BASE


def ask(address: str, question: Any, **headers: Any) -> Any:
    """Return the answer to a question in JSON."""
    return Client().post(
        f"/{BASE}{address}", question, content_type="application/json", headers=headers
    )


def got(address: str) -> Any:
    """Return what stands at an address."""
    answer = Client().get(f"/{BASE}{address}")
    assert answer.status_code == 200
    return answer.json()
