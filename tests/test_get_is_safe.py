"""Asking what is there changes nothing (J6); what reading changes is in test_urls."""

from __future__ import annotations

import pytest

from tests.access import MATRIX, OK
from tests.answers import database
from tests.visitors import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]


# Our cookie; that of Mijn, or none, where these get more than a way in.
@pytest.mark.parametrize("visitor", ["coordinator", "patient", "anonymous"])
@pytest.mark.parametrize("method", ["head", "options"])
def test_asking_changes_nothing(visitor: str, method: str) -> None:
    world = make_world()
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
