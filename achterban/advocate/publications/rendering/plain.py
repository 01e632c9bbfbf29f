"""A paper as plain values, in Dutch: what all forms are made of."""

from __future__ import annotations

from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils import formats, translation
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from achterban.advocate.publications.composing import (
    Line,
    Note,
    Paper,
    Piece,
    Shown,
    ShownFigure,
    Stamp,
    letterhead,
)
from achterban.advocate.publications.models import Kind
from achterban.core.organisations.models import Organisation
from achterban.listen.reports.actions.quoting import Standing

Plain = dict[str, Any]


def plain(paper: Paper, organisation: Organisation) -> Plain:
    """Return a paper as plain values; it goes out in Dutch, whoever sends it.

    Args:
        paper: as it reads.
        organisation: whose it is.
    """
    with translation.override("nl"):
        words = paper.words
        return {
            "title": paper.title,
            "organisation": organisation.name,
            "letterhead": letterhead(organisation),
            "facts": _facts(paper),
            "footer": _footer(paper, organisation),
            "draft": "" if paper.stamp else _("DRAFT"),
            "addressee": words.addressee,
            "salutation": words.salutation if paper.kind is Kind.LETTER else "",
            "closing": words.closing if paper.kind is Kind.LETTER else "",
            "cosigned": _cosigned(paper, organisation),
            "changes": _changes(paper),
            "parts": [
                {
                    "kind": part.kind.value,
                    "start": part.start,
                    "items": [_item(item) for item in part.items],
                }
                for part in paper.parts
            ],
            "notes": [_note(note) for note in paper.notes],
            "labels": {"notes": _("What proves it"), "back": _("back to the text")},
        }


def _facts(paper: Paper) -> list[str]:
    kind = str(paper.kind.label).capitalize()
    if paper.stamp is None:
        return [kind]
    return [
        kind,
        _("number %(number)s") % {"number": paper.stamp.number},
        _version(paper.stamp),
        formats.date_format(paper.stamp.on, "j F Y"),
    ]


def _version(stamp: Stamp) -> str:
    return _("version %(n)d") % {"n": stamp.n}


def _footer(paper: Paper, organisation: Organisation) -> str:
    if paper.stamp is None:
        return organisation.name
    number = f"{paper.stamp.number}, {_version(paper.stamp)}"
    return f"{organisation.name} · {number}"


def _changes(paper: Paper) -> str:
    if paper.stamp is None or paper.stamp.n == 1:
        return paper.words.changes
    said = _("This is version %(n)d. It replaces version %(before)d.")
    numbers = {"n": paper.stamp.n, "before": paper.stamp.n - 1}
    return f"{said % numbers} {paper.words.changes}".strip()


def _cosigned(paper: Paper, organisation: Organisation) -> str:
    """Return on whose behalf it is as well; its proof is of one organisation."""
    if not paper.cosigners:
        return ""
    said = _("Also on behalf of %(names)s.") % {
        "names": get_text_list(list(paper.cosigners), _("and"))
    }
    if not paper.notes:
        return said
    ours = _("What proves it is of %(name)s.") % {"name": organisation.name}
    return f"{said} {ours}"


def _item(item: tuple[Line, ...]) -> list[dict[str, Any]]:
    pieces = (
        piece
        for line in item
        for piece in ((Piece(" "),) if line.is_apart else ()) + line.pieces
    )
    return [_piece(piece) for piece in pieces]


def _piece(piece: Piece) -> dict[str, Any]:
    is_lost = piece.standing is not Standing.HOLDS
    return {
        "words": gone(piece.standing) if is_lost else piece.words,
        "bold": piece.is_bold,
        "note": piece.note,
        "quote": piece.is_quote,
        "lost": is_lost,
    }


def _note(note: Note) -> dict[str, Any]:
    return {
        "n": note.n,
        "sentence": note.sentence,
        "strength": note.strength_label,
        "proofs": [_proof(proof) for proof in note.proofs],
    }


def _proof(proof: Shown) -> dict[str, Any]:
    return {
        "words": proof.quoted.words if proof.holds else gone(proof.quoted.standing),
        "lost": not proof.holds,
        "source": _counted(proof.figure) if proof.figure else proof.source,
        "address": proof.address,
    }


def _counted(figure: ShownFigure) -> str:
    said = _("At least %(n)s people, up to and including %(month)s") % {
        "n": intcomma(figure.n_least),
        "month": formats.date_format(figure.month, "F Y"),
    }
    missing = _("Who is missing:")
    return f"{said}: {figure.counted}. {missing} {figure.missing}"


def gone(standing: Standing) -> str:
    """Return what stands in the place of words that may not be quoted."""
    if standing is Standing.TAKEN_BACK:
        return _("withdrawn")
    return _("changed since")
