"""The Dutch that people read, as plain text: the catalogue, the pages that stand alone,
and the documents for users. For ``rules.readability``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from scripts import catalogue

ROOT = Path(__file__).parents[1]
ALONE = (
    "400.html",
    "500.html",
    "503.html",
)  # served as they stand: not in the catalogue
DOCUMENTS = ("README.md", "CHANGELOG.md", "docs/handboek/*.md")
TAG = re.compile(r"<[^>]+>")
# What is no sentence in a document: code, pictures, rules, the frame of a table.
FENCED = re.compile(r"^ *```.*?^ *```", re.M | re.S)
PICTURE = re.compile(r"!\[([^]]*)\]\([^)]*\)")
LINK = re.compile(r"\[([^]]*)\]\([^)]*\)")
FRAME = re.compile(r"^\|[-|: ]+\|$", re.M)
HEADING = re.compile(r"^#+ (.*)$", re.M)
CODE = re.compile(r"`[^`]+`")


@cache
def catalogue_texts() -> tuple[str, ...]:
    """Return every Dutch text of pages, mails and forms, with its placeholders."""
    return tuple(
        plain(text)
        for message in catalogue.messages(catalogue.read_catalogue())
        for text in forms(message.string)
    )


def forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """Return a text, or its singular and plural."""
    return [text] if isinstance(text, str) else list(text or [])


def plain(marked: str) -> str:
    """Return the words of a text with elements in it."""
    return html.unescape(TAG.sub("", marked))


def texts_alone() -> Iterator[str]:
    """Yield the Dutch of the pages for when all fails."""
    for name in ALONE:
        page = ROOT / "achterban" / "core" / "web" / "templates" / name
        for line in page.read_text(encoding="utf-8").splitlines():
            if line.lstrip().startswith(("<title", "<h1", "<p>")):
                yield plain(line)


def documents() -> dict[str, str]:
    """Return the documents for users as plain text, by name."""
    return {
        path.relative_to(ROOT).as_posix(): of_markdown(path.read_text(encoding="utf-8"))
        for pattern in DOCUMENTS
        for path in sorted(ROOT.glob(pattern))
    }


def of_markdown(marked: str) -> str:
    """Return the words of a document; code in a sentence is one word."""
    text = FENCED.sub("\n\n", marked)
    text = PICTURE.sub(r"\n\n\1\n\n", text)
    text = LINK.sub(r"\1", text)
    text = FRAME.sub("", text)
    text = HEADING.sub(r"\n\n\1\n\n", text)
    text = CODE.sub("Code", text)
    text = re.sub(r"^\|.*\|$", _cells, text, flags=re.M)
    return plain(text.replace("**", "").replace("*", ""))


def _cells(row: re.Match[str]) -> str:
    return "\n\n".join(["", *row[0].strip("|").split("|"), ""])
