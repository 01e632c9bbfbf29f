"""Letters to test with; everybody in them is invented."""

from __future__ import annotations

import hashlib

from achterban.advocate.dossiers.models import Dossier
from achterban.advocate.redactions.actions import deciding, releasing
from achterban.advocate.redactions.actions.deciding import Source
from achterban.advocate.redactions.models import Redaction
from achterban.core import clock
from achterban.core.accounts.models import Account
from achterban.rules.redaction import Decision

LETTER = """Van: Wietske Zandloper <w.zandloper@voorbeeld.test>
Aan: Beleid <beleid@voorbeeld.test>
Onderwerp: Overleg om de zes weken

Beste Okkernoot,

Wij spreken elkaar elke zes weken. 😀 Bel mij op 06-12345678.

Met vriendelijke groet,

Wietske Zandloper
Postbus 12, Voorbeeld"""
SECRETS = ("Wietske", "Zandloper", "Okkernoot", "12345678", "w.zandloper")


def brought(dossier: Dossier, by: Account, text: str = LETTER) -> Redaction:
    """Return a correspondence that was brought in."""
    source = Source(text, hashlib.sha256(text.encode()).hexdigest())
    title = "Mails over het overleg"
    return deciding.bring_in(dossier, title, source, by=by, at=clock.now())


def decide(row: Redaction, *more: Decision, by: Account) -> Redaction:
    """Add decisions to those that are there."""
    row.refresh_from_db()
    decisions = [*row.open_decisions(), *more]
    return deciding.keep_decisions(
        row, decisions, seen=row.revision, by=by, at=clock.now()
    )


def asked(row: Redaction, *, by: Account) -> Redaction:
    """Ask somebody else to make it public."""
    row.refresh_from_db()
    return releasing.ask(row, seen=row.revision, by=by, at=clock.now())


def released(row: Redaction, *, by: Account, second: Account) -> Redaction:
    """Return one that two people made public."""
    held = asked(row, by=by)
    return releasing.release(held, seen=held.revision, by=second, at=clock.now())
