"""Put a publication together: the text with its notes, and the words as they stand.

What was typed and cited is ``content``, which holds no words of people; a version keeps
it as it was. A ``Paper`` is what comes of it on a day, with the words in their places:
all three forms and the page are made of that.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _

from achterban.advocate.issues.models import Citation, Claim, Figure, Strength
from achterban.advocate.publications.models import Kind, Mark, Publication, Words
from achterban.core.organisations.models import Organisation
from achterban.listen.reports.actions.quoting import (
    Passage,
    Quoted,
    Quotes,
    Standing,
)
from achterban.listen.reports.models import Report
from achterban.rules import papers
from achterban.rules.papers import (
    MOST_CHARACTERS,
    Block,
    Run,
    Sentence,
    marks_in,
    read_text,
)

Content = dict[str, Any]
_SPACES = re.compile(r"[ \t]+")


@dataclass(frozen=True)
class ShownFigure:
    """A number that was released, with the words that belong to it.

    Attributes:
        n_least: how many people they are at least.
        month: first day of the last month that was counted.
        counted: what is counted.
        missing: who could not be heard.
    """

    n_least: int
    month: date
    counted: str
    missing: str


@dataclass(frozen=True)
class Shown:
    """A proof as it stands on a day.

    Attributes:
        citation: key of its row; it may be gone since.
        quoted: the passage; of anything else it always holds.
        report: key of the report that the passage is of, else None.
        source: author, title, year and page.
        address: of the source on the web.
        figure: a number that was released.
    """

    citation: int
    quoted: Quoted
    report: int | None = None
    source: str = ""
    address: str = ""
    figure: ShownFigure | None = None

    @property
    def holds(self) -> bool:
        """Return whether it still proves something."""
        return self.quoted.standing is Standing.HOLDS

    @property
    def label(self) -> str:
        """Return what it is, in a word."""
        if self.figure:
            return _("Number")
        return _("Source") if self.source else _("Report")


@dataclass(frozen=True)
class Note:
    """A claim that the text points at, with what proves it.

    Attributes:
        n: in the order of reading, from 1.
        claim: key of the claim.
        sentence: what we say.
        strength: what kind of proof there is.
        proofs: what proves it.
    """

    n: int
    claim: int
    sentence: str
    strength: str
    proofs: tuple[Shown, ...]

    @property
    def strength_label(self) -> str:
        """Return the kind of proof on the screen."""
        return str(Strength(self.strength).label)


@dataclass(frozen=True)
class Piece:
    """A part of a sentence: words, a number that points at a note, or a quote.

    Attributes:
        words: to read; of a number none.
        is_bold: whether it stands out.
        note: which note it points at, 0 for none.
        is_quote: whether somebody told these words.
        standing: whether they may be quoted.
    """

    words: str = ""
    is_bold: bool = False
    note: int = 0
    is_quote: bool = False
    standing: Standing = Standing.HOLDS


@dataclass(frozen=True)
class Line:
    """A sentence, ready to show.

    Attributes:
        pieces: in order.
        note: the first note that it points at, 0 for none.
        is_apart: whether a space stands before it.
    """

    pieces: tuple[Piece, ...]
    note: int
    is_apart: bool = False

    @property
    def linked(self) -> list[Piece]:
        """Return what leads to the first note: the words, with its number."""
        return [it for it in self.pieces if it.note in {0, self.note}]

    @property
    def more(self) -> list[int]:
        """Return the other notes that it points at."""
        notes = dict.fromkeys(it.note for it in self.pieces if it.note)
        return [n for n in notes if n != self.note]


@dataclass(frozen=True)
class Part:
    """A heading, a paragraph or a list, ready to show."""

    kind: papers.Kind
    items: tuple[tuple[Line, ...], ...]
    start: int


@dataclass(frozen=True)
class Stamp:
    """What a version carries that a draft does not.

    Attributes:
        number: of the publication, such as ``2026-03``.
        n: of the version, from 1.
        on: the day of sending.
    """

    number: str
    n: int
    on: date


@dataclass(frozen=True)
class Paper:
    """A publication as it reads on a day.

    Attributes:
        kind: what it is.
        title: what it is about.
        words: the rest of what was typed.
        parts: the text.
        notes: what proves it, in the order of reading.
        stray: numbers in the text that mean nothing.
        stamp: of a version; None for a draft.
        cosigners: organisations that signed the text, by name.
    """

    kind: Kind
    title: str
    words: Words
    parts: tuple[Part, ...]
    notes: tuple[Note, ...]
    stray: tuple[int, ...]
    stamp: Stamp | None = None
    cosigners: tuple[str, ...] = ()

    @property
    def is_too_long(self) -> bool:
        """Return whether it is too much to lay out or show: a quote can be repeated."""
        lines = (line for part in self.parts for item in part.items for line in item)
        n = sum(len(piece.words) for line in lines for piece in line.pieces)
        for note in self.notes:
            n += len(note.sentence)
            n += sum(len(it.quoted.words + it.source) for it in note.proofs)
        return max(n, len(self.words.text)) > MOST_CHARACTERS

    @property
    def lost(self) -> list[Shown]:
        """Return the passages that may not be quoted any more."""
        return [it for note in self.notes for it in note.proofs if not it.holds]


def content_of(publication: Publication) -> Content:
    """Return what stands in a publication, without the words of people."""
    words = publication.open_words()
    used = marks_in(read_text(words.text))
    marks = publication.marks.filter(n__in=used).select_related("claim")
    rows: list[Mark] = list(marks)
    claims = {row.claim_id: row.claim for row in rows}
    return {
        "kind": publication.kind,
        "title": publication.title,
        "words": asdict(words),
        "marks": {str(row.n): [row.claim_id, row.citation_id] for row in rows},
        "claims": _claims(claims.values()),
    }


def _claims(claims: Collection[Claim]) -> dict[str, Any]:
    rows = Citation.objects.filter(claim__in=claims).select_related("figure__released")
    proofs: dict[int, list[Citation]] = {claim.pk: [] for claim in claims}
    for row in rows:
        proofs[row.claim_id].append(row)
    return {
        str(claim.pk): {
            "sentence": claim.sentence,
            "strength": claim.strength,
            "proofs": [_frozen(row) for row in proofs[claim.pk]],
        }
        for claim in claims
    }


def _frozen(row: Citation) -> dict[str, Any]:
    return {
        "citation": row.pk,
        "report": row.report_id,
        "start": row.start,
        "end": row.end,
        "digest": bytes(row.digest).hex(),
        "source": row.source,
        "address": row.address,
        "figure": _frozen_figure(row.figure) if row.figure else None,
    }


def _frozen_figure(figure: Figure) -> dict[str, Any]:
    return {
        "n_least": figure.n_least,
        "month": figure.month.isoformat(),
        "counted": figure.counted,
        "missing": figure.missing,
    }


def paper_of(content: Content, *, on: date, stamp: Stamp | None = None) -> Paper:
    """Return a publication as it reads today: consent and words are looked at anew.

    Args:
        content: of the publication, or of one of its versions.
        on: today.
        stamp: of the version.
    """
    words = Words(**content["words"])
    blocks = read_text(words.text)
    notes = _notes(content, blocks, on=on)
    return Paper(
        kind=Kind(content["kind"]),
        title=content["title"],
        words=words,
        parts=tuple(_part(block, content["marks"], notes) for block in blocks),
        notes=tuple(notes.values()),
        stray=tuple(n for n in marks_in(blocks) if str(n) not in content["marks"]),
        stamp=stamp,
        cosigners=tuple(content.get("cosigners", ())),
    )


def note_of(content: Content, n: int, *, on: date) -> Note | None:
    """Return one note as it reads today, without looking at the others.

    Args:
        content: of the publication, or of one of its versions.
        n: of the note, from 1.
        on: today.
    """
    order = _order(content, read_text(content["words"]["text"]))
    return _resolved(content, {n: order[n - 1]}, on=on)[0] if n <= len(order) else None


def _notes(content: Content, blocks: list[Block], *, on: date) -> dict[int, Note]:
    order = dict(enumerate(_order(content, blocks), start=1))
    return {note.claim: note for note in _resolved(content, order, on=on)}


def _order(content: Content, blocks: list[Block]) -> list[int]:
    """Return the keys of the claims that a text points at, in the order of reading."""
    marks = content["marks"]
    found = (marks[str(n)][0] for n in marks_in(blocks) if str(n) in marks)
    return list(dict.fromkeys(found))


def _resolved(content: Content, claims: dict[int, int], *, on: date) -> list[Note]:
    """Return the notes of these numbers, about these claims."""
    kept = {key: content["claims"][str(key)] for key in claims.values()}
    reports = Report.objects.select_related("key", "organisation").in_bulk(
        {row["report"] for claim in kept.values() for row in claim["proofs"]} - {None}
    )
    quotes = Quotes(reports.values(), on=on)
    return [
        Note(
            n=n,
            claim=key,
            sentence=kept[key]["sentence"],
            strength=kept[key]["strength"],
            proofs=tuple(_shown(row, reports, quotes) for row in kept[key]["proofs"]),
        )
        for n, key in claims.items()
    ]


def _shown(row: dict[str, Any], reports: dict[int, Report], quotes: Quotes) -> Shown:
    if row["report"] is None:
        held = Quoted(Standing.HOLDS)
    elif row["report"] not in reports:
        held = Quoted(Standing.TAKEN_BACK)
    else:
        passage = Passage(row["start"], row["end"], bytes.fromhex(row["digest"]))
        held = quotes.of(reports[row["report"]], passage)
    figure = row["figure"]
    return Shown(
        row["citation"],
        held,
        row["report"],
        row["source"],
        row["address"],
        figure
        and ShownFigure(**figure | {"month": date.fromisoformat(figure["month"])}),
    )


def _part(block: Block, marks: dict[str, Any], notes: dict[int, Note]) -> Part:
    items = tuple(
        tuple(_line(sentence, marks, notes) for sentence in item)
        for item in block.items
    )
    return Part(block.kind, items, block.start)


def _line(sentence: Sentence, marks: dict[str, Any], notes: dict[int, Note]) -> Line:
    pieces = _tidy(list(_pieces(sentence, marks, notes)))
    note = next((it.note for it in pieces if it.note), 0)
    first = pieces[0]
    if first.is_quote or not first.words.startswith(" "):
        return Line(pieces, note)
    # The space between two sentences belongs to neither: it is no part of the link.
    return Line((replace(first, words=first.words[1:]), *pieces[1:]), note, True)


def _pieces(
    sentence: Sentence, marks: dict[str, Any], notes: dict[int, Note]
) -> Iterator[Piece]:
    for part in sentence.parts:
        if isinstance(part, Run):
            yield Piece(part.words, part.is_bold)
        elif str(part.n) not in marks:
            yield Piece(f"[{part.n}]")
        else:
            claim, citation = marks[str(part.n)]
            note = notes[claim]
            if citation is not None:
                yield _quote(note, citation)
            yield Piece(note=note.n)


def _quote(note: Note, citation: int) -> Piece:
    found = next((it.quoted for it in note.proofs if it.citation == citation), None)
    held = found or Quoted(Standing.TAKEN_BACK)
    return Piece(held.words, is_quote=True, standing=held.standing)


def _tidy(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Return pieces with one space where there are more, and none before a number."""
    kept: list[Piece] = []
    for piece, after in zip_longest(pieces, pieces[1:]):
        words = piece.words
        if not piece.is_quote:
            words = _SPACES.sub(" ", words)
            if kept and kept[-1].words.endswith(" "):
                words = words.lstrip(" ")
            if after is not None and after.note:
                words = words.rstrip()
        elif kept and not kept[-1].words.endswith((" ", "\n", "(")):
            kept.append(Piece(" "))
        kept.append(replace(piece, words=words))
    return tuple(kept)


def letterhead(organisation: Organisation) -> list[str]:
    """Return how one reaches an organisation, a line each."""
    lines = [organisation.address, organisation.email, organisation.phone]
    return [line for line in lines if line]
