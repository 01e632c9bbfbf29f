"""Decisions are held against a principle, and a motion is followed step by step."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from achterban.advocate.commitments.actions import following, keeping, moving
from achterban.advocate.commitments.actions.keeping import When
from achterban.advocate.commitments.actions.showing import public_words
from achterban.advocate.commitments.models import (
    Adherence,
    Commitment,
    Execution,
    Kind,
    Showing,
)
from achterban.advocate.commitments.queries.public import as_open_data
from achterban.advocate.commitments.tests.factories import promised
from achterban.advocate.dossiers.models import Dossier
from achterban.advocate.stakeholders.models import Party
from achterban.core import clock
from achterban.core.accounts.models import Account
from achterban.core.accounts.tests.factories import page
from achterban.core.organisations.models import Organisation
from achterban.rules.deidentify import MASK
from achterban.rules.motions import Ask, Motion

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
YESTERDAY, TOMORROW = (clock.today() + timedelta(days=n) for n in (-1, 1))
MOTION = Motion(
    "36 999, nr. 12",
    "Motie over keuren aan huis",
    date(2026, 3, 3),
    "verzoekt de regering keuringen aan huis mogelijk te maken",
    (
        Ask("Keuringen aan huis mogelijk te maken"),
        Ask("De Kamer te informeren", "voor de zomer", date(2026, 6, 30)),
    ),
    "aangenomen: 76 voor, 74 tegen",
    True,
)


@pytest.fixture
def principle(dossier: Dossier, ministry: Party, volunteer: Account) -> Commitment:
    words = "Wij horen u voordat wij besluiten."
    return promised(dossier, ministry, volunteer, kind=Kind.PRINCIPLE, verbatim=words)


def decide(row: Commitment, followed: str, by: Account) -> Adherence:
    decision = Adherence(
        commitment=row, on=YESTERDAY, decision="Nieuwe regels", followed=followed
    )
    return following.keep_adherence(decision, by=by, at=clock.now())


def test_a_principle_has_no_day_that_moves(
    ours: Organisation, desk: Client, principle: Commitment, volunteer: Account
) -> None:
    address = page(ours, "commitments:move", principle.pk)

    shown = desk.get(page(ours, "commitments:commitment", principle.pk))

    assert address not in shown.content.decode()
    with pytest.raises(keeping.NotAllowed):
        keeping.move_term(
            principle, When("", TOMORROW), "", by=volunteer, at=clock.now()
        )


@pytest.mark.wide
def test_a_principle_is_held_against_each_decision(
    ours: Organisation, desk: Client, principle: Commitment, volunteer: Account
) -> None:
    address = page(ours, "commitments:new-decision", principle.pk)
    asked = {"decision": "Nieuwe regels", "on": f"{YESTERDAY}", "followed": "no"}

    slip = desk.post(address, {**asked, "on": f"{TOMORROW}"}).content.decode()
    shown = desk.post(address, asked, follow=True).content.decode()
    decide(principle, "yes", volunteer)
    again = desk.get(page(ours, "commitments:commitment", principle.pk))

    assert "Die dag moet nog komen" in slip
    assert "niet nagekomen" in shown
    assert "nagekomen bij 1 van de 2 besluiten" in again.content.decode()
    with pytest.raises(following.NoDay):
        following.keep_adherence(
            Adherence(commitment=principle, on=TOMORROW), by=volunteer, at=clock.now()
        )


def test_a_decision_is_changed_and_taken_away(
    ours: Organisation, desk: Client, principle: Commitment, volunteer: Account
) -> None:
    row = decide(principle, "yes", volunteer)
    address = page(ours, "commitments:decision", row.pk)
    asked = {"decision": "Toch anders", "on": f"{YESTERDAY}", "followed": "partly"}

    desk.post(address, asked)
    row.refresh_from_db()
    desk.post(address, {"drop": "1"})

    assert (row.decision, row.followed) == ("Toch anders", "partly")
    assert not principle.adherence.exists()


def test_a_principle_is_never_late_and_stands_on_a_shelf_of_its_own(
    ours: Organisation, desk: Client, dossier: Dossier, ministry: Party,
    volunteer: Account,
) -> None:  # fmt: skip
    when = When("meteen", YESTERDAY)
    promised(dossier, ministry, volunteer, when, kind=Kind.PRINCIPLE, verbatim="Hoor")
    rows = Commitment.objects.all()
    address = page(ours, "commitments:list")

    shelf = desk.get(address, {"welke": "uitgangspunten"}).content.decode()

    assert not rows.waited_for()
    assert not rows.late(clock.today())
    assert "Hoor" in shelf
    assert "Hoor" not in desk.get(address).content.decode()


@pytest.mark.wide
def test_a_motion_becomes_steps_of_execution_once(
    ours: Organisation, desk: Client, dossier: Dossier, ministry: Party
) -> None:
    address = page(ours, "commitments:motions", dossier.pk)
    text = (
        "Voorgesteld\n3 maart 2026\nDe Kamer,\nverzoekt de regering keuringen aan huis "
        "mogelijk te maken, en de Kamer hierover voor 1 juni 2026 te informeren,\n"
        "en gaat over tot de orde van de dag."
    )

    found = desk.post(f"{address}?partij={ministry.pk}", {"text": text})
    lines = [line for _it, line in found.context["found"]]
    shown = ""
    for _twice in range(2):
        answer = desk.post(
            f"{address}?partij={ministry.pk}", {"take": lines}, follow=True
        )
        shown = answer.content.decode()

    row = Commitment.objects.get()
    assert row.kind == Kind.MOTION
    assert row.said_on == date(2026, 3, 3)
    assert [(it.what, it.due) for it in row.execution.all()] == [
        ("Keuringen aan huis mogelijk te maken", None),
        ("De Kamer hierover voor 1 juni 2026 te informeren", date(2026, 5, 31)),
    ]
    assert "0 moties staan erbij" in shown
    assert row in Commitment.objects.late(date(2026, 6, 1))
    assert row not in Commitment.objects.late(date(2026, 5, 31))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "Plak een motie"),
        ({"text": "Beste mensen"}, "Wij vonden er geen motie in"),
        ({"take": ["{", "[]", '{"asks": 1}', '{"number": "1"}']}, "0 moties"),
    ],
)
def test_what_is_no_motion_is_said_and_nothing_is_kept(
    ours: Organisation, desk: Client, dossier: Dossier, ministry: Party,
    asked: dict[str, object], said: str,
) -> None:  # fmt: skip
    address = page(ours, "commitments:motions", dossier.pk)

    answer = desk.post(f"{address}?partij={ministry.pk}", asked, follow=True)

    assert said in answer.content.decode()
    assert not Commitment.objects.exists()


def test_a_motion_that_was_voted_down_binds_nobody(
    dossier: Dossier, ministry: Party, volunteer: Account
) -> None:
    down = moving.from_line(moving.as_line(MOTION).replace("true", "false"))
    assert down is not None
    unknown = replace(MOTION, is_accepted=None)
    for it in (MOTION, unknown):
        assert moving.from_line(moving.as_line(it)) == it

    n = moving.take_motions(
        dossier, ministry, [down, MOTION], by=volunteer, at=clock.now()
    )

    row = Commitment.objects.get()
    assert n == 1
    assert row.source == "36 999, nr. 12: Motie over keuren aan huis"
    assert row.conditions == "aangenomen: 76 voor, 74 tegen"


@pytest.mark.slow
@pytest.mark.differs
def test_a_step_is_done_on_a_day_and_not_before_it_came(
    ours: Organisation, desk: Client, promise: Commitment, volunteer: Account
) -> None:
    address = page(ours, "commitments:new-execution", promise.pk)
    desk.post(address, {"what": "Brief aan de Kamer", "due": f"{YESTERDAY}"})
    step = promise.execution.get()
    change = page(ours, "commitments:execution", step.pk)
    asked = {"what": step.what, "state": "done", "note": "Brief van maandag"}

    without = desk.post(change, asked).content.decode()
    ahead = desk.post(change, {**asked, "ended_on": f"{TOMORROW}"}).content.decode()
    shown = desk.post(
        change, {**asked, "ended_on": f"{YESTERDAY}"}, follow=True
    ).content.decode()

    assert "Kies de dag" in without
    assert "Die dag moet nog komen" in ahead
    assert "1 van de 1 stap gedaan" in shown
    with pytest.raises(IntegrityError), transaction.atomic():
        promise.execution.update(ended_on=None)
    with pytest.raises(following.NoDay):
        following.keep_execution(
            Execution(commitment=promise, what="x", state="done"),
            by=volunteer,
            at=clock.now(),
        )
    desk.post(change, {"drop": "1"})
    assert not promise.execution.exists()


def test_fifty_steps_are_enough(promise: Commitment, volunteer: Account) -> None:
    following.add_asks(promise, [Ask(str(n)) for n in range(60)])

    assert promise.execution.count() == following.MOST_STEPS
    with pytest.raises(following.Full):
        following.keep_execution(
            Execution(commitment=promise, what="x"), by=volunteer, at=clock.now()
        )


def test_no_citizen_service_number_stands_in_a_decision_or_step(
    promise: Commitment, volunteer: Account
) -> None:
    number = "Over 111222333"
    decision = Adherence(
        commitment=promise, on=YESTERDAY, decision=number, followed="no", note=number
    )
    following.keep_adherence(decision, by=volunteer, at=clock.now())
    following.add_asks(promise, [Ask(number, number)])

    step = promise.execution.get()
    decision.refresh_from_db()
    kept = {decision.decision, decision.note, step.what, step.words}
    assert kept == {f"Over {MASK}"}


def test_everybody_reads_how_many_decisions_and_steps(
    principle: Commitment, volunteer: Account
) -> None:
    on = clock.today()
    decide(principle, "yes", volunteer)
    decide(principle, "no", volunteer)
    following.add_asks(principle, [Ask("Een"), Ask("Twee")])

    words = public_words(principle, on=on)
    data = as_open_data(Showing(commitment=principle, words=words), on=on)

    assert words["decisions"] == {"yes": 1, "no": 1}
    assert data["soort"] == "principle"
    assert (data["besluiten_nagekomen"], data["besluiten_deels"]) == ("1", "0")
    assert (data["stappen_open"], data["stappen_gedaan"]) == ("2", "0")


@pytest.mark.wide
def test_motions_of_parliament_are_taken_from_the_list(
    ours: Organisation, desk: Client, dossier: Dossier, ministry: Party
) -> None:
    shared = Path(os.environ.get("ACHTERBAN_SHARED", "/nowhere"))
    path = shared / "data/parliament/moties.jsonl.gz"
    if not path.is_file():
        pytest.skip("the motions of parliament are not here")
    address = page(ours, "commitments:motions", dossier.pk) + f"?partij={ministry.pk}"
    upload = SimpleUploadedFile("moties.jsonl.gz", path.read_bytes())

    found = desk.post(address, {"words": "long covid", "file": upload})
    lines = [line for it, line in found.context["found"] if it.is_accepted]
    desk.post(address, {"take": lines})

    rows = Commitment.objects.all()
    assert len(lines) > 1
    assert len(rows) == len(lines)
    assert all(row.execution.exists() and row.kind == Kind.MOTION for row in rows)
    assert not [row for row in rows if "van het lid" in row.source]
