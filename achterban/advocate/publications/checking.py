"""What keeps a publication from being sent, said so that a writer can mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from achterban.advocate.publications.composing import Line, Note, Paper
from achterban.rules.borrowed import borrowed
from achterban.rules.headcounts import find_headcounts
from achterban.rules.papers import read_text, without_proof


class Trouble(Enum):
    """Why it cannot go out yet."""

    EMPTY = "empty"  # there is no text
    LONG = "long"  # more than is laid out
    STRAY = "stray"  # a number in the text means nothing
    BARE = "bare"  # a claim that nothing proves
    LOST = "lost"  # words that were taken back, or changed
    TYPED = "typed"  # five words or more of a passage, typed
    COUNTED = "counted"  # a number of people that was not released
    SIGN = "sign"  # a sign that no font has
    NAMED = "named"  # a partner below it who did not sign there
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
    if paper.is_too_long:
        return [Problem(Trouble.LONG)]
    return [
        *(() if paper.parts else (Problem(Trouble.EMPTY),)),
        *(Problem(Trouble.STRAY, str(n)) for n in paper.stray),
        *_in_the_notes(paper),
        *(Problem(Trouble.TYPED, words) for words in _typed(paper)),
        *(Problem(Trouble.COUNTED, words) for words in _counted(paper)),
    ]


def unproven(paper: Paper) -> list[str]:
    """Return the sentences that nothing proves: told to who writes, never refused."""
    return without_proof(read_text(paper.words.text))


def _in_the_notes(paper: Paper) -> Iterator[Problem]:
    for note in paper.notes:
        if not all(proof.holds for proof in note.proofs):
            yield Problem(Trouble.LOST, note.sentence)
        elif not note.proofs:
            yield Problem(Trouble.BARE, note.sentence)


def _typed(paper: Paper) -> Iterator[str]:
    """Yield what was typed of passages: it would outlive a yes taken back."""
    proofs = [proof for note in paper.notes for proof in note.proofs]
    passages = [proof.quoted.words for proof in proofs]
    ours = ["\n".join(_own(line) for line in _lines(paper))]
    ours += [said.words for said in _around(paper)]
    if borrowed("\n".join(ours), passages):
        found = (words for text in ours for words in borrowed(text, passages))
        yield from dict.fromkeys(found)


def _counted(paper: Paper) -> Iterator[str]:
    """Yield numbers of people that did not pass the gate (trust F1)."""
    for said in (*_in_lines(paper), *_around(paper)):
        for count in find_headcounts(said.words):
            is_sourced = said.is_sourced and not count.is_ours
            if not is_sourced and not said.released.issuperset(count.numbers):
                yield count.words


@dataclass(frozen=True)
class _Said:
    """Words that go out as ours.

    Attributes:
        words: they.
        released: which numbers of people may stand there.
        is_sourced: whether a source outside proves them.
    """

    words: str
    released: frozenset[int] = frozenset()
    is_sourced: bool = False


def _lines(paper: Paper) -> Iterator[Line]:
    for part in paper.parts:
        for item in part.items:
            yield from item


def _own(line: Line) -> str:
    """Return the words of a sentence that are ours."""
    return "".join(piece.words for piece in line.pieces if not piece.is_quote)


def _in_lines(paper: Paper) -> Iterator[_Said]:
    notes = {note.n: note for note in paper.notes}
    for line in _lines(paper):
        proven = [notes[piece.note] for piece in line.pieces if piece.note]
        yield _proven(_own(line), proven)


def _around(paper: Paper) -> Iterator[_Said]:
    """Yield what goes out besides the text, a field each."""
    words = paper.words
    yield _Said(paper.title)
    for each in (words.addressee, words.salutation, words.closing, words.changes):
        yield _Said(each)
    for note in paper.notes:
        yield _proven(note.sentence, [note])
        for proof in note.proofs:
            yield _Said(proof.source, is_sourced=True)
            if figure := proof.figure:
                yield _Said(figure.counted, frozenset({figure.n_least}))
                yield _Said(figure.missing, frozenset({figure.n_least}))


def _proven(words: str, notes: list[Note]) -> _Said:
    proofs = [proof for note in notes for proof in note.proofs if proof.holds]
    return _Said(
        words,
        frozenset(proof.figure.n_least for proof in proofs if proof.figure),
        any(proof.source for proof in proofs),
    )
