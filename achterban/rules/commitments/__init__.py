"""Find in a Dutch text what may be promised, for a person to confirm.

Each passage shows signs for a promise ("wij zorgen dat", a term that lies ahead, a
rhythm) and against one ("zo spoedig mogelijk", "helaas", "nemen wij mee", what is over,
a question). What a sign weighs was learnt from letters, minutes and notes
(``bench.commitments``). Enough weight makes a suggestion, which is no promise before
somebody says so with the passage beside it.

In a letter "ik" and "wij" are who promises; in notes they are ourselves, and "zij" is
the other side. Not covered: what only several sentences together promise, irony, and
whether somebody spoke for the office.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from achterban.rules.commitments.signs import OVER, SOFT, Passage, passages
from achterban.rules.commitments.weights import ENOUGH, FIRST_LOOK, SECOND_LOOK
from achterban.rules.recurrence import Term

__all__ = ["Strength", "Suggestion", "neighbours", "suggestions", "weight"]


class Strength(StrEnum):
    """How much it binds."""

    FIRM = "firm"
    INTENTION = "intention"


@dataclass(frozen=True)
class Suggestion:
    """What may be a promise.

    Attributes:
        start: code point where it begins.
        end: code point behind it.
        promiser: who promises, as it stands there; empty where it does not.
        what: the words.
        term: what it says of when, None where it says nothing.
        when: the words for that, here or in the passage before.
        level: at which level, as far as words tell; empty otherwise.
        strength: how much it binds.
    """

    start: int
    end: int
    promiser: str
    what: str
    term: Term | None
    when: str
    level: str
    strength: Strength


_LEVELS = {
    "minister": r"\b(?:minister|staatssecretaris|bewinds\w+)\b",
    "director_general": r"\b(?:directeur-generaal|DG)\b",
    "executive": r"\b(?:wethouder|gedeputeerde|burgemeester|college)\b",
    "management": r"\b(?:directeur|afdelingshoofd|teamleider|teammanager|bestuurder)\b",
}
_PROMISER = re.compile(
    r"\b(?:(?i:de\s+heer|de|het|dhr\.|mevr?\.|mw\.|mevrouw|dokter|onze?)\s+[\w-]+"
    r"(?:\s+(?:(?:van|de|der|den|het)\s+)*[A-Z][\w-]+)*"
    r"|(?i:wethouder|minister|staatssecretaris|burgemeester)\b(?:\s+[A-Z][\w-]+)*"
    r"|(?i:ik|wij|we|hij|zij|ze))\b"
)
_NEVER = OVER | SOFT | {"you_may", "we_acts_own"}


def suggestions(text: str, on: date) -> list[Suggestion]:
    """Return what may be promised in a text, in order.

    Args:
        text: a letter, mail, minutes or note, in Dutch.
        on: its date, with which terms are read.
    """
    found = passages(text, on)
    first = [weight(it.signs, FIRST_LOOK) for it in found]
    chosen: list[Suggestion] = []
    for it, beside in zip(found, neighbours(found, first), strict=True):
        is_ours = "we_acts_own" in it.signs
        weighs = weight(it.signs | beside, SECOND_LOOK) > ENOUGH
        if is_ours or not (weighs or _is_said_to_be_promised(it)):
            continue
        term, when = it.term, it.when
        if term is None and "follows" in beside and chosen:
            # "De radio blijft uit": from the day just named
            term, when = chosen[-1].term, chosen[-1].when
        chosen.append(_suggestion(text, it, term, when))
    return chosen


def _is_said_to_be_promised(it: Passage) -> bool:
    """Return whether somebody says that a rhythm was promised: one side's reading."""
    return {"promises", "rhythm"} <= it.signs and not it.signs & {"not", "cannot"}


def weight(signs: frozenset[str], weights: dict[str, float]) -> float:
    """Return what signs weigh together; what has no weight counts for nothing."""
    return weights[""] + sum(weights.get(sign, 0.0) for sign in signs)


def neighbours(found: list[Passage], first: list[float]) -> list[frozenset[str]]:
    """Return for each passage whether it stands beside a promise, as signs.

    Promises come together: "De radio blijft uit" binds after "Vanaf 1 september …".

    Args:
        found: the passages of a text.
        first: what each weighs by itself.
    """
    beside = []
    for n, it in enumerate(found):
        signs = set()
        if not it.signs & _NEVER:
            if n and found[n - 1].line == it.line and first[n - 1] > 0:
                signs.add("follows")
            if found[n + 1 :] and found[n + 1].line == it.line and first[n + 1] > 0:
                signs.add("leads")
        beside.append(frozenset(signs))
    return beside


def _suggestion(text: str, it: Passage, term: Term | None, when: str) -> Suggestion:
    words = text[it.start : it.end]
    who = _PROMISER.search(words)
    levels = (name for name, rule in _LEVELS.items() if re.search(rule, words, re.I))
    intends = it.signs & {"intends", "aims", "hedges"} and "promises" not in it.signs
    return Suggestion(
        it.start,
        it.end,
        who[0] if who else "",
        words,
        term,
        when,
        next(levels, ""),
        Strength.INTENTION if intends else Strength.FIRM,
    )
