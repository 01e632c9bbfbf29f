"""Somebody goes on with the code of another, and says in which role, once."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from achterban.core.accounts.models import Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.listen.reports.actions import telling
from achterban.listen.reports.models import Report, Telling
from achterban.listen.reports.tests.factories import WORDS, report_behind

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
DAY = date(2026, 11, 25)
ASKED = "Helpt u iemand?"
HELPED = "Opgeschreven met hulp van"


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def code(organisation: Organisation) -> str:
    """Return the code of a draft."""
    code = telling.fresh_code()
    telling.keep_draft(code, organisation, Telling(WORDS), on=DAY)
    return code


def opened(organisation: Organisation, code: str) -> str:
    answer = Client().post(page(organisation, "reports:code"), {"code": code})
    return answer.content.decode()


def press(organisation: Organisation, code: str, act: str, **data: str) -> str:
    fields = {"token": telling.token_of(code), "text": WORDS, "may_help": "1"}
    address = page(organisation, "reports:tell")
    answer = Client().post(address, {**fields, "act": act, **data})
    return answer.content.decode()


def helper(organisation: Organisation, code: str) -> str:
    return report_behind(code, organisation).open_telling().helper


def test_who_begins_is_not_asked_and_who_goes_on_with_a_code_is(
    organisation: Organisation, code: str
) -> None:
    first = Client().get(page(organisation, "reports:tell")).content.decode()
    assert ASKED not in first
    assert ASKED in opened(organisation, code)


@pytest.mark.slow
@pytest.mark.parametrize("act", ["keep", "next", "send"])
def test_what_was_said_is_kept_whatever_is_pressed_and_not_asked_again(
    organisation: Organisation, code: str, act: str
) -> None:
    press(organisation, code, act, helper="carer")
    assert helper(organisation, code) == "carer"
    assert ASKED not in opened(organisation, code)


def test_who_says_nothing_goes_on_as_before(
    organisation: Organisation, code: str
) -> None:
    press(organisation, code, "keep")
    assert helper(organisation, code) == ""
    assert ASKED in opened(organisation, code)


def test_who_goes_on_later_leaves_what_was_said(
    organisation: Organisation, code: str
) -> None:
    press(organisation, code, "keep", helper="family")
    press(organisation, code, "send")
    assert helper(organisation, code) == "family"


def test_it_is_kept_by_itself_while_somebody_types(
    organisation: Organisation, code: str
) -> None:
    fields = {"token": telling.token_of(code), "text": WORDS, "helper": "professional"}
    Client().post(page(organisation, "reports:keep"), fields)
    assert helper(organisation, code) == "professional"


def test_what_is_no_role_is_left_out(organisation: Organisation, code: str) -> None:
    press(organisation, code, "keep", helper="burgemeester")
    assert helper(organisation, code) == ""


def test_a_page_that_is_shown_again_still_shows_what_was_chosen(
    organisation: Organisation, code: str
) -> None:
    body = press(organisation, code, "send", text="", helper="carer")

    assert ASKED in body
    assert re.search(r'<input[^>]* value="carer"[^>]* checked', body)
    assert "<details open>" in body


@pytest.mark.wide
def test_handlers_and_who_told_read_it_behind_the_words(
    organisation: Organisation, code: str
) -> None:
    press(organisation, code, "send", helper="carer")
    report = Report.objects.get()
    reader = login(Client(), member(organisation, Role.VOLUNTEER))
    path = page(organisation, "reports:report", report.pk)
    for body in (reader.get(path).content.decode(), opened(organisation, code)):
        assert HELPED in body
        assert "Een mantelzorger" in body


def test_who_tells_it_themselves_stands_nowhere(
    organisation: Organisation, code: str
) -> None:
    press(organisation, code, "send", helper="nobody")
    assert HELPED not in opened(organisation, code)


def test_the_role_is_sealed(organisation: Organisation, code: str) -> None:
    press(organisation, code, "keep", helper="carer")
    assert b"carer" not in bytes(report_behind(code, organisation).sealed)
