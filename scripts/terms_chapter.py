"""Write the handbook's chapter about terms of law anew from the rules themselves.

Usage: python scripts/terms_chapter.py

A lawyer reads there, line by line, what the program counts with; a test says when the
chapter is not that of the rules any more.
"""

from __future__ import annotations

import tomllib
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from achterban.rules.deadlines import Counting, Term, Who, terms, told
from achterban.rules.deadlines.terms import DATA, checked_in
from achterban.rules.holidays import equated

CHAPTER = Path(__file__).parents[1] / "docs" / "handboek" / "termijnen.md"
BEGINS, ENDS = "## De regels\n", "## Wat het niet weet\n"
SIDES = {Who.CITIZEN: "Wat u moet doen", Who.AUTHORITY: "Wat zij moeten doen"}


def chapter() -> str:
    """Return the chapter: its own words, with the rules of today between them."""
    before, _begins, rest = CHAPTER.read_text(encoding="utf-8").partition(BEGINS)
    _old, _ends, after = rest.partition(ENDS)
    lines = []
    for who, title in SIDES.items():
        lines += [f"### {title}", ""]
        for term in terms():
            if term.who is who:
                lines += _term(term)
    rules = "\n".join([*lines, *_amounts(), *_days()])
    return f"{before}{BEGINS}\n{rules}\n{ENDS}{after}"


def _term(term: Term) -> list[str]:
    until = f" tot en met {told(term.until)}" if term.until else ""
    rows = {
        "naam voor een programma": f"`{term.name_in_full}`",
        "begint als": term.event,
        "duurt": _length(term),
        "schuift door": _moves(term.is_rolling, term),
        "verdagen": f"{term.adjourn} ({term.adjourn_article})" if term.adjourn else "",
        "begint na": f"`{term.after}`" if term.after else "",
        "waar het staat": ", ".join(term.articles),
        "geldt vanaf": told(term.since) + until,
        "twijfel": term.doubt,
        "let op": term.note,
        "nagekeken": str(term.checked),
    }
    said = (f"- {name}: {words}" for name, words in rows.items() if words)
    return [f"#### {term.name}", "", *said, ""]


def _length(term: Term) -> str:
    if term.counting is Counting.SAME:
        return "tot en met de dag zelf"
    how = {
        Counting.ON: "",
        Counting.WITH: ", de dag zelf telt mee",
        Counting.BACK: " ervoor, hele dagen ertussen",
    }[term.counting]
    return f"{term.length or 'zo lang als er staat'}{how}"


def _moves(is_rolling: bool | None, term: Term) -> str:
    if term.counting in (Counting.BACK, Counting.SAME):
        return "nee (ATW 1 lid 2)"
    if is_rolling is None:
        fits = term.length is None or term.length.is_rolling
        return "ja" if fits else "nee (ATW 4)"
    return "ja" if is_rolling else "nee"


def _amounts() -> list[str]:
    with (DATA / "amounts.toml").open("rb") as file:
        kept = tomllib.load(file)
    penalties = (
        f"- Brief ontvangen vanaf {told(row['from'])}: "
        f"{', '.join(f'€ {it}' for it in row['per_day'])} per dag. {_seen(row)}"
        for row in kept["penalty"]
    )
    fees = (
        f"- {row['year']}: beroep {_euros(row['appeal'])}; hoger beroep "
        f"{_euros(row['higher_appeal'])}. {_seen(row)}"
        for row in kept["fee"]
    )
    exceptions = (
        f"- Vanaf {told(row['from'])}: {row['reason']}" for row in kept["exception"]
    )
    return [
        "## Bedragen",
        "",
        "### Dwangsom",
        "",
        "Drie bedragen, elk voor veertien dagen.",
        "",
        *penalties,
        *exceptions,
        "",
        "### Griffierecht",
        "",
        "Het lage tarief voor een mens, het gewone, en dat voor een organisatie.",
        "",
        *fees,
        "",
    ]


def _euros(amounts: list[int]) -> str:
    return ", ".join(f"€ {it}" if it else "onbekend" for it in amounts)


def _seen(row: dict[str, str]) -> str:
    return f"Bron: {row['source']}; {checked_in(row['checked'])}."


def _days() -> list[str]:
    decrees = (
        f"- {decree}: {', '.join(told(day) for day, _decree in days)}"
        for decree, days in groupby(equated().items(), key=itemgetter(1))
    )
    return [
        "## Vrije dagen",
        "",
        "Nieuwjaarsdag, Goede Vrijdag, tweede paasdag, Koningsdag en elk jaar 5 mei.",
        "Hemelvaartsdag, tweede pinksterdag en de twee kerstdagen.",
        "En de dagen van een koninklijk besluit:",
        "",
        *decrees,
        "",
        "Een nieuw jaar is een regel erbij in `holidays/data/equated.toml`.",
        "",
    ]


if __name__ == "__main__":
    CHAPTER.write_text(chapter(), encoding="utf-8")
