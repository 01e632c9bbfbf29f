"""Promises to test with."""

from __future__ import annotations

from datetime import date
from typing import Any

from achterban.advocate.commitments.actions.keeping import When, keep_commitment
from achterban.advocate.commitments.models import Commitment
from achterban.advocate.dossiers.models import Dossier
from achterban.advocate.stakeholders.models import Party
from achterban.core import clock
from achterban.core.accounts.models import Account

SAID = date(2026, 1, 5)
NO_TERM = When()
WORDS = "Wij spreken elkaar elke zes weken, op het niveau van de minister."


def promised(
    dossier: Dossier,
    party: Party,
    by: Account,
    when: When = NO_TERM,
    **facts: Any,
) -> Commitment:
    """Return a promise that somebody wrote down."""
    words: dict[str, Any] = {"verbatim": WORDS, "said_on": SAID, "source": "Brief"}
    row = Commitment(dossier=dossier, party=party, **{**words, **facts})
    return keep_commitment(row, when, by=by, at=clock.now())
