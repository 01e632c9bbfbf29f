"""The same words by many: a campaign, counted by people."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.listen.reports.actions import correcting, handling, importing, undoing
from achterban.listen.reports.actions.comparing import compare_reports
from achterban.listen.reports.models import Campaign, Likeness, Report
from achterban.listen.reports.queries import same_words
from achterban.listen.reports.tests.factories import TODAY, told
from achterban.listen.reports.tests.test_importing import AT, read_in

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

LETTER = (
    "Beste minister, al jaren wachten mensen met mijn ziekte op een behandeling die "
    "helpt. Er is te weinig geld voor onderzoek, artsen geloven ons niet en de "
    "keuring maakt ons zieker. Wij vragen u om hier nu iets aan te doen, want wij "
    "kunnen niet langer wachten en onze kinderen ook niet. Geef ziekenhuizen de "
    "ruimte om tijd voor ons te nemen, laat de gemeente huishoudelijke hulp geven "
    "zonder elk jaar opnieuw te vragen of wij al beter zijn, en spreek met de "
    "verzekeraars over de medicijnen die nu niemand vergoedt. Dat kost minder dan "
    "wat er gebeurt als niemand iets doet: mensen die thuis in het donker liggen, "
    "ouders die stoppen met werken en scholen die niet weten hoe zij een kind dat "
    "niet meer kan komen toch les kunnen geven."
)


@pytest.fixture
def ours() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def coordinator(ours: Organisation) -> Account:
    return member(ours, Role.COORDINATOR)


def campaigns(account: Account, ours: Organisation) -> list[tuple[int, int]]:
    visible = Campaign.objects.visible_to(account, ours)
    return [(one.n_people, one.n_reports) for one in visible]


def test_what_came_by_form_is_compared_whatever_its_signs(
    ours: Organisation, coordinator: Account
) -> None:
    for text in (LETTER, LETTER.upper(), LETTER.replace(",", " –")):
        told(ours, text)
    told(ours, "Iets heel anders.")

    assert (compare_reports(), compare_reports()) == (4, 0)

    assert campaigns(coordinator, ours) == [(3, 3)]


def test_nearly_the_same_is_of_the_campaign_and_other_texts_are_not(
    ours: Organisation, coordinator: Account
) -> None:
    _code, first = told(ours, LETTER)
    told(ours, f"{LETTER} Groeten van mij.")
    told(ours, LETTER.replace("Beste minister", "Geachte mevrouw"))
    told(ours, " ".join(reversed(LETTER.split())))
    told(ours, LETTER[:120])

    compare_reports()

    assert campaigns(coordinator, ours) == [(3, 3)]
    found = same_words(first)
    assert found is not None
    assert found.n_others == 2


def test_people_are_counted_by_who_told_it(
    ours: Organisation, coordinator: Account
) -> None:
    rows = [
        ("els@voorbeeld.test", LETTER),
        ("els@voorbeeld.test", f"{LETTER} Nog eens, Els."),  # other words: no twin
        ("jan@voorbeeld.test", LETTER),
        ("", LETTER),
        ("", LETTER),
    ]
    content = "e-mail;tekst\n" + "".join(f"{who};{text}\n" for who, text in rows)

    read_in(ours, content, coordinator)

    assert campaigns(coordinator, ours) == [(4, 5)]


@pytest.mark.differs
def test_a_file_joins_what_was_told_by_form(
    ours: Organisation, coordinator: Account
) -> None:
    _code, by_form = told(ours, LETTER)

    read_in(ours, f"tekst\n{LETTER}\n{LETTER}\n", coordinator)

    found = same_words(by_form)
    assert found is not None
    assert found.n_others == 2


def test_organisations_do_not_share_campaigns(ours: Organisation) -> None:
    others = OrganisationFactory.create()
    told(ours, LETTER)
    told(others, LETTER)

    compare_reports()

    assert not Campaign.objects.exists()
    first, second = Likeness.objects.all()
    assert first.words != second.words


def test_corrected_words_are_compared_anew_and_erased_ones_never(
    ours: Organisation,
) -> None:
    _code, one = told(ours, LETTER)
    _code, other = told(ours, LETTER)
    _code, third = told(ours, LETTER)
    compare_reports()

    correcting.correct_words(one, "Iets anders.", entry_id=7, on=TODAY)
    handling.erase_report(other.pk, by=0, at=AT)

    assert set(Likeness.objects.values_list("report", flat=True)) == {third.pk}
    assert compare_reports() == 1
    assert same_words(one) is None


@pytest.mark.slow
def test_an_undone_import_leaves_no_campaign(
    ours: Organisation, coordinator: Account
) -> None:
    imported = read_in(ours, f"tekst\n{LETTER}\n{LETTER}\n", coordinator)
    assert Campaign.objects.count() == 1

    undoing.ask_to_undo(imported.pk, whole=False, by=coordinator, at=AT)
    undoing.run_undo(imported.pk, at=AT)

    assert not Campaign.objects.exists()
    assert not Likeness.objects.exists()


@pytest.mark.wide
def test_pages_show_the_words_once_and_the_count(
    client: Client, ours: Organisation, coordinator: Account
) -> None:
    for _n in range(3):
        _code, report = told(ours, LETTER)
    told(ours, "Twee keer dit is nog geen campagne, al lijkt het er wel op.")
    told(ours, "Twee keer dit is nog geen campagne, al lijkt het er wel op.")
    compare_reports()
    login(client, coordinator)

    listed = client.get(page(ours, "reports:campaign-list")).content.decode()
    found = same_words(report)
    assert found is not None
    one = client.get(page(ours, "reports:campaign", found.campaign_id)).content.decode()
    shown = client.get(page(ours, "reports:report", report.pk)).content.decode()

    assert listed.count("Beste minister") == 1
    assert "3 mensen, 3 signalen" in listed
    assert "geen campagne" not in listed
    assert one.count("Beste minister") == 1
    assert "Dezelfde woorden: 2 andere signalen" in shown


@pytest.mark.wide
def test_an_outsider_and_an_advocate_see_no_campaign(
    client: Client, ours: Organisation
) -> None:
    for _n in range(3):
        _code, report = told(ours, LETTER)
    compare_reports()
    found = same_words(report)
    assert found is not None
    advocate = member(ours, Role.ADVOCATE)
    handling.hand_over(report.pk, advocate, by=advocate, at=AT)

    browser = login(Client(), advocate)
    shown = browser.get(page(ours, "reports:report", report.pk)).content.decode()
    assert "Beste minister" in shown
    assert "Dezelfde woorden" not in shown
    assert browser.get(page(ours, "reports:campaign-list")).status_code == 404

    login(client, member(OrganisationFactory.create(), Role.COORDINATOR))
    for name, *rest in (("campaign-list",), ("campaign", found.campaign_id)):
        assert client.get(page(ours, f"reports:{name}", *rest)).status_code == 404


@pytest.mark.wide
def test_a_large_campaign_is_compared_with_few_queries(
    ours: Organisation,
    coordinator: Account,
    django_assert_max_num_queries: Any,
) -> None:
    read_in(ours, "tekst\n" + f"{LETTER}\n" * 30, coordinator)
    Likeness.objects.all().delete()
    reports = Report.objects.count()

    with django_assert_max_num_queries(25):
        assert compare_reports() == reports
    assert importing.was_here_before is not None
