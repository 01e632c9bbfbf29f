"""What everybody may read of promises: plain values, for pages and open data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from achterban.advocate.commitments.models import Followed, Kind, Progress, Showing
from achterban.advocate.dossiers.models import Rank
from achterban.core.accounts.models import Account
from achterban.core.organisations.models import Organisation
from achterban.core.web.due import Due

# The names of the fields in open data, in Dutch as those are who use it.
FIELDS = (
    *("id", "toezegging", "partij", "gezegd_op", "bron", "bron_adres", "aan_wie"),
    *("niveau", "voorwaarden", "onze_lezing", "hun_lezing", "hun_bron"),
    *("termijn", "uiterlijk", "ritme", "stand", "keren_verwacht", "keren_gehouden"),
    *("keren_op_lager_niveau", "keren_onbekend", "nagekeken_op", "soort"),
    *("besluiten_nagekomen", "besluiten_deels", "besluiten_niet"),
    *("stappen_open", "stappen_gedaan", "stappen_vervallen"),
)

TIMES = ("due", "held", "lower", "untold")


def as_shown(row: Showing, *, on: date) -> dict[str, Any]:
    """Return what a page shows of a promise, with days as days."""
    words = row.words
    return {
        "row": row,
        **words,
        "said_on": date.fromisoformat(words["said_on"]),
        "due": date.fromisoformat(words["due"]) if words["due"] else None,
        "level": Rank(words["level"]).label if words["level"] else "",
        "state": row.state_on(on),
        "tally": words["times"] or None,
        "kind": Kind(words.get("kind", Kind.PROMISE)),
        "decisions": counted(words.get("decisions", {})),
        "steps": counted(words.get("steps", {})),
    }


def counted(found: dict[str, int]) -> dict[str, int]:
    """Return counts with their sum; empty where there is nothing to count."""
    return {**found, "all": sum(found.values())} if found else {}


def as_open_data(row: Showing, *, on: date) -> dict[str, str]:
    """Return a promise as open data: texts, days as 2026-11-28, states as codes."""
    words = row.words
    times = [words["times"].get(name, "") for name in TIMES]
    decisions, steps = words.get("decisions", {}), words.get("steps", {})
    values = (
        *(str(row.commitment_id), words["verbatim"], words["party"], words["said_on"]),
        *(words["source"], words["address"], words["to_whom"], words["level"]),
        *(words["conditions"], words["ours"], words["theirs"], words["theirs_source"]),
        *(words["when"], words["due"], words["rhythm"], str(row.state_on(on).value)),
        *map(str, times),
        row.released_on.isoformat() if row.released_on else "",
        str(words.get("kind", Kind.PROMISE)),
        *(str(decisions.get(it, 0) if decisions else "") for it in Followed),
        *(str(steps.get(it, 0) if steps else "") for it in ("open", *Progress)),
    )
    return dict(zip(FIELDS, values, strict=True))


def due_showings(request: HttpRequest, on: date, n: int) -> Iterator[Due]:
    """Yield promises that wait to be made public by somebody else, for *Today*."""
    account: Account = request.user  # type: ignore[assignment]
    organisation: Organisation = request.organisation  # type: ignore[attr-defined]
    rows = Showing.objects.visible_to(account, organisation).waiting()
    others = rows.exclude(asked_by=account).order_by("asked_on", "pk")
    for row in others[:n]:
        title = _("To make public: %(promise)s") % {"promise": str(row)[:80]}
        yield Due(title, row.asked_on, "commitments:publicity", row.commitment_id)
