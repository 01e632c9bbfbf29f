"""The handbook says what stands on the screen; how plain it is, test_plain_dutch.py."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from achterban.rules.readability import level
from scripts import terms_chapter
from tests import dutch

FOLDER = Path(__file__).parents[1] / "docs" / "handboek"
PICTURES = FOLDER / "beeld"
CHAPTERS = sorted(FOLDER.glob("*.md"))
PICTURE = re.compile(r"!\[([^]]*)\]\(([^)]+)\)")
LINK = re.compile(r"(?<!!)\[[^]]*\]\(([^)]+)\)")
ON_SCREEN = re.compile(r"\*\*([^*]+)\*\*")
HEADING = re.compile(r"^#+ (.+)$", re.M)
LEAST_EASE = 80  # Flesch-Douma: "easy"
LEAST_EASE_OF_LAW = 60  # "normal": its rules are named as the law names them

by_chapter = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda it: it.stem)


def anchors(document: Path) -> set[str]:
    """Return what a link can point at in a document, as forges make it."""
    headings = HEADING.findall(document.read_text(encoding="utf-8"))
    return {
        re.sub(r"[^\w -]", "", it).strip().lower().replace(" ", "-") for it in headings
    }


@cache
def on_screen() -> frozenset[str]:
    """Return every text of the screen, however it begins."""
    texts = dutch.catalogue_texts()
    return frozenset(" ".join(text.split()).casefold() for text in texts)


@by_chapter
@pytest.mark.slow
def test_what_is_bold_stands_on_the_screen(chapter: Path) -> None:
    text = chapter.read_text(encoding="utf-8")
    bold = {" ".join(words.split()) for words in ON_SCREEN.findall(text)}
    assert {words for words in bold if words.casefold() not in on_screen()} == set()


@by_chapter
def test_links_lead_somewhere(chapter: Path) -> None:
    broken = []
    for target in LINK.findall(chapter.read_text(encoding="utf-8")):
        name, _, anchor = target.partition("#")
        document = (chapter.parent / name) if name else chapter
        if not document.exists() or (anchor and anchor not in anchors(document)):
            broken.append(target)
    assert broken == []


@by_chapter
def test_a_chapter_is_easy(chapter: Path) -> None:
    text = dutch.of_markdown(chapter.read_text(encoding="utf-8"))
    least = LEAST_EASE_OF_LAW if chapter.stem == "termijnen" else LEAST_EASE
    assert level([text]).reading_ease >= least


def test_every_picture_is_used_once_and_described() -> None:
    used = [
        (FOLDER / target, alt)
        for chapter in CHAPTERS
        for alt, target in PICTURE.findall(chapter.read_text(encoding="utf-8"))
    ]
    assert sorted(path for path, _ in used) == sorted(PICTURES.glob("*.png"))
    assert [path.name for path, alt in used if len(alt) < 20] == []
    assert {path.stem for path in PICTURES.iterdir()} == {it.stem for it, _ in used}


def test_every_chapter_is_in_the_index() -> None:
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert set(LINK.findall(index)) == {it.name for it in CHAPTERS} - {"README.md"}


def test_the_chapter_of_terms_is_that_of_the_rules() -> None:
    assert terms_chapter.CHAPTER.read_text(encoding="utf-8") == terms_chapter.chapter()
