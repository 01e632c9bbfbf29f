"""An organisation with a dossier, two people, and letters to make public."""

from __future__ import annotations

import pytest
from django.test import Client

from achterban.advocate.dossiers.models import Dossier
from achterban.advocate.dossiers.tests.factories import begun
from achterban.advocate.redactions.models import Redaction
from achterban.advocate.redactions.tests.factories import brought
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
def coordinator(ours: Organisation) -> Account:
    return member(ours, Role.COORDINATOR)


@pytest.fixture
def desk(volunteer: Account) -> Client:
    return login(Client(), volunteer)


@pytest.fixture
def second_desk(coordinator: Account) -> Client:
    return login(Client(), coordinator)


@pytest.fixture
def dossier(ours: Organisation, volunteer: Account) -> Dossier:
    return begun(ours, volunteer)


@pytest.fixture
def row(dossier: Dossier, volunteer: Account) -> Redaction:
    return brought(dossier, volunteer)
