"""Branches of an organisation: each municipality in one, and reports found by them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from achterban.core.accounts.models import Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.places.models import Branch, BranchPlace
from achterban.core.places.tests.factories import have_places
from achterban.core.upkeep import round as rounds
from achterban.listen.reports.actions import erasing, telling
from achterban.listen.reports.models import Report, Telling
from achterban.listen.reports.tests.factories import TODAY, YES

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
EDE, ARNHEM, ASSEN = "GM0228", "GM0202", "GM0106"


@pytest.fixture
def organisation() -> Organisation:
    have_places()
    return OrganisationFactory.create()


@pytest.fixture
def work(organisation: Organisation) -> Client:
    return login(Client(), member(organisation, Role.COORDINATOR))


def make(
    work: Client, organisation: Organisation, name: str, *places: str, pk: int = 0
) -> str:
    address = page(organisation, *(["branch", pk] if pk else ["new-branch"]))
    data = {"name": name, "places": "\r\n".join(places)}
    return work.post(address, data, follow=True).content.decode()


def places(branch: Branch) -> list[str]:
    return list(branch.municipalities.values_list("name", flat=True))


def told_in(code: str, organisation: Organisation, words: str) -> Report:
    return telling.send_report(
        telling.fresh_code(),
        organisation,
        Telling(words, municipality=code),
        consent=YES,
        on=TODAY,
    ).report


def listed(work: Client, organisation: Organisation, branch: int | str) -> str:
    address = page(organisation, "reports:report-list")
    return work.get(address, {"branch": branch}).content.decode()


def test_a_branch_is_made_and_changed(work: Client, organisation: Organisation) -> None:
    assert "2 gemeenten" in make(work, organisation, "Veluwe", "ede", "6811", "Ede")
    branch = Branch.objects.get()
    assert places(branch) == ["Arnhem", "Ede"]

    make(work, organisation, " Zuid  Veluwe", "Ede", "Wageningen", pk=branch.pk)

    branch.refresh_from_db()
    assert (branch.name, places(branch)) == ("Zuid Veluwe", ["Ede", "Wageningen"])
    facts = [(event.kind, event.facts) for event in AuditEvent.objects.order_by("pk")]
    assert facts == [("places.branch.changed", {})] * 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("", "Ede", "errorlist"),
        ("Oost", "", "errorlist"),
        ("Oost", "Nergenshuizen", "Nergenshuizen: Wij kennen geen gemeente"),
        ("Oost", "bergen", "Bergen (L)"),
        ("Oost", "\0", "errorlist"),
        ("VELUWE", "Assen", "heet al zo"),
        ("Oost", "Assen\nEde", "Ede (Veluwe)"),
    ],
)
def test_what_cannot_be_is_refused_with_what_was_typed(
    work: Client, organisation: Organisation, name: str, typed: str, words: str
) -> None:
    make(work, organisation, "Veluwe", "Ede")
    body = make(work, organisation, name, typed)
    assert words in body
    assert typed.partition("\n")[0].strip("\0") in body
    assert Branch.objects.count() == 1


def test_the_database_refuses_a_municipality_in_two_branches(
    work: Client, organisation: Organisation
) -> None:
    make(work, organisation, "Veluwe", "Ede")
    other = Branch.objects.create(organisation=organisation, name="Oost")
    with pytest.raises(IntegrityError), transaction.atomic():
        BranchPlace.objects.create(
            branch=other, organisation=organisation, municipality_id=EDE
        )


def test_two_organisations_may_work_in_one_municipality(
    work: Client, organisation: Organisation
) -> None:
    other = OrganisationFactory.create()
    make(work, organisation, "Veluwe", "Ede")
    make(login(Client(), member(other, Role.ADMINISTRATOR)), other, "Veluwe", "Ede")
    assert Branch.objects.count() == 2


@pytest.mark.wide
def test_a_report_says_in_which_branch_it_falls_and_is_found_by_it(
    work: Client, organisation: Organisation
) -> None:
    make(work, organisation, "Veluwe", "Ede", "Arnhem")
    make(work, organisation, "Drenthe", "Assen")
    veluwe, drenthe = (Branch.objects.get(name=it) for it in ("Veluwe", "Drenthe"))
    report = told_in(EDE, organisation, "Uit Ede")
    told_in(ARNHEM, organisation, "Uit Arnhem")
    told_in(ASSEN, organisation, "Uit Assen")
    told_in("GM0014", organisation, "Uit Groningen")
    told_in("", organisation, "Nergens vandaan")

    body = work.get(page(organisation, "reports:report", report.pk)).content.decode()
    assert "afdeling Veluwe" in body
    assert [w in listed(work, organisation, veluwe.pk) for w in ALL] == [1, 1, 0, 0, 0]
    assert [w in listed(work, organisation, drenthe.pk) for w in ALL] == [0, 0, 1, 0, 0]
    assert [w in listed(work, organisation, "none") for w in ALL] == [0, 0, 0, 1, 1]
    for nonsense in ("", "onzin", 999, "' OR 1=1"):
        assert all(w in listed(work, organisation, nonsense) for w in ALL)


ALL = ["Uit Ede", "Uit Arnhem", "Uit Assen", "Uit Groningen", "Nergens vandaan"]


def test_a_branch_of_another_organisation_finds_nothing_and_is_not_there(
    work: Client, organisation: Organisation
) -> None:
    other = OrganisationFactory.create()
    theirs = Branch.objects.create(organisation=other, name="Hun afdeling")
    assert "Hun afdeling" not in listed(work, organisation, theirs.pk)
    for name in ("branch", "remove-branch"):
        address = page(organisation, name, theirs.pk)
        assert work.get(address).status_code == 404
        assert work.post(address, {"name": "x"}).status_code == 404


def test_without_branches_nothing_is_asked(
    work: Client, organisation: Organisation
) -> None:
    told_in(EDE, organisation, "Uit Ede")
    body = listed(work, organisation, "none")
    assert 'name="branch"' not in body
    assert "Uit Ede" in body


def test_where_it_happens_is_in_no_column_that_can_be_read(
    organisation: Organisation,
) -> None:
    first = told_in(EDE, organisation, "Uit Ede")
    second = told_in(EDE, OrganisationFactory.create(), "Uit Ede")
    third = told_in(EDE, organisation, "Ook uit Ede")
    assert bytes(first.place_hash or b"") == bytes(third.place_hash or b"")
    assert bytes(first.place_hash or b"") != bytes(second.place_hash or b"")
    for value in Report.objects.values_list().get(pk=first.pk):
        assert EDE.encode() not in (
            bytes(value)
            if isinstance(value, bytes | memoryview)
            else str(value).encode()
        )

    erasing.erase_words(first, on=TODAY)
    assert Report.objects.get(pk=first.pk).place_hash is None


@pytest.mark.wide
def test_older_reports_are_placed_in_the_daily_round(
    work: Client, organisation: Organisation
) -> None:
    make(work, organisation, "Veluwe", "Ede")
    told_in(EDE, organisation, "Uit Ede")
    told_in("", organisation, "Nergens vandaan")
    telling.keep_draft(telling.fresh_code(), organisation, Telling("x"), on=TODAY)
    Report.objects.update(place_hash=None)
    branch = Branch.objects.get()
    assert "Uit Ede" not in listed(work, organisation, branch.pk)

    for task in rounds._daily:
        task(TODAY)

    assert "Uit Ede" in listed(work, organisation, branch.pk)
    assert "Nergens vandaan" not in listed(work, organisation, branch.pk)
    assert Report.objects.filter(place_hash=None).count() == 1  # the draft


def test_a_branch_is_taken_away_after_a_question(
    work: Client, organisation: Organisation
) -> None:
    make(work, organisation, "Veluwe", "Ede")
    told_in(EDE, organisation, "Uit Ede")
    address = page(organisation, "remove-branch", Branch.objects.get().pk)
    assert "opheffen?" in work.get(address).content.decode()
    assert Branch.objects.exists()

    work.post(address)

    assert not BranchPlace.objects.exists()
    assert "Uit Ede" in listed(work, organisation, "")
    assert AuditEvent.objects.filter(kind="places.branch.removed").count() == 1


@pytest.mark.wide
def test_many_branches_and_reports_ask_few_queries(
    work: Client,
    organisation: Organisation,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    Branch.objects.bulk_create(
        Branch(organisation=organisation, name=f"Afdeling {n}") for n in range(300)
    )
    for _ in range(30):
        told_in(EDE, organisation, "Uit Ede")
    for name in ("reports:report-list", "branches"):
        with django_assert_max_num_queries(30):
            work.get(page(organisation, name), {"branch": "none"})


def test_a_volunteer_makes_no_branch(organisation: Organisation) -> None:
    volunteer = login(Client(), member(organisation, Role.VOLUNTEER))
    assert volunteer.get(page(organisation, "branches")).status_code == 404
    assert volunteer.post(page(organisation, "new-branch"), {}).status_code == 404
