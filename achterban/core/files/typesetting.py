"""Lay words out as a tagged PDF (PDF/UA-1), by Typst."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import typst

FONTS = Path(__file__).parent / "data" / "fonts"
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


def typeset(template: Path, values: dict[str, Any]) -> bytes:
    """Return a PDF; the same values give the same bytes.

    The template gets words as data (``sys.inputs.paper``) and reads no file outside its
    own folder; fonts are our own and those in the library, never of the machine.

    Raises:
        CannotShow: there is a sign in it that no font has.
    """
    try:
        return typst.compile(
            template,
            root=template.parent,
            font_paths=_fonts(),
            sys_inputs={"paper": json.dumps(values, ensure_ascii=False)},
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
        font_paths=[FONTS],
    )
