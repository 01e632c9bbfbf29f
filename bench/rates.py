"""Measure how often chance alone stands out, and what is found; write a page of it.

Usage: python -m bench.rates [--looks N] [--no-document]

The municipalities are those of core/places with their inhabitants. People are drawn by
lot: alike everywhere, or with factors of their own (gamma, as the rule thinks; and
lognormal, which has more that are far out than it thinks). Writes
docs/measurements-rates.md.
"""

from __future__ import annotations

import argparse
import csv
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from achterban.rules.rates import Judged, Unit, among, in_time

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "measurements-rates.md"
TABLE = ROOT / "achterban" / "core" / "places" / "data" / "municipalities.csv"
PEOPLE = (60, 300, 2000)  # who told in a year
SPREADS = (0.0, 0.3, 0.6, 1.0)  # standard deviation of the factors
EFFECTS = (2, 4, 8)
SIZE = 100_000  # inhabitants of the one that truly stands out
SORTED = (60, 300, 1200)  # people a quarter
N_THEMES = 15
GROWTHS = (2, 3)
Floats = NDArray[np.float64]


def inhabitants() -> Floats:
    """Return how many live in each municipality."""
    with TABLE.open(encoding="utf-8", newline="") as source:
        lines = (line for line in source if not line.startswith("#"))
        rows = csv.DictReader(lines, delimiter=";")
        return np.array([float(row["inhabitants"]) for row in rows])


def factors(dice: np.random.Generator, shape: str, spread: float, n: int) -> Floats:
    """Return what each unit has of its own, around 1."""
    if not spread:
        return np.ones(n)
    if shape == "gamma":
        return dice.gamma(1 / spread**2, spread**2, n)
    width = np.log(1 + spread**2)
    return np.exp(dice.normal(-width / 2, np.sqrt(width), n))


def look_at_places(
    dice: np.random.Generator,
    people: int,
    spread: float,
    *,
    shape: str = "gamma",
    effect: int = 1,
) -> tuple[bool, bool]:
    """Return whether one without cause was found, and whether the one with cause was.

    The one with cause is a municipality of about 100,000 inhabitants.
    """
    living = inhabitants()
    means = people * living / living.sum()
    own = factors(dice, shape, spread, len(living))
    at = int(np.abs(living - SIZE).argmin())
    if effect > 1:
        own[at] = effect
    counts = dice.poisson(means * own)
    units = [
        Unit(str(n), int(count), float(size))
        for n, (count, size) in enumerate(zip(counts, living, strict=True))
    ]
    return told_apart(among(units), str(at) if effect > 1 else "")


def look_in_time(
    dice: np.random.Generator, people: int, spread: float, *, growth: int = 1
) -> tuple[bool, bool]:
    """Return the same for themes beside their past of eight quarters."""
    shares = dice.dirichlet(np.full(N_THEMES, 1.5))
    whole = people * dice.uniform(0.6, 1.4, 9)
    units = []
    for n, share in enumerate(shares):
        means = share * whole * factors(dice, "gamma", spread, 9)
        if n == 0 and growth > 1:
            means = people * np.full(9, 0.1)
            means[0] = people * 0.1 * growth
            whole = np.full(9, float(people))
        counts = dice.poisson(means)
        earlier = tuple(zip(counts[1:].tolist(), whole[1:].tolist(), strict=True))
        units.append(Unit(str(n), int(counts[0]), float(whole[0]), earlier))
    return told_apart(in_time(units), "0" if growth > 1 else "")


def told_apart(judged: Iterable[Judged], cause: str) -> tuple[bool, bool]:
    """Return whether others than the one with cause were found, and whether it was."""
    found = {one.unit.name for one in judged if one.stands_out}
    return bool(found - {cause}), cause in found


def in_hundred(n_looks: int, look: Callable[[], tuple[bool, bool]], which: int) -> str:
    """Return in how many of a hundred looks something was found."""
    n_found = sum(look()[which] for _ in range(n_looks))
    return f"{100 * n_found / n_looks:.1f}"


