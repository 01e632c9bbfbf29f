"""Write motions down as something they are held to, with steps of execution."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from achterban.advocate.commitments.actions.following import add_asks
from achterban.advocate.commitments.actions.keeping import keep_commitment
from achterban.advocate.commitments.models import Commitment, Kind
from achterban.advocate.dossiers.models import Dossier
from achterban.advocate.stakeholders.models import Party
from achterban.core.accounts.models import Account
from achterban.rules.motions import Ask, Motion
from achterban.rules.signs import printable

MOST_WORDS, MOST_SOURCE = 1000, 200  # what a promise has room for


@transaction.atomic
def take_motions(
    dossier: Dossier,
    party: Party,
    motions: Collection[Motion],
    *,
    by: Account,
    at: datetime,
) -> int:
    """Store motions that are not there yet; return how many.

    Args:
        dossier: to which they belong.
        party: who has to carry them out.
        motions: one that was voted down is passed by: nobody is held to it.
        by: who takes them.
        at: now.
    """
    Dossier.objects.select_for_update().get(pk=dossier.pk)  # or two take the same
    taken = 0
    for it in motions:
        source = _cut(source_of(it), MOST_SOURCE)
        known = dossier.commitments.filter(kind=Kind.MOTION, source=source)
        if it.is_accepted is False or known.exists():
            continue
        row = Commitment(
            kind=Kind.MOTION,
            dossier=dossier,
            party=party,
            verbatim=_cut(it.verbatim, MOST_WORDS),
            said_on=it.on or timezone.localdate(at),
            source=source,
            conditions=it.result,
        )
        keep_commitment(row, None, by=by, at=at)
        add_asks(row, it.asks)
        taken += 1
    return taken


def source_of(motion: Motion) -> str:
    """Return where a motion stands, in one line."""
    about = motion.about or _("motion")
    return f"{motion.number}: {about}" if motion.number else about


def _cut(words: str, room: int) -> str:
    return words if len(words) <= room else f"{words[: room - 1]}…"


def as_line(motion: Motion) -> str:
    """Return a motion as one line of text, to be sent along with a form."""
    return json.dumps(asdict(motion), default=str)


def from_line(line: str) -> Motion | None:
    """Return the motion of a line; None where it holds none."""
    try:
        facts: dict[str, Any] = json.loads(line)
        names = ("number", "about", "verbatim", "result")
        words = [printable(str(facts[name])) for name in names]
        asks = tuple(
            Ask(str(it["words"]), str(it["when"]), _day(it["due"]))
            for it in facts["asks"]
        )
        on = _day(facts["on"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    number, about, verbatim, result = words
    said = facts.get("is_accepted")
    is_accepted = said if isinstance(said, bool) else None
    return Motion(number, about, on, verbatim, asks, result, is_accepted)


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None
