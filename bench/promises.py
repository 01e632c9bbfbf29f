"""Measure the register with 5,000 promises and 50,000 times that they were due.

Usage: python -m bench.promises [--promises N] [--no-document]

On SQLite; on PostgreSQL with
python scripts/postgres.py python -m bench.promises
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bench.settled import keep_rows, settle

DOCUMENT = Path(__file__).parents[1] / "docs" / "measurements-promises.md"
N_DOSSIERS, N_PARTIES, N_TIMES, N_LOOKS = 50, 200, 20, 9
EVERY = timedelta(weeks=6)


def main() -> None:
    """Fill a register, look at it, and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--promises", type=int, default=5000)
    parser.add_argument("--no-document", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ACHTERBAN_DATA"] = f"{folder}/data"
        os.environ["ACHTERBAN_KEYS"] = f"{folder}/keys"
        if address := os.environ.get("ACHTERBAN_TEST_DATABASE_URL"):
            os.environ["DATABASE_URL"] = address
        os.environ["DJANGO_SETTINGS_MODULE"] = "achterban.config.settings"
        lines = measure(chosen.promises)
    print("\n".join(lines))
    if not chosen.no_document:
        keep(lines, chosen.promises)


def measure(n: int) -> list[str]:
    """Return lines of a table, one a page."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from django.db import connection
    from django.test import Client

    from achterban.advocate.commitments.actions.expecting import expect_all
    from achterban.advocate.commitments.models import Commitment, Occurrence
    from achterban.core import clock
    from achterban.core.accounts.models import Role
    from achterban.core.accounts.tests.factories import login, member, page
    from achterban.core.organisations.tests.factories import OrganisationFactory

    ours = OrganisationFactory.create()
    account = member(ours, Role.COORDINATOR)
    fill(ours, account, n)
    assert Commitment.objects.count() == n
    n_times = Occurrence.objects.count()
    client = login(Client(SERVER_NAME="localhost"), account)
    series = Commitment.objects.exclude(rhythm="").first()
    assert series is not None
    listed = page(ours, "commitments:list")
    pages = {
        "the list: what we wait for": listed,
        "what is late": f"{listed}?welke=te-laat",
        "all, the last page": f"{listed}?welke=alle&page=last",
        "the calendar of this month": page(ours, "commitments:calendar"),
        "one promise with its times": page(ours, "commitments:commitment", series.pk),
        "its consultation": page(ours, "commitments:consultation", series.pk),
        "who gets a list of what is open": page(ours, "publications:owing"),
        "what a dossier was promised": page(
            ours, "commitments:with-dossier", series.dossier_id
        ),
        "Today, with what is due": page(ours, "reports:work-list"),
        "the public list": page(ours, "commitments:public-list"),
        "all of it as CSV": page(ours, "commitments:open-data", "csv"),
    }
    settle()
    lines = [
        f"| {connection.vendor} | {what} | {took(partial(open_page, client, path))} |"
        for what, path in pages.items()
    ]
    began = time.perf_counter()
    expect_all(clock.today() + timedelta(days=1))
    night = (time.perf_counter() - began) * 1000
    lines.append(f"| {connection.vendor} | the round of the night | {night:.0f} | | |")
    assert n_times >= 10 * n, n_times
    return lines


def open_page(client: Any, path: str) -> Any:
    """Return the answer of a page."""
    return client.get(path, secure=True)


def fill(ours: Any, account: Any, n: int) -> None:
    """Store promises, half of them with a rhythm, and a tenth of them public."""
    from achterban.advocate.commitments.actions.showing import public_words
    from achterban.advocate.commitments.models import (
        Agreed,
        Commitment,
        Occurrence,
        Showing,
        Step,
    )
    from achterban.advocate.dossiers.tests.factories import begun
    from achterban.advocate.stakeholders.tests.factories import PartyFactory
    from achterban.core import clock

    at, on = clock.now(), clock.today()
    dossiers = [begun(ours, account, owner=account) for _ in range(N_DOSSIERS)]
    parties = [
        PartyFactory.create(organisation=ours, name=f"Gemeente {i}")
        for i in range(N_PARTIES)
    ]
    rows = []
    for i in range(n):
        comes_back = i % 2 == 0
        first = on - EVERY * (N_TIMES - 1) + timedelta(days=i % 42)
        rows.append(
            Commitment(
                dossier=dossiers[i % N_DOSSIERS],
                party=parties[i % N_PARTIES],
                verbatim=f"Wij spreken elkaar elke zes weken over punt {i}.",
                said_on=first - EVERY,
                source="Verslag",
                level="alderman",
                due=first if comes_back else on + timedelta(days=i % 400 - 200),
                rhythm="FREQ=WEEKLY;INTERVAL=6" if comes_back else "",
                state="open" if i % 5 else "kept",
            )
        )
    Commitment.objects.bulk_create(rows, batch_size=500)
    Agreed.objects.bulk_create(
        (
            Agreed(commitment=row, words="elke zes weken", due=row.due, at=at)
            for row in rows
        ),
        batch_size=500,
    )
    Step.objects.bulk_create(
        (Step(commitment=row, state=row.state, at=at) for row in rows), batch_size=500
    )
    Occurrence.objects.bulk_create(
        (
            Occurrence(
                commitment=row,
                due_on=row.due + EVERY * k,
                state="missed" if row.due + EVERY * k < on and k % 7 else "",
            )
            for row in rows
            if row.rhythm and row.due
            for k in range(N_TIMES)
        ),
        batch_size=2000,
    )
    Showing.objects.bulk_create(
        (
            Showing(
                commitment=row,
                words=public_words(row, on=on),
                asked_on=on,
                released_on=on,
                asked_by=account,
            )
            for row in rows[::10]
        ),
        batch_size=500,
    )


def took(look: Callable[[], Any]) -> str:
    """Return the median and the slowest of some looks after the first, and the size."""
    look()
    times = []
    for _ in range(N_LOOKS):
        began = time.perf_counter()
        answer = look()
        times.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, answer.status_code
    size = len(answer.content) / 1000
    return f"{statistics.median(times):.0f} | {max(times):.0f} | {size:.0f}"


def keep(lines: list[str], n: int) -> None:
    """Write the lines in the document, in the place of those of this database."""
    heading = [
        "# Promises: measured",
        "",
        f"`python -m bench.promises` fills a register with {n:,} promises, of which "
        f"half come back and had {N_TIMES} days, and a tenth is public. A coordinator "
        f"opens each page {N_LOOKS} times after the first, without a network. The "
        f"machine has {os.cpu_count()} cores. Milliseconds; the promise is 300.",
        "",
        "| database | page | median | slowest | kB |",
        "|---|---|--:|--:|--:|",
    ]
    keep_rows(DOCUMENT, heading, lines)


if __name__ == "__main__":
    main()
