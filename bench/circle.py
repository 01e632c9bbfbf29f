"""Measure the pages of contacts with 20,000 people and 100,000 relations.

Usage: python -m bench.circle [--people N] [--relations N] [--no-document]

Writes docs/measurements-circle.md; takes some three minutes. The network has the shape
of that of ``bench.network``.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from bench.settled import settle

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "measurements-circle.md"
ROUNDS = 5
_FIRST = "Noor Bo Kim Teun Saar Guus Fleur Bram Roos Mees Lot Jet Sam Lies Joris"
FIRST = _FIRST.split()
LAST = [a + b for a in ("Zand", "Duin", "Kust", "Terp", "Veld") for b in FIRST]


def main() -> None:
    """Make the rows, ask the pages, and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--relations", type=int, default=100_000)
    parser.add_argument("--no-document", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ACHTERBAN_DATA"] = f"{folder}/data"
        os.environ["ACHTERBAN_KEYS"] = f"{folder}/keys"
        os.environ["DJANGO_SETTINGS_MODULE"] = "achterban.config.settings"
        lines = measure(chosen.people, chosen.relations)
    text = "\n".join([*heading(chosen.people, chosen.relations), *lines, ""])
    print(text)
    if not chosen.no_document:
        DOCUMENT.write_text(text, encoding="utf-8")


def measure(n_people: int, n_relations: int) -> list[str]:
    """Return lines of a table."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from django.conf import settings
    from django.test import Client

    from achterban.advocate.stakeholders.actions.counting import count_large
    from achterban.advocate.stakeholders.models import Contact
    from achterban.core import clock
    from achterban.core.accounts.models import Role
    from achterban.core.accounts.tests.factories import login, member, page
    from achterban.core.organisations.tests.factories import OrganisationFactory

    settings.ALLOWED_HOSTS.append("testserver")
    (Path(settings.DATA) / "static").mkdir()
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    ours = OrganisationFactory.create()
    by = member(ours, Role.COORDINATOR)
    best = fill(ours, by, n_people, n_relations)
    settle()
    client = login(Client(), by)
    known = Contact.objects.select_related("key").get(pk=best).open_words().name
    began = time.perf_counter()
    count_large(clock.today())
    counted = time.perf_counter() - began
    contacts = page(ours, "stakeholders:contact-list")
    network = page(ours, "stakeholders:network")
    asked: list[tuple[str, str, dict[str, Any]]] = [
        ("contacts", contacts, {}),
        ("contacts of a name", contacts, {"name": known}),
        ("who has most relations", page(ours, "stakeholders:contact", best), {}),
        ("who is around that contact", network, {"contact": best}),
        ("who knows whom", network, {}),
        ("whom we miss", page(ours, "stakeholders:missing"), {}),
    ]
    lines = [f"| figures of the night | {counted * 1000:,.0f} |"]
    for what, path, query in asked:
        ask = partial(client.get, path, query, secure=True)
        took = [timed(ask) for _ in range(ROUNDS)]
        lines.append(f"| {what} | {statistics.median(took) * 1000:,.0f} |")
    return lines


def fill(ours: Any, by: Any, n_people: int, n_relations: int) -> int:
    """Store people and relations; return the key of who has most relations."""
    from achterban.advocate.stakeholders.models import (
        Contact,
        ContactWords,
        Relation,
        RelationWords,
    )
    from achterban.core import clock
    from achterban.core.vault.models import DataKey
    from bench.network import made

    dice, on = random.Random(7), clock.today()
    network = made(n_people, n_relations)
    people = []
    for n in range(n_people):
        contact = Contact(
            organisation=ours,
            key=DataKey.fresh(),
            is_ours=n % 1000 == 500,
            matters=n % 100 == 7,
            added_on=on,
            used_on=on,
            added_by=by,
        )
        name = f"{dice.choice(FIRST)} {dice.choice(LAST)}"
        contact.seal_words(ContactWords(name))
        people.append(contact)
    DataKey.objects.bulk_create([each.key for each in people], batch_size=500)
    Contact.objects.bulk_create(people, batch_size=500)
    relations = []
    for one, other in network.pairs:
        relation = Relation(
            organisation=ours,
            one=people[one],
            other=people[other],
            kind="knows",
            warmth=dice.choice((1, 2, 3)),
            noted_on=on,
        )
        relation.seal_words(RelationWords("uit een lijst"))
        relations.append(relation)
    Relation.objects.bulk_create(relations, batch_size=500)
    most = max(range(n_people), key=lambda n: len(network.neighbours[n]))
    return int(people[most].pk)


def timed(run: Callable[[], Any]) -> float:
    """Return how many seconds a page took; it has to be there."""
    began = time.perf_counter()
    answer = run()
    took = time.perf_counter() - began
    assert answer.status_code == 200, answer.status_code
    return took


def heading(n_people: int, n_relations: int) -> list[str]:
    """Return what stands above the table."""
    return [
        "# Contacts: measured",
        "",
        f"`python -m bench.circle` puts {n_people:,} people and {n_relations:,} "
        "relations in an empty SQLite",
        "database and asks the pages as a browser would, with the looks in the log and",
        "the opening of names. Median of five; the machine has 2 cores, shared.",
        "",
        "| | milliseconds |",
        "|---|--:|",
    ]


if __name__ == "__main__":
    main()
