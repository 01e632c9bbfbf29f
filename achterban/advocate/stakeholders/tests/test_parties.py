"""Parties are written down, found by name, and taken away where nothing hangs on."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.html import escape

from achterban.advocate.stakeholders.actions.parties import (
    InACircle,
    SomethingHangs,
    keep_party,
    remove_party,
)
from achterban.advocate.stakeholders.models import Function, Party
from achterban.advocate.stakeholders.models.parties import pointed_at
from achterban.advocate.stakeholders.tests.factories import PartyFactory, somebody
from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.places.tests.factories import have_places

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
SHARED = Path(os.environ.get("ACHTERBAN_SHARED", Path(__file__).parents[5] / "shared"))
ASKED = {"name": "Gemeente Duinkamp", "kind": "municipality", "level": "local"}


def test_a_party_is_written_down_with_where_it_lies_and_what_it_is_a_part_of(
    ours: Organisation, desk: Client, town: Party
) -> None:
    have_places()
    asked = ASKED | {"where": "Groningen", "above": "zandvelde", "matters": "on"}

    answer = desk.post(page(ours, "stakeholders:new-party"), asked, follow=True)

    party = Party.objects.get(name="Gemeente Duinkamp")
    assert (party.place_id, party.part_of, party.matters) == ("GM0014", town, True)
    shown = answer.content.decode()
    assert "lokaal" in shown
    assert "Gemeente Zandvelde" in shown
    kinds = list(AuditEvent.objects.values_list("kind", "label"))
    assert kinds == [("stakeholders.party.kept", f"stakeholders.party:{party.pk}")]


def test_a_slip_says_what_to_do_and_loses_nothing(
    ours: Organisation, desk: Client, town: Party
) -> None:
    PartyFactory.create(organisation=ours, name="Gemeente Zandberg")
    wrong = ASKED | {
        "name": "gemeente zandvelde",
        "where": "Nergens",
        "above": "zand",
        "from_on": "2026-02-01",
        "until_on": "2026-01-01",
        "note": "Werkt samen.",
    }

    answer = desk.post(page(ours, "stakeholders:new-party"), wrong)

    shown = answer.content.decode()
    assert "Er is al een partij met deze naam" in shown
    assert "Wij kennen geen gemeente met deze naam" in shown
    assert "Welke is het: Gemeente Zandberg · Gemeente Zandvelde?" in shown
    assert "Dit is eerder dan de eerste dag" in shown
    assert "Werkt samen." in shown
    assert Party.objects.count() == 2


def test_a_party_is_no_part_of_its_own_part(
    ours: Organisation, desk: Client, volunteer: Account, town: Party
) -> None:
    part = PartyFactory.create(organisation=ours, name="Afdeling Wmo", part_of=town)
    town.part_of = part

    with pytest.raises(InACircle):
        keep_party(town, by=volunteer, at=clock.now())
    asked = ASKED | {"name": "Gemeente Zandvelde", "above": "Afdeling Wmo"}
    shown = desk.post(page(ours, "stakeholders:change-party", town.pk), asked)

    assert "hoort de partij bij zichzelf" in shown.content.decode()
    town.refresh_from_db()
    assert town.part_of is None


@pytest.mark.wide
def test_the_list_is_found_by_name_kind_and_level(
    ours: Organisation, desk: Client, town: Party
) -> None:
    PartyFactory.create(organisation=ours, name="Zorgverzekeraar Éénzaam")
    PartyFactory.create(organisation=ours, kind="press", level="national", name="Krant")
    PartyFactory.create(name="Gemeente van anderen")
    address = page(ours, "stakeholders:party-list")

    def listed(query: str) -> str:
        return desk.get(f"{address}?{query}").content.decode()

    assert "van anderen" not in listed("")
    assert "3 partijen" in listed("")
    assert "Éénzaam" in listed("name=EENZAAM")
    assert "1 partij" in listed("name=eenzaam")
    assert "Krant" in listed("kind=press&level=national")
    assert "Niets gevonden" in listed("kind=press&level=local")
    assert "3 partijen" in listed("kind=nonsense&level=nonsense")


def names_in_the_guide() -> list[str]:
    """Return what looks like the name of an organisation in the guide."""
    guide = SHARED / "sources" / "handreiking-lokale-belangenbehartiging.txt"
    if not guide.exists():
        pytest.skip(f"the guide is not here: {SHARED}")
    found = re.findall(
        r"(?<![.!?:•\n] )\b[A-Z][\w’'-]*(?: (?:[A-Z][\w’'-]*|van|voor|en|der)){1,4}"
        r"|\b[A-Z]{2,}\w*",
        guide.read_text(encoding="utf-8"),
    )
    return sorted({" ".join(name.split()) for name in found})


@pytest.mark.wide
def test_the_parties_of_the_guide_are_written_down_and_found(
    ours: Organisation, desk: Client
) -> None:
    names = names_in_the_guide()
    address = page(ours, "stakeholders:new-party")
    kept = []
    for name in names:
        answer = desk.post(address, ASKED | {"name": name})
        if answer.status_code == 302:
            kept.append(name)
        else:  # only letters and accents apart from one that is there
            assert "Er is al een partij met deze naam" in answer.content.decode()

    assert len(kept) >= 10
    assert Party.objects.count() == len(kept)
    for name in kept:
        listed = desk.get(page(ours, "stakeholders:party-list"), {"name": name})
        assert escape(name) in listed.content.decode()


def test_a_party_that_is_over_says_so(
    ours: Organisation, desk: Client, town: Party
) -> None:
    Party.objects.update(until_on=date(2020, 12, 31))

    listed = desk.get(page(ours, "stakeholders:party-list")).content.decode()
    shown = desk.get(page(ours, "stakeholders:party", town.pk)).content.decode()

    assert "tot en met 31 december 2020" in listed
    assert "Deze partij bestaat niet meer" in shown


@pytest.mark.slow
def test_what_nothing_hangs_on_is_taken_away_after_a_question(
    ours: Organisation, desk: Client, volunteer: Account, town: Party
) -> None:
    address = page(ours, "stakeholders:remove-party", town.pk)
    part = PartyFactory.create(organisation=ours, part_of=town)
    with pytest.raises(SomethingHangs):
        remove_party(town, by=volunteer, at=clock.now())
    part.delete()
    contact = somebody(town, by=volunteer)
    refused = desk.post(address, follow=True).content.decode()
    contact.functions.get().delete()

    asked = desk.get(address).content.decode()
    done = desk.post(address, follow=True).content.decode()

    assert "Er horen nog mensen" in refused
    assert "Deze partij weghalen?" in asked
    assert "Weggehaald." in done
    assert not Party.objects.exists()
    kinds = AuditEvent.objects.filter(kind="stakeholders.party.removed")
    assert kinds.count() == 1


def test_whoever_points_to_a_party_is_seen_in_rooms_above_too() -> None:
    ties = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if field.related_model is Party
    }

    seen = pointed_at(Party).children

    assert len(ties) >= 3
    assert len(seen) - 1 == len(ties)


def test_an_outsider_gets_nothing(ours: Organisation, town: Party) -> None:
    elsewhere = OrganisationFactory.create()
    stranger = login(Client(), member(elsewhere, Role.COORDINATOR))
    administrator = login(Client(), member(ours, Role.ADMINISTRATOR))

    for client in (stranger, administrator):
        for name in ("party", "change-party", "remove-party"):
            answer = client.get(page(ours, f"stakeholders:{name}", town.pk))
            assert answer.status_code == 404


def test_the_database_refuses_two_of_one_identifier_and_days_that_run_back(
    ours: Organisation, town: Party
) -> None:
    other = PartyFactory.create(organisation=ours)
    Party.objects.filter(pk=town.pk).update(tooi="gm0001")
    with pytest.raises(IntegrityError), transaction.atomic():
        Party.objects.filter(pk=other.pk).update(tooi="gm0001")
    with pytest.raises(IntegrityError, match="party_ends"), transaction.atomic():
        Party.objects.filter(pk=other.pk).update(
            from_on=date(2026, 1, 2), until_on=date(2026, 1, 1)
        )


@pytest.mark.slow
def test_whoever_left_comes_after_who_is_there_a_page_at_a_time(
    ours: Organisation, desk: Client, town: Party
) -> None:
    left = date(2020, 1, 1)
    Function.objects.bulk_create(
        Function(
            party=town, title=f"Wethouder {n:02}", until_on=left if n < 3 else None
        )
        for n in range(30)
    )

    address = page(ours, "stakeholders:party", town.pk)
    first, second = (desk.get(f"{address}?page={n}").content.decode() for n in (1, 2))

    order = [int(n) for n in re.findall(r"Wethouder (\d\d)", first + second)]
    assert order == [*range(3, 30), *range(3)]
    assert first.count("Wethouder") == 25
    assert "Wie er eerder was" not in first
