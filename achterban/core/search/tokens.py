"""Keyed hashes of forms: what the index holds in the place of words."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable
from functools import lru_cache, partial

from achterban.core.vault.models import key_ring
from achterban.rules.search import Query, facet
from achterban.rules.search.query import Group

TOKEN_BYTES = 5  # 40 bits: of a million forms two in a million fall together
_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_TEN_BITS = [one + other for one in _LETTERS for other in _LETTERS]


def hasher(organisation_id: int, kind: str) -> Callable[[str], str]:
    """Return what makes tokens of the forms of one kind of thing of an organisation.

    The key lives outside the database. Each organisation has tokens of its own: what
    one of them looks for never passes by things of another.
    """
    place = f"search:{organisation_id}:{kind}".encode()
    return partial(_token, key_ring().digest("receipt", place))


@lru_cache(50_000)  # words come back
def _token(key: bytes, form: str) -> str:
    """Return the first 40 bits of the HMAC, in base32: four times ten bits."""
    digest = hmac.digest(key, form.encode(), hashlib.sha256)
    n = int.from_bytes(digest[:TOKEN_BYTES], "big")
    return (
        _TEN_BITS[n >> 30]
        + _TEN_BITS[n >> 20 & 1023]
        + _TEN_BITS[n >> 10 & 1023]
        + _TEN_BITS[n & 1023]
    )


def stretch_form(stretch: int) -> str:
    """Return the form of a stretch of days: PostgreSQL looks in the newest first."""
    return facet("days", str(stretch))


def joined(tokens: Iterable[str]) -> str:
    """Return tokens as they are stored: sorted, so that no order of words is left."""
    return " ".join(sorted(set(tokens)))


def expression(query: Query, token: Callable[[str], str], vendor: str) -> str:
    """Return a query over tokens, as FTS5 or a tsquery understands it."""
    every, some, no = (
        (" & ", " | ", " & !") if vendor == "postgresql" else (" AND ", " OR ", " NOT ")
    )

    def written(group: Group) -> str:
        ways = (every.join(sorted(map(token, forms))) for forms in group)
        return f"({some.join(f'({way})' for way in ways)})"

    found = every.join(map(written, query.wanted))
    return found + "".join(no + written(group) for group in query.unwanted)
