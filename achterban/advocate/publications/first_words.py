"""What a letter about promises begins with, and how its gaps are filled."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from achterban.advocate.commitments.models import Commitment
from achterban.advocate.commitments.queries import Tally, tallies
from achterban.advocate.dossiers.models import Rank
from achterban.advocate.publications.models import Aim, PromiseLetter

TEXTS = Path(__file__).parent / "data" / "letters"
PROMISES = "toezeggingen"
GAPS = {
    PROMISES: _("what was promised, a line each"),
    "dag": _("the day on which it was said"),
    "partij": _("who promised it"),
    "keren": _("how often it took place, of what comes back"),
    "eerder": _("which letters went out before"),
    "trede": _("how high this letter goes"),
    "reden": _("why it goes higher"),
    "organisatie": _("our name"),
}
_GAP = re.compile(r"\{([^{}\n]*)\}")
_LETTERS = "nl"  # what we write outside is Dutch, whatever the screen is


@dataclass(frozen=True)
class Begin:
    """The first words of a letter, with gaps as ``{dag}``."""

    title: str
    salutation: str
    text: str
    closing: str


def ours(aim: Aim) -> Begin:
    """Return the words that come with the program.

    In the file: title, salutation, text, and a closing of two blocks.
    """
    blocks = (TEXTS / f"{aim}.txt").read_text(encoding="utf-8").strip()
    title, salutation, *text, greeting, name = blocks.split("\n\n")
    return Begin(title, salutation, "\n\n".join(text), f"{greeting}\n\n{name}")


def unknown_gaps(text: str) -> list[str]:
    """Return what stands in braces and means nothing here."""
    return [gap for gap in _GAP.findall(text) if gap not in GAPS]


def filled(text: str, gaps: Mapping[str, str]) -> str:
    """Return a text with its gaps filled; a paragraph that stays empty goes."""
    whole = _GAP.sub(lambda gap: gaps.get(gap[1], gap[0]), text)
    return re.sub(r"\n{3,}", "\n\n", whole).strip()


def gaps_of(
    rows: Collection[Commitment],
    earlier: Collection[PromiseLetter],
    *,
    on: date,
    rung: str = "",
    why: str = "",
) -> dict[str, str]:
    """Return what comes into the gaps of a letter.

    Args:
        rows: the promises it speaks of, at least one, with party and organisation.
        earlier: letters about them that went out, with publication.
        on: today; times are counted until then.
        rung: how high it goes, a ``Rank``.
        why: why it goes there.
    """
    with translation.override(_LETTERS):
        first = min(rows, key=lambda row: row.said_on)
        return {
            PROMISES: "\n".join(f"- {_said(row)}" for row in rows),
            "dag": _day(first.said_on),
            "partij": str(first.party),
            "keren": " ".join(_times(tally) for tally in tallies(rows, on=on).values()),
            "eerder": " ".join(_before(letter) for letter in earlier),
            "trede": str(Rank(rung).label) if rung else "",
            "reden": why,
            "organisatie": str(first.dossier.organisation),
        }


def _said(row: Commitment) -> str:
    words = " ".join(row.verbatim.split())
    facts = [gettext("said on %(day)s") % {"day": _day(row.said_on)}, row.source]
    if row.due and not row.rhythm:
        facts.append(gettext("by %(day)s") % {"day": _day(row.due)})
    said = f"“{words}” ({', '.join(facts)})"
    if row.ours:
        reading = " ".join(row.ours.split())
        said += " " + gettext("We read it so: %(reading)s") % {"reading": reading}
    return said


def _times(tally: Tally) -> str:
    return gettext("It took place as promised %(n)d of the %(due)d times.") % {
        "n": tally.held,
        "due": tally.due,
    }


def _before(letter: PromiseLetter) -> str:
    row = letter.publication
    version = row.versions.order_by("n")[0]
    return gettext("We wrote of it on %(day)s (%(number)s).") % {
        "day": _day(version.sent_on),
        "number": row.shown_number,
    }


def _day(on: date) -> str:
    return date_format(on, "j F Y")
