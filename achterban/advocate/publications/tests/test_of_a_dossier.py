"""What is sent belongs to a dossier, and stands in what happened there."""

from __future__ import annotations

import pytest
from django.test import Client

from achterban.advocate.dossiers.actions.working import link_issues
from achterban.advocate.dossiers.models import Dossier, Outcome
from achterban.advocate.dossiers.tests.factories import begun
from achterban.advocate.issues.models import Claim
from achterban.advocate.publications.models import Publication
from achterban.advocate.publications.tests.factories import WORDS, letter, put, sent
from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.listen.reports.models import Report

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


@pytest.fixture
def dossier(ours: Organisation, writer: Account) -> Dossier:
    return begun(ours, writer)


@pytest.mark.wide
def test_a_letter_is_begun_at_a_dossier_with_its_issues(
    ours: Organisation, writer: Account, claim: Claim, dossier: Dossier
) -> None:
    link_issues(dossier, [claim.issue_id], by=writer, at=clock.now())
    desk = login(Client(), writer)
    about = page(ours, "publications:with-dossier", dossier.pk)

    beside = desk.get(page(ours, "dossiers:dossier", dossier.pk)).content.decode()
    empty = desk.get(about).content.decode()
    address = f"{page(ours, 'publications:new')}?dossier={dossier.pk}"
    form = desk.get(address).context["form"]
    typed = {"kind": "letter", "title": "Bel terug", "dossier": dossier.pk}
    desk.post(page(ours, "publications:new"), typed)

    assert about in beside
    assert "Nog geen" in empty
    assert form.initial["dossier"] == dossier.pk
    assert form.initial["issues"] == [claim.issue]
    assert Publication.objects.get().dossier == dossier
    assert "Bel terug" in desk.get(about).content.decode()


@pytest.mark.slow
@pytest.mark.parametrize("typed", ["", "twee", "99"])
def test_an_address_that_names_no_dossier_begins_a_letter_without(
    ours: Organisation, writer: Account, typed: str
) -> None:
    desk = login(Client(), writer)

    answer = desk.get(f"{page(ours, 'publications:new')}?dossier={typed}")

    assert "dossier" not in answer.context["form"].initial


@pytest.mark.wide
def test_another_dossier_is_chosen_later_or_none(
    ours: Organisation, writer: Account, claim: Claim, dossier: Dossier
) -> None:
    row = letter(ours, writer, claim)
    desk = login(Client(), writer)
    facts = page(ours, "publications:facts", row.pk)

    desk.post(facts, {"title": row.title, "dossier": dossier.pk})
    row.refresh_from_db()
    chosen, stands = row.dossier, desk.get(facts).context["form"].initial["dossier"]
    desk.post(facts, {"title": row.title, "dossier": ""})
    row.refresh_from_db()

    assert (chosen, stands) == (dossier, dossier.pk)
    assert row.dossier is None


@pytest.mark.wide
def test_the_dossier_of_another_organisation_cannot_be_chosen(
    ours: Organisation, writer: Account, claim: Claim
) -> None:
    theirs = OrganisationFactory.create()
    foreign = begun(theirs, member(theirs, Role.VOLUNTEER))
    row = letter(ours, writer, claim)
    desk = login(Client(), writer)
    typed = {"title": row.title, "dossier": foreign.pk}

    desk.post(page(ours, "publications:facts", row.pk), typed)
    seen = desk.get(page(ours, "publications:facts", row.pk)).content.decode()

    row.refresh_from_db()
    assert row.dossier is None
    assert foreign.title not in seen


@pytest.mark.wide
def test_what_was_sent_stands_in_what_happened(
    ours: Organisation,
    writer: Account,
    sender: Account,
    claim: Claim,
    dossier: Dossier,
) -> None:
    row = letter(ours, writer, claim)
    put(row, claim, writer)
    Publication.objects.filter(pk=row.pk).update(dossier=dossier)
    version = sent(row, writer, sender)
    desk = login(Client(), writer)

    shown = desk.get(page(ours, "dossiers:timeline", dossier.pk)).content.decode()

    assert "Verstuurd: brief, versie 1" in shown
    assert page(ours, "publications:version", version.pk) in shown
    assert str(sender) in shown


@pytest.mark.wide
def test_from_a_report_to_what_it_brought_stands_as_a_picture_and_a_table(
    ours: Organisation,
    writer: Account,
    sender: Account,
    claim: Claim,
    report: Report,
    dossier: Dossier,
) -> None:
    desk = login(Client(), writer)
    address = page(ours, "publications:with-report", report.pk)
    link_issues(dossier, [claim.issue_id], by=writer, at=clock.now())
    before = desk.get(address).content.decode()
    row = letter(ours, writer, claim)
    put(row, claim, writer)
    version = sent(row, writer, sender)
    Outcome.objects.create(
        dossier=dossier,
        result="achieved",
        on=clock.today(),
        what="Zij bellen nu terug",
        evidence="Brief",
        written_at=clock.now(),
    )

    shown = desk.get(address).content.decode()
    beside = desk.get(page(ours, "reports:report", report.pk)).content.decode()

    assert address in beside
    assert "nog niet" in before
    for words in (claim.issue, claim, version.title, dossier, "Zij bellen nu terug"):
        assert str(words) in shown
    assert WORDS not in shown  # the way, never the words
    stranger = login(Client(), member(OrganisationFactory.create(), Role.COORDINATOR))
    assert stranger.get(address).status_code == 404
