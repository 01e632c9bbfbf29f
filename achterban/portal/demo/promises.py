"""What the example organisation was promised: kept, late, and disputed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from achterban.advocate.commitments.actions import expecting, keeping, showing
from achterban.advocate.commitments.actions.keeping import When
from achterban.advocate.commitments.models import Commitment, State
from achterban.advocate.dossiers.models import Dossier
from achterban.advocate.stakeholders.models import Party
from achterban.core.accounts.models import Account

N_TIMES = 8  # that came of the talk every six weeks


def make_promises(
    dossier: Dossier, *, by: Account, second: Account, at: datetime
) -> None:
    """Write down three promises: one comes back, is disputed, and is public."""
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
