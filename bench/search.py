"""Search a million reports in both databases; write docs/measurements-search.md.

Usage: python -m bench.search [--n 1000000] [--only sqlite|postgresql]

Invented reports: sentences of the texts in the shared folder where it is there, and
words drawn as often as they are used in Dutch, which gives a long tail. Beside our
index stands one that the database makes itself of the same plain words. Both answer
the same: the newest 25, and how many there are, up to a thousand. It takes half an
hour, 8 GB of disk, and wants nothing else running.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.deidentify import GOLD, read_gold
from bench.servers import ROOT, memory_of
from scripts.postgres import SETTINGS, cluster, find_programs

N = 1_000_000
CHUNK = 500
SEED = 20261127
FIRST_DAY = date(2021, 1, 1)
DAYS = 2000
PLACES = [f"GM{n:04}" for n in range(1, 343)]
THEMES = ["zorg", "wmo", "werk", "inkomen", "school", "vervoer", "wonen", "kosten"]
FREQUENT = {"huisarts": 0.10, "gemeente": 0.10, "wachttijd": 0.06, "vergoeding": 0.05}
MIDDLE = {"traplift": 0.01, "scootmobiel": 0.01, "bezwaar": 0.02, "fysio": 0.02}
RARE = ["lidocaine", "ganglionblok", "naloxon", "orthostase", "dysautonomie"]
RARE_IN = 12  # reports, of each
TOLD = "ik wacht al een jaar op een nieuwe rolstoel"
TOLD_IN = 0.01
ROUNDS = 5
POSTGRESQL = {"shared_buffers": "512MB", "maintenance_work_mem": "1GB"}
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
TARGET_MS, TARGET_RATIO, TARGET_MB = 50, 2, 400


@dataclass(frozen=True)
class Question:
    """What somebody looks for: words, perhaps in quotes, perhaps with two facts."""

    typed: str
    place: str = ""
    theme: str = ""

    @property
    def facets(self) -> dict[str, str]:
        """Return the facts."""
        return {"place": self.place, "theme": self.theme} if self.place else {}

    def plainly(self, vendor: str) -> str:
        """Return it as the database understands it without us."""
        is_sqlite = vendor == "sqlite"
        every = " AND " if is_sqlite else " & "
        if not self.typed.startswith('"'):
            found = every.join(self.typed.split())
        elif is_sqlite:
            found = self.typed
        else:
            found = "<->".join(self.typed.strip('"').split())
        return every.join([f"({found})", *map(_raw_fact, self.facets.values())])


def _raw_fact(value: str) -> str:
    return f"{value.lower()}x"


WAYS = {
    "one rare word": [Question(word) for word in RARE],
    "one frequent word": [Question(word) for word in FREQUENT],
    "two words": [
        Question(f"{one} {other}") for one in FREQUENT for other in [*MIDDLE, "school"]
    ],
    "a phrase": [
        Question(f'"{words}"')
        for words in ("nieuwe rolstoel", "wacht al een jaar", "al een jaar")
    ],
    "a word, a municipality and a theme": [
        Question(word, place, theme)
        for word in FREQUENT
        for place, theme in zip(PLACES[:4], THEMES, strict=False)
    ],
}


@dataclass(frozen=True)
class Invented:
    """A report that nobody told."""

    key: int
    on: date
    text: str
    place: str
    theme: str


def invented(n: int) -> Iterator[Invented]:
    """Yield n reports; the same ones each time."""
    from achterban.rules.search import dutch

    chance = random.Random(SEED)
    words = dutch()._frequency
    drawn = chance.choices(list(words), list(words.values()), k=2_000_000)
    texts = read_gold(GOLD) if GOLD.exists() else []
    sentences = [s for text in texts for s in re.split(r"(?<=[.!?])\s+", text.text)]
    rare = {chance.randrange(n): word for word in RARE for _ in range(RARE_IN)}
    usual = {**FREQUENT, **MIDDLE, TOLD: TOLD_IN}
    for key in range(n):
        parts = chance.choices(sentences, k=3) if sentences else []
        at = chance.randrange(len(drawn) - 40)
        parts += drawn[at : at + chance.randint(15, 40)]
        parts += [word for word, share in usual.items() if chance.random() < share]
        parts += [rare[key]] if key in rare else []
        # In the order in which they came, checked within three weeks.
        day = FIRST_DAY + timedelta(days=key * DAYS // n + chance.randrange(21))
        place = PLACES[min(int(chance.paretovariate(0.7)), len(PLACES)) - 1]
        yield Invented(key + 1, day, " ".join(parts), place, chance.choice(THEMES))


# What runs in a process of its own, with one database


def _organisation() -> Any:
    from achterban.core.organisations.models import Organisation

    made, _ = Organisation.objects.get_or_create(slug="bench", name="Bench")
    return made


def build(n: int) -> dict[str, float]:
    """Put all reports in both indexes; return how many a second, of ours and of raw."""
    from django.db import connection

    from achterban.core.search.actions import Thing, index

    ours, is_postgresql = _organisation(), connection.vendor == "postgresql"
    took = {"ours": 0.0, "raw": 0.0}
    raw = _RAW_TABLE[connection.vendor]
    _run(*raw)
    if is_postgresql:  # in bulk: first the rows, then the index
        _run("DROP INDEX search_tokens")
    reports = invented(n)
    done = 0
    while chunk := list(itertools.islice(reports, CHUNK)):
        began = time.perf_counter()
        things = [
            Thing(r.key, r.on, r.text, {"place": r.place, "theme": r.theme})
            for r in chunk
        ]
        index(ours.pk, "report", things)
        took["ours"] += time.perf_counter() - began
        began = time.perf_counter()
        _put_raw(chunk)
        took["raw"] += time.perf_counter() - began
        done += len(chunk)
        if done % 50_000 == 0:
            print(f"{connection.vendor}: {done}", took, file=sys.stderr, flush=True)
    for name, more in (_AFTER if is_postgresql else {}).items():
        began = time.perf_counter()
        _run(*more)
        took[name] += time.perf_counter() - began
    began = time.perf_counter()
    index(ours.pk, "report", things)
    last = len(things) / (time.perf_counter() - began)
    if is_postgresql:
        _run("VACUUM ANALYZE search_indexed", "VACUUM ANALYZE raw")
    return {name: n / seconds for name, seconds in took.items()} | {"again": last}


_RAW_TABLE = {
    "sqlite": ["CREATE VIRTUAL TABLE raw USING fts5(words, facts, columnsize=0)"],
    "postgresql": ['CREATE TABLE raw ("order" bigint PRIMARY KEY, words tsvector)'],
}
_AFTER = {
    "ours": [
        "CREATE INDEX search_tokens ON search_indexed USING gin (tokens)"
        " WITH (fastupdate = off)"
    ],
    "raw": ["CREATE INDEX raw_words ON raw USING gin (words)"],
}


def _run(*statements: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _put_raw(chunk: list[Invented]) -> None:
    from django.db import connection, transaction

    from achterban.core.search.models import Indexed

    orders = dict(
        Indexed.objects.filter(thing__in=[r.key for r in chunk]).values_list(
            "thing", "order"
        )
    )
    rows = [
        (orders[r.key], r.text, f"{_raw_fact(r.place)} {_raw_fact(r.theme)}")
        for r in chunk
    ]
    statement = (
        "INSERT INTO raw(rowid, words, facts) VALUES (%s, %s, %s)"
        if connection.vendor == "sqlite"
        else 'INSERT INTO raw("order", words)'
        " VALUES (%s, to_tsvector('simple', %s || ' ' || %s))"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def ask() -> dict[str, Any]:
    """Ask each question in turns of ours and of raw; return the times in ms."""
    import importlib

    from django.db import connection

    from achterban.core.search.queries import find

    importlib.import_module("achterban.config.urls")  # as a web process has
    organisation = _organisation()

    def ours(question: Question) -> int:
        asked = question.typed
        return find(organisation, "report", asked, facets=question.facets).count

    times: dict[str, dict[str, list[float]]] = {
        way: {"ours": [], "raw": []} for way in WAYS
    }
    counts: dict[str, list[tuple[int, int]]] = {way: [] for way in WAYS}
    for turn in range(ROUNDS + 1):  # the first one warms up
        for way, questions in WAYS.items():
            for question in questions:
                one, mine = _timed(ours, question)
                other, raw = _timed(_ask_raw, question)
                if turn:
                    times[way]["ours"].append(one)
                    times[way]["raw"].append(other)
                else:
                    counts[way].append((mine, raw))
    memory = memory_of(os.getpid(), "Rss")
    return {
        "times": times,
        "counts": counts,
        "memory": memory,
        "sizes": _sizes(connection.vendor),
    }


def _timed(what: Callable[[Question], int], question: Question) -> tuple[float, int]:
    began = time.perf_counter()
    n = what(question)
    return (time.perf_counter() - began) * 1000, n


_RAW_FOUND = {
    "sqlite": "SELECT rowid FROM raw WHERE raw MATCH %s ORDER BY rowid DESC LIMIT 1001",
    "postgresql": 'SELECT "order" FROM raw WHERE words @@ %s::tsquery'
    ' ORDER BY "order" DESC LIMIT 1001',
}


def _ask_raw(question: Question) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        vendor = connection.vendor
        cursor.execute(_RAW_FOUND[vendor], [question.plainly(vendor)])
        return min(len(cursor.fetchall()), 1000)


_SIZES = {
    "sqlite": {
        "ours": "SELECT (SELECT sum(length(block)) FROM search_tokens_data)"
        " + (SELECT sum(length(tokens)) FROM search_indexed)",
        "raw": "SELECT (SELECT sum(length(block)) FROM raw_data)"
        " + (SELECT sum(length(c0)) FROM raw_content)",
    },
    "postgresql": {
        "ours": "SELECT pg_total_relation_size('search_indexed')",
        "raw": "SELECT pg_total_relation_size('raw')",
    },
}


def _sizes(vendor: str) -> dict[str, float]:
    """Return the gigabytes of each index, with what it is made from."""
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        for name, statement in _SIZES[vendor].items():
            cursor.execute(statement)
            found[name] = float(cursor.fetchone()[0]) / 1e9
    return found


def child(what: str, n: int) -> None:
    """Do one thing and print what came of it."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "achterban.config.settings"
    django.setup()
    if what == "build":
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
    print(json.dumps(build(n) if what == "build" else ask()))


