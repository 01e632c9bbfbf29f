"""An office with who writes and who sends."""

from __future__ import annotations

import pytest

from achterban.advocate.issues.models import Claim
from achterban.advocate.publications.models import Publication
from achterban.advocate.publications.tests.factories import (
    PASSAGE,
    claimed,
    letter,
    put,
    told,
)
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import member
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.listen.reports.models import Report


@pytest.fixture
def ours() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def writer(ours: Organisation) -> Account:
    return member(ours, Role.VOLUNTEER)


@pytest.fixture
def sender(ours: Organisation) -> Account:
    return member(ours, Role.COORDINATOR)


@pytest.fixture
def report(ours: Organisation, writer: Account) -> Report:
    return told(ours, writer)


@pytest.fixture
def claim(ours: Organisation, writer: Account, report: Report) -> Claim:
    return claimed(ours, writer, passages=[(report, PASSAGE)])


@pytest.fixture
def publication(ours: Organisation, writer: Account, claim: Claim) -> Publication:
    """Return a letter that quotes the report, ready to be asked about."""
    made = letter(ours, writer, claim)
    put(made, claim, writer)
    return made
