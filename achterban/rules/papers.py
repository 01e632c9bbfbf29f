"""A text with a little markup and marks of evidence, read into its parts.

What may be typed: headings (``##``), lists (``-`` or ``1.``), bold (``**``), and marks
of what proves a sentence (``[3]``) or of words that stand in its place
(``[citaat 3]``). All else is text, HTML included.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from markdown_it import MarkdownIt
from markdown_it.token import Token

from achterban.rules.readability import ends

MOST_CHARACTERS = 100_000
"""Of one text: some forty pages. Ours; it bounds how long it takes to lay out."""
MARK = re.compile(r"\[(?:citaat )?(\d{1,3})\]")
_LETTER = re.compile(r"[^\W\d_]")


class Kind(StrEnum):
    """What a part of a text is."""

    HEADING = "heading"
    SUBHEADING = "subheading"
    PARAGRAPH = "paragraph"
    BULLETS = "bullets"
    NUMBERS = "numbers"


@dataclass(frozen=True)
class Run:
    """Words that look alike; a line break in them is one that was typed."""

    words: str
    is_bold: bool = False


@dataclass(frozen=True)
class Mark:
    """Where evidence is pointed at.

    Attributes:
        n: the number that was typed.
    """

    n: int


Parts = tuple[Run | Mark, ...]


@dataclass(frozen=True)
class Sentence:
    """A sentence with the marks that belong to it.

    Attributes:
        parts: its words and marks, in order.
    """

    parts: Parts

    @property
    def words(self) -> str:
        """Return what is read, without marks."""
        runs = (part.words for part in self.parts if isinstance(part, Run))
        return " ".join("".join(runs).split())

    @property
    def marks(self) -> list[int]:
        """Return the numbers of its marks, in order."""
        return [part.n for part in self.parts if isinstance(part, Mark)]


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph or a list.

    Attributes:
        kind: which.
        items: the sentences; of a list for each item, else one.
        start: number of the first item of a numbered list.
    """

    kind: Kind
    items: tuple[tuple[Sentence, ...], ...]
    start: int = 1

    @property
    def is_heading(self) -> bool:
        """Return whether it is a heading."""
        return self.kind in {Kind.HEADING, Kind.SUBHEADING}

    @property
    def sentences(self) -> Iterator[Sentence]:
        """Yield the sentences of all items."""
        for item in self.items:
            yield from item


def read_text(text: str) -> list[Block]:
    """Return the parts of a text.

    A mark belongs to the sentence that it stands in, or that ended before it. A list
    in a list becomes one list, and a heading is never two levels below the one above
    it: readers of a PDF would be sent astray (PDF/UA-1, 7.4.2).
    """
    parser = MarkdownIt("zero").enable(["heading", "list", "emphasis", "escape"])
    blocks: list[Block] = []
    lists: list[Block] = []  # that are open, the outermost first
    items: list[tuple[Sentence, ...]] = []
    tag = ""
    for token in parser.parse(text):
        match token.type:
            case "heading_open" | "paragraph_open":
                tag = token.tag
            case "bullet_list_open" | "ordered_list_open":
                kind = Kind.BULLETS if token.tag == "ul" else Kind.NUMBERS
                lists.append(Block(kind, (), int(token.attrs.get("start", 1))))
            case "bullet_list_close" | "ordered_list_close":
                closed = lists.pop()
                if not lists:
                    blocks.append(Block(closed.kind, tuple(items), closed.start))
                    items = []
            case "inline" if lists:
                items.append(_sentences(token))
            case "inline":
                blocks.append(
                    Block(_KINDS.get(tag, Kind.SUBHEADING), (_sentences(token),))
                )
    return _without_gaps([block for block in blocks if any(block.items)])


_KINDS = {"p": Kind.PARAGRAPH, "h1": Kind.HEADING, "h2": Kind.HEADING}


def _without_gaps(blocks: list[Block]) -> list[Block]:
    """Return blocks of which the first heading is one of the highest level."""
    for n, block in enumerate(blocks):
        if block.is_heading:
            return [*blocks[:n], replace(block, kind=Kind.HEADING), *blocks[n + 1 :]]
    return blocks


def without_proof(blocks: Iterable[Block]) -> list[str]:
    """Return the sentences that no mark stands at; headings need none."""
    return [
        sentence.words
        for block in blocks
        if not block.is_heading
        for sentence in block.sentences
        if _LETTER.search(sentence.words) and not sentence.marks
    ]


def marks_in(blocks: Iterable[Block]) -> list[int]:
    """Return each number that stands in a text, once, in the order of reading."""
    found = (n for block in blocks for it in block.sentences for n in it.marks)
    return list(dict.fromkeys(found))


def _sentences(inline: Token) -> tuple[Sentence, ...]:
    """Return the sentences of a paragraph, each with its marks."""
    parts = list(_parts(inline))
    runs = (part.words for part in parts if isinstance(part, Run))
    flat = "".join(runs)
    places = [*ends(flat.replace("\n", " ")), len(flat)]
    found: list[list[Run | Mark]] = [[] for _ in places]
    at = last = 0  # the last character that is no space
    for part in parts:
        if isinstance(part, Mark):
            found[_sentence_at(places, last)].append(part)
            continue
        stop = at + len(part.words)
        if solid := part.words.rstrip():
            last = at + len(solid) - 1
        while at < stop:
            n = _sentence_at(places, at)
            cut = min(stop, places[n])
            words = part.words[at - stop : cut - stop or None]
            found[n].append(Run(words, part.is_bold))
            at = cut
    read = (Sentence(tuple(it)) for it in found)
    return tuple(it for it in read if it.words or it.marks)


def _sentence_at(places: list[int], at: int) -> int:
    """Return which sentence a character stands in."""
    return min(bisect_right(places, at), len(places) - 1)


def _parts(inline: Token) -> Iterator[Run | Mark]:
    is_bold = 0
    for child in inline.children or []:
        if child.type.endswith("_open"):
            is_bold += 1
        elif child.type.endswith("_close"):
            is_bold -= 1
        else:
            yield from _marks(child.content, is_bold=is_bold > 0)


def _marks(words: str, *, is_bold: bool) -> Iterator[Run | Mark]:
    start = 0
    for found in MARK.finditer(words):
        if found.start() > start:
            yield Run(words[start : found.start()], is_bold)
        yield Mark(int(found[1]))
        start = found.end()
    if words[start:]:
        yield Run(words[start:], is_bold)
