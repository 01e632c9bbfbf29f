"""English is whole: who chose it reads no Dutch; for pages test_urls asks that."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from achterban.listen.reports.questions import QUESTIONS
from tests.access import MATRIX
from tests.answers import wrong_headers
from tests.english import dutch_in, dutch_on, english, theirs
from tests.visitors import TOLD, World

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]


@pytest.mark.parametrize(
    "visitor", ["anonymous", pytest.param("coordinator", marks=pytest.mark.wide)]
)
def test_no_answer_to_an_act_in_english_shows_dutch(world: World, visitor: str) -> None:
    code = {"code": world.code}

    got = dict(world.answers(visitor, "post", MATRIX, code, language="en"))

    wrong = {name: wrong_headers(answer, name) for name, answer in got.items()}
    assert {name: what for name, what in wrong.items() if what} == {}
    assert dutch_in(got, world) == {}


def test_telling_in_english_shows_no_dutch_on_the_way(world: World) -> None:
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