def rows_of_chance(dice: np.random.Generator, n_looks: int) -> Iterable[str]:
    """Yield how often nothing but chance stands out."""
    for people in PEOPLE:
        for spread in SPREADS:
            cells = [
                in_hundred(
                    n_looks,
                    lambda p=people, s=spread, k=shape: look_at_places(  # type: ignore[misc]
                        dice, p, s, shape=k
                    ),
                    0,
                )
                for shape in ("gamma", "lognormal")
            ]
            yield f"| {people} | {spread} | {cells[0]} | {cells[1]} |"


def rows_of_effect(dice: np.random.Generator, n_looks: int) -> Iterable[str]:
    """Yield how often what truly stands out is found."""
    for people in PEOPLE:
        for spread in SPREADS[:3]:
            cells = [
                in_hundred(
                    n_looks,
                    lambda p=people, s=spread, e=effect: look_at_places(  # type: ignore[misc]
                        dice, p, s, effect=e
                    ),
                    1,
                )
                for effect in EFFECTS
            ]
            yield f"| {people} | {spread} | {' | '.join(cells)} |"


def rows_in_time(dice: np.random.Generator, n_looks: int) -> Iterable[str]:
    """Yield the same for themes beside their past."""
    for people in SORTED:
        for spread in SPREADS[:3]:
            cells = [
                in_hundred(
                    n_looks,
                    lambda p=people, s=spread, g=growth: look_in_time(  # type: ignore[misc]
                        dice, p, s, growth=g
                    ),
                    int(growth > 1),
                )
                for growth in (1, *GROWTHS)
            ]
            yield f"| {people} | {spread} | {' | '.join(cells)} |"


def weight() -> int:
    """Return how many MB a process grows by the rule and its libraries."""
    said = subprocess.run(
        [sys.executable, "-c", GROWS],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return int(said.stdout) * resource.getpagesize() // 1_000_000


GROWS = """
def resident():
    return int(open("/proc/self/statm").read().split()[1])
before = resident()
import achterban.rules.rates
print(resident() - before)
"""


def main() -> None:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--looks", type=int, default=1000)
    parser.add_argument("--no-document", action="store_true")
    asked = parser.parse_args()
    dice = np.random.default_rng(20261128)
    start = time.perf_counter()
    for _ in range(20):
        look_at_places(dice, PEOPLE[1], 0.3)
    one_look = (time.perf_counter() - start) / 20
    page = PAGE.format(
        looks=asked.looks,
        chance="\n".join(rows_of_chance(dice, asked.looks)),
        effects=" | ".join(f"{effect} times" for effect in EFFECTS),
        effect="\n".join(rows_of_effect(dice, asked.looks // 4)),
        few=asked.looks // 4,
        time="\n".join(rows_in_time(dice, asked.looks)),
        seconds=one_look,
        weight=weight(),
    )
    print(page)
    if not asked.no_document:
        DOCUMENT.write_text(page, encoding="utf-8")


PAGE = """# Standing out: measured

`python -m bench.rates` draws people by lot over the 342 municipalities, and looks what
stands out (ADR 43). *Spread* is the standard deviation of what municipalities have of
their own; 0.3: two in three lie within 30 % of what inhabitants would give.

## Nothing but chance: looks of a hundred in which something is found

At most 5 is the promise. What places have of their own is gamma or lognormal.
{looks} looks a cell.

| people | spread | gamma | lognormal |
|--:|--:|--:|--:|
{chance}

## One municipality stands out: looks of a hundred in which it is found

It has 100,000 inhabitants: of 300 people 1.7 would live there. {few} looks a cell.

| people | spread | {effects} |
|--:|--:|--:|--:|--:|
{effect}

## Themes beside their past of eight quarters

Fifteen themes; no cause (at most 5), or one of a tenth of all grows. Looks of a hundred
in which something is found, and in which it is. {looks} looks a cell.

| people a quarter | spread | no cause | grows 2 times | grows 3 times |
|--:|--:|--:|--:|--:|
{time}

One look at all municipalities takes {seconds:.2f} s. SciPy and NumPy take {weight} MB,
in a process that showed the page; the others do without.
"""


if __name__ == "__main__":
    main()
