"""A work plan as it was really written comes in whole: its intentions as dossiers."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.test import Client

from achterban.advocate.dossiers.models import Dossier
from achterban.core.accounts.tests.factories import page
from achterban.core.organisations.models import Organisation

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.alike]
SHARED = Path(os.environ.get("ACHTERBAN_SHARED", Path(__file__).parents[5] / "shared"))
PLAN = SHARED / "sources" / "werkplan-2021.txt"
BULLET = "\uf0b7"
LONGEST_TITLE = 90


def intentions() -> list[str]:
    """Return the intentions of the plan, each as one line."""
    if not PLAN.exists():
        pytest.skip(f"the plan is not here: {PLAN}")
    found: list[str] = []
    for line in PLAN.read_text(encoding="utf-8").splitlines():
        words = line.strip()
        if words.startswith(BULLET):
            found.append(words.removeprefix(BULLET).strip())
        elif words.startswith("Dit vergt"):
            break
        elif found and words:
            found[-1] += f" {words}"
    return [" ".join(each.split()) for each in found]


def shortened(words: str) -> str:
    """Return the first words, as a title."""
    return (
        words
        if len(words) <= LONGEST_TITLE
        else words[:LONGEST_TITLE].rsplit(" ", 1)[0]
    )


@pytest.mark.wide
def test_every_intention_of_a_real_work_plan_becomes_a_dossier(
    ours: Organisation, desk: Client
) -> None:
    plan = intentions()
    assert len(plan) == 13

    for words in plan:
        sent = {"title": shortened(words), "demand": words, "level": "national"}
        answer = desk.post(page(ours, "dossiers:new-dossier"), sent, follow=True)
        assert answer.redirect_chain, answer.content.decode()

    assert sorted(Dossier.objects.values_list("demand", flat=True)) == sorted(plan)
    listed = desk.get(page(ours, "dossiers:dossier-list"))
    assert listed.content.decode().count('<p class="meta">') == 13
