"""What the organisation of a world has of its own."""

from __future__ import annotations

from achterban.core import clock
from achterban.core.organisations.actions import change_logo
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import PICTURE
from achterban.listen.reports.models import OwnQuestion


def make_own_things(organisation: Organisation) -> None:
    """Give an organisation a logo, and a question that is not asked."""
    change_logo(organisation, PICTURE, by=0, at=clock.now())
    OwnQuestion.objects.create(
        organisation=organisation, n=1, title="Waarheen?", kind="words", is_on=False
    )


def own_question(organisation: Organisation) -> OwnQuestion:
    """Return its question."""
    return OwnQuestion.objects.get(organisation=organisation)
