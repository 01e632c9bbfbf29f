"""K1: a normal day of a hundred organisations is quiet for the program."""

from __future__ import annotations

import pytest

from bench import load
from tests.trust.conftest import Figure, Places
from tests.trust.tools import Visitor, shown_code

pytestmark = pytest.mark.trust

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
