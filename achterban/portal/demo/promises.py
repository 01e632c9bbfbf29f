"""What the example organisation was promised: kept, late, disputed, and followed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from achterban.advocate.commitments.actions import (
    expecting,
    following,
    keeping,
    moving,
    showing,
)
from achterban.advocate.commitments.actions.keeping import When
from achterban.advocate.commitments.models import (
    Adherence,
    Commitment,
    Followed,
    Kind,
    Progress,
    State,
)
from achterban.advocate.dossiers.models import Dossier
from achterban.advocate.stakeholders.models import Party
from achterban.core.accounts.models import Account
from achterban.rules.motions import Ask, Motion

N_TIMES = 8  # that came of the talk every six weeks


def make_promises(
    dossier: Dossier, *, by: Account, second: Account, at: datetime
) -> None:
    """Write down three promises, a principle and a motion; one is public."""
    parties = Party.objects.filter(organisation=dossier.organisation)
    ministry = parties.get(name="Ministerie van Zorg")
    town = parties.get(name="Gemeente Utrecht")
    today = timezone.localdate(at)
    first = today - timedelta(weeks=6 * (N_TIMES - 1), days=3)
    series = keeping.keep_commitment(
        Commitment(
            dossier=dossier,
            party=ministry,
            verbatim="Wij spreken elkaar elke zes weken, met de minister erbij.",
            said_on=first - timedelta(weeks=6),
            source="Verslag van het overleg, punt 4",
            to_whom="alle organisaties aan tafel",
            level="minister",
            ours="Elke zes weken een gesprek met de minister.",
            theirs="Na zes weken één keer kijken hoe het gaat.",
            theirs_source="Brief van het ministerie, bladzijde 1",
        ),
        When("elke zes weken", first, "FREQ=WEEKLY;INTERVAL=6"),
        by=by,
        at=at - timedelta(days=50),
    )
    expecting.expect(series, on=today)
    for n, time in enumerate(series.occurrences.untold(today).order_by("due_on")):
        took_place = "held" if n == 0 else "missed"
        level = "minister" if n == 0 else ""
        expecting.tell(time, took_place, time.due_on, level, "", by=by, at=at)
    keeping.take_step(
        series, State.DISPUTED, "Zij lezen het anders", by=by, at=at - timedelta(days=9)
    )
    asked = showing.ask_to_show(series, by=by, at=at - timedelta(days=3))
    showing.show(asked, by=second, at=at - timedelta(days=2))
    for words, verbatim, days in (
        ("binnen twee weken", "U krijgt binnen twee weken de cijfers van ons.", -4),
        ("voor de zomer", "Voor de zomer ligt er een voorstel bij de raad.", 200),
    ):
        keeping.keep_commitment(
            Commitment(
                dossier=dossier,
                party=town,
                verbatim=verbatim,
                said_on=today - timedelta(days=18),
                source="Mail van de gemeente",
            ),
            When(words, today + timedelta(days=days)),
            by=by,
            at=at - timedelta(days=18),
        )
    _make_principle(dossier, ministry, by=by, at=at)
    moving.take_motions(dossier, ministry, [_motion(today)], by=by, at=at)
    done = dossier.commitments.get(kind=Kind.MOTION).execution.all()[0]
    done.state, done.ended_on = Progress.DONE, today - timedelta(days=12)
    done.note = "Brief aan de Kamer"
    following.keep_execution(done, by=by, at=at)


def _make_principle(
    dossier: Dossier, party: Party, *, by: Account, at: datetime
) -> None:
    """Agree on being heard first, and hold three decisions against it."""
    today = timezone.localdate(at)
    row = keeping.keep_commitment(
        Commitment(
            kind=Kind.PRINCIPLE,
            dossier=dossier,
            party=party,
            verbatim="Wij horen u voordat wij besluiten.",
            said_on=today - timedelta(days=300),
            source="Afspraken voor het overleg, punt 1",
        ),
        None,
        by=by,
        at=at,
    )
    for decision, followed, note, days in (
        ("De regels voor vervoer", Followed.YES, "Verslag van het overleg", 210),
        ("Het formulier voor hulp thuis", Followed.PARTLY, "Wij zagen het laat", 90),
        ("De nieuwe wachtlijst", Followed.NO, "Wij lazen het in de krant", 20),
    ):
        following.keep_adherence(
            Adherence(
                commitment=row,
                on=today - timedelta(days=days),
                decision=decision,
                followed=followed,
                note=note,
            ),
            by=by,
            at=at,
        )


def _motion(today: date) -> Motion:
    asks = (
        Ask("Te laten onderzoeken hoe lang mensen op hulp wachten"),
        Ask("Gemeenten te vragen om aan huis te keuren"),
        Ask(
            "De Kamer hierover binnen een half jaar te informeren",
            "binnen een half jaar",
            today + timedelta(days=110),
        ),
    )
    return Motion(
        "36 999, nr. 12",
        "Motie over hulp voor wie op bed ligt",
        today - timedelta(days=70),
        "\n".join(it.words for it in asks),
        asks,
        "aangenomen: 91 voor, 59 tegen",
        True,
    )
