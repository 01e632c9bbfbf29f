"""A standing consultation: talks planned from its times, told once, and a calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from achterban.advocate.commitments.actions import expecting, recessing, talking
from achterban.advocate.commitments.actions.following import add_asks
from achterban.advocate.commitments.actions.keeping import When
from achterban.advocate.commitments.models import Commitment, Recess, State
from achterban.advocate.commitments.queries import Tally, tallies
from achterban.advocate.commitments.queries.calendar import due_in, month_of
from achterban.advocate.commitments.tests.factories import promised
from achterban.advocate.dossiers.actions.feeds import open_feed
from achterban.advocate.dossiers.actions.meetings import keep_point, tell_how_it_went
from achterban.advocate.dossiers.models import Dossier, Meeting, MeetingState, Point
from achterban.advocate.stakeholders.models import Party
from achterban.core import clock
from achterban.core.accounts.models import Account
from achterban.core.accounts.tests.factories import page
from achterban.core.organisations.models import Organisation
from achterban.core.outbox.actions import deliver_due
from achterban.rules.motions import Ask

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
SIX_WEEKS = "FREQ=WEEKLY;INTERVAL=6"


@pytest.fixture
def series(dossier: Dossier, ministry: Party, volunteer: Account) -> Commitment:
    """A talk every six weeks, of which two days came."""
    first = clock.today() - timedelta(weeks=6)
    when = When("elke zes weken", first, SIX_WEEKS)
    return promised(dossier, ministry, volunteer, when, level="minister")


def tally(row: Commitment) -> Tally:
    return tallies([row], on=clock.today())[row.pk]


def told(row: Meeting, state: str, held: str, by: Account) -> None:
    tell_how_it_went(row, state, held, "", by=by, at=clock.now())
    deliver_due(at=clock.now(), on=clock.today())


@pytest.mark.slow
def test_a_time_is_planned_as_a_talk_at_the_promised_level_once(
    ours: Organisation, desk: Client, series: Commitment, volunteer: Account
) -> None:
    ahead = series.occurrences.get(due_on__gt=clock.today())
    address = page(ours, "commitments:plan", ahead.pk)
    overview = page(ours, "commitments:consultation", series.pk)

    before = desk.get(overview).content.decode()
    answer = desk.post(address)
    desk.post(address)
    after = desk.get(overview).content.decode()

    talk = Meeting.objects.get()
    assert address in before
    assert answer["Location"] == page(ours, "dossiers:change-meeting", talk.pk)
    assert talk.promised == "minister"
    assert timezone.localdate(talk.starts_at) == ahead.due_on
    assert [str(each.party) for each in talk.attendees.all()] == [str(series.party)]
    assert page(ours, "dossiers:agenda", talk.pk) in after
    assert address not in after


@pytest.mark.slow
def test_what_a_talk_says_is_told_of_its_time(
    ours: Organisation, desk: Client, series: Commitment, volunteer: Account
) -> None:
    times = list(series.occurrences.filter(due_on__lte=clock.today()))
    talks = [talking.plan_talk(it, by=volunteer, at=clock.now()) for it in times]
    point = Point(meeting=talks[0], title="Keuring", decided="Er komt een proef.")
    keep_point(point, by=volunteer, at=clock.now())
    series.dossier.commitments.create(
        party=series.party, verbatim="Een proef", said_on=clock.today(), source="x",
        meeting=talks[0],
    )  # fmt: skip

    told(talks[0], "held", "civil_servant", volunteer)
    told(talks[1], "off_by_them", "", volunteer)
    shown = desk.get(page(ours, "commitments:consultation", series.pk))

    words = shown.content.decode()
    assert tally(series) == Tally(due=2, lower=1)
    assert tally(series).missed == 1
    assert "Er komt een proef." in words
    assert "Een proef" in words
    assert "(beloofd:" in words
    told(talks[1], "held", "minister", volunteer)
    told(talks[0], MeetingState.PLANNED, "", volunteer)
    assert tally(series) == Tally(due=2, held=1, untold=1)


@pytest.mark.wide
def test_a_talk_that_nobody_planned_from_it_is_tied_by_hand(
    ours: Organisation, desk: Client, series: Commitment, volunteer: Account
) -> None:
    time, other = series.occurrences.filter(due_on__lte=clock.today())
    talk = talking.plan_talk(other, by=volunteer, at=clock.now())
    other.refresh_from_db()
    other.meeting = None
    other.save()
    address = page(ours, "commitments:occurrence", time.pk)

    offered = desk.get(address).content.decode()
    desk.post(
        address, {"state": "held", "held_on": f"{time.due_on}", "meeting": talk.pk}
    )

    time.refresh_from_db()
    assert f'value="{talk.pk}"' in offered
    assert time.meeting == talk
    assert (
        f'value="{talk.pk}"'
        not in desk.get(page(ours, "commitments:occurrence", other.pk)).content.decode()
    )


def test_the_calendar_shows_what_is_due_in_a_month(
    ours: Organisation, desk: Client, dossier: Dossier, ministry: Party,
    volunteer: Account,
) -> None:  # fmt: skip
    may = date(2026, 5, 20)
    promised(dossier, ministry, volunteer, When("", may), verbatim="De cijfers")
    when = When("", date(2026, 5, 4), "FREQ=WEEKLY;COUNT=3")
    promised(dossier, ministry, volunteer, when, verbatim="Een gesprek")
    motion = promised(dossier, ministry, volunteer, verbatim="Motie")
    add_asks(motion, [Ask("De Kamer te informeren", "", date(2026, 5, 31))])
    rows = Commitment.objects.all()

    found = due_in(rows, month_of("2026-05", on=may))
    shown = desk.get(page(ours, "commitments:calendar"), {"maand": "2026-05"})
    empty = desk.get(page(ours, "commitments:calendar"), {"maand": "2026-13"})

    assert [(it.on.day, it.what) for it in found] == [
        *((4, "time"), (11, "time"), (18, "time"), (20, "promise"), (31, "step"))
    ]
    assert shown.content.decode().count("Een gesprek") == 3
    assert "De Kamer te informeren" in shown.content.decode()
    assert empty.context["month"].first == clock.today().replace(day=1)
    assert not due_in(rows, month_of("2026-04", on=may))
    assert not due_in(rows, month_of("2026-06", on=may))


def test_the_diary_holds_what_one_waits_for_without_its_words(
    ours: Organisation, dossier: Dossier, ministry: Party, volunteer: Account
) -> None:
    day = clock.today() + timedelta(days=9)
    promised(dossier, ministry, volunteer, When("", day), verbatim="Geheim")
    series = When("", day, SIX_WEEKS)
    promised(dossier, ministry, volunteer, series, verbatim="Geheim")
    done = promised(dossier, ministry, volunteer, When("", day), verbatim="Geheim")
    Commitment.objects.filter(pk=done.pk).update(state=State.KEPT)
    titles = []
    for shows_parties in (False, True):
        token = open_feed(volunteer, ours, shows_parties=shows_parties, at=clock.now())
        content = Client().get(page(ours, "dossiers:feed", token)).content
        assert b"Geheim" not in content
        events = Calendar.from_ical(content).walk("VEVENT")
        titles.append([str(it["SUMMARY"]) for it in events])

    assert titles[0] == ["Toezegging"] * 2
    assert titles[1] == ["Toezegging: Ministerie van Zorg"] * 2


def summer(ours: Organisation, first: date, by: Account) -> Recess:
    row = Recess.objects.filter(organisation=ours).first() or Recess(organisation=ours)
    row.season, row.first, row.last = "zomer", first, first + timedelta(weeks=8)
    return recessing.keep_recess(row, by=by, at=clock.now())


@pytest.mark.wide
def test_before_the_recess_is_asked_until_its_days_are_known(
    ours: Organisation, desk: Client, dossier: Dossier, ministry: Party,
    volunteer: Account,
) -> None:  # fmt: skip
    address = page(ours, "commitments:new", dossier.pk) + f"?partij={ministry.pk}"
    asked = {
        "who": "0",
        "verbatim": "Een brief",
        "said_on": "2026-03-01",
        "source": "Brief",
        "words": "vóór het zomerreces",
    }

    slip = desk.post(address, asked).content.decode()
    desk.post(
        page(ours, "commitments:recesses"),
        {"season": "zomer", "first": "2026-07-03", "last": "2026-08-31"},
    )
    desk.post(address, asked)

    assert "Het reces valt elk jaar anders" in slip
    assert Commitment.objects.get().due == date(2026, 7, 2)


@pytest.mark.slow
def test_a_recess_that_moves_takes_the_chosen_promises_along(
    ours: Organisation, desk: Client, dossier: Dossier, ministry: Party,
    volunteer: Account,
) -> None:  # fmt: skip
    summer(ours, date(2026, 7, 3), volunteer)
    when = When("voor het zomerreces", date(2026, 7, 2))
    said = date(2026, 3, 1)
    one, other = (
        promised(dossier, ministry, volunteer, when, said_on=said) for _n in range(2)
    )
    fixed = promised(dossier, ministry, volunteer, When("voor 2 juli", when.due))
    address = page(ours, "commitments:recesses")
    nothing = desk.get(address).context["hanging"]

    summer(ours, date(2026, 7, 10), volunteer)
    offered = [it.row for it in desk.get(address).context["hanging"]]
    answer = desk.post(address, {"follow": "1", "promise": [one.pk, fixed.pk]})

    rows = {row.pk: row for row in Commitment.objects.all()}
    assert nothing == []
    assert {*offered} == {one, other}
    assert answer.status_code == 302
    assert rows[one.pk].due == date(2026, 7, 9)
    assert rows[one.pk].state == State.OPEN  # nobody agreed anything anew
    assert [each.due for each in one.agreed.all()] == [
        date(2026, 7, 9),
        date(2026, 7, 2),
    ]
    assert {rows[it.pk].due for it in (other, fixed)} == {date(2026, 7, 2)}


def test_a_recess_is_changed_taken_away_and_never_ends_before_it_begins(
    ours: Organisation, desk: Client, volunteer: Account
) -> None:
    row = summer(ours, date(2026, 7, 3), volunteer)
    address = page(ours, "commitments:recess", row.pk)
    asked = {"season": "kerst", "first": "2026-12-18", "last": "2027-01-10"}

    slip = desk.post(address, {**asked, "last": "2026-12-01"}).content.decode()
    desk.post(address, asked)
    row.refresh_from_db()
    desk.post(address, {"drop": "1"})

    assert "De laatste dag ligt voor de eerste." in slip
    assert (row.season, row.first) == ("kerst", date(2026, 12, 18))
    assert not Recess.objects.exists()


def test_a_talk_that_somebody_tied_meanwhile_is_tied_to_no_other_time(
    series: Commitment, volunteer: Account
) -> None:
    one, other = series.occurrences.filter(due_on__lte=clock.today())
    talk = talking.plan_talk(one, by=volunteer, at=clock.now())

    with pytest.raises(expecting.Claimed):
        expecting.tell(
            other, "missed", None, "", "", by=volunteer, at=clock.now(), meeting=talk
        )
