"""A paper as tagged PDF (PDF/UA-1)."""

from __future__ import annotations

from pathlib import Path

from achterban.advocate.publications.rendering.plain import Plain
from achterban.core.files.typesetting import CannotShow, typeset

__all__ = ["CannotShow", "as_pdf"]
TEMPLATE = Path(__file__).parents[1] / "data" / "paper.typ"


def as_pdf(plain: Plain) -> bytes:
    """Return a paper as PDF; the same paper gives the same bytes.

    Raises:
        CannotShow: there is a sign in it that no font has.
    """
    return typeset(TEMPLATE, plain)
