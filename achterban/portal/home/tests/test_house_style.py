"""Who may give the pages a look, and what they are told when it does not do."""

from __future__ import annotations

import io

import pytest
from django.test import Client

from achterban.core.accounts.models import Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.files import actions as files
from achterban.core.files.tests import samples
from achterban.core.organisations import middleware
from achterban.core.organisations.models import Logo, Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.web.preferences import COOKIE

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


@pytest.fixture
def organisation() -> Organisation:
    middleware._remembered.clear()
    return OrganisationFactory.create()


@pytest.fixture
def work(client: Client, organisation: Organisation) -> Client:
    return login(client, member(organisation, Role.ADMINISTRATOR))


def post(work: Client, organisation: Organisation, **data: object) -> str:
    address = page(organisation, "house-style")
    return work.post(address, data, follow=True).content.decode()


def send(work: Client, organisation: Organisation, content: bytes, name: str) -> str:
    file = io.BytesIO(content)
    file.name = name  # from which the browser of a test says what it is
    data = {"logo": file, "act": "keep"}
    address = page(organisation, "house-logo")
    return work.post(address, data, follow=True).content.decode()


def test_a_colour_that_is_kept_is_on_every_page_but_quiet_ones(
    work: Client, organisation: Organisation
) -> None:
    assert "Bewaard" in post(work, organisation, colour="#005ea5", act="keep")

    address, sheet = page(organisation, "reports:tell"), "/kleur/005ea5.css"
    assert sheet in Client().get(address).content.decode()
    quiet = Client()
    quiet.cookies[COOKIE] = "calm:1"
    assert sheet not in quiet.get(address).content.decode()


def test_a_colour_is_seen_before_it_is_kept(
    work: Client, organisation: Organisation
) -> None:
    body = post(work, organisation, colour="#005EA5", act="try")
    assert "/kleur/005ea5.css" in body
    organisation.refresh_from_db()
    assert organisation.colour == ""


@pytest.mark.parametrize("act", ["try", "keep"])
def test_a_faint_colour_is_refused_and_the_nearest_is_one_press_away(
    work: Client, organisation: Organisation, act: str
) -> None:
    body = post(work, organisation, colour="#f2b705", act=act)
    assert "te licht" in body
    assert 'name="colour" value="#806103"' in body
    assert "/kleur/806103.css" in body
    assert 'value="#f2b705"' in body  # what was chosen is still there
    organisation.refresh_from_db()
    assert organisation.colour == ""


@pytest.mark.parametrize("typed", ["rood", "#12", "", "#zzzzzz", "</style>"])
def test_what_is_no_colour_is_refused(
    work: Client, organisation: Organisation, typed: str
) -> None:
    assert "notice error" in post(work, organisation, colour=typed, act="keep")
    organisation.refresh_from_db()
    assert organisation.colour == ""


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_is_drawn_anew_and_shown(
    work: Client, organisation: Organisation, kind: str
) -> None:
    original = samples.photo(kind, width=1200, height=300)
    send(work, organisation, original, f"logo.{kind.lower()}")

    organisation.refresh_from_db()
    assert (organisation.logo_width, organisation.logo_height) == (480, 120)
    content = bytes(Logo.objects.get().content)
    assert content.startswith(b"\x89PNG")
    assert samples.SECRET.encode() not in content
    assert len(content) < 80_000
    assert (
        organisation.logo in Client().get(page(organisation, "home")).content.decode()
    )

    work.post(page(organisation, "house-logo"), {"act": "remove"})
    assert not Logo.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "logo.svg"),
        (samples.photo("TIFF"), "logo.tif"),
        (samples.pdf(), "logo.pdf"),
        (samples.photo("PNG")[:200], "logo.png"),
        (b"\x89PNG\r\n\x1a\n" + bytes(files.MOST_LOGO_BYTES), "groot.png"),
    ],
    ids=["drawing", "tiff", "pdf", "broken", "large"],
)
def test_any_other_file_is_refused_with_what_will_do(
    work: Client, organisation: Organisation, content: bytes, name: str
) -> None:
    assert "PNG, JPEG of WebP" in send(work, organisation, content, name)
    assert not Logo.objects.exists()


def test_a_busy_moment_asks_to_try_again(
    work: Client, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        def acquire(self, *, blocking: bool) -> bool:
            return blocking

    monkeypatch.setattr(files, "_line", Full())
    body = send(work, organisation, samples.photo("PNG"), "logo.png")
    assert "over een minuut" in body


def test_no_picture_at_all_is_asked_for(
    work: Client, organisation: Organisation
) -> None:
    answer = work.post(page(organisation, "house-logo"), {"act": "keep"})
    assert "Kies eerst een plaatje" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.ADVOCATE])
def test_others_do_not_change_the_look(
    client: Client, organisation: Organisation, role: Role
) -> None:
    login(client, member(organisation, role))
    for name in ("house-style", "house-logo"):
        answer = client.post(page(organisation, name), {"colour": "#005ea5"})
        assert answer.status_code == 404
