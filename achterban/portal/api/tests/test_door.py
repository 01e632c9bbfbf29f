"""Open to every program, and nothing else is opened by it."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import resolve

from achterban.core.organisations import middleware
from achterban.core.web.middleware import OPEN_PATH
from achterban.core.web.peers import PeerLimit
from achterban.portal.api import endpoints, views
from achterban.portal.api.tests.asking import ask
from achterban.portal.api.urls import public
from achterban.portal.api.views import BASE, MOST_BYTES, VERSION
from tests.visitors import World, url_names

OBJECTION = {"soort": "awb_bezwaar", "begin": "2026-03-20"}
ELSEWHERE = {"Origin": "https://elders.test", "Sec-Fetch-Site": "cross-site"}
SUMS = f"/{BASE}berekeningen"


def post(body: Any, content_type: str = "application/json", **more: Any) -> Any:
    return Client().post(SUMS, body, content_type=content_type, **more)


def is_problem(answer: Any, status: int) -> bool:
    """Return whether a refusal is as RFC 9457 and the design rules have it."""
    said = answer.json()
    return (
        answer.status_code == said["status"] == status
        and answer["Content-Type"] == "application/problem+json"
        and bool(said["title"] and said["detail"])
        and answer["API-Version"] == VERSION
        and answer["Access-Control-Allow-Origin"] == "*"
    )


def test_another_site_may_ask_and_read_the_answer() -> None:
    may = Client().options(
        SUMS, headers=ELSEWHERE | {"Access-Control-Request-Method": "POST"}
    )
    answer = ask("berekeningen", OBJECTION, **ELSEWHERE)

    assert may.status_code == 204
    assert may["Access-Control-Allow-Methods"] == may["Allow"] == "POST, OPTIONS"
    assert may["Access-Control-Allow-Headers"] == "Content-Type"
    assert (answer.status_code, answer["API-Version"]) == (200, VERSION)
    for each in (may, answer):
        assert each["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in each


@pytest.mark.slow
@pytest.mark.django_db
def test_nobody_is_known_no_row_is_read_and_nothing_is_left(
    world: World, django_assert_num_queries: Any, settings: Any, monkeypatch: Any
) -> None:
    settings.ALLOWED_HOSTS = ["termijnen.test"]  # whose host is asked for elsewhere
    monkeypatch.setattr(middleware, "_remembered", {})
    client = world.client("coordinator")
    client.defaults["SERVER_NAME"] = "termijnen.test"

    with django_assert_num_queries(0):
        sums = client.post(SUMS, OBJECTION, content_type="application/json")
        form = client.post(SUMS, {"preference": "language:en"})  # a choice of display
        days = client.get(f"/{BASE}dagen/2026")
    with django_assert_num_queries(1):
        client.get("/gezond/x/")

    assert (sums.status_code, form.status_code, days.status_code) == (200, 415, 200)
    for answer in (sums, form, days):
        assert not answer.cookies
        assert "Vary" not in answer
        assert answer["Content-Language"] == "nl"


def test_only_the_open_api_lies_past_the_layers_that_know_a_visitor() -> None:
    ours = {f"api:{it.name}" for it in public}
    assert {name for name in url_names() if name.startswith("api:")} == ours
    for address in ("", "x", BASE.removeprefix("api/"), "../werk/", "/werk/"):
        assert resolve(f"{OPEN_PATH}{address}").func is views.door


@pytest.mark.parametrize(
    "address",
    ["/api", "/apis/", "//api/", "/API/termijnen/v1/berekeningen", f"/o/x/{BASE}x"],
)
def test_what_is_beside_it_stays_closed_to_another_site(address: str) -> None:
    request = RequestFactory().post(address, headers=ELSEWHERE)
    assert not request.path_info.startswith(OPEN_PATH)


@pytest.mark.django_db
def test_an_act_of_another_site_is_refused_beside_it() -> None:
    for address in ("/api", "/weergave/", f"/o/x{SUMS}"):
        answer = Client().post(address, {}, headers=ELSEWHERE)
        assert answer.status_code == 403
        assert "Access-Control-Allow-Origin" not in answer


@pytest.mark.parametrize(
    ("address", "allowed"),
    [("soorten", "GET, HEAD, OPTIONS"), ("berekeningen", "POST, OPTIONS")],
)
def test_other_methods_are_refused_with_those_that_are_there(
    address: str, allowed: str
) -> None:
    for method in ("put", "patch", "delete", "trace"):
        answer = getattr(Client(), method)(f"/{BASE}{address}")
        assert is_problem(answer, 405)
        assert answer["Allow"] == allowed
    assert is_problem(Client().post(f"/{BASE}soorten"), 405)
    assert is_problem(Client().get(SUMS), 405)


def test_head_answers_as_get_does() -> None:
    answer = Client().head(f"/{BASE}dagen/2026")
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize(
    "address",
    [
        *("", "soorten/", "soorten/niets", "docs", "../v2/soorten", "dagen/x"),
        *("dagen/-1", "dagen/1981", "dagen/2100", "dagen/99999999999"),
    ],
)
def test_what_is_not_there_is_said_in_json(address: str) -> None:
    assert is_problem(Client().get(f"/{BASE}{address}"), 404)


def test_dates_do_not_belong_in_an_address() -> None:
    assert is_problem(Client().get(f"/{BASE}soorten?begin=2026-03-20"), 400)
    assert is_problem(post(OBJECTION, query_params={"x": "1"}), 400)


@pytest.mark.parametrize(
    "body",
    [
        *(
            "",
            "{",
            "[]",
            "null",
            '"x"',
            '{"stilstand": NaN}',
            '{"stilstand": Infinity}',
        ),
        *(
            "[" * 9_000,
            '{"a":' * 1_500 + "1" + "}" * 1_500,
            b"\xff\xfe\x00",
            b'{"\xe9": 1}',
        ),
        *(
            '{"\\ud800": 1}',
            '{"stilstand": ' + "9" * 5_000 + "}",
            '{"stilstand": 1e999}',
        ),
    ],
)
def test_what_is_no_question_is_refused(body: Any) -> None:
    assert is_problem(post(body), 400)


def test_every_field_that_is_wrong_is_named_at_once() -> None:
    wrong = {
        "begin": "2026-02-30",
        "variant": 3,
        "duur": "zes weken",
        "stilstand": -1,
        "verdaging": "0 weken",
        "isEindeVorigeTermijn": 1,
        "verzending": {"wijze": "duif", "verzonden": 1_700_000_000},
        "naam/~": "Ada",
    }

    answer = post(wrong)

    assert is_problem(answer, 400)
    said = {it["pointer"]: it["detail"] for it in answer.json()["errors"]}
    assert said == {
        "#/soort": "Dit veld ontbreekt.",
        "#/begin": "Dit is geen dag. Typ zoiets als: 2026-03-01.",
        "#/variant": "Dit moet tekst zijn.",
        "#/duur": "Typ zoiets als: 6 weken.",
        "#/stilstand": "Dit moet 0 of meer zijn.",
        "#/verdaging": "Typ zoiets als: 6 weken.",
        "#/isEindeVorigeTermijn": "Dit moet true of false zijn.",
        "#/verzending/wijze": said["#/verzending/wijze"],
        "#/verzending/verzonden": "Dit is geen dag. Typ zoiets als: 2026-03-01.",
        "#/naam~1~0": "Dit veld kennen wij niet.",
    }
    assert said["#/verzending/wijze"].startswith("Kies uit: 'post', ")
    assert "Ada" not in answer.content.decode()


@pytest.mark.parametrize(
    "begin",
    [
        *("9999-12-31", "0001-01-01", "1981-12-31", "2026-W01-1", "20260101"),
        *("２０２６-01-01", "2026-01-01T00:00:00", "", "1" * 5_000, "\ud800"),
        *(None, True, 20260101, [], {}),
    ],
)
def test_what_is_no_day_that_is_known_is_refused(begin: Any) -> None:
    answer = post(OBJECTION | {"begin": begin})
    assert is_problem(answer, 400)
    assert [it["pointer"] for it in answer.json()["errors"]] == ["#/begin"]


@pytest.mark.parametrize("count", [1.0, 1.5, "1", True, None, 10_001, -1, [1]])
def test_a_number_is_a_whole_number(count: Any) -> None:
    assert is_problem(post(OBJECTION | {"stilstand": count}), 400)


def test_another_kind_of_body_and_a_large_one_are_refused() -> None:
    assert is_problem(post("{}", "text/plain"), 415)
    assert is_problem(post("{}", "application/jsonp"), 415)
    assert is_problem(post(" " * (MOST_BYTES + 1)), 413)
    assert is_problem(post("{}", CONTENT_LENGTH="veel"), 413)
    assert is_problem(post("{}", headers={"Transfer-Encoding": "chunked"}), 411)
    assert is_problem(Client().post(f"/{BASE}soorten", {"f": "x" * MOST_BYTES}), 413)
    assert post(OBJECTION, "application/json; charset=utf-8").status_code == 200


@pytest.mark.slow
@pytest.mark.django_db
def test_a_form_is_refused_as_well_below_an_organisation(world: World) -> None:
    below = f"/o/{world.organisation.slug}{SUMS}"
    assert is_problem(Client().post(below, {"soort": "awb_bezwaar"}), 415)


def test_a_peer_that_asks_very_much_waits_and_nobody_else_does(
    monkeypatch: Any,
) -> None:
    monkeypatch.setattr(views, "limit", PeerLimit(burst=2, per_minute=1))
    busy, other = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")

    statuses = [busy.get(f"/{BASE}dagen/2026").status_code for _nth in range(2)]
    slowed = busy.get(f"/{BASE}dagen/2026")

    assert statuses == [200, 200]
    assert is_problem(slowed, 429)
    assert 50 < int(slowed["Retry-After"]) <= 61
    assert other.get(f"/{BASE}dagen/2026").status_code == 200
    assert Client().get(f"/{BASE}dagen/2026").status_code == 200  # could be anybody


def test_nothing_of_what_is_asked_or_fails_reaches_the_log(
    monkeypatch: Any, caplog: Any
) -> None:
    def fail(request: HttpRequest, *asked: Any) -> None:
        raise RuntimeError("geheim 2026-03-20")

    caplog.set_level(logging.DEBUG)
    post(OBJECTION)
    post({"soort": "geheim", "begin": "2026-03-20"})
    monkeypatch.setattr(endpoints, "_refuse_unused", fail)
    failed = post(OBJECTION)

    assert is_problem(failed, 500)
    assert "RuntimeError at " in caplog.text
    for word in ("geheim", "2026-03-20", "awb_bezwaar"):
        assert word not in caplog.text
        assert word not in failed.content.decode()
