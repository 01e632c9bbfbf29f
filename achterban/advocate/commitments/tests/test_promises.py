"""A promise is written down word for word, with its term and what became of it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from achterban.advocate.commitments.actions import keeping
from achterban.advocate.commitments.actions.keeping import When
from achterban.advocate.commitments.models import Commitment, State
from achterban.advocate.commitments.states import MOVABLE, STEPS
from achterban.advocate.commitments.tests.factories import SAID, WORDS, promised
from achterban.advocate.dossiers.models import Dossier
from achterban.advocate.stakeholders.models import Function, Party
from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.rules.deidentify import MASK

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
BOTH = {"ours": "Elke zes weken.", "theirs": "Eén keer.", "theirs_source": "Brief 2"}


def step(row: Commitment, state: State, by: Account, why: str = "") -> None:
    keeping.take_step(row, state, why, by=by, at=clock.now())
    row.refresh_from_db()


def test_a_citizen_service_number_is_kept_in_no_word_of_a_promise(
    dossier: Dossier, ministry: Party, volunteer: Account
) -> None:
    number = "Over 111222333"
    names = ("verbatim", "source", "to_whom", "conditions", "ours", "theirs")
    facts = dict.fromkeys([*names, "theirs_source"], number)
    link = "https://zorg.example/client/111222333"

    row = promised(dossier, ministry, volunteer, When(number), **facts, address=link)
    step(row, State.KEPT, volunteer, number)
    step(row, State.OPEN, volunteer, number)
    keeping.move_term(row, When(number), number, by=volunteer, at=clock.now())

    row.refresh_from_db()
    kept = [getattr(row, name) for name in facts]
    kept += [word for agreed in row.agreed.all() for word in (agreed.words, agreed.why)]
    kept += [each.why for each in row.steps.all()]
    assert row.address == f"https://zorg.example/client/{MASK}"
    assert {*kept} == {f"Over {MASK}", ""}
    assert kept.count("") == 2  # why it was agreed first, and why it began


@pytest.mark.wide
def test_a_promise_is_written_down_read_and_found(
    ours: Organisation, desk: Client, dossier: Dossier, ministry: Party
) -> None:
    address = page(ours, "commitments:new", dossier.pk)
    asked = {
        "who": "0",
        "verbatim": WORDS,
        "said_on": "2026-01-05",
        "source": "Brief aan ons, bladzijde 2",
        "words": "elke zes weken, voor het eerst op 9 februari",
        "level": "minister",
    }

    choosing = desk.get(address, {"naam": "zorg"}).content.decode()
    answer = desk.post(f"{address}?partij={ministry.pk}", asked, follow=True)
    shown = answer.content.decode()
    listed = desk.get(page(ours, "commitments:list")).content.decode()
    beside = desk.get(page(ours, "dossiers:dossier", dossier.pk)).content.decode()

    row = Commitment.objects.get()
    assert f"?partij={ministry.pk}" in choosing
    assert (row.due, row.rhythm) == (date(2026, 2, 9), "FREQ=WEEKLY;INTERVAL=6")
    for words in (WORDS, "Brief aan ons, bladzijde 2", "“elke zes weken, voor het"):
        assert words in shown
    assert WORDS in listed
    assert page(ours, "commitments:with-dossier", dossier.pk) in beside
    assert "Toezegging: open" in beside
    assert AuditEvent.objects.filter(kind="commitments.commitment.kept").count() == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("more", "due"),
    [
        ({"words": "voor 1 mei"}, date(2026, 4, 30)),
        ({"words": "zo spoedig mogelijk", "no_day": "on"}, None),
        ({"words": "na het reces", "due": "2026-09-01"}, date(2026, 9, 1)),
        ({"words": ""}, None),
        ({"words": "elke zes weken"}, date(2026, 2, 16)),
    ],
)
def test_a_term_is_read_asked_or_left_out(
    ours: Organisation,
    desk: Client,
    dossier: Dossier,
    ministry: Party,
    more: dict[str, str],
    due: date | None,
) -> None:
    address = page(ours, "commitments:new", dossier.pk) + f"?partij={ministry.pk}"
    asked = {"who": "0", "verbatim": "Het komt.", "said_on": SAID, "source": "Mail"}

    desk.post(address, {**asked, **more})

    row = Commitment.objects.get()
    assert row.due == due
    assert row.agreed.get().words == more["words"]


@pytest.mark.slow
def test_what_cannot_be_read_is_asked_and_nothing_is_lost(
    ours: Organisation, desk: Client, dossier: Dossier, ministry: Party
) -> None:
    address = page(ours, "commitments:new", dossier.pk) + f"?partij={ministry.pk}"
    asked = {
        "who": "0",
        "verbatim": "Dat doen wij.",
        "said_on": "2026-01-05",
        "source": "Telefoon",
        "words": "zodra de raad besluit",
    }

    answer = desk.post(address, asked).content.decode()

    assert "In die woorden lezen wij geen dag." in answer
    for words in ("Dat doen wij.", "Telefoon", "zodra de raad besluit"):
        assert words in answer
    assert not Commitment.objects.exists()


@pytest.mark.wide
def test_a_pasted_text_gives_suggestions_that_a_person_takes_and_is_not_kept(
    ours: Organisation, desk: Client, dossier: Dossier, ministry: Party
) -> None:
    address = page(ours, "commitments:read", dossier.pk) + f"?partij={ministry.pk}"
    write = page(ours, "commitments:new", dossier.pk) + f"?partij={ministry.pk}"
    promise = "Wij sturen u uiterlijk 14 maart de cijfers."
    text = f"Beste mensen,\n\n{promise} Helaas kan meer niet."
    given = {"said_on": "2026-01-05", "source": "Brief"}

    found = desk.post(address, {"text": text, **given}).context["found"]
    nothing = desk.post(address, {"text": "Dank u wel.", **given}).content.decode()
    slip = desk.post(address, {"text": text}).content.decode()
    taken = desk.post(write, {**asdict(found[0]), **given, "take": "1"})

    assert [(it.verbatim, it.words) for it in found] == [(promise, "14 maart")]
    assert "Wij vonden niets dat op een toezegging lijkt." in nothing
    assert promise in slip
    assert not Commitment.objects.exists()
    assert taken.context["form"].initial["verbatim"] == promise
    assert "Vul dit nog in" not in taken.content.decode()


def test_nothing_was_promised_on_a_day_to_come(
    ours: Organisation, desk: Client, dossier: Dossier, ministry: Party
) -> None:
    address = page(ours, "commitments:new", dossier.pk) + f"?partij={ministry.pk}"
    tomorrow = clock.today() + timedelta(days=1)
    asked = {"who": "0", "verbatim": WORDS, "source": "Brief", "no_day": "on"}

    slip = desk.post(address, {**asked, "said_on": f"{tomorrow}"}).content.decode()
    desk.post(address, {**asked, "said_on": f"{clock.today()}"})

    assert "Die dag moet nog komen." in slip
    assert WORDS in slip
    assert Commitment.objects.get().said_on == clock.today()


@pytest.mark.differs
def test_an_open_promise_is_late_when_its_day_is_over_and_stored_as_open(
    dossier: Dossier, ministry: Party, volunteer: Account
) -> None:
    row = promised(dossier, ministry, volunteer, When("uiterlijk", clock.today()))
    tomorrow = clock.today() + timedelta(days=1)

    assert row.state_on(clock.today()) is State.OPEN
    assert row.state_on(tomorrow) is State.LATE
    assert not Commitment.objects.late(clock.today()).exists()
    assert Commitment.objects.late(tomorrow).get() == row
    step(row, State.KEPT, volunteer)
    assert row.state_on(tomorrow) is State.KEPT
    assert not Commitment.objects.late(tomorrow).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.update(state=State.LATE)


def test_only_steps_of_the_table_are_taken_and_all_are_kept(
    promise: Commitment, volunteer: Account
) -> None:
    step(promise, State.KEPT, volunteer, "Het verslag kwam.")

    with pytest.raises(keeping.NotAllowed):
        step(promise, State.LAPSED, volunteer)

    assert [it.state for it in promise.steps.order_by("at")] == ["open", "kept"]
    assert set(STEPS) == set(State) - {State.LATE}
    assert all(State.LATE not in after for after in STEPS.values())
    assert all(State.RENEGOTIATED not in after for after in STEPS.values())
    assert set(MOVABLE) == set(STEPS) - {State.KEPT, State.LAPSED}


@pytest.mark.slow
@pytest.mark.differs
def test_it_is_disputed_only_with_both_readings(
    ours: Organisation, desk: Client, promise: Commitment, volunteer: Account
) -> None:
    address = page(ours, "commitments:step", promise.pk)

    refused = desk.post(address, {"state": "disputed"}).content.decode()
    for name, words in BOTH.items():
        setattr(promise, name, words)
    keeping.keep_commitment(promise, None, by=volunteer, at=clock.now())
    shown = desk.post(address, {"state": "disputed"}, follow=True).content.decode()

    assert "Schrijf eerst op hoe wij het lezen" in refused
    assert "Elke zes weken." in shown
    assert "Eén keer." in shown
    promise.refresh_from_db()
    assert promise.state == State.DISPUTED
    promise.theirs = ""
    with pytest.raises(keeping.NoReading):
        keeping.keep_commitment(promise, None, by=volunteer, at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.update(theirs="")


@pytest.mark.wide
def test_a_term_moves_and_the_one_before_stays_to_be_read(
    ours: Organisation,
    desk: Client,
    dossier: Dossier,
    ministry: Party,
    volunteer: Account,
) -> None:
    row = promised(dossier, ministry, volunteer, When("voor mei", date(2026, 4, 30)))
    address = page(ours, "commitments:move", row.pk)

    empty = desk.post(address, {}).content.decode()
    asked = {"words": "", "due": "2027-06-30", "why": "Meer tijd nodig"}
    shown = desk.post(address, asked, follow=True).content.decode()

    row.refresh_from_db()
    assert "Vul in wanneer het nu moet" in empty
    assert (row.due, row.state) == (date(2027, 6, 30), State.RENEGOTIATED)
    assert [it.due for it in row.agreed.all()] == [
        date(2027, 6, 30),
        date(2026, 4, 30),
    ]
    for words in ("30 juni 2027", "30 april 2026", "Meer tijd nodig"):
        assert words in shown
    step(row, State.KEPT, volunteer)
    with pytest.raises(keeping.NotAllowed):
        keeping.move_term(row, When(), "", by=volunteer, at=clock.now())


@pytest.mark.slow
def test_what_another_organisation_was_promised_does_not_exist(
    promise: Commitment, dossier: Dossier, ministry: Party
) -> None:
    other = OrganisationFactory.create()
    desk = login(Client(), member(other, Role.COORDINATOR))

    for name in ("commitment", "change", "step", "move"):
        assert (
            desk.get(page(other, f"commitments:{name}", promise.pk)).status_code == 404
        )
    for name in ("with-dossier", "new"):
        assert (
            desk.get(page(other, f"commitments:{name}", dossier.pk)).status_code == 404
        )
    assert WORDS not in desk.get(page(other, "commitments:list")).content.decode()


def test_an_advocate_reads_what_was_promised_in_the_own_dossiers_only(
    ours: Organisation, dossier: Dossier, promise: Commitment
) -> None:
    advocate = member(ours, Role.ADVOCATE)
    desk = login(Client(), advocate)
    address = page(ours, "commitments:commitment", promise.pk)

    before = desk.get(address).status_code
    Dossier.objects.filter(pk=dossier.pk).update(owner=advocate)

    assert (before, desk.get(address).status_code) == (404, 200)


@pytest.mark.wide
def test_what_is_late_stands_on_today_of_who_sees_to_it(
    ours: Organisation,
    desk: Client,
    dossier: Dossier,
    ministry: Party,
    volunteer: Account,
) -> None:
    promised(dossier, ministry, volunteer, When("nu", clock.today()), verbatim="Nu.")
    later = clock.today() + timedelta(days=1)
    promised(dossier, ministry, volunteer, When("dan", later), verbatim="Morgen.")

    mine = desk.get(page(ours, "reports:work-list")).context["due"]
    colleague = login(Client(), member(ours, Role.VOLUNTEER))
    theirs = colleague.get(page(ours, "reports:work-list")).context["due"]

    ours_to_do = [it for it in mine if it.address == "commitments:commitment"]
    assert [it.words for it in ours_to_do] == ["Nu."]
    assert list(theirs) == []


@pytest.mark.wide
def test_who_promised_and_left_is_named_with_the_day_until_which(
    ours: Organisation, desk: Client, dossier: Dossier, ministry: Party,
    volunteer: Account,
) -> None:  # fmt: skip
    function = Function.objects.create(
        party=ministry, title="staatssecretaris", until_on=date(2026, 3, 1)
    )
    row = promised(dossier, ministry, volunteer, function=function)

    shown = desk.get(page(ours, "commitments:commitment", row.pk)).content.decode()
    change = desk.get(page(ours, "commitments:change", row.pk)).content.decode()

    assert "staatssecretaris (daar tot 1 maart 2026)" in shown
    assert f'value="{function.pk}"' in change  # a change does not lose who said it
