"""Measure what is promised about speed and size, and write docs/measurements.md.

Usage: python -m bench.measure [--quick] [--note TEXT]

Figures are ratios in one run where that is possible; run it with nothing else running.
"""

from __future__ import annotations

import argparse
import gzip
import platform
import re
import statistics
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import Request, urlopen

from playwright.sync_api import sync_playwright

from bench import load
from bench.servers import ROOT, TELL, bare_site, memory_of, our_site
from tests.browser.shortest import shortest_way
from tests.browser.visit import Visit, launch, start_office

TEXT = "De keuring duurde twee uur en daarna lag ik vier dagen plat. " * 6
PAGES = ["/", "/vertel/", "/code/", "/privacy/", "/toegankelijk/", "/huisstijl/"]
LEAST_RATIO = 0.6
OTHERS = {  # pages that other scripts of this folder write
    "deidentify": "What is found of what could identify somebody",
    "import": "Import of 100,000 rows",
    "search": "Search among a million reports",
    "similarity": "Reports about the same thing",
    "rates": "What stands out against chance",
    "trace": "A sentence and what proves it",
    "dossiers": "Dossiers",
    "commitments": "Promises in a text",
    "promises": "The register of promises",
    "deadlines": "Terms of law",
    "circle": "Contacts and who knows whom, in the database",
    "network": "Who reaches whom, in memory",
}
CLIENTS = 16
TARGETS = {
    "memory": "under 300 MB",
    "weight": "at most 30 kB",
    "time": "at most 50 ms",
}


def tokens(port: int, n: int) -> list[str]:
    """Return the tokens of n forms, each from a page of its own."""
    found = []
    for _ in range(n):
        page = urlopen(f"http://127.0.0.1:{port}{TELL}").read().decode()
        match = re.search(r'name="token" value="([^"]+)"', page)
        assert match is not None
        found.append(match[1])
    return found


def sending(folder: Path, n: int, rounds: int) -> list[str]:
    """Compare stored reports a second with stored rows a second, in turns."""
    lines, ratios = [], []
    with bare_site(folder / "bare") as bare, our_site(folder / "ours") as (ours, _pid):
        forms = tokens(ours, n * rounds)
        for turn in range(rounds):
            rows = load.run(bare, "/", [{"text": TEXT}] * n, clients=CLIENTS)
            mine = forms[turn * n : (turn + 1) * n]
            fields = [{"text": TEXT, "token": form} for form in mine]
            reports = load.run(ours, TELL, fields, clients=CLIENTS)
            assert rows.n_failed == reports.n_failed == 0
            ratios.append(reports.per_second / rows.per_second)
            lines.append(
                f"| {turn + 1} | {rows.per_second:.0f} | {reports.per_second:.0f} | "
                f"{ratios[-1]:.2f} | {rows.at(0.5):.1f} / {rows.at(0.99):.0f} | "
                f"{reports.at(0.5):.1f} / {reports.at(0.99):.0f} |"
            )
    ratio = statistics.median(ratios)
    return [
        "## Sending a report against a bare view",
        "",
        "Both: Granian, a process a core, four threads each, SQLite in WAL mode with "
        f"`synchronous=FULL`. {CLIENTS} clients on the same machine (twice as many as "
        "threads on two cores: nobody idles), each request over a connection of its "
        f"own. Bare: no middleware, one INSERT. Ours: the whole stack. {n} each, in "
        "turns.",
        "",
        "| turn | bare rows/s | reports/s | ratio | bare ms p50 / p99 | ours ms "
        "p50 / p99 |",
        "|--:|--:|--:|--:|--:|--:|",
        *lines,
        "",
        f"Median ratio **{ratio:.2f}**; target {LEAST_RATIO} or more: "
        f"{'reached' if ratio >= LEAST_RATIO else '**not reached**'} on this machine. "
        "Reports that come at the same moment share one commit, so that a slower disk "
        "costs ours less than the bare view.",
        "",
    ]


