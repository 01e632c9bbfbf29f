"""A persona stands for several, in words of ours, and knows when a source goes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from achterban.advocate.issues import actions
from achterban.advocate.issues.models import Issue, Persona
from achterban.advocate.issues.queries import (
    Fitness,
    personas_of,
    usable_personas,
)
from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.consent.actions import take_back
from achterban.core.consent.models import Consent, Purpose
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.listen.reports.actions import returning, telling
from achterban.listen.reports.actions.reviewing import keep_review, look_through
from achterban.listen.reports.models import Report, Review, Telling
from achterban.listen.reports.tests.factories import YES

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
TOLD = [
    "Mijn rolstoel kwam na veertien maanden. Dirk belde elke week.",
    "Een jaar gewacht op een scootmobiel, en al die tijd niet buiten geweest.",
    "De hulp in huis begon pas toen ik niet meer kon staan.",
    "Wij kregen een brief dat het nog duurt.",
]
STORY = "Noor kan niet meer lopen. Ruim een jaar hoort zij niets."


@pytest.fixture
def ours() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def volunteer(ours: Organisation) -> Account:
    return member(ours, Role.VOLUNTEER)


@pytest.fixture
def colleague(ours: Organisation) -> Account:
    return member(ours, Role.VOLUNTEER)


def checked(ours: Organisation, by: Account, text: str, *yes: Purpose) -> Report:
    code = telling.fresh_code()
    consent = replace(YES, more={one.value: "Een zin in een brief" for one in yes})
    given = Telling(text, yes=[one.value for one in yes])
    report = telling.send_report(
        code, ours, given, consent=consent, on=clock.today()
    ).report
    look_through(lambda _: [])
    review = Review.objects.select_related("report__key").get(report=report)
    keep_review(review, [], by=by, at=clock.now(), approve=True)
    return report


@pytest.fixture
def reports(ours: Organisation, volunteer: Account) -> list[Report]:
    return [checked(ours, volunteer, text, Purpose.QUOTE) for text in TOLD]


@pytest.fixture
def issue(ours: Organisation, volunteer: Account, reports: list[Report]) -> Issue:
    at = clock.now()
    new = Issue(organisation=ours, title="Wachten op hulp")
    kept = actions.keep_issue(new, by=volunteer, at=at)
    actions.bundle(kept, [it.pk for it in reports], by=volunteer, at=at)
    return kept


def sent(client: Client, issue: Issue, sources: list[Report], **more: str) -> str:
    fields = {"name": "Noor", "age_band": "middle", "story": STORY} | more
    address = page(issue.organisation, "issues:new-persona", issue.pk)
    asked = fields | {"report": [it.pk for it in sources]}
    return client.post(address, asked, follow=True).content.decode()


@pytest.fixture
def persona(issue: Issue, volunteer: Account, reports: list[Report]) -> Persona:
    new = Persona(issue=issue, name="Noor", age_band="middle", story=STORY)
    keys = [it.pk for it in reports[:3]]
    return actions.keep_persona(new, keys, by=volunteer, at=clock.now())


def fitness(issue: Issue) -> Fitness:
    return personas_of([issue], on=clock.today())[0].fitness


def looked(persona: Persona, by: Account) -> Persona:
    return actions.look_at_persona(persona, by=by, at=clock.now())


@pytest.mark.wide
@pytest.mark.differs
def test_one_composes_it_and_another_lets_it_go(
    ours: Organisation,
    volunteer: Account,
    colleague: Account,
    issue: Issue,
    reports: list[Report],
) -> None:
    client = login(Client(), volunteer)

    shown = sent(client, issue, reports[:3])
    persona = Persona.objects.get()
    address = page(ours, "issues:persona", persona.pk)
    refused = client.post(address, {"act": "look"}, follow=True).content.decode()
    waits = fitness(issue)
    other = login(Client(), colleague)
    done = other.post(address, {"act": "look"}, follow=True).content.decode()

    assert "samengesteld uit 3 signalen" in shown
    assert "Dit moet iemand anders doen" in refused
    assert waits is Fitness.WAITS
    assert "U mag het nu gebruiken." in done
    assert usable_personas([issue], on=clock.today()) == [persona]
    with pytest.raises(IntegrityError), transaction.atomic():
        Persona.objects.update(looked_by=volunteer)


@pytest.mark.wide
def test_the_reports_stand_beside_the_text_with_what_was_ticked(
    ours: Organisation, volunteer: Account, issue: Issue, reports: list[Report]
) -> None:
    client = login(Client(), volunteer)

    empty = client.get(page(ours, "issues:new-persona", issue.pk)).content.decode()
    again = sent(client, issue, reports[:2])

    assert all(text[:30] in empty for text in TOLD)
    assert "Kies minstens drie signalen" in again
    assert again.count(" checked>") == 2
    assert STORY in again
    assert not Persona.objects.exists()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"story": f"{STORY} Toen: al die tijd niet buiten geweest!"}, "al die tijd"),
        (
            {"story": "Wij kregen een brief, dat vertelt zij."},
            "Wij kregen een brief, dat",
        ),
        ({"name": "Dirk"}, "Deze naam staat in een signaal"),
    ],
)
@pytest.mark.wide
def test_words_of_a_report_or_its_names_are_refused_and_kept(
    volunteer: Account,
    issue: Issue,
    reports: list[Report],
    more: dict[str, str],
    words: str,
) -> None:
    # The last report is no source, and its words are refused as well.
    shown = sent(login(Client(), volunteer), issue, reports[:3], **more)

    assert words in shown
    assert all(value in shown for value in more.values())
    assert not Persona.objects.exists()


@pytest.mark.wide
def test_no_source_without_a_yes_or_from_elsewhere(
    ours: Organisation, volunteer: Account, issue: Issue, reports: list[Report]
) -> None:
    silent = checked(ours, volunteer, "Ik wil niet aangehaald worden.")
    outside = checked(ours, volunteer, "Iets heel anders.", Purpose.QUOTE)
    actions.bundle(issue, [silent.pk], by=volunteer, at=clock.now())
    new = Persona(issue=issue, name="Noor", age_band="middle", story=STORY)

    keys = [reports[0].pk, reports[1].pk, silent.pk, outside.pk, 7]
    with pytest.raises(actions.TooFewSources):
        actions.keep_persona(new, keys, by=volunteer, at=clock.now())


@pytest.mark.slow
def test_a_source_that_is_withdrawn_asks_for_another_look(
    ours: Organisation,
    volunteer: Account,
    colleague: Account,
    issue: Issue,
    reports: list[Report],
) -> None:
    new = Persona(issue=issue, name="Noor", age_band="middle", story=STORY)
    keys = [it.pk for it in reports]
    persona = actions.keep_persona(new, keys, by=volunteer, at=clock.now())
    looked(persona, colleague)

    returning.withdraw_report(reports[0], on=clock.today())

    assert fitness(issue) is Fitness.TORN
    assert usable_personas([issue], on=clock.today()) == []
    client = login(Client(), colleague)
    shown = client.get(page(ours, "issues:issue", issue.pk)).content.decode()
    assert "herzien: een bron is ingetrokken" in shown
    actions.forget_withdrawn(clock.today())
    assert fitness(issue) is Fitness.TORN
    looked(persona, colleague)
    assert fitness(issue) is Fitness.MAY


@pytest.mark.slow
def test_below_three_sources_it_may_not_be_used(
    issue: Issue, colleague: Account, persona: Persona, reports: list[Report]
) -> None:
    looked(persona, colleague)
    yes = Consent.objects.get(key=reports[1].key, text__purpose=Purpose.QUOTE)

    take_back(yes, on=clock.today())

    assert fitness(issue) is Fitness.FEW
    with pytest.raises(actions.TooFewSources):
        looked(persona, colleague)


@pytest.mark.wide
def test_what_was_changed_or_told_since_is_looked_at_again(
    ours: Organisation,
    volunteer: Account,
    colleague: Account,
    issue: Issue,
    persona: Persona,
    reports: list[Report],
) -> None:
    looked(persona, colleague)
    client = login(Client(), volunteer)
    address = page(ours, "issues:change-persona", persona.pk)

    before = client.get(address).content.decode()
    fields = {"name": "Noor", "age_band": "older", "story": STORY}
    client.post(address, fields | {"report": [it.pk for it in reports[:3]]})
    waits = fitness(issue)
    late = checked(ours, volunteer, f"Dit las ik: {STORY}", Purpose.QUOTE)
    actions.bundle(issue, [late.pk], by=volunteer, at=clock.now())

    assert before.count(" checked>") == 3
    assert waits is Fitness.WAITS
    with pytest.raises(actions.Borrowed):
        looked(persona, colleague)
    other = login(Client(), colleague)
    address = page(ours, "issues:persona", persona.pk)
    shown = other.post(address, {"act": "look"}, follow=True).content.decode()
    assert "Deze woorden staan in een signaal" in shown


@pytest.mark.wide
def test_it_can_be_taken_away_by_who_may_write(
    ours: Organisation, volunteer: Account, persona: Persona
) -> None:
    address = page(ours, "issues:persona", persona.pk)
    advocate = login(Client(), member(ours, Role.ADVOCATE))

    shown = advocate.get(address).content.decode()
    advocate.post(address, {"act": "drop"})
    assert Persona.objects.exists()
    assert "<button" not in shown.partition("<main")[2]
    login(Client(), volunteer).post(address, {"act": "drop"})

    assert not Persona.objects.exists()


def test_with_too_few_reports_the_page_says_so(
    ours: Organisation, volunteer: Account
) -> None:
    empty = Issue(organisation=ours, title="Nieuw")
    issue = actions.keep_issue(empty, by=volunteer, at=clock.now())
    client = login(Client(), volunteer)

    shown = client.get(page(ours, "issues:new-persona", issue.pk)).content.decode()

    assert "minder dan drie nagekeken signalen" in shown
