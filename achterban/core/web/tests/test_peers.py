"""Who is at the other end: the real peer, in memory, and nobody slows another."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django import Settings

from achterban.core.web.peers import PeerLimit, address_of, is_local, peer_of

PROXY, VISITOR = "10.0.0.1", "203.0.113.7"


@pytest.fixture(autouse=True)
def _no_proxies(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = []


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that stands still until the test moves it."""
    at = [1000.0]
    monkeypatch.setattr("time.monotonic", lambda: at[0])
    return at


def asked(remote: str = VISITOR, forwarded: str | None = None) -> HttpRequest:
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}
    return RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)


def test_what_a_stranger_says_about_itself_is_not_believed() -> None:
    assert address_of(asked(VISITOR, "1.2.3.4")) == VISITOR


def test_a_named_proxy_is_believed_about_what_it_added_itself(
    settings: Settings,
) -> None:
    settings.TRUSTED_PROXIES = [PROXY]
    assert address_of(asked(PROXY, f"1.2.3.4, {VISITOR}")) == VISITOR
    assert address_of(asked("10.0.0.2", "1.2.3.4")) == "10.0.0.2"
    assert address_of(asked(PROXY)) == PROXY
    assert address_of(asked(PROXY, " ")) == PROXY


@pytest.mark.parametrize("proxies", [[], [PROXY]])
def test_rotating_what_is_forwarded_gains_nothing(
    proxies: list[str], settings: Settings, clock: list[float]
) -> None:
    settings.TRUSTED_PROXIES = proxies
    limit = PeerLimit(burst=3, per_minute=1)
    waits = []
    for n in range(10):
        forged = f"1.2.3.{n}, {VISITOR}" if proxies else f"1.2.3.{n}"
        waits.append(limit.take(peer_of(asked(PROXY if proxies else VISITOR, forged))))
    assert waits[:3] == [0, 0, 0]
    assert all(wait > 0 for wait in waits[3:])


def test_rotating_addresses_within_one_home_gains_nothing() -> None:
    assert peer_of(asked("2001:db8:1:2::1")) == peer_of(asked("2001:db8:1:2:ffff::9"))
    assert peer_of(asked("2001:db8:1:2::1")) != peer_of(asked("2001:db8:1:3::1"))
    assert peer_of(asked("::ffff:1.2.3.4")) == peer_of(asked("1.2.3.4"))
    assert peer_of(asked("::ffff:1.2.3.4")) != peer_of(asked("::ffff:1.2.3.5"))


def test_the_name_of_a_peer_tells_no_address() -> None:
    name = peer_of(asked())
    assert VISITOR not in name
    assert VISITOR.encode().hex() not in name
    assert name == peer_of(asked())
    assert name != peer_of(asked("203.0.113.8"))


def test_a_peer_without_an_address_is_a_peer_too() -> None:
    assert peer_of(asked("")) == peer_of(asked(""))


@pytest.mark.parametrize(
    ("remote", "local"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        (VISITOR, False),
        ("10.0.0.1", False),
        ("", False),
        ("nonsense", False),
    ],
)
def test_only_this_machine_is_local(remote: str, local: bool) -> None:
    assert is_local(asked(remote)) is local


def test_what_came_through_a_proxy_on_this_machine_is_not_local(
    settings: Settings,
) -> None:
    assert not is_local(asked("127.0.0.1", VISITOR))
    assert not is_local(asked("127.0.0.1", "127.0.0.1"))
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    assert not is_local(asked("127.0.0.1", f"127.0.0.1, {VISITOR}"))


def test_tokens_run_out_and_come_back(clock: list[float]) -> None:
    limit = PeerLimit(burst=2, per_minute=6)
    assert [limit.take("a") for _ in range(3)] == [0, 0, 10]
    clock[0] += 4
    assert limit.wait("a") == pytest.approx(6)
    clock[0] += 6
    assert [limit.take("a") for _ in range(2)] == [0, pytest.approx(10)]


def test_tokens_are_never_more_than_the_burst(clock: list[float]) -> None:
    limit = PeerLimit(burst=2, per_minute=60)
    limit.take("a")
    clock[0] += 3600
    assert [limit.take("a") for _ in range(3)] == [0, 0, 1]


def test_looking_takes_nothing(clock: list[float]) -> None:
    limit = PeerLimit(burst=1, per_minute=1)
    assert [limit.wait("a") for _ in range(3)] == [0, 0, 0]
    assert limit.take("a") == 0


def test_nobody_is_slowed_by_another(clock: list[float]) -> None:
    limit = PeerLimit(burst=1, per_minute=1)
    for _ in range(1000):
        limit.take("attacker")
    assert limit.take("visitor") == 0


def test_memory_stays_bound_however_many_come(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PeerLimit, "MOST_PEERS", 50)
    limit = PeerLimit(burst=1, per_minute=1)
    sizes: list[Any] = []
    for n in range(500):
        limit.take(str(n))
        sizes.append(len(limit._buckets))
    assert max(sizes) <= 50


def test_whoever_is_slowed_stays_so_while_others_are_forgotten(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PeerLimit, "MOST_PEERS", 50)
    limit = PeerLimit(burst=1, per_minute=1)
    for n in range(49):
        limit.take(str(n))
    clock[0] += 61
    limit.take("attacker")
    limit.take("newcomer")
    assert limit.take("attacker") > 0
