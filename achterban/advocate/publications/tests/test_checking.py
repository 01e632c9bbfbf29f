"""What must not leave the house is found wherever it was typed."""

from __future__ import annotations

import pytest
from django.test import Client

from achterban.advocate.issues.actions import cite_figure
from achterban.advocate.issues.models import Claim, Figure
from achterban.advocate.publications.actions.writing import keep_facts
from achterban.advocate.publications.checking import Trouble, problems_of
from achterban.advocate.publications.models import Publication
from achterban.advocate.publications.queries import draft_of
from achterban.advocate.publications.tests.factories import (
    PASSAGE,
    claimed,
    keep,
    letter,
    put,
    told,
)
from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.organisations.models import Organisation
from achterban.core.release.models import Kind, ReleasedFigure
from achterban.listen.reports.models import Report

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
PART = "de gemeente BELT mij\nnooit"  # five words of the passage


def found(publication: Publication) -> set[tuple[Trouble, str]]:
    publication.refresh_from_db()
    problems = problems_of(draft_of(publication, on=clock.today()))
    return {(problem.trouble, problem.where) for problem in problems}


def around(publication: Publication, by: Account, **typed: str) -> None:
    title = typed.pop("title", publication.title)
    keep_facts(publication.pk, title, typed, [], dossier=None, by=by, at=clock.now())


def released(claim: Claim, by: Account, *, counted: str = "Wie wacht") -> None:
    """Let a figure of at least 1,250 people prove a claim."""
    on = clock.today()
    out = ReleasedFigure.objects.create(
        organisation=claim.issue.organisation,
        kind=Kind.ISSUE,
        subject=claim.issue_id,
        month=on.replace(day=1),
        n_tens=125,
        released_on=on,
    )
    figure = Figure.objects.create(
        issue=claim.issue,
        month=out.month,
        counted=counted,
        missing="Wie niet belt",
        asked_on=on,
        released=out,
    )
    cite_figure(claim, figure, by=by, at=clock.now())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("Zo gaat het bij 1.250 leden [1].", set()),
        ("Zo gaat het bij 1250 leden [1].", set()),
        ("Zo gaat het bij 3 leden [1].", {"3 leden"}),
        ("Van de 1.250 leden zijn 3 leden blind [1].", {"3 leden"}),
        ("Dat zijn 3 van de 1.250 leden [1].", {"3 van de 1.250 leden"}),
        ("De helft van onze 1.250 leden [1].", {"helft van onze 1.250 leden"}),
        ("Zo gaat het bij 1.250 leden.", {"1.250 leden"}),
    ],
)
def test_a_figure_lets_its_own_number_out_and_no_other(
    ours: Organisation, writer: Account, text: str, refused: set[str]
) -> None:
    claim = claimed(ours, writer)
    released(claim, writer)
    made = letter(ours, writer, claim)
    put(made, claim, writer)

    keep(made, f"Terugbellen duurt te lang [1].\n\n{text}", writer)

    assert found(made) == {(Trouble.COUNTED, words) for words in refused}


@pytest.mark.parametrize(
    "field", ["title", "addressee", "salutation", "closing", "changes"]
)
def test_what_stands_around_the_text_is_looked_at(
    writer: Account, publication: Publication, field: str
) -> None:
    around(publication, writer, **{field: f"Namens onze 3 leden: {PART}"})

    assert found(publication) == {
        (Trouble.COUNTED, "3 leden"),
        (Trouble.TYPED, PART),
    }


@pytest.mark.wide
def test_a_source_may_count_people_but_not_ours(
    ours: Organisation, writer: Account, report: Report
) -> None:
    theirs = claimed(ours, writer, source="Onderzoek onder 400 patiënten, 2025")
    counted = claimed(ours, writer, source="Eigen telling: 3 leden in Urk")
    typed = claimed(ours, writer, source=PART, passages=[(report, PASSAGE)])
    made = letter(ours, writer, theirs, counted, typed)
    for claim in (theirs, counted, typed):
        put(made, claim, writer, made.open_words().text)

    assert found(made) == {
        (Trouble.COUNTED, "3 leden"),
        (Trouble.TYPED, PART),
    }


def test_words_beside_a_figure_are_looked_at(
    ours: Organisation, writer: Account
) -> None:
    claim = claimed(ours, writer)
    released(claim, writer, counted="Wie wacht, van wie 3 leden al een jaar")
    made = letter(ours, writer, claim)
    put(made, claim, writer)

    assert found(made) == {(Trouble.COUNTED, "3 leden")}


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Iemand zei: De gemeente belt mij nooit.", "De gemeente belt mij nooit"),
        ("De gemeente **belt** mij [1] nooit.", "De gemeente belt mij nooit"),
        ("- De gemeente belt\n- mij nooit", "De gemeente belt\nmij nooit"),
        ("De gemeente belt mensen nooit.", ""),
    ],
)
def test_five_words_in_a_row_of_a_passage_are_refused_in_the_text(
    writer: Account, publication: Publication, text: str, typed: str
) -> None:
    keep(publication, f"{publication.open_words().text}\n\n{text}", writer)

    assert found(publication) == ({(Trouble.TYPED, typed)} if typed else set())


def test_a_claim_that_said_it_already_is_refused(
    writer: Account, publication: Publication, claim: Claim
) -> None:
    Claim.objects.filter(pk=claim.pk).update(sentence=f"Iemand zegt: {PASSAGE}.")
    keep(publication, "Dit gaat mis [1].", writer)

    assert found(publication) == {(Trouble.TYPED, PASSAGE)}


@pytest.mark.wide
def test_who_reads_refused_words_before_asking_stands_in_the_log(
    ours: Organisation, writer: Account, publication: Publication, report: Report
) -> None:
    keep(publication, f"{publication.open_words().text}\n\n{PASSAGE}.", writer)
    other = member(ours, Role.VOLUNTEER)

    shown = login(Client(), other).get(page(ours, "publications:ask", publication.pk))

    assert PASSAGE in shown.content.decode()
    looks = AuditEvent.objects.filter(actor=other.pk)
    assert looks.filter(label=f"reports.report:{report.pk}").exists()


@pytest.mark.slow
def test_a_quote_that_is_repeated_makes_it_too_long_to_lay_out(
    ours: Organisation, writer: Account, sender: Account
) -> None:
    words = " ".join(f"woord{n}" for n in range(200))
    claim = claimed(ours, writer, passages=[(told(ours, writer, words), words)])
    made = letter(ours, writer, claim)
    put(made, claim, writer)
    keep(made, "[citaat 2]\n\n" * 100, writer)
    client = login(Client(), sender)

    assert found(made) == {(Trouble.LONG, "")}
    refused = client.get(page(ours, "publications:draft", made.pk), follow=True)
    assert refused.content.decode().count("Het is te lang om te laten zien") == 2
    for name in ("publication", "send"):
        shown = client.get(page(ours, f"publications:{name}", made.pk))
        assert "langer dan 100.000 tekens" in shown.content.decode()
        assert len(shown.content) < 20_000
    asked = client.post(page(ours, "publications:ask", made.pk))
    assert "langer dan 100.000 tekens" in asked.content.decode()
