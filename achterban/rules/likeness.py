"""Which texts are the same, or nearly so, without keeping a word of them.

A campaign is one text that many people send, some with a word of their own. The same
words give the same hash. Nearly the same words share most of their shingles (three
words in a row); of those the smallest of each of 16 keyed hashes is kept, and four
bands of four of these are what neighbours are found by. Two texts of which 90 in 100
shingles are the same share a band in 99 of 100 cases, 80 in 88, 50 in 23, 30 in 3: what
was found so is compared by its words afterwards (``resemblance``).

Every hash is keyed, so that a stolen database gives no words to who guesses them.

Source: Broder, On the resemblance and containment of documents, 1997 (shingles, least
hashes); Indyk and Motwani 1998 and Leskovec, Rajaraman and Ullman, Mining of Massive
Datasets, chapter 3 (bands: chance 1 - (1 - s^4)^4).
"""

from __future__ import annotations

import hashlib
import hmac
import re
import struct
import unicodedata

N_WORDS = 3  # of a shingle
N_HASHES, N_BANDS = 16, 4
FEWEST_SHINGLES = 8  # shorter texts are alike by chance: only the same words count
LEAST_LIKE = 0.8  # of all shingles of two texts: what is nearly the same
HASH_BYTES = 12
_LAYOUT = struct.Struct(f"<{N_HASHES}I")
_WORD = re.compile(r"[^\W_]+")
_ROWS = N_HASHES // N_BANDS


def normalised(text: str) -> list[str]:
    """Return the words of a text in small letters, without accents or signs."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    if not folded.isascii():
        folded = "".join(c for c in folded if not unicodedata.combining(c))
    return _WORD.findall(folded)


def keyed(value: str, key: bytes) -> bytes:
    """Return a keyed hash, 12 bytes.

    Args:
        value: begin it with what it is, so that one kind never passes for another.
        key: at most 64 bytes.
    """
    return hmac.digest(key, value.encode(), hashlib.sha256)[:HASH_BYTES]


def same_words(words: list[str], key: bytes) -> bytes | None:
    """Return the keyed hash of words; None where there are none.

    Args:
        words: as ``normalised`` gives them.
        key: at most 64 bytes.
    """
    return keyed(f"words:{' '.join(words)}", key) if words else None


def bands(words: list[str], key: bytes) -> list[bytes]:
    """Return what near-duplicates are found by: four keyed hashes; none when short.

    Args:
        words: as ``normalised`` gives them.
        key: at most 64 bytes.
    """
    found = shingles(words)
    if len(found) < FEWEST_SHINGLES:
        return []
    rows = [
        _LAYOUT.unpack(hashlib.blake2b(s.encode(), key=key, digest_size=64).digest())
        for s in found
    ]
    least = [min(column) for column in zip(*rows, strict=True)]
    return [
        hmac.digest(
            key, struct.pack(f"<B{_ROWS}I", n, *least[n * _ROWS :][:_ROWS]), "sha256"
        )[:HASH_BYTES]
        for n in range(N_BANDS)
    ]


def shingles(words: list[str]) -> set[str]:
    """Return each three words in a row."""
    return {" ".join(words[n : n + N_WORDS]) for n in range(len(words) - N_WORDS + 1)}


def resemblance(one: list[str], other: list[str]) -> float:
    """Return which part of the shingles of two texts both have, from 0 to 1."""
    mine, yours = shingles(one), shingles(other)
    return len(mine & yours) / len(mine | yours) if mine or yours else 0.0
