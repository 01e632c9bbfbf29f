"""English is whole: who chose it reads no Dutch, but for names and people's words."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from achterban.core.web.preferences import COOKIE
from achterban.listen.reports.questions import QUESTIONS
from scripts import catalogue
from tests.access import MATRIX
from tests.answers import wrong_headers
from tests.dutch import forms
from tests.visitors import TOLD, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]

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


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("visitor", ["anonymous", "coordinator"])
def test_no_page_in_english_shows_dutch(visitor: str, method: str) -> None:
    world = make_world()
    found, n_pages = {}, 0
    for name, answer in world.answers(
        visitor, method, MATRIX, {"code": world.code}, language="en"
    ):
        assert wrong_headers(answer, name) == [], name
        is_page = answer.get("Content-Type", "").startswith("text/html")
        page = answer.content.decode() if is_page else ""
        if "<html" in page:
            assert '<html lang="en"' in page, name
            found[name] = dutch_on(page, *theirs(world))
            n_pages += 1
    assert {name: texts for name, texts in found.items() if texts} == {}
    assert n_pages >= 10


def test_telling_in_english_shows_no_dutch_on_the_way() -> None:
    world = make_world()
    client = english(Client())
    tell, questions = world.path("reports:tell"), world.path("reports:questions")
    page = client.get(tell).content.decode()
    pages = [page]
    pages.append(_press(client, tell, page, act="send"))  # empty: refused
    pages.append(_press(client, tell, page, act="keep", text=TOLD))
    pages.append(_press(client, tell, page, act="next", text=TOLD))
    while 'name="question" value=""' not in pages[-1]:
        pages.append(_press(client, questions, pages[-1], act="skip"))
    pages.append(_press(client, questions, pages[-1], act="send"))
    assert 'class="code"' in pages[-1]
    assert [dutch_on(page, *theirs(world)) for page in pages] == [[]] * len(pages)
    assert len(pages) == 4 + len(QUESTIONS) + 1


def _press(client: Client, path: str, page: str, **fields: str) -> str:
    hidden = re.findall(r'type="hidden" name="(token|question)" value="([^"]*)"', page)
    return client.post(path, {**dict(hidden), **fields}).content.decode()


def test_the_guard_sees_dutch_anywhere() -> None:
    page = (
        '<html lang="en"><title>Terug</title><p>Read on.</p><img alt="Kies er een">'
        '<p>Dat is niet <b>zo</b></p><span lang="nl">Wij lezen het</span></html>'
    )
    assert dutch_on(page) == ["Terug", "Kies er een", "Dat is niet"]
