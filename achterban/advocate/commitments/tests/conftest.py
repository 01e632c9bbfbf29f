"""An organisation that works at something, and a ministry that promises."""

from __future__ import annotations

import pytest
from django.test import Client

from achterban.advocate.commitments.models import Commitment
from achterban.advocate.commitments.tests.factories import promised
from achterban.advocate.dossiers.models import Dossier
from achterban.advocate.dossiers.tests.factories import begun
from achterban.advocate.stakeholders.models import Party
from achterban.advocate.stakeholders.tests.factories import PartyFactory
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory


@pytest.fixture
def ours() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def volunteer(ours: Organisation) -> Account:
    return member(ours, Role.VOLUNTEER)


@pytest.fixture
def desk(volunteer: Account) -> Client:
    return login(Client(), volunteer)


@pytest.fixture
def dossier(ours: Organisation, volunteer: Account) -> Dossier:
    return begun(ours, volunteer, owner=volunteer)


@pytest.fixture
def ministry(ours: Organisation) -> Party:
    return PartyFactory.create(organisation=ours, name="Ministerie van Zorg")


@pytest.fixture
def promise(dossier: Dossier, ministry: Party, volunteer: Account) -> Commitment:
    return promised(dossier, ministry, volunteer)
