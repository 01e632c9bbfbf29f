"""Asking what is there changes nothing (J6); what reading changes is in test_urls."""

from __future__ import annotations

import pytest

from tests.access import MATRIX, OK
from tests.answers import database
from tests.visitors import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]


# That of Mijn, or none, where these get more than a way in; our cookie: half a minute.
@pytest.mark.parametrize(
    "visitor",
    [
        pytest.param("coordinator", marks=pytest.mark.wide),
        pytest.param("patient", marks=pytest.mark.wide),
        "anonymous",
    ],
)
@pytest.mark.parametrize("method", ["head", "options"])
def test_asking_changes_nothing(world: World, visitor: str, method: str) -> None:
    mine = [
        name
        for name, rule in MATRIX.items()
        if visitor == "coordinator" or rule.by_visitor[visitor] == OK
    ]
    ask = getattr(world.client(visitor), method)
    before = database()
    assert sum(before["reports.Report"].values()) == 2
    assert len([ask(world.path(name)) for name in mine]) > 30
    assert database() == before
