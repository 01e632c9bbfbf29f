"""A material is described once and offered where it fits, with the reason why."""

from __future__ import annotations

import pytest
from django.test import Client

from achterban.advocate.dossiers.models import Dossier, Material
from achterban.advocate.dossiers.queries.offering import MOST, WEIGHTS, offered
from achterban.core.accounts.models import Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.organisations.models import Organisation

ASKED = {
    "kind": "example",
    "title": "Loket in Ede",
    "sentence": "Hoe een gemeente terugbelt.",
    "address": "https://voorbeeld.test/ede",
    "theme": "",
    "form": "alliance",
    "level": "local",
}


def material(title: str, **fits: str) -> Material:
    return Material(title=title, **fits)


def names(dossier: Dossier, *materials: Material) -> list[str]:
    return [str(offer.material) for offer in offered(dossier, materials)]


def test_what_fits_best_comes_first_with_why() -> None:
    dossier = Dossier(theme="care", form="council", level="local")

    found = offered(
        dossier,
        [
            material("Plaats", level="local"),
            material("Alles", theme="care", form="council", level="local"),
            material("Raad", form="council"),
            material("Thema", theme="care"),
        ],
    )

    assert [str(it.material) for it in found] == ["Alles", "Thema", "Raad", "Plaats"]
    assert [str(why) for why in found[0].because] == [
        "hetzelfde thema",
        "voor wie het hier doet",
        "voor waar het op te lossen is",
    ]


def test_what_is_made_for_something_else_or_for_nothing_is_not_offered() -> None:
    dossier = Dossier(theme="care", form="", level="local")

    assert names(dossier, material("Ander", theme="work", level="local")) == []
    assert names(dossier, material("Algemeen")) == []
    # Who does it is not known yet: it may be a council.
    assert names(dossier, material("Raad", theme="care", form="council")) == ["Raad"]
    assert names(dossier, material("Raad", form="council")) == []


def test_a_few_are_offered_and_a_theme_says_more_than_all_else() -> None:
    dossier = Dossier(theme="care", form="council", level="local")
    many = [material(f"{n}", theme="care") for n in range(MOST + 3)]

    assert len(offered(dossier, many)) == MOST
    assert WEIGHTS["theme"] > WEIGHTS["form"] + WEIGHTS["level"]
    assert WEIGHTS["form"] > WEIGHTS["level"]


@pytest.mark.django_db
@pytest.mark.wide
def test_it_is_described_offered_changed_and_taken_away(
    ours: Organisation, dossier: Dossier
) -> None:
    client = login(Client(), member(ours, Role.COORDINATOR))
    Dossier.objects.filter(pk=dossier.pk).update(level="local")
    new = page(ours, "dossiers:new-material")

    refused = client.post(new, ASKED | {"title": ""}).content.decode()
    client.post(new, ASKED)
    row = Material.objects.get()
    shown = client.get(page(ours, "dossiers:dossier", dossier.pk)).content.decode()
    change = page(ours, "dossiers:change-material", row.pk)
    client.post(change, ASKED | {"title": "Loket in Assen"})
    listed = client.get(page(ours, "dossiers:material-list")).content.decode()
    client.post(change, {"drop": "1"})

    assert 'role="alert"' in refused
    assert "Loket in Ede" in shown
    assert "Omdat: voor waar het op te lossen is" in shown
    assert "Loket in Assen" in listed
    assert not Material.objects.exists()
