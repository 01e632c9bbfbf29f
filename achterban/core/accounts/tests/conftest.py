"""What every test of this room starts from."""

from __future__ import annotations

import pytest

from achterban.core.accounts import adapter
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import member
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory


@pytest.fixture(autouse=True)
def _no_passwords_tried() -> None:
    """Forget who tried passwords."""
    adapter.password_limit._buckets.clear()


@pytest.fixture
def organisation() -> Organisation:
    """An organisation."""
    return OrganisationFactory.create()


@pytest.fixture
def coordinator(organisation: Organisation) -> Account:
    """Somebody who manages accounts."""
    return member(organisation, Role.COORDINATOR)


@pytest.fixture
def volunteer(organisation: Organisation) -> Account:
    """Somebody who reads reports and manages nothing."""
    return member(organisation, Role.VOLUNTEER)
