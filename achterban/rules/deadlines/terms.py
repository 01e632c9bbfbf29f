"""The terms of law that are known, as they stand in ``data/terms.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from achterban.rules.deadlines.counting import Length, Unit, told

DATA = Path(__file__).parent / "data"
_LENGTH = re.compile(r"([1-9]\d{0,3}) (dag|dagen|week|weken|maand|maanden|jaar)\b")
_UNITS = {"d": Unit.DAYS, "w": Unit.WEEKS, "m": Unit.MONTHS, "j": Unit.YEARS}
_FREE = "vrij"
NO_LENGTH = "Hoe lang de termijn is, staat er niet. Typ zoiets als: 6 weken."


class NotCovered(ValueError):
    """No answer is known here; ``str`` says so in Dutch, with what to do."""


class Counting(StrEnum):
    """How a term is counted from its event."""

    ON = "vooruit"
    WITH = "met de dag zelf"
    BACK = "terug"
    SAME = "tot en met de dag zelf"


class Who(StrEnum):
    """Who must do something within it."""

    CITIZEN = "u"
    AUTHORITY = "zij"


@dataclass(frozen=True)
class Checked:
    """Who looked a rule over.

    Attributes:
        by: in what capacity; empty where nobody did.
        on: when.
    """

    by: str = ""
    on: date | None = None

    def __str__(self) -> str:
        if self.on is None:
            return "nog niet door een jurist gecontroleerd"
        return f"gecontroleerd door: {self.by}, {told(self.on)}"


@dataclass(frozen=True)
class Term:
    """One rule of law about a term.

    Attributes:
        key: what a program calls it.
        variant: which one of that name.
        name: what people call it, in Dutch.
        who: who must do something.
        event: what makes it begin, in Dutch.
        length: how long; None where the question says so.
        counting: how it is counted.
        after: key of the term after whose end it begins; empty for none.
        is_rolling: whether the Algemene termijnenwet moves it; None for what its
            art. 4 says.
        by_post: whether in time at the post is in time (Awb 6:9 lid 2).
        adjourn: by how much the authority may adjourn it at most.
        adjourn_article: where the law says that.
        articles: where the law says so.
        since: the first day of an event that it holds for.
        until: the last one; None for no end.
        doubt: what lawyers doubt, in Dutch.
        other: ``is_rolling`` in the other reading.
        note: what else to know, in Dutch.
        checked: who looked it over.
    """

    key: str
    variant: str
    name: str
    who: Who
    event: str
    length: Length | None
    counting: Counting
    after: str
    is_rolling: bool | None
    by_post: bool
    adjourn: Length | None
    adjourn_article: str
    articles: tuple[str, ...]
    since: date
    until: date | None
    doubt: str
    other: bool | None
    note: str
    checked: Checked

    @property
    def name_in_full(self) -> str:
        """Return the key with its variant."""
        return f"{self.key}/{self.variant}" if self.variant else self.key


def length_in(text: str) -> Length:
    """Return the length that a Dutch text such as ``6 weken`` begins with.

    Raises:
        NotCovered: it begins with none, or with one of nothing.
    """
    found = _LENGTH.match(text)
    if found is None:
        raise NotCovered(NO_LENGTH)
    return Length(int(found[1]), _UNITS[found[2][0]])


@cache
def terms() -> tuple[Term, ...]:
    """Return all terms, in the order of the file; older rules too."""
    with (DATA / "terms.toml").open("rb") as file:
        return tuple(_term(row) for row in tomllib.load(file)["term"])


@cache
def variants_of(key: str) -> tuple[str, ...]:
    """Return which variants there are of a term."""
    return tuple(dict.fromkeys(it.variant for it in terms() if it.key == key))


@cache
def _rules_of(key: str, variant: str) -> tuple[Term, ...]:
    return tuple(it for it in terms() if (it.key, it.variant) == (key, variant))


def find(key: str, variant: str, on: date) -> Term:
    """Return the rule that holds for an event.

    Args:
        key: which term.
        variant: which one of that name; without it the only one there is.
        on: the day of the event: an old decision keeps the rule of its time.

    Raises:
        NotCovered: there is no such term, or no rule of that day.
    """
    if not variant:
        of_key = variants_of(key)
        variant = of_key[0] if len(of_key) == 1 else ""
    rules = _rules_of(key, variant)
    for rule in rules:
        if rule.since <= on and (rule.until is None or on <= rule.until):
            return rule
    if rules:
        first = min(it.since for it in rules)
        if on > first:
            last = max(it.until for it in rules if it.until)
            raise NotCovered(
                f"Deze regel gold tot en met {told(last)}. Vraag een jurist naar de "
                "regel van daarna."
            )
        raise NotCovered(
            f"Deze regel kennen wij pas vanaf {told(first)}. Vraag een jurist naar de "
            "regel van daarvoor."
        )
    raise NotCovered(
        "Deze termijn kennen wij niet. Vraag het aan wie de brief stuurde."
    )


def checked_in(text: str) -> Checked:
    """Return who looked it over, from ``functie, jjjj-mm-dd``; empty for nobody.

    Raises:
        ValueError: it says something else.
    """
    if not text:
        return Checked()
    by, _comma, on = text.rpartition(", ")
    if not by:
        raise ValueError(text)
    return Checked(by, date.fromisoformat(on))


def _term(row: Mapping[str, Any]) -> Term:
    known = {"key", "name", "who", "event", "length", "articles", "from"}
    more = {
        *("variant", "counting", "after", "moves", "posting", "until"),
        *("adjourn", "adjourn_article"),
        *("doubt", "other", "note", "checked"),
    }
    if known - set(row) or set(row) - known - more:
        raise ValueError(row)
    length = row["length"]
    return Term(
        key=row["key"],
        variant=row.get("variant", ""),
        name=row["name"],
        who=Who(row["who"]),
        event=row["event"],
        length=None if length == _FREE else length_in(length),
        counting=Counting(row.get("counting", "vooruit")),
        after=row.get("after", ""),
        is_rolling=_MOVES[row.get("moves", "atw 4")],
        by_post=row.get("posting", False),
        adjourn=length_in(row["adjourn"]) if "adjourn" in row else None,
        adjourn_article=row.get("adjourn_article", ""),
        articles=tuple(row["articles"]),
        since=row["from"],
        until=row.get("until"),
        doubt=row.get("doubt", ""),
        other=_MOVES[row["other"]] if "other" in row else None,
        note=row.get("note", ""),
        checked=checked_in(row.get("checked", "")),
    )


_MOVES = {"ja": True, "nee": False, "atw 4": None}
