"""An office with who writes and who sends."""

from __future__ import annotations

from copy import deepcopy

import pytest

from achterban.advocate.issues.models import Claim
from achterban.advocate.publications.models import Publication
from achterban.advocate.publications.tests.factories import (
    PASSAGE,
    Office,
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


@pytest.fixture(scope="module")
def as_made(kept: None) -> Office:
    """Make it once a module: it takes as long as most tests of it."""
    ours = OrganisationFactory.create()
    writer, sender = member(ours, Role.VOLUNTEER), member(ours, Role.COORDINATOR)
    report = told(ours, writer)
    claim = claimed(ours, writer, passages=[(report, PASSAGE)])
    return Office(ours, writer, sender, report, claim)


@pytest.fixture
def office(as_made: Office) -> Office:
    """Return it as it was made, whatever another test did with what it had."""
    return deepcopy(as_made)


@pytest.fixture
def ours(office: Office) -> Organisation:
    return office.ours


@pytest.fixture
def writer(office: Office) -> Account:
    return office.writer


@pytest.fixture
def sender(office: Office) -> Account:
    return office.sender


@pytest.fixture
def report(office: Office) -> Report:
    return office.report


@pytest.fixture
def claim(office: Office) -> Claim:
    return office.claim


@pytest.fixture
def publication(ours: Organisation, writer: Account, claim: Claim) -> Publication:
    """Return a letter that quotes the report, ready to be asked about."""
    made = letter(ours, writer, claim)
    put(made, claim, writer)
    return made
