"""Public bodies come in from a file after a look, once each, and go again."""

from __future__ import annotations

import json
import os
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from achterban.advocate.stakeholders.actions import importing
from achterban.advocate.stakeholders.models import (
    Party,
    PartyImport,
    PartyImportState,
)
from achterban.advocate.stakeholders.tests.factories import PartyFactory, somebody
from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.files import spool
from achterban.core.organisations.models import Organisation
from achterban.core.places.tests.factories import have_places

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.alike]
SHARED = Path(os.environ.get("ACHTERBAN_SHARED", Path(__file__).parents[5] / "shared"))
ID = "https://identifier.overheid.nl/tooi/id/"


def body(path: str, name: str) -> dict[str, object]:
    fields = {"identifier": ID + path, "naam": name, "oorsprong": "lijst"}
    return {"model": "metadata.organisation", "fields": fields}


FOUR = [
    body("gemeente/gm0014", "gemeente Groningen"),
    body("gemeente/gm0003", "gemeente Appingedam"),
    body("waterschap/ws0001", "waterschap Zand"),
    body("zbo/zb0001", "Zandraad"),
]
WRONG = body("zbo/zb0002", "")


def content(*bodies: dict[str, object]) -> bytes:
    return json.dumps(bodies).encode()


def taken(ours: Organisation, by: Account, *bodies: dict[str, object]) -> PartyImport:
    return importing.take_bodies(ours, content(*bodies), by=by, at=clock.now())


def read(ours: Organisation, by: Account, *bodies: dict[str, object]) -> PartyImport:
    return importing.read_in(taken(ours, by, *bodies), by=by, at=clock.now())


@pytest.fixture
def coordinator(ours: Organisation) -> Account:
    return member(ours, Role.COORDINATOR)


@pytest.fixture
def client(coordinator: Account) -> Client:
    return login(Client(), coordinator)


def bring(client: Client, ours: Organisation, sent: bytes) -> str:
    file = SimpleUploadedFile("organisaties.json", sent)
    address = page(ours, "stakeholders:import-list")
    return client.post(address, {"file": file}, follow=True).content.decode()


@pytest.mark.wide
def test_a_file_is_looked_at_first_and_then_read_in(
    ours: Organisation, client: Client
) -> None:
    have_places()

    looked = bring(client, ours, content(*FOUR, WRONG))
    assert not Party.objects.exists()
    address = page(ours, "stakeholders:import", PartyImport.objects.get().pk)
    done = client.post(address, {"act": "read"}, follow=True).content.decode()

    assert "Wat er zou veranderen" in looked
    assert "gemeente Groningen" in looked
    assert "regel 1: Er staat geen naam." in looked
    assert "Er zijn 4 partijen bij gekomen." in done
    rows = {row.name: row for row in Party.objects.select_related("place")}
    known = [
        (name, row.kind, row.level, str(row.place), row.until_on)
        for name, row in sorted(rows.items())
    ]
    assert known == [
        ("Zandraad", "public_body", "national", "None", None),
        (
            "gemeente Appingedam",
            "municipality",
            "local",
            "Eemsdelta",
            date(2020, 12, 31),
        ),
        ("gemeente Groningen", "municipality", "local", "Groningen", None),
        ("waterschap Zand", "public_body", "regional", "None", None),
    ]
    assert PartyImport.objects.get().bodies == []
    listed = client.get(page(ours, "stakeholders:import-list")).content.decode()
    assert "4 partijen" in listed


def test_a_second_time_only_names_change_and_what_we_wrote_stays(
    ours: Organisation, coordinator: Account, client: Client
) -> None:
    read(ours, coordinator, *FOUR)
    Party.objects.filter(tooi=f"{ID}zbo/zb0001").update(note="Belt terug.")

    again = [*FOUR[:3], body("zbo/zb0001", "Zandraad Noord")]
    looked = bring(client, ours, content(*again))
    imported = PartyImport.objects.get(state=PartyImportState.LOOKED_AT)
    importing.read_in(imported, by=coordinator, at=clock.now())

    assert "Zandraad → Zandraad Noord" in looked
    assert Party.objects.count() == 4
    row = Party.objects.get(tooi=f"{ID}zbo/zb0001")
    assert (row.name, row.search, row.note) == (
        "Zandraad Noord",
        "zandraadnoord",
        "Belt terug.",
    )
    imported.refresh_from_db()
    assert (imported.n_new, imported.n_renamed, imported.n_same) == (0, 1, 3)
    with pytest.raises(importing.NotNow):
        importing.read_in(imported, by=coordinator, at=clock.now())


