"""Asking what is there changes nothing (J6); what reading changes is in test_urls."""

from __future__ import annotations

import pytest

from tests.access import MATRIX
from tests.answers import database
from tests.visitors import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]


# No cookie, ours, that of Mijn.
@pytest.mark.parametrize("visitor", ["anonymous", "coordinator", "patient"])
@pytest.mark.parametrize("method", ["head", "options"])
def test_asking_changes_nothing(visitor: str, method: str) -> None:
    world = make_world()
    ask = getattr(world.client(visitor), method)
    before = database()
    assert sum(before["reports.Report"].values()) == 2
    for name in MATRIX:
        ask(world.path(name))
    assert database() == before
