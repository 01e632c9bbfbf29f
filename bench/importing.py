"""Measure the import of 100,000 rows, and write docs/measurements-import.md.

Usage: python -m bench.importing [--rows N] [--no-document] [--note TEXT]

On SQLite; on PostgreSQL with
python scripts/postgres.py python -m bench.importing
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "measurements-import.md"
STORY = (
    "ik wacht al lang op een antwoord van de gemeente over hulp bij het huishouden en "
    "mijn arts zegt dat het beter moet maar niemand belt terug na de keuring lag ik "
    "dagen plat rolstoel aanvraag afgewezen bezwaar brief telefoon ziekenhuis zorg "
    "verzekeraar vergoeding medicijn pijn moe werk school kind partner mantelzorg"
)
WORDS = STORY.split()
PLACES = ["Utrecht", "Ede", "Rotterdam", "Den Haag", "1012 AB", "Groningen"]
CAMPAIGN = "Beste minister, " + " ".join(WORDS[:40])


def rows(n: int) -> Iterator[str]:
    """Yield a heading and rows: stories of 60 to 140 words, and a campaign."""
    dice = random.Random(7)
    yield "datum;gemeente;naam;e-mail;tekst\r\n"
    for i in range(n):
        text = " ".join(dice.choices(WORDS, k=dice.randrange(60, 140)))
        if i % 20 == 0:  # one in twenty sends what others send
            text = CAMPAIGN if i % 40 else f"{CAMPAIGN} {dice.choice(WORDS)}"
        day = f"{1 + i % 28}-{1 + i % 12}-202{i % 6}"
        place = dice.choice(PLACES) if i % 1000 else "Nergenshuizen"
        yield f'{day};{place};Mens {i};mens{i}@voorbeeld.test;"{text}"\r\n'


def main() -> None:
    """Make a file, import it as the background does, and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--no-document", action="store_true")
    parser.add_argument("--note", default="", help="what else the reader must know")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ACHTERBAN_DATA"] = f"{folder}/data"
        os.environ["ACHTERBAN_KEYS"] = f"{folder}/keys"
        if address := os.environ.get("ACHTERBAN_TEST_DATABASE_URL"):
            os.environ["DATABASE_URL"] = address
        os.environ["DJANGO_SETTINGS_MODULE"] = "achterban.config.settings"
        lines = measure(chosen.rows, Path(folder) / "meldingen.csv")
    print("\n".join(lines))
    if not chosen.no_document:
        keep(lines, chosen.note)


def measure(n: int, path: Path) -> list[str]:
    """Return lines of a table."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from django.db import connection

    from achterban.core import clock
    from achterban.core.organisations.tests.factories import OrganisationFactory
    from achterban.core.places.actions import load_places
    from achterban.listen.reports.actions import importing, undoing
    from achterban.listen.reports.models import Campaign, Import, Report

    load_places()
    organisation = OrganisationFactory.create()
    with path.open("w", encoding="utf-8", newline="") as made:
        made.writelines(rows(n))
    n_bytes = path.stat().st_size
    at = clock.now()
    took: dict[str, float] = {}

    def timed(what: str, began: float) -> None:
        took[what] = time.perf_counter() - began

    began = time.perf_counter()
    with path.open("rb") as file:
        imported = importing.take_import(organisation, path.name, file, by=None, at=at)
    timed("taking it in and looking it through", began)
    before = memory_mb()
    importing.start_import(imported.pk, by=None, at=at)
    began = time.perf_counter()
    slowest, last = 0.0, time.perf_counter()

    def progress(_imported: Import) -> None:
        nonlocal slowest, last
        now = time.perf_counter()
        slowest, last = max(slowest, now - last), now

    importing.run_import(imported.pk, at=at, progress=progress)
    timed("reading it", began)
    peak = memory_mb()
    imported.refresh_from_db()
    n_bad = imported.bad_rows.count()
    n_stored, n_campaigns = Report.objects.count(), Campaign.objects.count()
    undoing.ask_to_undo(imported.pk, whole=False, by=None, at=at)
    began = time.perf_counter()
    undoing.run_undo(imported.pk, at=at)
    timed("undoing it", began)
    assert Report.objects.count() == 0
    reading = took["reading it"]
    return [
        f"| {connection.vendor} | {n:,} | {n_bytes / 1e6:.0f} | {n_stored:,} | {n_bad} "
        f"| {n_campaigns} | {took['taking it in and looking it through']:.0f} "
        f"| {reading:.0f} | {n / reading:.0f} | {slowest * 1000:.0f} "
        f"| {before:.0f} | {peak:.0f} | {took['undoing it']:.0f} |"
    ]


def memory_mb() -> float:
    """Return the most memory that this process had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def keep(lines: list[str], note: str) -> None:
    """Write a line in the document, in the place of the one of this database."""
    heading = [
        "# Import: measured",
        "",
        "`python -m bench.importing` makes a CSV of stories of 60 to 140 words with a "
        "day, a place, a name and a mail address; one in twenty is of a campaign, one "
        "in a thousand names no place. Each row becomes a report with a data key of "
        "its own, a person with one, a consent and the hashes it is compared by. The "
        f"machine has {os.cpu_count()} cores. Seconds, unless it says otherwise.",
        *(["", note] if note else []),
        "",
        "| database | rows | MB | reports | bad rows | campaigns | look | read "
        "| rows/s | slowest 500 (ms) | MB before | MB at most | undo |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    before = DOCUMENT.read_text("utf-8").splitlines() if DOCUMENT.exists() else []
    name = lines[0].split("|")[1]
    others = [
        line
        for line in before
        if line.startswith(("| sqlite", "| postgresql")) and line.split("|")[1] != name
    ]
    DOCUMENT.write_text("\n".join([*heading, *sorted([*lines, *others]), ""]), "utf-8")


if __name__ == "__main__":
    main()
