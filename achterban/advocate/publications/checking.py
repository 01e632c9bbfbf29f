"""What keeps a publication from being sent, said so that a writer can mend it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from achterban.advocate.publications.composing import Line, Note, Paper
from achterban.rules.headcounts import find_headcounts
from achterban.rules.papers import MOST_CHARACTERS, read_text, without_proof

FEWEST_WORDS = 5  # in a row, by which typed words are known as somebody's


class Trouble(Enum):
    """Why it cannot go out yet."""

    EMPTY = "empty"  # there is no text
    LONG = "long"  # more than can be laid out
    STRAY = "stray"  # a number in the text means nothing
    BARE = "bare"  # a claim that nothing proves
    LOST = "lost"  # words that were taken back, or changed
    TYPED = "typed"  # words of a passage, typed and not marked
    COUNTED = "counted"  # a number of people that was not released
    SIGN = "sign"  # a sign that no font has
    UNSAID = "unsaid"  # a correction that does not say what is other


@dataclass(frozen=True)
class Problem:
    """One thing to mend.

    Attributes:
        trouble: what it is.
        where: the number, the claim, or the words it is about.
    """

    trouble: Trouble
    where: str = ""


def problems_of(paper: Paper) -> list[Problem]:
    """Return what must be mended before it may be sent."""
    return [
        *_in_the_text(paper),
        *(Problem(Trouble.STRAY, str(n)) for n in paper.stray),
        *_in_the_notes(paper),
        *(Problem(Trouble.TYPED, words) for words in _typed(paper)),
        *(Problem(Trouble.COUNTED, words) for words in _counted(paper)),
    ]


def unproven(paper: Paper) -> list[str]:
    """Return the sentences that nothing proves: told to who writes, never refused."""
    return without_proof(read_text(paper.words.text))


def _in_the_text(paper: Paper) -> Iterator[Problem]:
    if not paper.parts:
        yield Problem(Trouble.EMPTY)
    if len(paper.words.text) > MOST_CHARACTERS:
        yield Problem(Trouble.LONG)


def _in_the_notes(paper: Paper) -> Iterator[Problem]:
    for note in paper.notes:
        if not all(proof.holds for proof in note.proofs):
            yield Problem(Trouble.LOST, note.sentence)
        elif not note.proofs:
            yield Problem(Trouble.BARE, note.sentence)


def _typed(paper: Paper) -> Iterator[str]:
    """Yield passages whose words were typed: those would outlive a yes taken back."""
    words = paper.words
    texts = (paper.title, words.text, words.salutation, words.closing, words.changes)
    typed = f" {_plain(' '.join(texts))} "
    for note in paper.notes:
        for proof in note.proofs:
            passage = _plain(proof.quoted.words)
            if len(passage.split()) >= FEWEST_WORDS and f" {passage} " in typed:
                yield proof.quoted.words


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.lower()))


def _counted(paper: Paper) -> Iterator[str]:
    """Yield numbers of people that did not pass the gate (trust F1)."""
    notes = {note.n: note for note in paper.notes}
    for part in paper.parts:
        for line in (line for item in part.items for line in item):
            proven = [notes[piece.note] for piece in line.pieces if piece.note]
            yield from _not_released(_own(line), proven)
    for note in paper.notes:
        yield from _not_released(note.sentence, [note])
    for words in (paper.title, paper.words.salutation, paper.words.changes):
        yield from _not_released(words, [])


def _own(line: Line) -> str:
    """Return the words of a sentence that are ours."""
    return "".join(piece.words for piece in line.pieces if not piece.is_quote)


def _not_released(sentence: str, proven: list[Note]) -> Iterator[str]:
    proofs = [proof for note in proven for proof in note.proofs if proof.holds]
    is_released = any(proof.figure for proof in proofs)
    is_elsewhere = any(proof.source for proof in proofs)
    for count in find_headcounts(sentence):
        if not is_released and (count.is_ours or not is_elsewhere):
            yield count.words
