"""A paper as tagged PDF (PDF/UA-1), laid out by Typst."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import typst

from achterban.advocate.publications.rendering.plain import Plain

DATA = Path(__file__).parents[1] / "data"
_NOT_SHOWN = re.compile(
    r"the text `\"(?P<text>.+?)\"` could not be displayed", re.DOTALL
)


class CannotShow(Exception):
    """A letter or sign that no font here has, such as an emoji.

    Attributes:
        signs: what it is.
    """

    def __init__(self, signs: str) -> None:
        """Keep what cannot be shown."""
        super().__init__(signs)
        self.signs = signs


def as_pdf(plain: Plain) -> bytes:
    """Return a paper as PDF; the same paper gives the same bytes.

    The template gets words as data and can read no file; fonts are our own and those
    in the library, never those of the machine.

    Raises:
        CannotShow: there is a sign in it that no font has.
    """
    try:
        return typst.compile(
            DATA / "paper.typ",
            root=DATA,
            font_paths=_fonts(),
            sys_inputs={"paper": json.dumps(plain, ensure_ascii=False)},
            pdf_standards="ua-1",
        )
    except typst.TypstError as error:
        if found := _NOT_SHOWN.search(str(error)):
            raise CannotShow(found["text"]) from error
        raise


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[DATA / "fonts"],
    )
