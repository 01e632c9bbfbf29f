"""Every answer carries the same strict headers (B4, J2, J3)."""

from __future__ import annotations

import pytest
from django.http.response import HttpResponseBase
from django.test import Client

from tests.access import MATRIX
from tests.visitors import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    "require-trusted-types-for 'script'",
}
WITHOUT_COOKIES = [
    name
    for name, rule in MATRIX.items()
    if rule.why and rule.why != "a way in" and name not in {"invitation"}
]
ODD_ADDRESSES = ["/", "/hier-is-niets/", "/o/hier-niet/", "/voorbeeld/", "/gezond/"]


LASTING = {"colour", "logo"}  # their address tells what they are


def wrong_headers(response: HttpResponseBase, cached: str = "no-store") -> list[str]:
    """Return what is not as it should be."""
    policy = set(response.get("Content-Security-Policy", "").split("; "))
    wrong = [f"lacks {part}" for part in sorted(POLICY - policy)]
    wrong += [part for part in policy if "unsafe" in part or "*" in part]
    expected = {
        "Cache-Control": {cached},
        "X-Content-Type-Options": {"nosniff"},
        "Referrer-Policy": {"no-referrer", "same-origin"},
        "Cross-Origin-Opener-Policy": {"same-origin"},
        "Cross-Origin-Resource-Policy": {"same-origin"},
    }
    for name, values in expected.items():
        if response.get(name) not in values:
            wrong.append(f"{name}: {response.get(name)}")
    return wrong


@pytest.mark.parametrize("visitor", ["anonymous", "outsider", "coordinator"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_page_has_strict_headers(visitor: str, method: str) -> None:
    world = make_world()
    paths = {name: world.path(name) for name in MATRIX}
    client, wrong = world.client(visitor), {}
    for name, path in paths.items():
        if method == "post":  # which may have logged out
            client = world.client(visitor)
        answer = getattr(client, method)(path)
        lasts = name in LASTING and answer.status_code == 200
        cached = "private, max-age=31536000, immutable" if lasts else "no-store"
        wrong[f"{name} {answer.status_code}"] = wrong_headers(answer, cached)
    assert {name: what for name, what in wrong.items() if what} == {}


@pytest.mark.parametrize("address", ODD_ADDRESSES)
def test_odd_answers_have_strict_headers(client: Client, address: str) -> None:
    assert wrong_headers(client.get(address)) == []
    assert wrong_headers(client.put(address)) == []
    refused = client.post(address, headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403
    assert wrong_headers(refused) == []


def test_an_act_that_another_site_started_is_refused() -> None:
    world = make_world()
    client = world.client("coordinator")
    got = {}
    for name in MATRIX:
        for header in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://x.test"}):
            answer = client.post(world.path(name), headers=header)
            got[name] = answer.status_code
    assert set(got.values()) == {403}


@pytest.mark.parametrize("method", ["get", "post"])
def test_public_pages_leave_nothing_on_the_device(method: str) -> None:
    world = make_world()
    left = {}
    for name in WITHOUT_COOKIES:
        answer = getattr(Client(), method)(world.path(name), {"code": world.code})
        left[name] = list(answer.cookies)
        assert answer["Referrer-Policy"] == "no-referrer" or name.startswith(
            ("account", "mfa")
        )
    assert {name: cookies for name, cookies in left.items() if cookies} == {}


def test_no_answer_tells_what_was_sent_in_its_address() -> None:
    world = make_world()
    for name in ("reports:code", "reports:paper", "reports:withdraw"):
        answer = Client().post(world.path(name), {"code": world.code})
        assert answer.status_code == 200
        assert "Location" not in answer
        title = answer.content.decode().partition("</title>")[0]
        assert world.code[:4] not in title


def test_i_stop_clears_what_the_browser_kept() -> None:
    world = make_world()
    answer = Client().get(world.path("reports:stop"))
    assert '"cache"' in answer["Clear-Site-Data"]
    assert '"storage"' in answer["Clear-Site-Data"]