# What the caller does


def measured(vendor: str, folder: Path, n: int) -> dict[str, Any]:
    """Build and ask with one database."""
    programs = find_programs()
    if vendor == "postgresql" and programs is None:
        return {}
    SETTINGS.update(POSTGRESQL)
    server = cluster(programs) if vendor == "postgresql" and programs else nullcontext()
    with server as url:
        variables = {
            **os.environ,
            "ACHTERBAN_DATA": str(folder / vendor / "data"),
            "ACHTERBAN_KEYS": str(folder / vendor / "keys"),
            **({"DATABASE_URL": url} if url else {}),
        }
        answers = {}
        for what in ("build", "ask"):
            command = [sys.executable, "-m", "bench.search", "--child", what]
            done = subprocess.run(
                [*command, "--n", str(n)],
                env=variables,
                cwd=ROOT,
                stdout=subprocess.PIPE,
                check=True,
            )
            answers[what] = json.loads(done.stdout.splitlines()[-1])
    return answers


def at(times: list[float], share: float) -> float:
    """Return the time below which a share of the answers came."""
    return sorted(times)[min(int(len(times) * share), len(times) - 1)]


def table(answers: dict[str, Any]) -> list[str]:
    """Return the lines of one database, the whole mix last."""
    times = answers["ask"]["times"]
    # Each way of asking weighs as much, however many questions of it there are.
    most = max(len(kind["ours"]) for kind in times.values())
    mix = {
        whose: [
            kind[whose][n % len(kind[whose])]
            for kind in times.values()
            for n in range(most)
        ]
        for whose in ("ours", "raw")
    }
    lines = []
    for way, kind in {**times, "**the mix**": mix}.items():
        ours, raw = kind["ours"], kind["raw"]
        p95, other = at(ours, 0.95), at(raw, 0.95)
        lines.append(
            f"| {way} | {at(ours, 0.5):.1f} | {p95:.1f} | {at(raw, 0.5):.1f} |"
            f" {other:.1f} | {p95 / other:.2f} |"
        )
    return lines


