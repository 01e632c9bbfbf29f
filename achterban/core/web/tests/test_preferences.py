"""How somebody wants to see pages: choices in a cookie, and nothing else in it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from achterban.core.web.middleware import Preferences
from achterban.core.web.preferences import (
    CHOICES,
    COOKIE,
    PagePreferences,
    from_cookie,
)

ALL = "theme:dark.calm:1.large:1.language:en"
choices = st.sampled_from([f"{n}:{v}" for n, values in CHOICES.items() for v in values])


@given(st.lists(choices, max_size=20))
@pytest.mark.wide
def test_what_was_chosen_is_read_back(chosen: list[str]) -> None:
    preferences = PagePreferences()
    for choice in chosen:
        preferences = preferences.changed(choice)
    assert from_cookie(preferences.to_cookie()) == preferences


@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        ".",
        "theme",
        "theme:",
        "theme:blink",
        "calm:2",
        "calm:True",
        "__class__:1",
        "language:nl;drop",
        "changed:1",
        ":1",
        "één:1",
        "a" * 5000,
    ],
)
def test_nonsense_changes_nothing(nonsense: str) -> None:
    assert from_cookie(nonsense) == PagePreferences()
    assert from_cookie(ALL).changed(nonsense) == from_cookie(ALL)


@pytest.mark.slow
@given(st.binary())
def test_no_cookie_is_ever_too_strange(words: bytes) -> None:
    from_cookie(words.decode("latin-1"))


def test_nonsense_does_not_hide_a_choice() -> None:
    assert from_cookie("blink:1.calm:1") == PagePreferences(calm=True)


@given(st.lists(choices, max_size=20))
@pytest.mark.wide
def test_the_cookie_holds_choices_and_no_identity(chosen: list[str]) -> None:
    preferences = PagePreferences()
    for choice in chosen:
        preferences = preferences.changed(choice)
    text = preferences.to_cookie()
    assert len(text) <= 40
    for part in filter(None, text.split(".")):
        name, _, value = part.partition(":")
        assert value in CHOICES[name]


@pytest.fixture
def answered() -> list[str]:
    return []


def layer(answered: list[str]) -> Preferences:
    def view(request: HttpRequest) -> HttpResponse:
        answered.append(translation.get_language())
        return HttpResponse()

    def answer(request: HttpRequest) -> HttpResponse:
        whole.process_view(request, view, (), {})  # as Django does, once it knows which
        return view(request)

    whole = Preferences(answer)
    return whole


def test_a_choice_is_remembered_a_year_and_out_of_reach_of_scripts(
    answered: list[str],
) -> None:
    request = RequestFactory().post("/", {"preference": "calm:1"})
    cookie = layer(answered)(request).cookies[COOKIE]
    assert cookie.value == "calm:1"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 365 * 24 * 3600
    assert cookie["path"] == "/"


def test_a_choice_holds_for_the_answer_itself(answered: list[str]) -> None:
    layer(answered)(RequestFactory().post("/", {"preference": "language:en"}))
    layer(answered)(RequestFactory().get("/"))
    assert answered == ["en", "nl"]
    assert translation.get_language() == "nl"


def test_the_choice_of_one_visitor_is_not_that_of_the_next(answered: list[str]) -> None:
    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = ALL
    response = layer(answered)(request)
    assert response.headers["Content-Language"] == "en"
    assert translation.get_language() == "nl"


def test_back_at_the_start_no_cookie_is_left(answered: list[str]) -> None:
    request = RequestFactory().post("/", {"preference": "calm:0"})
    request.COOKIES[COOKIE] = "calm:1"
    cookie = layer(answered)(request).cookies[COOKIE]
    assert cookie["max-age"] == 0


def test_who_only_reads_gets_no_cookie(answered: list[str]) -> None:
    request = RequestFactory().get("/?preference=calm:1")
    assert not layer(answered)(request).cookies


@pytest.mark.slow
def test_in_production_the_cookie_is_bound_to_the_host(tmp_path: Path) -> None:
    code = (
        "import django; django.setup()\n"
        "from django.http import HttpResponse\n"
        "from achterban.core.web.preferences import *\n"
        "for calm in (True, False):\n"
        "    response = HttpResponse()\n"
        "    remember(response, PagePreferences(calm=calm))\n"
        "    print(response.cookies.output())\n"
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "achterban.config.settings",
        "ACHTERBAN_DATA": str(tmp_path / "data"),
        "ACHTERBAN_KEYS": str(tmp_path / "keys"),
        "ACHTERBAN_PLAIN_HTTP": "0",
    }
    environment.pop("DATABASE_URL", None)
    said = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    kept, removed = said.stdout.splitlines()
    for line in (kept, removed):
        assert line.startswith("Set-Cookie: __Host-weergave=")
        assert "Secure" in line
        assert "Path=/" in line
        assert "Domain" not in line
