"""Measure how fast a sentence opens what proves it: docs/measurements-trace.md.

Usage: python -m bench.trace [--reports N] [--no-document] [--note TEXT]

On SQLite; on PostgreSQL with
python scripts/postgres.py python -m bench.trace
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

from bench.settled import settle

DOCUMENT = Path(__file__).parents[1] / "docs" / "measurements-trace.md"
N_CLAIMS, N_PASSAGES, N_LETTERS, ROUNDS = 20, 10, 10, 5
WORDS = "Ik wacht al {n} weken op een antwoord van de gemeente. Niemand belt terug."


def main() -> None:
    """Fill a database, open each sentence of a letter some times, and say how long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--no-document", action="store_true")
    parser.add_argument("--note", default="", help="what else the reader must know")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ACHTERBAN_DATA"] = f"{folder}/data"
        os.environ["ACHTERBAN_KEYS"] = f"{folder}/keys"
        if address := os.environ.get("ACHTERBAN_TEST_DATABASE_URL"):
            os.environ["DATABASE_URL"] = address
        os.environ["DJANGO_SETTINGS_MODULE"] = "achterban.config.settings"
        os.environ["ACHTERBAN_PLAIN_HTTP"] = "1"
        line = measure(chosen.reports)
    print(line)
    if not chosen.no_document:
        keep(line, chosen.note)


def measure(n_reports: int) -> str:
    """Return a line of the table."""
    import django
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    django.setup()
    setup_test_environment()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from django.db import connection
    from django.test import Client

    from achterban.advocate.issues.models import Bundled, Issue
    from achterban.advocate.publications.tests.factories import (
        claimed,
        letter,
        put,
        sent,
        told,
    )
    from achterban.core import clock
    from achterban.core.accounts.models import Role
    from achterban.core.accounts.tests.factories import login, member, page
    from achterban.core.organisations.tests.factories import OrganisationFactory
    from achterban.listen.reports.actions import telling
    from achterban.listen.reports.models import Report, Telling
    from achterban.listen.reports.tests.factories import YES

    ours = OrganisationFactory.create()
    writer, sender = member(ours, Role.VOLUNTEER), member(ours, Role.COORDINATOR)
    issue = Issue.objects.create(
        organisation=ours, title="Wachten", opened_on=clock.today()
    )
    claims = [
        claimed(
            ours,
            writer,
            sentence=f"Stelling {n} klopt.",
            passages=[
                (told(ours, writer, WORDS.format(n=f"{n}{i}")), "Niemand belt terug.")
                for i in range(N_PASSAGES)
            ],
            issue=issue,
        )
        for n in range(N_CLAIMS)
    ]
    for n in range(n_reports - N_CLAIMS * N_PASSAGES):
        code, said = telling.fresh_code(), Telling(WORDS.format(n=n))
        telling.send_report(code, ours, said, consent=YES, on=clock.today())
    Bundled.objects.bulk_create(
        Bundled(issue=issue, report=report, added_on=clock.today())
        for report in Report.objects.filter(organisation=ours).exclude(
            pk__in=issue.bundled.values("report")
        )
    )
    for _ in range(N_LETTERS):
        made = letter(ours, writer, *claims)
        for claim in claims:
            put(made, claim, writer, made.open_words().text)
        version = sent(made, writer, sender)
    client, took = login(Client(), writer), []
    client.get(page(ours, "publications:trace", version.pk, 1))  # reads the templates
    settle()
    for _ in range(ROUNDS):
        for n in range(1, N_CLAIMS + 1):
            began = time.perf_counter()
            answer = client.get(page(ours, "publications:trace", version.pk, n))
            took.append(1000 * (time.perf_counter() - began))
            assert answer.status_code == 200, answer.status_code
            assert answer.content.decode().count("Niemand belt terug.") == N_PASSAGES
    spread = statistics.quantiles(took, n=20)
    return (
        f"| {connection.vendor} | {Report.objects.count():,} | {N_CLAIMS} "
        f"| {N_PASSAGES} | {N_LETTERS} | {statistics.median(took):.0f} "
        f"| {spread[-1]:.0f} | {max(took):.0f} |"
    )


def keep(line: str, note: str) -> None:
    """Write a line in the document, in the place of the one of this database."""
    vendor = line.split("|")[1]
    heading = """# A sentence and what proves it: measured

`python -m bench.trace` puts reports in one issue, states claims that passages prove,
sends letters that hold all of them, and opens each sentence of the last letter: its
claim, its passages as they stand and may be quoted today, the way to each report, and
the other letters that say it. Asked of the program itself, page and log included,
without a network, after a first one. Milliseconds; the promise is 200.

| Database | Reports | Claims | Passages each | Letters | Median | 95% | Slowest |
|---|---|---|---|---|---|---|---|
"""
    known = (
        DOCUMENT.read_text(encoding="utf-8").splitlines() if DOCUMENT.exists() else []
    )
    rows = [it for it in known if it.startswith(("| sqlite", "| postgresql"))]
    rows = [it for it in rows if it.split("|")[1] != vendor] + [line]
    text = heading + "\n".join(sorted(rows, reverse=True)) + "\n"
    DOCUMENT.write_text(text + (f"\n{note}\n" if note else ""), encoding="utf-8")


if __name__ == "__main__":
    main()
