"""Who takes their words back is found nowhere any more (N3), within one round."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest

from achterban.core import clock
from achterban.core.outbox.actions import deliver_due
from achterban.core.vault.models import DataKey
from achterban.listen.reports.actions import updating
from achterban.listen.reports.hearing import Hearing
from achterban.listen.reports.models import Report
from tests.access import MATRIX, OK
from tests.visitors import TOLD, World

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
READERS = ("anonymous", "outsider", "coordinator", "patient")  # who see it all


def pages_with(
    world: World, words: str, pages: Iterable[str] = MATRIX
) -> set[tuple[str, str]]:
    """Return who reads these words where, of these pages and behind the code.

    Whoever gets no page there is left out; test_urls.py sees that they get none.
    """
    found = set()
    for visitor in READERS:
        theirs = [name for name in pages if MATRIX[name].by_visitor[visitor] == OK]
        for name, answer in world.answers(visitor, "get", theirs):
            content = b"".join(answer) if answer.streaming else answer.content
            if words in content.decode(errors="replace"):
                found.add((visitor, name))
    behind = world.client("anonymous").post(
        world.path("reports:code"), {"code": world.code}
    )
    if words in behind.content.decode():
        found.add(("anonymous", "behind the code"))
    return found


def a_round() -> None:
    """Do what the background work does every minute."""
    deliver_due(at=clock.now() + timedelta(hours=2), on=clock.today())


@pytest.mark.wide
def test_words_that_were_taken_back_stand_on_no_page(world: World) -> None:
    a_round()
    before = {"reports:report-list", "reports:report", "reports:own-list"}
    found = pages_with(world, TOLD, before)
    assert {name for _visitor, name in found} == {"behind the code", *before}
    client = world.client("anonymous")
    path = world.path("reports:withdraw")

    client.post(path, {"code": world.code, "sure": "yes"})
    a_round()

    assert pages_with(world, TOLD) == set()
    report = Report.objects.get(pk=world.report.pk)
    assert report.is_gone
    assert report.key is None
    assert not DataKey.objects.filter(pk=world.report.key_id).exists()


def test_an_update_reaches_nobody_who_took_back(world: World) -> None:
    Report.objects.filter(pk=world.report.pk).update(hearing=Hearing.EVERY_STEP)
    assert updating.reach_of(world.update) == updating.Reach(1, 1, 1)
    client = world.client("anonymous")

    client.post(world.path("reports:withdraw"), {"code": world.code, "sure": "yes"})
    a_round()

    assert updating.reach_of(world.update) == updating.Reach(0, 0, 0)
