"""Looking changes nothing (J6), but for the log of who looked."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.apps import apps

from tests.access import MATRIX, VISITORS
from tests.visitors import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]

THOROUGHLY = {"anonymous", "coordinator", "patient"}  # no cookie, ours, that of Mijn
MAY_CHANGE = {"audit.AuditEvent", "audit.AuditHead", "sessions.Session"}


def database() -> dict[str, Counter[tuple[Any, ...]]]:
    """Return every row, by model."""
    return {
        model._meta.label: Counter(
            tuple(map(str, row)) for row in model._default_manager.values_list()
        )
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label not in MAY_CHANGE
    }


@pytest.mark.parametrize("visitor", VISITORS)
def test_reading_changes_nothing(visitor: str) -> None:
    world = make_world()
    client = world.client(visitor)
    before = database()
    assert sum(before["reports.Report"].values()) == 2

    def look(path: str) -> None:
        client.get(path)
        if visitor in THOROUGHLY:
            client.head(path)
            client.options(path)

    for name in MATRIX:
        look(world.path(name))
    if database() != before:  # once more, one by one, to say which
        for name in MATRIX:
            before = database()
            look(world.path(name))
            assert (name, database()) == (name, before)
        pytest.fail("reading changed something, the first time only")
