"""What somebody who asks by letter or telephone may have done for them."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from achterban.core import clock
from achterban.core.consent.models import Purpose
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.listen.reports.actions import telling
from achterban.listen.reports.consents import OFFERS
from achterban.listen.reports.models import Report, Telling
from achterban.listen.reports.tests.factories import WORDS, read_again, told

pytestmark = pytest.mark.django_db


def allowed(*purposes: Purpose) -> tuple[str, Report]:
    """Return the code and the row of a report with more than the least consent."""
    code = telling.fresh_code()
    yes = telling.Yes("Verstuur", "nl", {p.value: str(OFFERS[p].words) for p in OFFERS})
    words = Telling(WORDS, yes=[purpose.value for purpose in purposes])
    kept = telling.send_report(
        code, OrganisationFactory.create(), words, consent=yes, on=clock.today()
    )
    return code, kept.report


def in_force(report: Report, on: date) -> set[str]:
    """Return the purposes that may still be used."""
    key = read_again(report).key
    assert key is not None
    return set(key.consents.in_force(on=on).values_list("text__purpose", flat=True))


@pytest.mark.parametrize("by_code", [True, False])
def test_one_consent_is_taken_back_and_the_others_stay(by_code: bool) -> None:
    code, report = allowed(Purpose.QUOTE, Purpose.STORY)

    call_command("withdraw", code if by_code else str(report.pk), "quote")

    assert in_force(report, clock.today()) == {"count", "story"}
    with pytest.raises(CommandError, match="geen toestemming"):
        call_command("withdraw", code, "quote")


def test_without_the_consent_to_count_all_is_gone() -> None:
    code, report = allowed(Purpose.QUOTE)

    call_command("withdraw", code, "count")

    assert read_again(report).is_gone
    with pytest.raises(CommandError, match="Dit signaal is er niet"):
        call_command("withdraw", code, "quote")


@pytest.mark.parametrize("what", ["12", "niets", "ABCD EFGH JKMN PQRS"])
def test_what_is_not_there_is_said(what: str) -> None:
    told(OrganisationFactory.create())
    for arguments in (["erase", what], ["withdraw", what, "quote"]):
        with pytest.raises(CommandError, match="Dit signaal is er niet"):
            call_command(*arguments)
