"""A promise that comes back expects its days, set against what took place."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from achterban.advocate.commitments.actions import expecting, keeping
from achterban.advocate.commitments.actions.keeping import When
from achterban.advocate.commitments.models import (
    Commitment,
    Occurrence,
    OccurrenceState,
)
from achterban.advocate.commitments.queries import Tally, tallies
from achterban.advocate.commitments.tests.factories import promised
from achterban.advocate.dossiers.models import Dossier
from achterban.advocate.stakeholders.models import Party
from achterban.core import clock
from achterban.core.accounts.models import Account
from achterban.core.accounts.tests.factories import page
from achterban.core.organisations.models import Organisation
from achterban.rules.deidentify import MASK
from achterban.rules.recurrence import MOST_OCCURRENCES

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
SIX_WEEKS = "FREQ=WEEKLY;INTERVAL=6"


@pytest.fixture
def series(dossier: Dossier, ministry: Party, volunteer: Account) -> Commitment:
    """A talk every six weeks, of which eight days came."""
    first = clock.today() - timedelta(weeks=7 * 6)
    when = When("elke zes weken", first, SIX_WEEKS)
    return promised(dossier, ministry, volunteer, when, level="minister")


def tell(
    row: Occurrence, state: str, by: Account, level: str = "", note: str = ""
) -> None:
    expecting.tell(row, state, row.due_on, level, note, by=by, at=clock.now())


def tally(row: Commitment) -> Tally:
    return tallies([row], on=clock.today())[row.pk]


def test_all_days_that_came_and_the_next_stand_ready_once(series: Commitment) -> None:
    days = list(series.occurrences.order_by("due_on").values_list("due_on", flat=True))
    again = expecting.expect_all(clock.today())

    assert len(days) == 9
    assert days[7:] == [clock.today(), clock.today() + timedelta(weeks=6)]
    assert again == 0  # all stands there
    assert series.occurrences.count() == 9
    expecting.expect_all(clock.today() + timedelta(weeks=6))
    assert series.occurrences.count() == 10


def test_held_once_of_eight_with_one_at_a_lower_level(
    ours: Organisation, desk: Client, series: Commitment, volunteer: Account
) -> None:
    times = list(series.occurrences.order_by("due_on")[:8])

    tell(times[0], "held", volunteer, "minister")
    tell(times[1], "held", volunteer, "civil_servant")
    for time in times[2:7]:
        tell(time, "missed", volunteer)
    shown = desk.get(page(ours, "commitments:commitment", series.pk)).content.decode()

    times[1].refresh_from_db()
    assert times[1].state == OccurrenceState.LOWER
    assert tally(series) == Tally(due=8, held=1, lower=1, untold=1)
    assert tally(series).missed == 5
    assert "1 van de 8 keer zoals beloofd" in shown
    assert "1 op een lager niveau" in shown
    assert "1 nog niet ingevuld" in shown


def test_a_day_that_nobody_told_of_makes_it_late_and_the_last_told_does_not(
    series: Commitment, volunteer: Account
) -> None:
    tomorrow = clock.today() + timedelta(days=1)

    assert Commitment.objects.late(tomorrow).get() == series
    for time in series.occurrences.untold(clock.today()):
        tell(time, "missed", volunteer)
    assert not Commitment.objects.late(tomorrow).exists()


def test_a_citizen_service_number_is_kept_in_no_note(
    series: Commitment, volunteer: Account
) -> None:
    row = series.occurrences.earliest("due_on")
    tell(row, "missed", volunteer, note="Zei 111222333")
    row.refresh_from_db()
    assert row.note == f"Zei {MASK}"


def test_another_rhythm_takes_only_what_did_not_come(
    series: Commitment, volunteer: Account
) -> None:
    first = clock.today() + timedelta(days=1)

    keeping.move_term(
        series,
        When("wekelijks", first, "FREQ=WEEKLY"),
        "",
        by=volunteer,
        at=clock.now(),
    )

    days = list(series.occurrences.order_by("due_on").values_list("due_on", flat=True))
    assert len(days) == 9
    assert days[7:] == [clock.today(), first]


@pytest.mark.wide
def test_what_took_place_is_told_on_its_page(
    ours: Organisation, desk: Client, series: Commitment
) -> None:
    time = series.occurrences.untold(clock.today()).first()
    assert time is not None
    address = page(ours, "commitments:occurrence", time.pk)
    future = clock.today() + timedelta(days=3)

    refused = desk.post(address, {"state": "held"}).content.decode()
    too_late = desk.post(address, {"state": "held", "held_on": future})
    missed = desk.post(address, {"state": "missed", "note": "Afgezegd"}, follow=True)

    assert "Kies de dag waarop het doorging." in refused
    assert "Die dag moet nog komen." in too_late.content.decode()
    assert "Afgezegd" in missed.content.decode()
    time.refresh_from_db()
    assert (time.state, time.held_on) == ("missed", None)
    with pytest.raises(expecting.NoDay):
        expecting.tell(
            time, "held", future, "", "", by=Account.objects.get(), at=clock.now()
        )


def test_a_rhythm_that_ends_expects_no_more(
    dossier: Dossier, ministry: Party, volunteer: Account
) -> None:
    rhythm = "FREQ=MONTHLY;COUNT=3"

    row = promised(dossier, ministry, volunteer, When("", date(2026, 1, 1), rhythm))

    assert row.occurrences.count() == 3


@pytest.mark.wide
def test_a_daily_rhythm_of_years_goes_on_after_the_most_that_is_unfolded_at_once(
    dossier: Dossier, ministry: Party, volunteer: Account
) -> None:
    begun = clock.today() - timedelta(days=MOST_OCCURRENCES + 50)
    row = promised(dossier, ministry, volunteer, When("", begun, "FREQ=DAILY"))

    expecting.expect_all(clock.today())

    newest = row.occurrences.first()
    assert newest is not None
    assert newest.due_on == clock.today() + timedelta(days=1)


def test_a_rhythm_that_ends_says_so_and_asks_for_no_more(
    ours: Organisation, desk: Client, dossier: Dossier, ministry: Party,
    volunteer: Account,
) -> None:  # fmt: skip
    first = clock.today() - timedelta(weeks=8)
    when = When("twee keer", first, "FREQ=WEEKLY;INTERVAL=2;COUNT=2")
    row = promised(dossier, ministry, volunteer, when)
    expecting.expect_all(clock.today() + timedelta(weeks=50))

    shown = desk.get(page(ours, "commitments:commitment", row.pk)).content.decode()

    assert row.occurrences.count() == 2
    assert "Dit ritme is voorbij" in shown
