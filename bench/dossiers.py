"""Measure how fast a dossier opens, and write docs/measurements-dossiers.md.

Usage: python -m bench.dossiers [--reports N] [--no-document]

On SQLite; on PostgreSQL with
python scripts/postgres.py python -m bench.dossiers
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

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "measurements-dossiers.md"
N_ISSUES, N_MIRRORS, N_LOOKS = 5, 342, 9


def main() -> None:
    """Fill a dossier, look at it, and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--no-document", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ACHTERBAN_DATA"] = f"{folder}/data"
        os.environ["ACHTERBAN_KEYS"] = f"{folder}/keys"
        if address := os.environ.get("ACHTERBAN_TEST_DATABASE_URL"):
            os.environ["DATABASE_URL"] = address
        os.environ["DJANGO_SETTINGS_MODULE"] = "achterban.config.settings"
        lines = measure(chosen.reports)
    print("\n".join(lines))
    if not chosen.no_document:
        keep(lines)


def measure(n: int) -> list[str]:
    """Return lines of a table, one a page."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from django.db import connection
    from django.test import Client

    from achterban.advocate.dossiers.queries.timeline import Mark
    from achterban.core.accounts.models import Role
    from achterban.core.accounts.tests.factories import login, member, page
    from achterban.core.organisations.tests.factories import OrganisationFactory
    from achterban.core.places.actions import load_places

    load_places()
    ours = OrganisationFactory.create()
    account = member(ours, Role.COORDINATOR)
    full, middle = fill(ours, account, n)
    client = login(Client(SERVER_NAME="localhost"), account)
    open_page = partial(client.get, secure=True)
    settle()
    pages = {
        f"a dossier of {n:,} reports, {n:,} happenings and {N_MIRRORS} mirrors": page(
            ours, "dossiers:dossier", full
        ),
        "all that happened in it, the newest": page(ours, "dossiers:timeline", full),
        "all that happened in it, from the middle on": page(
            ours, "dossiers:timeline", full
        )
        + f"?voor={Mark(middle, 0)}",
        f"the list of dossiers, {N_MIRRORS} mirrors among them": page(
            ours, "dossiers:dossier-list"
        ),
    }
    return [
        f"| {connection.vendor} | {what} | {took(partial(open_page, address))} |"
        for what, address in pages.items()
    ]


def fill(ours: Any, account: Any, n: int) -> tuple[int, Any]:
    """Return the key of a full dossier, and a moment halfway its timeline."""
    from achterban.advocate.dossiers.actions import working
    from achterban.advocate.dossiers.models import Dossier, Task
    from achterban.advocate.issues.models import Bundled, Issue
    from achterban.core import clock
    from achterban.core.places.models import Municipality
    from achterban.listen.reports.actions import telling
    from achterban.listen.reports.models import Report, Telling

    at, on = clock.now(), clock.today()
    yes = telling.Yes("Verstuur", "nl")
    places = list(Municipality.objects.values_list("pk", flat=True)[:50])
    for i in range(n):
        told = Telling(f"Ik wacht al {i} dagen.", municipality=places[i % len(places)])
        telling.send_report(telling.fresh_code(), ours, told, consent=yes, on=on)
    issues = Issue.objects.bulk_create(
        Issue(organisation=ours, title=f"Knelpunt {i}", opened_on=on)
        for i in range(N_ISSUES)
    )
    reports = Report.objects.values_list("pk", flat=True)
    Bundled.objects.bulk_create(
        (
            Bundled(issue=issue, report_id=pk, added_on=on)
            for i, pk in enumerate(reports)
            for issue in {issues[i % N_ISSUES], issues[i % 2]}
        ),
        batch_size=2000,
    )
    row = working.keep_dossier(
        Dossier(organisation=ours, title="Vol", demand="Alles moet anders."),
        by=account,
        at=at - timedelta(days=n),
    )
    working.link_issues(row, [issue.pk for issue in issues], by=account, at=at)
    everywhere = list(Municipality.objects.all()[:N_MIRRORS])
    working.mirror(row, everywhere, "", by=account, at=at)
    Task.objects.bulk_create(
        (
            Task(
                dossier=row,
                what=f"Taak {i}",
                done_at=at - timedelta(hours=i),
                done_by=account,
            )
            for i in range(n)
        ),
        batch_size=2000,
    )
    return row.pk, at - timedelta(hours=n // 2)


def took(look: Callable[[], Any]) -> str:
    """Return the median and the slowest of some looks after the first, and the work."""
    look()
    times, work = [], []
    for _ in range(N_LOOKS):
        began, began_work = time.perf_counter(), time.process_time()
        answer = look()
        times.append((time.perf_counter() - began) * 1000)
        work.append((time.process_time() - began_work) * 1000)
        assert answer.status_code == 200
    middle = statistics.median
    return f"{middle(times):.0f} | {max(times):.0f} | {middle(work):.0f}"


def keep(lines: list[str]) -> None:
    """Write the lines in the document, in the place of those of this database."""
    heading = [
        "# Dossiers: measured",
        "",
        "`python -m bench.dossiers` fills a dossier and opens it as a coordinator, "
        f"{N_LOOKS} times after the first, without a network. Each report stands in "
        "one or two of five issues, and who stands in two counts once. The machine has "
        f"{os.cpu_count()} cores. Milliseconds.",
        "",
        "| database | page | median | slowest | work of the processor, median |",
        "|---|---|--:|--:|--:|",
    ]
    keep_rows(DOCUMENT, heading, lines)


if __name__ == "__main__":
    main()
