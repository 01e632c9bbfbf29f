"""A public version as PDF and as text: made of what stays, and of nothing else."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from achterban.advocate.redactions.grounds import NAMES
from achterban.advocate.redactions.models import Form, Redaction
from achterban.core.files.typesetting import CannotShow, typeset
from achterban.rules.redaction import Ground, block

TEMPLATE = Path(__file__).parent / "data" / "public.typ"
NO_SIGN = "□"  # in place of a smiley or other sign that no font has
MOST_TRIES = 20
_BETWEEN = re.compile(r"\n\s*\n")

BEFORE_SAID = 2  # paragraphs of the text file: the organisation and the title

Plain = dict[str, Any]


def render(row: Redaction) -> dict[Form, bytes]:
    """Return the files of a public version; they are in Dutch, whoever asks.

    Raises:
        CannotShow: there are too many signs in it that no font has.
    """
    plain = _plain(row)
    return {Form.PDF: _as_pdf(plain), Form.TEXT: _as_text(plain)}


def grounds_in(text: str) -> list[Ground]:
    """Return the grounds that stand in a public text, in the order of the law."""
    return [ground for ground in Ground if block(ground) in text]


def heading() -> str:
    """Return what stands above the text, in Dutch: the files are."""
    with translation.override("nl"):
        return _("What was written")


def _plain(row: Redaction) -> Plain:
    text = row.public_text()
    organisation = row.dossier.organisation.name
    with translation.override("nl"):
        return {
            "title": row.title,
            "organisation": organisation,
            "footer": organisation,
            "heading": heading(),
            "said": _(
                "This is a public version. What may not be public was taken out; the "
                "ground in the law on open government (Woo) stands in its place."
            ),
            "grounds": [f"{block(it)} {NAMES[it]}" for it in grounds_in(text)],
            "pieces": [it for it in _BETWEEN.split(text.strip()) if it.strip()],
        }


def _as_text(plain: Plain) -> bytes:
    head = [plain["organisation"], plain["title"], plain["said"], *plain["grounds"]]
    return "\n\n".join([*head, plain["heading"], *plain["pieces"], ""]).encode()


def _as_pdf(plain: Plain) -> bytes:
    for _n in range(MOST_TRIES):
        try:
            return typeset(TEMPLATE, plain)
        except CannotShow as refusal:
            plain = _without(plain, refusal.signs)
    raise CannotShow("")


def _without(plain: Plain, signs: str) -> Plain:
    """Return a paper without signs, and without smileys at once."""
    gone = frozenset(signs)

    def shown(words: str) -> str:
        return "".join(NO_SIGN if _is_gone(char, gone) else char for char in words)

    return plain | {
        "title": shown(plain["title"]),
        "pieces": [shown(it) for it in plain["pieces"]],
    }


def _is_gone(char: str, gone: frozenset[str]) -> bool:
    is_smiley = ord(char) > 0x2FFF and unicodedata.category(char) in {"So", "Sk", "Cn"}
    return is_smiley or (char in gone and not char.isascii())
