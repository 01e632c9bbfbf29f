"""An act that another site started is refused."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from achterban.core.web.middleware import SameOrigin


def answer(method: str = "post", **headers: str) -> int:
    """Return the status of an act with these headers."""

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=204)

    make = getattr(RequestFactory(), method)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return SameOrigin(view)(make("/", headers=named)).status_code


@pytest.mark.parametrize("site", ["cross-site", "same-site", "", "nonsense"])
def test_an_act_of_another_site_is_refused(site: str) -> None:
    assert answer(sec_fetch_site=site) == 403
    assert answer(sec_fetch_site=site, origin="http://testserver") == 403


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_our_own_act_is_taken_also_without_an_origin(site: str) -> None:
    assert answer(sec_fetch_site=site) == 204
    assert answer(sec_fetch_site=site, origin="null") == 204


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://testserver.evil.example",
        "http://testserver:81",
        "https://testserver",
        "",
    ],
)
def test_a_foreign_origin_is_refused(origin: str) -> None:
    assert answer(origin=origin) == 403


@pytest.mark.parametrize("headers", [{}, {"origin": "http://testserver"}])
def test_an_old_browser_is_let_through(headers: dict[str, str]) -> None:
    assert answer(**headers) == 204


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_every_act_is_asked(method: str) -> None:
    assert answer(method, sec_fetch_site="cross-site") == 403


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_a_link_from_elsewhere_may_be_followed(method: str) -> None:
    assert answer(method, sec_fetch_site="cross-site") == 204
