"""Take words out of a text, everywhere, with the ground in their place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from achterban.rules.redaction.grounds import Ground
from achterban.rules.redaction.matching import Text, squeezed, whole_of


@dataclass(frozen=True)
class Decision:
    """What is done with some words, wherever they stand.

    Attributes:
        words: as they stand in the text.
        ground: why they go out; None: they stay.
    """

    words: str
    ground: Ground | None

    @property
    def key(self) -> str:
        """Return by which two ways to write the same words are one."""
        return squeezed(self.words)


@dataclass(frozen=True)
class Removal:
    """A piece of a text that goes out.

    Attributes:
        start: its first code point.
        end: the code point after its last.
        ground: why.
    """

    start: int
    end: int
    ground: Ground


def removals(text: str, decisions: Iterable[Decision]) -> list[Removal]:
    """Return what goes out of a text, in order, none over or right beside another.

    Words go out wherever they stand, however they are written (``matching``). Where two
    overlap or nothing but spaces lies between, they are one, with the ground of the
    first: how many words there were is not told either.
    """
    searched = Text(text)
    found = [
        Removal(start, end, it.ground)
        for it in decisions
        if it.ground is not None and it.key
        for start, end in searched.places(whole_of(it.words))
    ]
    joined: list[Removal] = []
    for each in sorted(found, key=lambda it: (it.start, -it.end)):
        if joined and not text[joined[-1].end : each.start].strip(" \t"):
            last = joined.pop()
            end = max(last.end, each.end)
            joined.append(Removal(last.start, end, last.ground))
        else:
            joined.append(each)
    return joined


def times(text: str, decisions: Iterable[Decision]) -> list[int]:
    """Return how often the words of each decision stand in a text."""
    searched = Text(text)
    return [len(list(searched.places(whole_of(it.words)))) for it in decisions]


def block(ground: Ground) -> str:
    """Return what stands in the place of words: always as long as its ground."""
    return f"[{ground}]"


def redacted(text: str, pieces: Iterable[Removal]) -> str:
    """Return a text without some pieces.

    Args:
        text: any.
        pieces: as ``removals`` gives them.
    """
    parts, at = [], 0
    for piece in pieces:
        parts += [text[at : piece.start], block(piece.ground)]
        at = piece.end
    return "".join([*parts, text[at:]])
