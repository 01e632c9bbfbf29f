"""The handbook of ``docs/``, ready to show: Markdown made into HTML, once."""

from __future__ import annotations

from functools import cache
from pathlib import Path, PurePath

from django.templatetags.static import static
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

FOLDER = Path(__file__).parent / "data" / "handboek"  # a link to docs/handboek
CHAPTERS = {
    "vrijwilliger": _("As a volunteer"),
    "opkomen": _("Advocacy"),
    "coordinator": _("As a coordinator"),
    "vertellen": _("Telling something"),
    "termijnen": _("Terms of law"),
}


@cache
def chapter_as_html(name: str) -> str:
    """Return one of ``CHAPTERS``, ready for a page."""
    return as_html((FOLDER / f"{name}.md").read_text(encoding="utf-8"))


def as_html(text: str) -> str:
    """Return Markdown as HTML; HTML in the text itself stays text.

    Links to other chapters lead to their pages. What is not shown here, as the
    operations manual, is named without a link.
    """
    parser = MarkdownIt("commonmark", {"html": False})
    tokens = parser.parse(text)
    for token, after in zip(tokens, [*tokens[1:], tokens[0]], strict=True):
        if token.type == "heading_open":
            token.attrSet("id", slugify(after.content, allow_unicode=True))
        token.children = _within(token.children or [])
    return str(parser.renderer.render(tokens, parser.options, {}))


def _within(children: list[Token]) -> list[Token]:
    """Return the parts of a line, with links and pictures that work here."""
    kept, is_shown = [], True
    for child in children:
        if child.type == "image":
            name = PurePath(str(child.attrs["src"])).name
            child.attrSet("src", static(f"handboek/{name}"))
        elif child.type == "link_open":
            address = _address(str(child.attrs["href"]))
            is_shown = bool(address)
            child.attrSet("href", address)
        if is_shown or child.type not in {"link_open", "link_close"}:
            kept.append(child)
    return kept


def _address(target: str) -> str:
    """Return where a link leads on these pages, empty for nowhere."""
    document, _sign, anchor = target.partition("#")
    chapter = document.removesuffix(".md")
    if not document:
        return target
    return f"?hoofdstuk={chapter}#{anchor}".rstrip("#") if chapter in CHAPTERS else ""
