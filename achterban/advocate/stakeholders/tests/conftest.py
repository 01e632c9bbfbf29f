"""An organisation with somebody who writes things down."""

from __future__ import annotations

import pytest
from django.test import Client

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
def town(ours: Organisation) -> Party:
    return PartyFactory.create(organisation=ours, name="Gemeente Zandvelde")


@pytest.fixture
def desk(volunteer: Account) -> Client:
    return login(Client(), volunteer)