def pages(folder: Path) -> list[str]:
    """Weigh each public page with all that it loads, and time it."""
    lines = []
    with our_site(folder / "pages") as (port, _pid):
        for path in PAGES:
            address = f"http://127.0.0.1:{port}/o/stille-kracht{path}"
            weight, n_requests = weigh(address)
            timed = load.run(port, f"/o/stille-kracht{path}", [None] * 200, clients=1)
            lines.append(
                f"| `{path}` | {weight / 1000:.1f} | {n_requests} | "
                f"{timed.at(0.5):.1f} | {timed.at(0.99):.1f} |"
            )
    return [
        "## Public pages",
        "",
        "Over the wire with stylesheet, script and icon, without fonts; time of the "
        "page itself with nothing else running. "
        f"Targets: {TARGETS['weight']}, {TARGETS['time']} (median). "
        "At most 6 queries and no third party: tests of `listen/reports` and "
        "`tests/browser`.",
        "",
        "| page | kB | requests | ms p50 | ms p99 |",
        "|---|--:|--:|--:|--:|",
        *lines,
        "",
    ]


def weigh(address: str) -> tuple[int, int]:
    """Return the bytes over the wire of a page and what it loads, and how many."""
    page = _fetch(address)
    parts = re.findall(r'(?:src|href)="(/static/[^"]+)"', _plain(page))
    sizes = [len(page)] + [len(_fetch(urljoin(address, part))) for part in parts]
    return sum(sizes), len(sizes)


def _fetch(address: str) -> bytes:
    request = Request(address, headers={"Accept-Encoding": "gzip"})  # noqa: S310
    body: bytes = urlopen(request).read()  # noqa: S310
    return body


def _plain(body: bytes) -> str:
    return (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()


def memory(folder: Path, n: int) -> list[str]:
    """Say how much memory the whole program takes after many reports."""
    with our_site(folder / "memory") as (port, pid):
        before = memory_of(pid, "Pss")
        for start in range(0, n, 1000):
            forms = tokens(port, min(1000, n - start))
            sent = load.run(
                port, TELL, [{"text": TEXT, "token": form} for form in forms]
            )
            assert sent.n_failed == 0
        pss, rss = memory_of(pid, "Pss"), memory_of(pid, "Rss")
    return [
        "## Memory",
        "",
        f"Server, two workers and background work: {before:.0f} MB at the start, "
        f"**{pss:.0f} MB** after {n} reports (what processes share counted once; "
        f"counted for each again: {rss:.0f} MB). Target: {TARGETS['memory']}.",
        "",
    ]


def steps(folder: Path) -> list[str]:
    """Count what lies between the first page and a receipt code."""
    office = start_office(folder / "steps")
    try:
        with sync_playwright() as playwright:
            browser = launch(playwright)
            found = shortest_way(Visit(browser.new_context(locale="nl-NL"), office))
            browser.close()
    finally:
        office.server.stop()
    return [
        "## From the first page to the code",
        "",
        "The shortest way, walked in Chromium: what there is to read in the main text, "
        "to answer and to press.",
        "",
        "| page | words | questions | presses |",
        "|---|--:|--:|--:|",
        *(f"| {s.title} | {s.words} | {s.questions} | {s.presses} |" for s in found),
        f"| **{len(found)} pages** | {sum(s.words for s in found)} | "
        f"{sum(s.questions for s in found)} | {sum(s.presses for s in found)} |",
        "",
    ]


def machine() -> str:
    """Describe the machine in a line."""
    cpu = next(
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    )
    cores = Path("/proc/cpuinfo").read_text().count("processor\t")
    return (
        f"Machine: {cores} cores, {cpu}; Linux {platform.release()}; Python "
        f"{platform.python_version()}; {datetime.now(UTC):%Y-%m-%d}."
    )


def head() -> list[str]:
    """Return what stands above the figures."""
    return [
        "# Measurements",
        "",
        "Made by `python -m bench.measure`; ratios in one run, so that another machine "
        "can be compared.",
        "",
        machine(),
        "",
        *(
            f"- {what}: [measurements-{name}.md](measurements-{name}.md)."
            for name, what in OTHERS.items()
        ),
        "",
    ]


def main() -> None:
    """Measure all, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of everything")
    parser.add_argument("--note", default="", help="what to know of this run")
    chosen = parser.parse_args()
    quick: bool = chosen.quick
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = [
            *head(),
            *([chosen.note, ""] if chosen.note else []),
            *sending(folder, n=100 if quick else 1000, rounds=15),
            *pages(folder),
            *steps(folder),
            *memory(folder, n=1000 if quick else 10_000),
        ]
    text = "\n".join(lines)
    sys.stdout.write(text)
    if not quick:
        (ROOT / "docs" / "measurements.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
