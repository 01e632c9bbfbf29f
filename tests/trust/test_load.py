"""K1, K2: a normal day of a hundred organisations is quiet, and a campaign is borne."""

from __future__ import annotations

import itertools
import random
import time
from dataclasses import dataclass, field

import pytest

from bench import load
from tests import driver
from tests.trust.conftest import Figure, Places
from tests.trust.tools import (
    BEHIND_PROXY,
    TOKEN,
    Visitor,
    canary,
    n_rows,
    peer,
    percentile,
    receipt_in,
    shown_code,
)

pytestmark = pytest.mark.trust

# K1

PER_SECOND = 20
SECONDS = 60
SLOWEST_OF_95 = 500  # ms
SEEN = ["", "vertel/", "code/", "privacy/"]
TOLD = "Ik wacht al een jaar op een rolstoel en kom de deur niet uit. " * 5


def test_a_normal_day(places: Places, figure: Figure) -> None:
    server = places.start()
    visitor = Visitor(server)
    code = shown_code(visitor.send(TOLD))
    assert code

    def path(name: str) -> str:
        return server.page(name).removeprefix(server.url)

    n = PER_SECOND * SECONDS
    visits: list[tuple[str, dict[str, str] | None]] = []
    for i in range(n):  # of six visits one sends something and one looks behind a code
        match i % 6:
            case 4:
                fields = {"act": "send", "token": visitor.token(), "text": TOLD}
                visits.append((path("vertel/"), fields))
            case 5:
                visits.append((path("code/"), {"code": code}))
            case which:
                visits.append((path(SEEN[which]), None))

    day = load.at_pace(server.port, visits, per_second=PER_SECOND)

    figure(
        f"{places.kind}: {day.per_second:.1f} a second, p50 {day.at(0.5):.0f} ms, "
        f"p95 {day.at(0.95):.0f} ms, p99 {day.at(0.99):.0f} ms, "
        f"{day.n_failed} of {n} failed"
    )
    assert len(day.times) == n
    assert day.n_failed == 0
    assert day.at(0.95) <= SLOWEST_OF_95


# K2

VISITORS = 300
MORE_PER_SECOND = 100
CAMPAIGN_SECONDS = 120
PAUSE = (0.5, 1.5)  # seconds before each step: twenty thousand come in some minutes
LEAST_RECEIPTS = 0.995
OPENED = 50
NO_ANSWER = "no answer"


@dataclass
class Crowd:
    """People who read a newsletter, open the form and send what they have to tell.

    Attributes:
        server: where.
        told: words by the code of their receipt.
        times: seconds that each send took.
        failed: what they got instead of a page or receipt.
        impolite: faults of ours that did not say when to come back.
    """

    server: driver.Server
    told: dict[str, str] = field(default_factory=dict)
    times: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    impolite: list[str] = field(default_factory=list)
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    def visit(self) -> None:
        """Come as somebody new, open the form, send."""
        who = peer(next(self._numbers))
        try:
            page = self._ask(who)
            found = TOKEN.search(page)
            if not found:
                self.failed.append("no form")
                return
            text = f"{canary()} {TOLD}"
            page = self._ask(who, {"act": "send", "token": found[1], "text": text})
        except OSError:
            self.failed.append(NO_ANSWER)
            return
        if code := receipt_in(page):
            self.told[code] = text
        else:
            self.failed.append("no receipt")

    def _ask(self, who: dict[str, str], fields: dict[str, str] | None = None) -> str:
        time.sleep(random.uniform(*PAUSE))
        path = self.server.page("vertel/").removeprefix(self.server.url)
        began = time.perf_counter()
        answer = load.ask(self.server.port, path, fields, who)
        if fields:
            self.times.append(time.perf_counter() - began)
        if answer.status >= 500 and "retry-after:" not in answer.head.lower():
            self.impolite.append(f"{answer.status} on {path}")
        return answer.body


def test_a_campaign(places: Places, figure: Figure) -> None:
    server = places.start(**BEHIND_PROXY)
    at_start = n_rows(server, "reports_report")
    crowd = Crowd(server)

    began = time.monotonic()
    load.ramp(
        crowd.visit,
        most=VISITORS,
        more_per_second=MORE_PER_SECOND,
        seconds=CAMPAIGN_SECONDS,
    )
    seconds = time.monotonic() - began

    n_receipts, n_visits = len(crowd.told), len(crowd.told) + len(crowd.failed)
    n_stored = n_rows(server, "reports_report") - at_start
    share = n_receipts / n_visits
    p50, p95, p99 = (percentile(crowd.times, part) * 1000 for part in (0.5, 0.95, 0.99))
    sample = random.sample(sorted(crowd.told), OPENED)
    lost = [c for c in sample if crowd.told[c].strip() not in server.open_receipt(c)]
    figure(
        f"{places.kind}: {VISITORS} at once, {n_receipts / seconds:.0f} sent a second, "
        f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms; {share:.2%} of "
        f"{n_visits} got a receipt, {n_stored} stored, {len(lost)} of {OPENED} lost"
    )
    assert share >= LEAST_RECEIPTS, crowd.failed[:10]
    assert crowd.impolite == []
    assert lost == []
    # Whoever got no answer may have been stored all the same.
    assert n_receipts <= n_stored <= n_receipts + crowd.failed.count(NO_ANSWER)
