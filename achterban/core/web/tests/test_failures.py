"""Failing politely: no trace, no words of anybody, and when to come back."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from pytest_django import Settings

from achterban.core.organisations import middleware as organisations
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.web.logs import Wordless

SECRET = "kanarie-7f3a"
raises: list[Exception] = []
handler500 = "achterban.core.web.failures.server_error"


def fail(request: HttpRequest) -> HttpResponse:
    """Raise what the test asked for, with words of a visitor in it."""
    raise raises[0]


urlpatterns = [path("faal/", fail), path("", include("achterban.config.urls"))]


@pytest.fixture(autouse=True)
def _pages(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], str]]:
    """Return what stands in the log, as the handler of the settings writes it."""
    caplog.handler.addFilter(wordless := Wordless())
    caplog.handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    with caplog.at_level(logging.DEBUG):
        yield lambda: "".join(
            caplog.handler.format(record) + "\n" for record in caplog.records
        )
    caplog.handler.removeFilter(wordless)


def visit(error: Exception, client: Client | None = None) -> Any:
    raises[:] = [error]
    client = client or Client(raise_request_exception=False)
    return client.post("/faal/", {"text": SECRET})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "error",
    [
        DatabaseError(SECRET),
        OperationalError(SECRET),
        InterfaceError(SECRET),
        OSError(28, SECRET),
    ],
)
def test_a_disk_or_database_that_fails_says_when_to_come_back(error: Exception) -> None:
    response = visit(error)
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert SECRET not in response.content.decode()
    assert "Content-Security-Policy" in response.headers


@pytest.mark.django_db
def test_a_mistake_of_ours_shows_no_trace() -> None:
    response = visit(ValueError(SECRET))
    assert response.status_code == 500
    body = response.content.decode()
    for word in (SECRET, "Traceback", "ValueError", ".py"):
        assert word not in body
    assert "Content-Security-Policy" in response.headers


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError(SECRET), ValueError(SECRET)])
def test_the_log_says_what_and_where_but_no_words(
    error: Exception, logged: Callable[[], str]
) -> None:
    visit(error)
    log = logged()
    assert type(error).__name__ in log
    assert "test_failures.py:" in log
    assert SECRET not in log
    assert "faal" not in log


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Http404(SECRET), 404),
        (PermissionDenied(SECRET), 403),
        (SuspiciousOperation(SECRET), 400),
        (BadRequest(SECRET), 400),
    ],
)
def test_a_mistake_of_theirs_is_no_failure_of_ours(
    error: Exception, status: int, logged: Callable[[], str]
) -> None:
    response = visit(error)
    assert response.status_code == status
    assert SECRET not in response.content.decode()
    assert SECRET not in logged()


@pytest.mark.parametrize(
    ("error", "status"),
    [(OperationalError(SECRET), 503), (OSError(SECRET), 503), (KeyError(SECRET), 500)],
)
def test_a_layer_that_fails_is_as_polite(
    error: Exception,
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    logged: Callable[[], str],
) -> None:
    def no_database(field: str, value: str) -> None:
        raise error

    monkeypatch.setattr(organisations, "_find", no_database)
    client = Client(raise_request_exception=False)
    response = client.get(f"/o/{SECRET}/faal/", headers={"host": "localhost"})
    assert response.status_code == status
    assert ("Retry-After" in response.headers) == (status == 503)
    assert SECRET not in response.content.decode()
    assert SECRET not in logged()
    assert "Content-Security-Policy" in response.headers


@pytest.mark.parametrize("name", ["django.request", "django.security.DisallowedHost"])
def test_the_log_of_django_keeps_the_status_only(
    name: str, logged: Callable[[], str]
) -> None:
    logging.getLogger(name).error(
        "Not Found: %s", f"/{SECRET}", extra={"status_code": 404}
    )
    assert logged() == f"ERROR {name} 404\n"


def test_a_trace_never_reaches_the_log(logged: Callable[[], str]) -> None:
    try:
        raise ValueError(SECRET)
    except ValueError:
        logging.getLogger("allauth").error("failed", exc_info=sys.exc_info())
    assert logged() == "ERROR allauth failed\n"


def test_every_handler_of_the_settings_is_wordless(settings: Settings) -> None:
    for handler in settings.LOGGING["handlers"].values():
        assert "wordless" in handler["filters"]


@pytest.mark.django_db
def test_what_did_not_arrive_whole_gets_a_dutch_sentence(client: Client) -> None:
    organisation = OrganisationFactory.create()
    answer = client.post(
        f"/o/{organisation.slug}/vertel/",
        data=b"--grens\r\nContent-Disposition: form-data; na",
        content_type="multipart/form-data; boundary=",
    )
    assert answer.status_code == 400
    assert "Dit kwam niet heel aan" in answer.content.decode()
