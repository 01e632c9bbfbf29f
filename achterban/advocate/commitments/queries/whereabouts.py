"""Where a promise stands in a document, with the words around it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from achterban.advocate.commitments.models import Whereabouts
from achterban.advocate.dossiers.models import Rank
from achterban.advocate.issues.models import Document
from achterban.advocate.issues.models.documents import BREAK
from achterban.core.vault.passages import Passage, words_at
from achterban.rules.commitments import Suggestion, suggestions

MOST_CHARACTERS = 200_000  # of a document that is looked through: some eighty pages


@dataclass(frozen=True)
class Leaf:
    """A page with the words of a promise on it.

    Attributes:
        before: what stands before them.
        passage: the words.
        after: what stands behind them.
        holds: whether these are still the words that were pointed at.
    """

    before: str
    passage: str
    after: str
    holds: bool


def leaf_of(row: Whereabouts) -> Leaf:
    """Return the page on which a promise stands; ``row`` with document and key."""
    page = row.document.pages.get(n=row.page)
    page.document = row.document
    words = page.open_until(row.end)
    passage = Passage(row.start, row.end, bytes(row.digest))
    same = words_at(passage, words, owner=row.document.organisation_id)
    return Leaf(
        words[: row.start], words[row.start : row.end], words[row.end :], bool(same)
    )


@dataclass(frozen=True)
class Suggested:
    """What may be promised in a text.

    Attributes:
        verbatim: the words, as they are proposed.
        words: those for the term, empty where there are none.
        level: a ``Rank``, empty where none is named.
        passage: the words as they stand there.
        page: on which page of a document; 0 where there are none.
    """

    verbatim: str
    words: str
    level: str
    passage: str
    page: int = 0


def suggested_in(text: str, on: date) -> Iterator[Suggested]:
    """Yield what may be promised in a text of a day."""
    for it in suggestions(text, on):
        yield _suggested(it, text)


def suggested_by(document: Document, on: date) -> tuple[list[Suggested], int]:
    """Return what may be promised in a document, and how many pages were not read.

    The pages are read as one text: how a letter begins tells what follows.

    Args:
        document: with its key.
        on: the date that is on it.
    """
    between = BREAK if document.has_pages else ""  # else they are pieces of a text
    whole, starts = "", []
    for page in document.pages.all():
        page.document = document
        words = page.open()
        if len(whole) + len(words) > MOST_CHARACTERS:
            break
        starts.append(len(whole))
        whole += words + between
    found = [
        _suggested(
            it, whole, bisect_right(starts, it.start) if document.has_pages else 0
        )
        for it in suggestions(whole, on)
    ]
    return found, document.n_pages - len(starts)


def _suggested(it: Suggestion, text: str, page: int = 0) -> Suggested:
    level = it.level if it.level in Rank.values else ""
    return Suggested(it.what, it.when, level, text[it.start : it.end], page)