def page(measured: dict[str, dict[str, Any]], n: int) -> str:
    """Return the page of figures."""
    lines = [
        "# Search",
        "",
        f"Made by `python -m bench.search`. {_machine()}",
        "",
        f"{n:,} invented reports: sentences of our 300 texts, and words drawn as often "
        "as they are used in Dutch. Of each question the newest 25 and how many there "
        "are, up to 1,000. *Raw*: FTS5 or a tsvector with GIN of the same plain words, "
        "as the database makes it, asked for the same 1,001 newest. Milliseconds in a "
        f"process, each question {ROUNDS} times after one to warm up, ours and raw in "
        "turns. In the mix each way of asking weighs as much. PostgreSQL has 512 MB of "
        "shared buffers, SQLite what it has in earnest.",
        "",
    ]
    for vendor, answers in measured.items():
        build, asked = answers["build"], answers["ask"]
        mix = table(answers)[-1].split("|")
        p95, ratio, mb = float(mix[3]), float(mix[6]), float(asked["memory"])
        lines += [
            f"## {NAMES[vendor]}",
            "",
            "| | ours p50 | ours p95 | raw p50 | raw p95 | ratio of p95 |",
            "|---|--:|--:|--:|--:|--:|",
            *table(answers),
            "",
            f"p95 of the mix **{p95:.1f} ms**, target at most {TARGET_MS}: "
            f"{_said(p95 <= TARGET_MS)}. Ratio **{ratio:.2f}**, target at most "
            f"{TARGET_RATIO}: {_said(ratio <= TARGET_RATIO)}. Memory of the process "
            f"with the words of the language **{mb:.0f} MB**, target under "
            f"{TARGET_MB}: {_said(mb < TARGET_MB)}.",
            "",
            f"Put in: {build['ours']:.0f} reports a second in bulk (raw "
            f"{build['raw']:.0f}), {build['again']:.0f} a second when they were in it "
            f"already. Size: {asked['sizes']['ours']:.2f} GB, raw "
            f"{asked['sizes']['raw']:.2f} GB.",
            "",
        ]
    return "\n".join(lines)


def _machine() -> str:
    from bench.measure import machine  # reads in a browser, which tests do without

    return machine()


def _said(is_reached: bool) -> str:
    return "reached" if is_reached else "**not reached**"


def main() -> None:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=N)
    parser.add_argument("--only", choices=list(NAMES), help="print, write no page")
    parser.add_argument("--child", choices=["build", "ask"])
    options = parser.parse_args()
    if options.child:
        child(options.child, options.n)
        return
    found = {}
    with tempfile.TemporaryDirectory(prefix="achterban-search-") as folder:
        for vendor in [options.only] if options.only else NAMES:
            if answers := measured(vendor, Path(folder), options.n):
                found[vendor] = answers
    text = page(found, options.n)
    print(text)
    if not options.only:
        target = ROOT / "docs" / "measurements-search.md"
        target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
