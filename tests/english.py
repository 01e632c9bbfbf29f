"""Which Dutch is on a page for who chose English, but for names and people's words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from achterban.core.web.preferences import COOKIE
from scripts import catalogue
from tests.dutch import forms
from tests.visitors import TOLD, World

SPOKEN = {"alt", "aria-label", "placeholder", "title", "data-kept", "data-failed"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|<[^>]+>")
# Little words that are in nearly every Dutch sentence, and in no English one.
DUTCH_WORDS = re.compile(
    r"\b(?:het|een|niet|wij|uw|wordt|voor|maar|zijn|deze|naar|kunt|heeft|mogen)\b", re.I
)
VOID = {"meta", "link", "input", "img", "br", "hr", "path"}


class Words(HTMLParser):
    """What somebody reads or hears of a page, but for what is marked as Dutch."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.languages: list[str] = [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = given.get("lang") or self.languages[-1]
        if language != "nl":
            self.found += [given[name] or "" for name in SPOKEN & given.keys()]
        if tag not in VOID:
            self.languages.append("" if tag in {"script", "style"} else language)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take nothing from what has no words in it."""

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.languages.pop()

    def handle_data(self, data: str) -> None:
        if self.languages[-1] == "en" and data.strip():
            self.found.append(" ".join(data.split()))


def dutch_texts() -> set[str]:
    """Return the Dutch of the catalogue where it differs from the English."""
    found = {
        text
        for message in catalogue.messages(catalogue.read_catalogue())
        for text in forms(message.string)
        if text not in forms(message.id)
    }
    return {text for text in found if not PLACEHOLDER.search(text)}


DUTCH = dutch_texts()


def dutch_on(page: str, *theirs: str) -> list[str]:
    """Return the Dutch on a page that is not of people themselves."""
    parser = Words()
    parser.feed(page)
    return [
        text
        for text in parser.found
        if text not in theirs and (text in DUTCH or DUTCH_WORDS.search(text))
    ]


def english(client: Client) -> Client:
    """Return a browser in which English was chosen."""
    client.cookies[COOKIE] = "language:en"
    return client


def theirs(world: World) -> list[str]:
    """Return names, and what people wrote."""
    return [world.organisation.name, TOLD, "half", *map(str, world.people.values())]


def dutch_in(answers: Mapping[str, Any], world: World) -> dict[str, list[str]]:
    """Return the Dutch in the pages among these answers; see that they say English."""
    found, n_pages = {}, 0
    for name, answer in answers.items():
        is_page = answer.get("Content-Type", "").startswith("text/html")
        page = answer.content.decode() if is_page else ""
        if "<html" in page:
            assert '<html lang="en"' in page, name
            found[name] = dutch_on(page, *theirs(world))
            n_pages += 1
    assert n_pages >= 10
    return {name: texts for name, texts in found.items() if texts}
