"""Measure terms of law: one with all that is said of it, and many in a row.

Usage: python -m bench.deadlines
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from achterban.rules.deadlines import Term, deadline, find, terms
from bench.measure import machine

DOCUMENT = Path(__file__).parents[1] / "docs" / "measurements-deadlines.md"
N, N_TURNS = 100_000, 5
DAYS = [date(2015, 1, 1) + timedelta(days=n % 4_000) for n in range(N)]


def main() -> None:
    """Measure, print and keep."""
    begun = time.perf_counter()
    deadline(find("awb_bezwaar", "", DAYS[0]), DAYS[0])
    first = time.perf_counter() - begun
    bare = seconds(lambda day: day + timedelta(weeks=6))
    ours = seconds(lambda day: deadline(find("awb_bezwaar", "", day), day))
    slowest, term = max((whole(it), it.name_in_full) for it in terms())
    lines = [
        "# Terms of law",
        "",
        "Made by `python -m bench.deadlines`.",
        "",
        machine(),
        "",
        "| what | figure |",
        "|---|--:|",
        f"| objections in a row, one core, a second | {N / ours:,.0f} |",
        f"| times that of adding six weeks to a day | {ours / bare:.0f} |",
        f"| slowest term with each step said ({term}), µs | {slowest * 1e6:.0f} |",
        f"| first one of a process, which reads the rules, ms | {first * 1e3:.1f} |",
    ]
    print("\n".join(lines))
    DOCUMENT.write_text("\n".join(lines) + "\n", encoding="utf-8")


def seconds(answer: Callable[[date], object]) -> float:
    """Return how long all days take, the median of some turns."""
    turns = []
    for _turn in range(N_TURNS):
        begun = time.perf_counter()
        for day in DAYS:
            answer(day)
        turns.append(time.perf_counter() - begun)
    return statistics.median(turns)


def whole(term: Term) -> float:
    """Return how long one term takes with all that is said of it, the median."""
    length = find("awb_bezwaar", "", DAYS[0]).length
    took = []
    for day in DAYS[:500]:
        begun = time.perf_counter()
        found = deadline(term, day, length=length)
        _said = found.steps, found.safe, found.others
        took.append(time.perf_counter() - begun)
    return statistics.median(took)


if __name__ == "__main__":
    main()
