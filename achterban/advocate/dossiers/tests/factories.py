"""Dossiers to test with."""

from __future__ import annotations

from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory

from achterban.advocate.dossiers.actions.working import keep_dossier
from achterban.advocate.dossiers.models import Dossier, Task
from achterban.core import clock
from achterban.core.accounts.models import Account
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory


class DossierFactory(DjangoModelFactory[Dossier]):
    """A national one that nobody sees to; it has no first step (``begun`` has)."""

    class Meta:
        model = Dossier

    organisation = SubFactory(OrganisationFactory)
    title = Sequence("Hulp op tijd {}".format)
    demand = "Wie belt, krijgt binnen een week antwoord."


class TaskFactory(DjangoModelFactory[Task]):
    """Something to do, by nobody yet."""

    class Meta:
        model = Task

    dossier = SubFactory(DossierFactory)
    what = "Bel de wethouder"


def begun(organisation: Organisation, by: Account, **facts: object) -> Dossier:
    """Return a dossier that somebody opened."""
    row = DossierFactory.build(organisation=organisation, **facts)
    return keep_dossier(row, by=by, at=clock.now())
