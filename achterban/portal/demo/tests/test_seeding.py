"""Canaries are planted one by one, and only where there is an example to show."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from achterban.core import clock
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.vault.keyring import new_key_ring, store_key_ring
from achterban.listen.reports.models import Report
from achterban.portal.demo.actions import plant_canaries
from achterban.portal.demo.personas import Persona, load_example

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
AT = datetime(2026, 11, 24, 14, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_keys(tmp_path: Path, settings: Settings) -> None:
    """Keep the example beside keys of its own; hash passwords quickly."""
    settings.KEYS = tmp_path / "keys"
    settings.DEMO = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    store_key_ring(settings.KEYS, new_key_ring())


def test_there_are_no_secrets_where_there_is_no_example() -> None:
    assert load_example() == ([], {})


def test_every_canary_is_its_own_and_stands_in_one_report() -> None:
    organisations = [OrganisationFactory.create() for _ in range(3)]
    (planted,) = plant_canaries(12, at=AT)
    assert len({canary.word for canary in planted}) == 12
    assert len({canary.owner for canary in planted}) == 12
    assert all(canary.word.isalpha() for canary in planted), "digits are masked"
    for canary in planted:
        with_it = [
            report.pk
            for report in Report.objects.select_related("key")
            if canary.word in report.open_telling().text
        ]
        assert with_it == [canary.report]
    slugs = [canary.organisation for canary in planted]
    assert {slugs.count(one.slug) for one in organisations} == {4}


@pytest.mark.differs
def test_many_canaries_come_in_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    OrganisationFactory.create()
    monkeypatch.setattr("achterban.portal.demo.actions.CHUNK", 4)
    assert [len(chunk) for chunk in plant_canaries(10, at=AT)] == [4, 4, 2]
    assert Report.objects.count() == 10


def test_a_canary_comes_today(travel: Callable[..., None]) -> None:
    OrganisationFactory.create()
    travel(days=40)
    list(plant_canaries(1, at=clock.now()))
    assert Report.objects.get().received_on == clock.today()


def test_seeding_says_what_was_planted(capsys: pytest.CaptureFixture[str]) -> None:
    organisation = OrganisationFactory.create()
    call_command("seed", "3")
    planted = json.loads(capsys.readouterr().out)
    assert planted.keys() == {str(report.pk) for report in Report.objects.all()}
    for code, slug, word in planted.values():
        assert len(code) == 16
        assert slug == organisation.slug
        assert word.startswith("kanarie")


@pytest.mark.parametrize("command", [["seed", "1"], ["demo"]])
def test_outside_a_demonstration_nothing_is_made(
    command: list[str], settings: Settings
) -> None:
    settings.DEMO = False
    OrganisationFactory.create()
    with pytest.raises(CommandError, match="ACHTERBAN_DEMO=1"):
        call_command(*command)
    assert not Report.objects.exists()


def test_seeding_without_an_organisation_says_what_to_do() -> None:
    with pytest.raises(CommandError, match="achterban demo"):
        call_command("seed", "1")


def test_the_second_factor_is_that_of_rfc_6238() -> None:
    # Appendix B, SHA-1: the last six of the eight digits.
    persona = Persona("", "", "", "", "", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    known = {59: "287082", 1111111109: "081804", 20000000000: "353130"}
    for seconds, code in known.items():
        assert persona.code_at(datetime.fromtimestamp(seconds, UTC)) == code
