"""Which organisation an address is about."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import get_script_prefix, reverse
from pytest_django import Settings

from achterban.core.organisations.mail import address_of
from achterban.core.organisations.middleware import (
    CurrentOrganisation,
    organisation_of,
)
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
HOST = "ziekte.example"


@pytest.fixture(autouse=True)
def _hosts(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = [HOST, "office.example", "localhost", "127.0.0.1", "[::1]"]
    settings.CANONICAL_ADDRESS = "office.example"
    settings.DEMO = False


def visit(path: str, host: str = "localhost") -> tuple[Organisation | None, str, str]:
    """Return the organisation, the path that views see, and a page's own address."""
    seen: list[Any] = []

    def view(request: HttpRequest) -> HttpResponse:
        organisation = getattr(request, "organisation", "not set")
        seen.append((organisation, request.path_info, reverse("home")))
        return HttpResponse()

    request = RequestFactory().get(path, headers={"host": host})
    CurrentOrganisation(view)(request)
    organisation, path_info, address = seen[0]
    return organisation, path_info, address


def test_a_path_names_the_organisation_and_stays_in_addresses() -> None:
    organisation = OrganisationFactory.create(slug="spier")
    assert visit("/o/spier/vertel/") == (organisation, "/vertel/", "/o/spier/")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000"])
def test_on_this_machine_the_path_decides(host: str) -> None:
    OrganisationFactory.create(slug="other", host="localhost")
    organisation = OrganisationFactory.create(slug="spier")
    assert visit("/o/spier/", host)[0] == organisation
    assert visit("/", host)[0] is None


@pytest.mark.parametrize(
    "written", [HOST, f"{HOST}:8443", "ZIEKTE.Example", f"{HOST}."]
)
def test_a_host_of_its_own_shows_that_organisation(written: str) -> None:
    organisation = OrganisationFactory.create(host=HOST)
    assert visit("/vertel/", written) == (organisation, "/vertel/", "/")


def test_a_host_of_its_own_shows_no_other_organisation() -> None:
    organisation = OrganisationFactory.create(host=HOST)
    OrganisationFactory.create(slug="spier")
    assert visit("/o/spier/", HOST) == (organisation, "/o/spier/", "/")


def test_on_a_shared_host_the_path_decides() -> None:
    organisation = OrganisationFactory.create(slug="spier")
    assert visit("/o/spier/", "office.example")[0] == organisation


@pytest.mark.parametrize("path", ["/", "/o/niemand/", "/o/", "/o//", "/o/spier"])
def test_other_addresses_name_none(path: str) -> None:
    OrganisationFactory.create(slug="spier")
    assert visit(path) == (None, path, "/")


def test_the_example_is_there_in_a_demonstration_only(settings: Settings) -> None:
    example = OrganisationFactory.create(slug="voorbeeld", is_example=True)
    assert visit("/o/voorbeeld/")[0] is None
    settings.DEMO = True
    assert visit("/o/voorbeeld/")[0] == example


def test_the_path_of_one_visitor_does_not_reach_the_next() -> None:
    OrganisationFactory.create(slug="spier")
    visit("/o/spier/")
    assert visit("/")[2] == "/"


def test_a_page_that_fails_does_not_leave_its_path_to_the_next() -> None:
    OrganisationFactory.create(slug="spier")

    def fail(request: HttpRequest) -> HttpResponse:
        raise RuntimeError

    request = RequestFactory().get("/o/spier/", headers={"host": "localhost"})
    with pytest.raises(RuntimeError):
        CurrentOrganisation(fail)(request)
    assert visit("/")[2] == "/"


def test_an_unknown_host_is_refused(client: Any) -> None:
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert b"evil" not in response.content
    assert "Content-Security-Policy" in response.headers


def test_an_unknown_host_is_not_sent_on_to_https(
    client: Any, settings: Settings
) -> None:
    settings.PLAIN_HTTP = False
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "Content-Security-Policy" in response.headers


def test_a_page_without_an_organisation_does_not_exist() -> None:
    with pytest.raises(Http404):
        organisation_of(RequestFactory().get("/"))


def test_addresses_in_letters_come_from_the_settings() -> None:
    own = OrganisationFactory.create(host=HOST)
    shared = OrganisationFactory.create(slug="spier")
    seen: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.extend(address_of("home", whose) for whose in (own, shared, None))
        return HttpResponse()

    for path, host in [("/", "localhost"), ("/o/spier/", "127.0.0.1"), ("/", HOST)]:
        request = RequestFactory().get(
            path, headers={"host": host, "x-forwarded-host": "evil.example"}
        )
        CurrentOrganisation(view)(request)
    assert (
        seen
        == [
            f"http://{HOST}/",
            "http://office.example/o/spier/",
            "http://office.example/",
        ]
        * 3
    )


def test_addresses_in_letters_are_https_in_production(settings: Settings) -> None:
    settings.PLAIN_HTTP = False
    assert address_of("home", None) == "https://office.example/"


def test_what_is_found_is_remembered_for_some_seconds(
    transactional_db: None, django_assert_num_queries: Any
) -> None:
    OrganisationFactory.create(slug="spier")
    visit("/o/spier/")
    with django_assert_num_queries(0):
        visit("/o/spier/")


def test_what_is_not_found_is_not_remembered(transactional_db: None) -> None:
    assert visit("/o/spier/")[0] is None
    organisation = OrganisationFactory.create(slug="spier")
    assert visit("/o/spier/")[0] == organisation


def test_the_script_prefix_starts_clean() -> None:
    assert get_script_prefix() == "/"
