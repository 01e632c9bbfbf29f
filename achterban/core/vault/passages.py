"""Passages of sealed words: where they stand, and a keyed hash by which a change shows.

Only the place and the hash are kept with what quotes them; the words stay where they
are sealed, and whoever destroys these destroys the quote.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass

from achterban.core.vault.models import key_ring

DIGEST_BYTES = 16


class NotInWords(Exception):
    """What was typed does not stand in the words, or more than once."""


@dataclass(frozen=True)
class Passage:
    """Where words stand in a text.

    Attributes:
        start: of its first code point.
        end: of the one after its last.
        digest: keyed hash of the words, by which a change shows.
    """

    start: int
    end: int
    digest: bytes


def spans_of(typed: str, text: str) -> list[tuple[int, int]]:
    """Return where typed words stand in a text, whatever the white space."""
    looked_for = r"\s+".join(map(re.escape, typed.split()))
    if not looked_for:
        return []
    return [found.span() for found in re.finditer(looked_for, text)]


def passage_at(span: tuple[int, int], text: str, *, owner: int) -> Passage:
    """Return the passage at a place.

    Args:
        span: start and end.
        text: where it stands.
        owner: key of the organisation; the same words of another have another hash.
    """
    start, end = span
    return Passage(start, end, _digest(text[start:end], owner))


def passage_in(typed: str, text: str, *, owner: int) -> Passage:
    """Return where typed words stand, once.

    Args:
        typed: the words, as they were copied.
        text: where they should stand.
        owner: key of the organisation.

    Raises:
        NotInWords: they do not stand there, or it is not clear where.
    """
    found = spans_of(typed, text)
    if len(found) != 1:
        raise NotInWords
    return passage_at(found[0], text, owner=owner)


def words_at(passage: Passage, text: str, *, owner: int) -> str | None:
    """Return the words of a passage; None where other words stand there now."""
    words = text[passage.start : passage.end]
    same = hmac.compare_digest(_digest(words, owner), passage.digest)
    return words if same else None


def _digest(words: str, owner: int) -> bytes:
    key = key_ring().digest("receipt", f"passage:{owner}".encode())
    return hmac.digest(key, words.encode(), hashlib.sha256)[:DIGEST_BYTES]
