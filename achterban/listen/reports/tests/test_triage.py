"""What a report is about: suggested, decided, found again, and who takes it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.outbox.actions import deliver_due
from achterban.core.places.tests.factories import have_places
from achterban.core.vocabulary.models import TermKind
from achterban.listen.reports import along
from achterban.listen.reports.actions import handling, telling, triaging
from achterban.listen.reports.actions.reviewing import keep_review, look_through
from achterban.listen.reports.models import (
    Beat,
    Facet,
    Import,
    Report,
    Review,
    Severity,
    Telling,
    Triage,
    Triaged,
    facet_hash,
)
from achterban.listen.reports.queries import to_do_next, work_list
from achterban.listen.reports.statuses import Status
from achterban.listen.reports.tests.factories import YES, read_again
from achterban.rules.deidentify import Kind, Span

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
AMERSFOORT, ZUTPHEN = "GM0307", "GM0301"
WORDS = "De regiotaxi kwam weer niet. Jan van de gemeente Amersfoort belt niet terug."


def find(text: str) -> list[Span]:
    return [Span(m.start(), m.end(), Kind.PERSON) for m in re.finditer("Jan", text)]


@pytest.fixture
def organisation() -> Organisation:
    have_places()
    return OrganisationFactory.create()


@pytest.fixture
def volunteer(organisation: Organisation) -> Account:
    return member(organisation, Role.VOLUNTEER)


@pytest.fixture
def advocate(organisation: Organisation) -> Account:
    account = member(organisation, Role.ADVOCATE)
    beat(account, organisation, [AMERSFOORT])
    return account


@pytest.fixture
def report(organisation: Organisation) -> Report:
    return told(organisation)


def told(
    organisation: Organisation, text: str = WORDS, municipality: str = ""
) -> Report:
    return telling.send_report(
        telling.fresh_code(),
        organisation,
        Telling(text, municipality=municipality),
        consent=YES,
        on=clock.today(),
    ).report


def beat(
    account: Account, organisation: Organisation, places: list[str], **more: object
) -> Beat:
    return Beat.objects.create(
        account=account, organisation=organisation, municipalities=places, **more
    )


def check(report: Report, by: Account) -> None:
    """Look through the words, and approve."""
    look_through(find)
    review = Review.objects.get(report=report)
    review.report = read_again(report)
    spans = review.open().spans
    keep_review(review, spans, by=by, at=clock.now(), approve=True)


def decide(report: Report, by: Account, **chosen: object) -> None:
    triaged = Triaged(**chosen)  # type: ignore[arg-type]
    triaging.keep_triage(report.pk, triaged, by=by, at=clock.now())


def shown(by: Account, report: Report, name: str = "triage") -> str:
    address = page(report.organisation, f"reports:{name}", report.pk)
    return login(Client(), by).get(address).content.decode()


def press(by: Account, report: Report, **fields: object) -> str:
    address = page(report.organisation, "reports:triage", report.pk)
    return login(Client(), by).post(address, fields, follow=True).content.decode()


def status(by: Account, report: Report, name: str = "report") -> int:
    address = page(report.organisation, f"reports:{name}", report.pk)
    return login(Client(), by).get(address).status_code


def test_the_page_ticks_what_is_likely_and_says_why(
    volunteer: Account, report: Report
) -> None:
    content = shown(volunteer, report)
    assert re.search(r'value="transport" checked>', content)
    assert "want er staat: “regiotaxi”" in re.sub(r"\s+", " ", content)
    assert not re.search(r'value="education" checked', content)
    assert 'value="Amersfoort"' in content
    assert not Triage.objects.exists()  # a person decides


def test_what_was_told_goes_before_what_the_words_say(
    organisation: Organisation, volunteer: Account
) -> None:
    report = told(organisation, municipality=ZUTPHEN)
    assert 'value="Zutphen"' in shown(volunteer, report)


@pytest.mark.slow
def test_what_somebody_decides_is_sealed_found_and_logged(
    organisation: Organisation, volunteer: Account, report: Report
) -> None:
    content = press(
        volunteer,
        report,
        themes=["transport", "money"],
        parties=["municipality"],
        conditions=["mecfs"],
        municipality="amersfoort",
        severity="2",
    )
    assert "Bewaard." in content
    assert "Vervoer en parkeren · Geld en kosten" in content
    assert "ME/CVS" in content

    triage = Triage.objects.get()
    triage.report = read_again(report)
    assert triage.open() == Triaged(
        ["transport", "money"], ["municipality"], ["mecfs"], AMERSFOORT, Severity.HEAVY
    )
    hashes = b"".join(bytes(facet.hash) for facet in Facet.objects.all())
    assert b"transport" not in hashes + bytes(triage.sealed)
    in_place = Report.objects.in_places([AMERSFOORT], organisation)
    assert report in in_place
    event = AuditEvent.objects.get(kind="reports.triage.decided")
    assert event.facts == {}
    client = login(Client(), volunteer)
    lists = page(organisation, "reports:report-list")
    for asked, n in (
        ("theme=transport", 1),
        ("theme=education", 0),
        ("party=municipality&theme=money", 1),
        ("condition=mecfs", 1),
        ("status=untriaged", 0),
    ):
        content = client.get(f"{lists}?{asked}").content.decode()
        assert content.count("<li>\n  <a id=") == n, asked


def test_deciding_again_replaces_and_changes_no_others(
    organisation: Organisation, volunteer: Account, report: Report
) -> None:
    other = told(organisation, "Iets anders")
    decide(other, volunteer, themes=["money"])
    decide(report, volunteer, themes=["money", "transport"])
    decide(report, volunteer, themes=["transport"])
    about_money = Report.objects.about(
        [facet_hash(TermKind.THEME, "money", organisation)]
    )
    assert list(about_money) == [other]
    assert Triage.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [{"themes": "onzin"}, {"municipality": "Nergenshuizen"}, {"severity": "9"}],
    ids=str,
)
def test_what_is_not_offered_is_refused_and_the_rest_stays(
    volunteer: Account, report: Report, wrong: dict[str, str]
) -> None:
    content = press(volunteer, report, **{"parties": ["school"], **wrong})
    assert "notice error" in content
    assert re.search(r'value="school" checked', content)
    assert not Triage.objects.exists()


@pytest.mark.wide
def test_it_learns_from_checked_words_and_forgets_what_is_taken_back(
    organisation: Organisation, volunteer: Account
) -> None:
    text = "Het busje liet ons weer staan, Jan."
    asked = told(organisation, text)
    assert "busje" not in str(triaging.suggestions(read_again(asked)))
    taught = [told(organisation, f"Het busje kwam niet, dag {n}") for n in range(4)]
    others = [told(organisation, f"De balie was dicht, dag {n}") for n in range(4)]
    for report in taught:
        check(report, volunteer)
        decide(report, volunteer, themes=["transport"])
    for report in others:
        check(report, volunteer)
        decide(report, volunteer, themes=["access"])
    suggested = triaging.suggestions(read_again(asked))[TermKind.THEME]
    assert suggested[0].code == "transport"
    assert "busje" in suggested[0].because

    for report in taught:
        handling.erase_report(report.pk, by=0, at=clock.now())

    assert "busje" not in str(triaging.suggestions(read_again(asked)))


@pytest.mark.wide
def test_it_goes_to_who_takes_such_reports_and_a_letter_without_content_says_so(
    organisation: Organisation, volunteer: Account, advocate: Account, report: Report
) -> None:
    content = press(volunteer, report, themes=["transport"], municipality="Amersfoort")
    assert f"Wij vragen {advocate}" in content
    assert read_again(report).routed_to == advocate
    while deliver_due(at=clock.now(), on=clock.today()):
        pass
    (letter,) = [sent for sent in mail.outbox if sent.to == [advocate.email]]
    assert "past bij wat u op u neemt" in letter.body
    assert "taxi" not in letter.body


@pytest.mark.wide
def test_the_stand_in_is_asked_while_somebody_is_away(
    organisation: Organisation, volunteer: Account, report: Report
) -> None:
    away, instead = (member(organisation, Role.ADVOCATE) for _ in range(2))
    beat(away, organisation, [AMERSFOORT], stand_in=instead, away_until=clock.today())
    content = press(volunteer, report, municipality="Amersfoort")
    assert f"Wij vragen {instead}, in plaats van {away}" in content
    assert read_again(report).routed_to == instead


def test_who_may_read_no_more_is_not_asked(
    organisation: Organisation, volunteer: Account, advocate: Account, report: Report
) -> None:
    advocate.memberships.all().delete()
    decide(report, volunteer, municipality=AMERSFOORT)
    assert read_again(report).routed_to is None


def test_who_has_it_keeps_it(
    organisation: Organisation, volunteer: Account, advocate: Account, report: Report
) -> None:
    handling.hand_over(report.pk, volunteer, by=volunteer, at=clock.now())
    decide(report, volunteer, municipality=AMERSFOORT)
    assert read_again(report).routed_to is None


@pytest.mark.slow
def test_an_advocate_reads_checked_words_of_their_own_places_and_nothing_else(
    organisation: Organisation, volunteer: Account, advocate: Account, report: Report
) -> None:
    elsewhere = told(organisation, "Jan in Zutphen", municipality=ZUTPHEN)
    for each in (report, elsewhere):
        assert status(advocate, each, "offered") == 404  # nobody checked it
        check(each, volunteer)
    decide(report, volunteer, municipality=AMERSFOORT)

    assert status(advocate, elsewhere, "offered") == 404
    assert status(advocate, report) == 404
    content = shown(advocate, report, "offered")
    assert "regiotaxi" in content
    assert "Jan" not in content
    client = login(Client(), advocate)
    today = client.get(page(organisation, "reports:work-list")).content.decode()
    assert "regiotaxi" in today
    assert "Jan" not in today
    assert "Zutphen" not in today

    client.post(page(organisation, "reports:offered", report.pk))

    assert read_again(report).handler == advocate
    assert "Jan" in shown(advocate, report, "report")
    assert status(advocate, report, "triage") == 404
    assert status(advocate, elsewhere) == 404


@pytest.mark.wide
def test_what_others_have_is_not_offered_and_what_lies_a_week_is_everybodys(
    organisation: Organisation, volunteer: Account, advocate: Account, report: Report
) -> None:
    check(report, volunteer)
    decide(report, volunteer, municipality=AMERSFOORT)
    client = login(Client(), volunteer)
    today = page(organisation, "reports:work-list")
    assert "regiotaxi" not in client.get(today).content.decode()
    Report.objects.update(routed_on=clock.today() - timedelta(days=7))
    assert "regiotaxi" in client.get(today).content.decode()
    handling.hand_over(report.pk, volunteer, by=volunteer, at=clock.now())
    assert status(advocate, report, "offered") == 404


def test_what_is_taken_back_leaves_nothing_of_what_it_was_about(
    organisation: Organisation, volunteer: Account, advocate: Account, report: Report
) -> None:
    check(report, volunteer)
    decide(report, volunteer, themes=["transport"], municipality=AMERSFOORT)
    handling.erase_report(report.pk, by=0, at=clock.now())
    assert not Triage.objects.exists()
    assert not Facet.objects.exists()
    gone = Report.objects.get()
    assert (gone.routed_to, gone.routed_on, gone.place_hash) == (None, None, None)


def test_who_told_it_can_take_along_what_we_think_it_is_about(
    volunteer: Account, report: Report
) -> None:
    decide(report, volunteer, themes=["transport"], severity=3)
    content = along.all_of(read_again(report))
    assert {"what": "Thema", "as": "Vervoer en parkeren"} in content["sorted"]
    assert "zo niet vol te houden" in str(content["sorted"])


@pytest.mark.slow
def test_several_are_handed_over_sorted_and_closed_at_once(
    organisation: Organisation, volunteer: Account, advocate: Account
) -> None:
    reports = [told(organisation, f"Verhaal {n}") for n in range(3)]
    foreign = told(OrganisationFactory.create(), "Van een ander")
    client = login(Client(), volunteer)
    address = page(organisation, "reports:together")
    ticked = [report.pk for report in [*reports, foreign]]

    body = client.post(address, {"report": ticked, "act": "choose"}).content.decode()
    assert "Met deze 3 signalen" in body
    body = client.post(address, {"report": ticked, "act": "theme"}).content.decode()
    assert "Kies eerst iets" in body

    client.post(address, {"report": ticked, "act": "theme", "theme": "money"})
    client.post(address, {"report": ticked, "act": "to", "to": advocate.pk})
    handling.set_status(reports[0].pk, Status.CLOSED, by=volunteer, at=clock.now())
    answer = client.post(
        address,
        {"report": ticked, "act": "status", "status": "in_progress"},
        follow=True,
    )

    now = [read_again(report) for report in reports]
    assert [report.handler for report in now] == [advocate] * 3
    assert {report.status for report in now[1:]} == {"in_progress"}
    assert Facet.objects.filter(report__in=reports).count() == 3
    assert read_again(foreign).handler is None
    assert "Gedaan voor" in answer.content.decode()


@pytest.mark.wide
def test_a_list_is_kept_under_a_name_and_forgotten(
    organisation: Organisation, volunteer: Account, report: Report
) -> None:
    decide(report, volunteer, themes=["transport"])
    client = login(Client(), volunteer)
    address = page(organisation, "reports:save-view")
    data = {"name": "Mijn ritten", "theme": "transport", "branch": "onzin"}
    assert "Mijn ritten" in client.post(address, data, follow=True).content.decode()
    client.post(address, data)  # twice is once
    lists = page(organisation, "reports:report-list")
    assert client.get(lists).content.decode().count("?theme=transport") == 1
    other = login(Client(), member(organisation, Role.VOLUNTEER))
    assert "Mijn ritten" not in other.get(lists).content.decode()

    (view,) = volunteer.saved_views.all()
    drop = page(organisation, "reports:drop-view", view.pk)
    assert other.post(drop).status_code == 404
    client.post(drop)
    assert not volunteer.saved_views.exists()
    assert Report.objects.count() == 1


@pytest.mark.wide
def test_ten_minutes_lead_past_five_reports_urgent_ones_first(
    organisation: Organisation, volunteer: Account
) -> None:
    reports = [told(organisation, f"Verhaal {n} van Jan") for n in range(7)]
    look_through(find)
    handling.set_urgent(reports[3].pk, is_urgent=True, by=volunteer, at=clock.now())
    client = login(Client(), volunteer)
    address = page(organisation, "reports:ten-minutes")
    assert "Er wachten er 7." in client.get(address).content.decode()

    answer = client.post(address, {"act": "begin"}, follow=True)
    assert "Verhaal 3" in answer.content.decode()
    for n in range(5):
        assert f"{n + 1} van 5" in answer.content.decode()
        data = dict(
            re.findall(
                r'<input type="hidden" name="(review)" value="(\d+)"',
                answer.content.decode(),
            )
        )
        answer = client.post(
            answer.request["PATH_INFO"],
            {**data, "act": "approve", "span0": "persoon"},
            follow=True,
        )
        assert "Waar gaat het over?" in answer.content.decode()
        answer = client.post(
            answer.request["PATH_INFO"], {"themes": ["money"]}, follow=True
        )

    assert "5 gedaan. Dank u wel." in answer.content.decode()
    assert "Er wachten er 2." in answer.content.decode()
    assert Triage.objects.count() == 5
    assert Review.objects.approved().count() == 5
    assert "van 5" not in shown(volunteer, reports[0], "review")  # the round is over


@pytest.mark.slow
def test_one_may_be_passed_by_and_a_round_may_stop(
    organisation: Organisation, volunteer: Account
) -> None:
    for n in range(2):
        told(organisation, f"Verhaal {n}")
    look_through(find)
    client = login(Client(), volunteer)
    address = page(organisation, "reports:ten-minutes")
    first = client.post(address, {"act": "begin"})["Location"]
    passed = {"act": "pass", "report": first.split("/")[-3]}
    second = client.post(address, passed)["Location"]
    assert second != first
    client.post(address, {"act": "stop"})
    assert "van 5" not in client.get(second).content.decode()


@pytest.mark.wide
def test_somebody_says_what_they_take_and_when_they_are_away(
    organisation: Organisation, volunteer: Account, report: Report
) -> None:
    instead = member(organisation, Role.VOLUNTEER)
    client = login(Client(), volunteer)
    address = page(organisation, "reports:own-beat")
    data: dict[str, object] = {
        "places": "Amersfoort\n7201\n\nNergenshuizen",
        "themes": ["transport"],
        "stand_in": instead.pk,
        "away_until": str(clock.today()),
    }
    body = client.post(address, data).content.decode()
    assert "Nergenshuizen: " in body
    assert not Beat.objects.exists()
    data["places"] = "Amersfoort\n7201"
    client.post(address, data)
    kept = Beat.objects.get()
    assert kept.municipalities == [ZUTPHEN, AMERSFOORT]
    assert kept.is_away(clock.today())
    assert not kept.is_away(clock.today() + timedelta(days=1))
    assert "Zutphen\nAmersfoort" in client.get(address).content.decode()

    coordinator = login(Client(), member(organisation, Role.COORDINATOR))
    listed = coordinator.get(page(organisation, "reports:beat-list")).content.decode()
    assert "afwezig tot en met" in listed
    assert f"vervanger: {instead}" in listed
    stranger = member(OrganisationFactory.create(), Role.VOLUNTEER)
    theirs = page(organisation, "reports:beat", stranger.pk)
    assert coordinator.get(theirs).status_code == 404


@pytest.mark.parametrize("wrong", ["9" * 40, str(1 << 63), "x", ""])
@pytest.mark.wide
def test_a_number_that_is_no_key_ends_in_a_page(
    organisation: Organisation, volunteer: Account, report: Report, wrong: str
) -> None:
    look_through(find)
    client = login(Client(), volunteer)
    client.post(page(organisation, "reports:ten-minutes"), {"act": "begin"})
    for name, act in (
        ("together", "choose"),
        ("begin-update", ""),
        ("ten-minutes", "pass"),
    ):
        data = {"report": [wrong], "act": act}
        answer = client.post(page(organisation, f"reports:{name}"), data, follow=True)
        assert answer.status_code == 200, name


def test_an_urgent_one_from_a_file_goes_before_who_tells_now(
    organisation: Organisation, volunteer: Account
) -> None:
    live, danger, old = (told(organisation, f"Verhaal {n}") for n in range(3))
    file = Import.objects.create(
        organisation=organisation, kind="csv", begun_on=clock.today()
    )
    Report.objects.filter(pk__in=[danger.pk, old.pk]).update(imported=file)
    handling.set_urgent(danger.pk, is_urgent=True, by=volunteer, at=clock.now())
    look_through(find)
    order = work_list(volunteer, organisation, on=clock.today()).new
    assert order == [danger, live, old]
    assert to_do_next(volunteer, organisation) == danger
