"""An organisation that works at something, and a party that decides."""

from __future__ import annotations

import pytest
from django.test import Client

from achterban.advocate.dossiers.models import Dossier
from achterban.advocate.dossiers.tests.factories import begun
from achterban.advocate.stakeholders.models import Contact, Function, Party
from achterban.advocate.stakeholders.tests.factories import PartyFactory, somebody
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
    return begun(ours, volunteer)


@pytest.fixture
def town(ours: Organisation) -> Party:
    return PartyFactory.create(organisation=ours, name="Gemeente Zandvelde")


@pytest.fixture
def noor(town: Party, volunteer: Account) -> Contact:
    """The alderman of the town."""
    return somebody(town, "Noor Zandpad", by=volunteer)


@pytest.fixture
def alderman(noor: Contact) -> Function:
    return noor.functions.select_related("party").get()