def test_all_of_it_goes_again_but_what_something_hangs_on(
    ours: Organisation, coordinator: Account, client: Client
) -> None:
    own = PartyFactory.create(organisation=ours)
    imported = read(ours, coordinator, *FOUR)
    one, two, three, _four = Party.objects.filter(imported=imported).order_by("tooi")
    somebody(one, by=coordinator)
    PartyFactory.create(organisation=ours, part_of=two)
    Party.objects.filter(pk=three.pk).update(matters=True)
    address = page(ours, "stakeholders:import", imported.pk)

    asked = client.get(address).content.decode()
    undone = client.post(address, {"act": "undo"}, follow=True).content.decode()
    again = client.post(address, {"act": "undo"}, follow=True).content.decode()

    assert "1 partij gaat dan weg. 3 blijven" in " ".join(asked.split())
    assert "Ongedaan gemaakt. 3 partijen blijven" in undone
    assert "Iemand was u voor" in again
    assert Party.objects.filter(pk__in=[own.pk, one.pk, two.pk, three.pk]).count() == 4
    assert Party.objects.count() == 5
    kinds = AuditEvent.objects.filter(kind__startswith="stakeholders.import.")
    assert [(event.kind, event.facts) for event in kinds] == [
        ("stakeholders.import.taken", {}),
        ("stakeholders.import.read", {"n": 4}),
        ("stakeholders.import.undone", {"n": 3}),
    ]


def test_a_file_that_was_looked_at_is_let_go(
    ours: Organisation, coordinator: Account, client: Client
) -> None:
    imported = taken(ours, coordinator, *FOUR)

    address = page(ours, "stakeholders:import", imported.pk)
    shown = client.post(address, {"act": "drop"}, follow=True).content.decode()

    assert "Weggedaan. Er is niets opgeslagen." in shown
    assert not PartyImport.objects.exists()
    assert not Party.objects.exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"naam;nummer\n", "Dit is geen lijst van overheden"),
        (b'[\n{"model"', "Dit bestand breekt af op regel 2"),
        (b"", "Dit is geen lijst van overheden"),
    ],
)
def test_another_kind_of_file_is_refused_with_what_to_do(
    ours: Organisation, client: Client, sent: bytes, said: str
) -> None:
    assert said in bring(client, ours, sent)
    assert not PartyImport.objects.exists()


def test_a_file_that_is_too_large_says_so(
    ours: Organisation, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool, "MOST_BYTES", 100)

    assert "Dit bestand is te groot" in bring(client, ours, b"[" + b" " * 200)


def test_without_a_file_it_asks_for_one(ours: Organisation, client: Client) -> None:
    answer = client.post(page(ours, "stakeholders:import-list"))

    assert "Kies eerst een bestand" in answer.content.decode()


def test_another_organisation_reads_its_own(
    ours: Organisation, coordinator: Account
) -> None:
    theirs = PartyFactory.create(tooi=f"{ID}zbo/zb0001", name="Zandraad").organisation

    read(ours, coordinator, *FOUR)

    assert Party.objects.filter(organisation=ours).count() == 4
    assert Party.objects.filter(organisation=theirs).count() == 1


def test_the_command_line_does_the_same(ours: Organisation, tmp_path: Path) -> None:
    file, out = tmp_path / "o.json", StringIO()
    file.write_bytes(content(*FOUR, WRONG))

    call_command("import_bodies", file, organisation=ours.slug, look=True, stdout=out)
    assert not Party.objects.exists()
    assert not PartyImport.objects.exists()
    call_command("import_bodies", file, organisation=ours.slug, stdout=out)

    assert Party.objects.count() == 4
    said = out.getvalue()
    assert "nieuw: 4; andere naam: 0; hetzelfde: 0; gaan niet mee: 1" in said
    assert "regel 1: Er staat geen naam." in said
    assert "4 van 4 opgeslagen" in said


def test_the_command_line_says_what_is_wrong(
    ours: Organisation, tmp_path: Path
) -> None:
    file = tmp_path / "o.json"
    with pytest.raises(CommandError, match="is er niet: nergens"):
        call_command("import_bodies", file, organisation="nergens")
    with pytest.raises(CommandError, match="niet te lezen"):
        call_command("import_bodies", file, organisation=ours.slug)
    file.write_bytes(b"{}")
    with pytest.raises(CommandError, match="geen lijst van overheden"):
        call_command("import_bodies", file, organisation=ours.slug)


@pytest.mark.wide
@pytest.mark.differs
def test_the_list_of_the_government_comes_in_whole(
    ours: Organisation, coordinator: Account, client: Client
) -> None:
    file = SHARED / "data" / "woo" / "gpp_organisations.json"
    if not file.exists():
        pytest.skip(f"the list is not here: {SHARED}")
    have_places()

    imported = importing.take_bodies(
        ours, file.read_bytes(), by=coordinator, at=clock.now()
    )
    importing.read_in(imported, by=coordinator, at=clock.now())

    rows = Party.objects.filter(organisation=ours)
    assert (rows.count(), imported.faults) == (1381, [])
    towns = rows.filter(kind="municipality")
    assert towns.count() == 605
    assert towns.filter(until_on=None).count() == 342
    assert not towns.filter(until_on=None, place=None).exists()
    assert towns.filter(place=None).count() == 4  # divided over several
    assert rows.named("waterschap").count() >= 20
    shown = client.get(page(ours, "stakeholders:party-list") + "?page=56")
    assert "1.381 partijen" in shown.content.decode()
