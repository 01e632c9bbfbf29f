"""The example: made once, for whoever sits at this machine."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client, override_settings
from pytest_django import Settings

from achterban.advocate.publications.models import Publication, Version
from achterban.advocate.publications.queries import draft_of, reading_of
from achterban.advocate.stakeholders.models import Party, Relation
from achterban.advocate.stakeholders.queries.network import make_figures, ties_of
from achterban.core import clock
from achterban.core.accounts.models import Account, Membership
from achterban.core.organisations.look import LIGHT
from achterban.core.organisations.models import Organisation
from achterban.core.places.models import Branch
from achterban.core.release.models import ReleasedFigure
from achterban.core.vault.keyring import new_key_ring, store_key_ring
from achterban.listen.reports.models import Entry, OwnQuestion, Report, Update
from achterban.portal.demo.actions import make_example
from achterban.portal.demo.circle import KNOWS, PARTIES
from achterban.portal.demo.content import (
    CIRCLE_OF,
    MEMBERS,
    ORGANISATIONS,
    STORIES,
    UMBRELLA,
    UPDATES,
)
from achterban.portal.demo.personas import NAMES, Persona, load_example, new_personas
from achterban.rules.contrast import LEAST_FOR_TEXT, least_contrast
from achterban.rules.readability import problems

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
AT = datetime(2026, 11, 24, 14, 3, tzinfo=UTC)


@pytest.fixture(scope="module", autouse=True)
def example(
    kept: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Persona]]:
    """Make it once, beside keys of its own; hash passwords quickly."""
    keys = tmp_path_factory.mktemp("example") / "keys"
    store_key_ring(keys, new_key_ring())
    quickly = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(KEYS=keys, DEMO=True, PASSWORD_HASHERS=quickly):
        yield make_example(at=AT)


def totals() -> tuple[int, ...]:
    kinds = (Organisation, Account, Membership, Report, Entry)
    return tuple(kind._default_manager.count() for kind in kinds)


@pytest.mark.slow
@pytest.mark.differs
def test_the_example_is_made_once(example: list[Persona]) -> None:
    before = totals()
    assert make_example(at=AT) == example
    assert totals() == before
    assert before[0] == len(ORGANISATIONS)
    assert before[3] == sum(len(stories) for stories in STORIES.values())


@pytest.mark.slow
def test_who_decides_and_who_knows_them_is_there(example: list[Persona]) -> None:
    ours = Organisation.objects.get(slug=CIRCLE_OF)
    on = clock.today()
    figures = make_figures(ties_of(ours, on=on), on=on)

    names = Party.objects.filter(organisation=ours).values_list("name", flat=True)
    assert len(set(names)) == len(names)
    assert PARTIES.keys() <= set(names)
    assert Relation.objects.filter(organisation=ours).count() == len(KNOWS)
    assert [bool(gap.way) for gap in figures.missing] == [True] * 4 + [False]
    assert figures.pillars
    assert figures.between


@pytest.mark.slow
def test_an_update_was_sent_and_one_is_still_being_written(
    example: list[Persona],
) -> None:
    updates = [update for all_of_one in UPDATES.values() for update in all_of_one]
    stored = Update.objects.select_related("key")
    assert {one.open_words().lead for one in stored} == {it.lead for it in updates}
    assert {one.is_draft for one in stored} == {True, False}


@pytest.mark.slow
def test_everybody_of_the_example_has_their_role(example: list[Persona]) -> None:
    stored = Membership.objects.values_list("role", "organisation__slug")
    told = [(role, slug) for slug, roles in NAMES.items() for role in roles]
    assert sorted(stored) == sorted(told)
    for persona in example:
        account = Account.objects.get(email=persona.email)
        assert account.check_password(persona.password)


@pytest.mark.slow
def test_every_story_can_be_opened_with_its_words(example: list[Persona]) -> None:
    told = {story.text for stories in STORIES.values() for story in stories}
    reports = Report.objects.select_related("key")
    assert {report.open_telling().text for report in reports} == told


@pytest.mark.slow
def test_secrets_are_of_this_machine_only_and_private(
    example: list[Persona], settings: Settings
) -> None:
    others = new_personas()
    assert not {p.password for p in example} & {p.password for p in others}
    assert not {p.secret for p in example} & {p.secret for p in others}
    path = settings.KEYS / "voorbeeld.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_example()[0] == example


@pytest.mark.slow
def test_the_addresses_of_the_example_reach_nobody(example: list[Persona]) -> None:
    assert all(persona.email.endswith(".example") for persona in example)


def page(address: str = "127.0.0.1", **headers: str) -> int:
    client = Client(headers={"host": "localhost", **headers}, REMOTE_ADDR=address)
    return client.get("/voorbeeld/").status_code


@pytest.mark.slow
def test_who_sits_here_sees_who_can_log_in(example: list[Persona]) -> None:
    body = Client().get("/voorbeeld/", headers={"host": "localhost"}).content.decode()
    assert all(persona.email in body for persona in example)


@pytest.mark.slow
def test_nobody_else_sees_it(example: list[Persona], settings: Settings) -> None:
    assert page() == 200
    assert page("203.0.113.7") == 404
    assert page(forwarded="for=203.0.113.7") == 404
    settings.DEMO = False
    assert page() == 404


@pytest.mark.slow
def test_the_example_shows_what_an_organisation_can_set_itself(
    example: list[Persona],
) -> None:
    spierkring = Organisation.objects.get(slug="spierkring")
    assert spierkring.logo
    assert OwnQuestion.objects.of(spierkring).count() == 1
    assert Branch.objects.of(Organisation.objects.get(slug="stille-kracht")).exists()
    for slug, facts in ORGANISATIONS.items():
        assert least_contrast(str(facts["colour"]), LIGHT) >= LEAST_FOR_TEXT, slug
        shown = facts.get("welcome", "") + " " + facts.get("thanks", "")
        assert problems(shown) == []


@pytest.mark.slow
def test_the_umbrella_of_the_example_sees_whole_tens_of_its_members(
    example: list[Persona],
) -> None:
    umbrella = Organisation.objects.get(slug=UMBRELLA)
    by = Account.objects.get(
        memberships__organisation=umbrella, memberships__role="coordinator"
    )
    figures = list(ReleasedFigure.objects.visible_to(by, umbrella))
    assert {one.organisation.slug for one in figures} == set(MEMBERS)
    assert {one.shown for one in figures} == {"minder dan 10", "10", "20", "30", "40"}


@pytest.mark.slow
def test_a_letter_was_sent_by_another_and_a_sheet_is_being_made(
    example: list[Persona],
) -> None:
    version = Version.objects.get()
    assert version.sent_by != version.written_by
    assert version.files.filter(file__isnull=False).count() == 3
    sheet = Publication.objects.get(is_open=True)
    for paper in (reading_of(version, on=AT.date()), draft_of(sheet, on=AT.date())):
        assert paper.stray == ()
        assert len(paper.notes) == 2
        assert paper.lost == []
