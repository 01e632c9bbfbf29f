"""Secrets as a tired hand copies them."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def in_fours(secret: str) -> list[str]:
    """Return a text in groups of four."""
    return [secret[start : start + 4] for start in range(0, len(secret), 4)]
