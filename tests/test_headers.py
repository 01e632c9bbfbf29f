"""Every answer carries the same strict headers (B4, J2, J3)."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.access import MATRIX
from tests.answers import wrong_headers
from tests.visitors import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]

WITHOUT_COOKIES = [
    name
    for name, rule in MATRIX.items()
    if rule.why and rule.why != "a way in" and name not in {"invitation"}
]
ODD_ADDRESSES = ["/", "/hier-is-niets/", "/o/hier-niet/", "/voorbeeld/", "/gezond/"]


def test_every_act_has_strict_headers(world: World) -> None:
    """Those of the Werkplek, of pages and of others: test_urls.py, test_english.py."""
    names = [name for name, rule in MATRIX.items() if not rule.is_work]
    wrong = {
        f"{name} {answer.status_code}": wrong_headers(answer, name)
        for name, answer in world.answers("outsider", "post", names)
    }
    assert {name: what for name, what in wrong.items() if what} == {}


@pytest.mark.parametrize("address", ODD_ADDRESSES)
def test_odd_answers_have_strict_headers(client: Client, address: str) -> None:
    assert wrong_headers(client.get(address)) == []
    assert wrong_headers(client.put(address)) == []
    refused = client.post(address, headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403
    assert wrong_headers(refused) == []


def test_an_act_that_another_site_started_is_refused(world: World) -> None:
    client = world.client("coordinator")
    got = {}
    for name in MATRIX:
        for header in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://x.test"}):
            answer = client.post(world.path(name), headers=header)
            got[name] = answer.status_code
    assert set(got.values()) == {403}


@pytest.mark.parametrize("method", ["get", "post"])
def test_public_pages_leave_nothing_on_the_device(world: World, method: str) -> None:
    left = {}
    for name in WITHOUT_COOKIES:
        answer = getattr(Client(), method)(world.path(name), {"code": world.code})
        left[name] = list(answer.cookies)
        assert answer["Referrer-Policy"] == "no-referrer" or name.startswith(
            ("account", "mfa")
        )
    assert {name: cookies for name, cookies in left.items() if cookies} == {}


def test_no_answer_tells_what_was_sent_in_its_address(world: World) -> None:
    for name in ("reports:code", "reports:paper", "reports:withdraw"):
        answer = Client().post(world.path(name), {"code": world.code})
        assert answer.status_code == 200
        assert "Location" not in answer
        title = answer.content.decode().partition("</title>")[0]
        assert world.code[:4] not in title


def test_i_stop_clears_what_the_browser_kept(world: World) -> None:
    answer = Client().get(world.path("reports:stop"))
    assert '"cache"' in answer["Clear-Site-Data"]
    assert '"storage"' in answer["Clear-Site-Data"]
