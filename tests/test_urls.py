"""Every address has a rule (D1), and what is not yours does not exist (D2)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.access import ASKED, HIDDEN, MATRIX, POST_ONLY
from tests.answers import database, wrong_headers
from tests.english import dutch_in, english
from tests.visitors import (
    ADDRESS,
    NOBODY,
    VISITORS,
    World,
    argument_names,
    every_path,
    make_world,
    url_names,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WORK = [name for name, rule in MATRIX.items() if rule.is_work]
OF_A_THING = [name for name in WORK if argument_names(name) == ["pk"]]
REFUSALS = {ASKED, HIDDEN}
READS_ENGLISH = {"anonymous", "coordinator", "patient"}  # who together see every page
ON_THIS_DATABASE = (
    {"coordinator"}
    if connection.vendor == "postgresql"
    else READS_ENGLISH - {"coordinator"}
)
REFUSED = {"anonymous", "outsider", "volunteer"}  # in three ways; the others are wide
# What the others may not see is refused as its acts are, below. Who gets nearly all
# asks it of the second database; on the first each room asks its own pages already.
ONE_SEES_ALL = [
    pytest.param(
        visitor,
        marks=[
            *([] if visitor == "coordinator" else [pytest.mark.once]),
            *([] if visitor in ON_THIS_DATABASE else [pytest.mark.wide]),
        ],
    )
    for visitor in VISITORS
]
# Every request has a token, a place in the script and a choice of display of its own.
PER_REQUEST = re.compile(r'(name="(?:csrfmiddlewaretoken|next)" value=)"[^"]*"')


def test_every_address_can_be_tried_with_a_number_of_any_thing() -> None:
    assert len(every_path(5)) > len(OF_A_THING)


@pytest.mark.once
@pytest.mark.wide
def test_an_empty_form_never_fails(world: World) -> None:
    desk = world.client("coordinator")
    statuses = {name: desk.post(world.path(name), {}).status_code for name in WORK}

    assert {name: it for name, it in statuses.items() if it >= 500} == {}
    assert desk.get(world.path("reports:work-list")).status_code == 200  # not let out


@pytest.fixture
def elsewhere(world: World) -> World:
    return make_world()


def whole(answer: Any) -> bytes:
    return b"".join(answer) if answer.streaming else bytes(answer.content)


def body(client: Client, address: str, method: str) -> tuple[int, bytes]:
    return without_own(getattr(client, method)(address), address)


def without_own(answer: Any, address: str) -> tuple[int, bytes]:
    """Return an answer without what each request has of its own."""
    text = answer.content.decode().replace(address, "")
    return answer.status_code, PER_REQUEST.sub(r"\1", text).encode()


def test_every_address_has_a_rule() -> None:
    assert set(url_names()) == set(MATRIX)


@pytest.mark.parametrize("visitor", ONE_SEES_ALL)
def test_a_visitor_gets_what_the_rule_says_and_changes_nothing(
    world: World, visitor: str
) -> None:
    """The pages are asked for in English: whoever chose it reads no Dutch."""
    client = english(world.client(visitor))
    expected = {name: rule.by_visitor[visitor] for name, rule in MATRIX.items()}
    before = database()
    assert sum(before["reports.Report"].values()) == 2

    got = {name: client.get(world.path(name)) for name in MATRIX}

    assert {name: answer.status_code for name, answer in got.items()} == expected
    wrong = {name: wrong_headers(answer, name) for name, answer in got.items()}
    assert {name: what for name, what in wrong.items() if what} == {}
    shown = {name for name, answer in got.items() if ADDRESS.encode() in whole(answer)}
    assert shown == set()  # of whoever told: not on the Werkplek, nor to themselves
    if visitor in READS_ENGLISH:
        assert dutch_in(got, world) == {}
    if database() != before:  # once more, one by one, to say which
        for name in MATRIX:
            before = database()
            client.get(world.path(name))
            assert (name, database()) == (name, before)
        pytest.fail("reading changed something, the first time only")


@pytest.mark.once  # refused before a row of the report is read
@pytest.mark.parametrize(
    "visitor",
    [
        pytest.param(visitor, marks=[] if visitor in REFUSED else [pytest.mark.wide])
        for visitor in VISITORS
    ],
)
def test_an_act_is_refused_as_the_page_is(world: World, visitor: str) -> None:
    client = world.client(visitor)
    rules = {name: MATRIX[name].by_visitor[visitor] for name in WORK}
    closed = {name: status for name, status in rules.items() if status in REFUSALS}

    answers = {name: client.post(world.path(name)) for name in closed}

    wrong = {name: wrong_headers(answer, name) for name, answer in answers.items()}
    assert {name: what for name, what in wrong.items() if what} == {}
    got = {name: answer.status_code for name, answer in answers.items()}
    if visitor == "outsider":  # as if it were not there
        assert (
            len({without_own(answers[name], world.path(name)) for name in closed}) == 1
        )
    if visitor == "advocate":  # may come in; where there is no act, there is none
        closed = {
            name: POST_ONLY if got[name] == POST_ONLY else status
            for name, status in closed.items()
        }
    assert got == closed


@pytest.mark.wide  # a coordinator of another organisation, below, asks for the same
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_cannot_tell_what_is_there(world: World, method: str) -> None:
    outsider = world.client("outsider")
    nowhere = f"/o/{world.organisation.slug}/werk/hier-is-niets/"

    existing = {name: body(outsider, world.path(name), method) for name in OF_A_THING}
    missing = {
        name: body(outsider, world.path(name, pk=NOBODY), method) for name in OF_A_THING
    }

    assert existing == missing
    answers = {body(outsider, nowhere, method), *existing.values()}
    assert [status for status, _body in answers] == [404]


@pytest.mark.alike
@pytest.mark.parametrize(
    "method", ["get", pytest.param("post", marks=pytest.mark.wide)]
)
def test_a_thing_of_another_organisation_is_not_there(
    world: World, elsewhere: World, method: str
) -> None:
    client = world.client("coordinator")

    theirs = {
        name: body(client, world.path(name, **elsewhere.arguments(name)), method)
        for name in OF_A_THING
    }
    missing = {
        name: body(client, world.path(name, pk=NOBODY), method) for name in OF_A_THING
    }

    assert theirs == missing
    assert {status for status, _body in theirs.values()} <= {HIDDEN, POST_ONLY}


@pytest.mark.wide
@pytest.mark.once  # refused before a row is read
def test_without_an_organisation_there_is_no_werkplek(world: World) -> None:
    client = world.client("coordinator")

    got = {}
    for name in WORK:
        path = world.path(name).removeprefix(f"/o/{world.organisation.slug}")
        got[name] = client.get(path).status_code, client.post(path).status_code

    assert got == dict.fromkeys(WORK, (404, 404))
