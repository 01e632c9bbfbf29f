"""Telling those who reported what happened: to one, to many, once, and taken back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
from django.test import Client

from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.outbox.actions import deliver_due
from achterban.core.outbox.models import OutboxRow
from achterban.core.places.models import Branch
from achterban.core.vault.models import DataKey
from achterban.listen.reports import pages
from achterban.listen.reports.actions import handling, returning, updating
from achterban.listen.reports.forms_updates import UpdateForm
from achterban.listen.reports.hearing import Hearing, UpdateKind, is_told, may_stand
from achterban.listen.reports.models import (
    Entry,
    EntryKind,
    Report,
    Update,
    UpdateWords,
)
from achterban.listen.reports.statuses import Status
from achterban.listen.reports.tests.factories import TODAY, read_again, told
from achterban.listen.reports.views import news
from achterban.rules.deidentify import MASK

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
NOW = datetime(2026, 3, 2, 11, 30, tzinfo=UTC)
LEAD = "De gemeente knipt het gesprek voortaan in stukjes."
REST = "Zes van u vroegen erom. Vanaf 1 mei geldt het voor iedereen."


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def volunteer(organisation: Organisation) -> Account:
    return member(organisation, Role.VOLUNTEER)


@pytest.fixture
def work(client: Client, volunteer: Account) -> Client:
    return login(client, volunteer)


def deliver() -> None:
    while deliver_due(at=clock.now(), on=clock.today()):
        pass


def draft(
    organisation: Organisation,
    reports: Iterable[Report],
    by: Account,
    kind: UpdateKind = UpdateKind.RESULT,
) -> Update:
    ids = [report.pk for report in reports]
    update = updating.begin_update(organisation, ids, by=by, at=NOW)
    return updating.keep_update(
        update.pk,
        UpdateWords(LEAD, REST),
        kind=kind,
        wants_public=True,
        by=by,
        at=NOW,
    )


def send(update: Update, by: Account) -> Update:
    sent = updating.send_update(update.pk, by=by, at=NOW)
    deliver()
    return sent


def ask(report: Report, by: Account, words: str) -> None:
    handling.write_entry(report.pk, EntryKind.QUESTION, words, by=by, at=NOW)


def behind(code: str, organisation: Organisation) -> str:
    answer = Client().post(page(organisation, "reports:code"), {"code": code})
    return answer.content.decode()


def test_a_citizen_service_number_is_kept_in_no_update(
    organisation: Organisation, volunteer: Account
) -> None:
    update = draft(organisation, [told(organisation)[1]], volunteer)
    words = UpdateWords("Over 111222333.", "En 999990019.")
    updating.keep_update(
        update.pk,
        words,
        kind=UpdateKind.STEP,
        wants_public=False,
        by=volunteer,
        at=NOW,
    )
    kept = Update.objects.select_related("key").get().open_words()
    assert kept == UpdateWords(f"Over {MASK}.", f"En {MASK}.")


@pytest.mark.wide
def test_an_update_goes_from_the_list_to_behind_each_code(
    work: Client, organisation: Organisation
) -> None:
    codes = [told(organisation)[0] for _ in range(3)]
    left_out = told(organisation)[0]
    chosen = [Report.objects.behind_code(code, organisation).get().pk for code in codes]

    begun = work.post(page(organisation, "reports:begin-update"), {"report": chosen})
    update = Update.objects.get()
    assert begun["Location"].endswith(f"/werk/terugkoppeling/{update.pk}/")
    work.post(
        begun["Location"],
        {"kind": "result", "lead": LEAD, "rest": REST, "act": "check"},
    )
    check = f"{begun['Location']}nakijken/"
    assert "3 signalen" in work.get(check).content.decode()
    for _ in range(2):  # pressed twice
        work.post(check)
    deliver()

    for code in codes:
        body = behind(code, organisation)
        assert LEAD in body
        assert REST in body
        assert "Resultaat" in body
    assert LEAD not in behind(left_out, organisation)
    assert Entry.objects.count() == 3
    assert "door 3 gelezen" in work.get(begun["Location"]).content.decode()
    overview = work.get(page(organisation, "reports:update-list")).content.decode()
    assert LEAD in overview
    assert "staat achter 3 codes, door 3 gelezen" in " ".join(overview.split())


def test_a_whole_list_is_chosen_as_it_is_shown(
    work: Client, organisation: Organisation, volunteer: Account
) -> None:
    closed = told(organisation)[1]
    told(organisation)
    told(OrganisationFactory.create())
    handling.set_status(closed.pk, Status.CLOSED, by=volunteer, at=NOW)
    begin = page(organisation, "reports:begin-update")

    work.post(begin, {"all": "1", "status": "closed"})
    assert Update.objects.get().chosen == [closed.pk]
    Update.objects.all().delete()
    work.post(begin, {"all": "1", "status": ""})
    assert len(Update.objects.get().chosen) == 2
    Branch(organisation=organisation, name="Noord").save()
    Update.objects.all().delete()
    work.post(begin, {"all": "1", "branch": "none"})
    assert len(Update.objects.get().chosen) == 2
    Update.objects.all().delete()
    work.post(begin, {"all": "1", "branch": str(Branch.objects.get().pk)})
    assert not Update.objects.exists()  # nobody in that branch


@pytest.mark.slow
def test_nobody_chosen_or_somebody_elses_begins_nothing(
    work: Client, organisation: Organisation
) -> None:
    _code, theirs = told(OrganisationFactory.create())
    begin = page(organisation, "reports:begin-update")
    for fields in ({}, {"report": ["x", str(theirs.pk)]}):
        work.post(begin, fields)
        shown = work.get(page(organisation, "reports:report-list")).content.decode()
        assert "Vink eerst een of meer signalen aan." in shown
    assert not Update.objects.exists()


def test_more_than_ten_thousand_at_once_is_refused(
    work: Client, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updating, "MOST_CHOSEN", 1)
    told(organisation)
    told(organisation)
    work.post(page(organisation, "reports:begin-update"), {"all": "1"})
    shown = work.get(page(organisation, "reports:report-list")).content.decode()
    assert "Hooguit 10.000 in één keer" in shown


@pytest.mark.slow
def test_what_is_written_is_kept_until_it_is_sent(
    work: Client, organisation: Organisation, volunteer: Account
) -> None:
    update = updating.begin_update(
        organisation, [told(organisation)[1].pk], by=volunteer, at=NOW
    )
    address = page(organisation, "reports:update", update.pk)

    work.post(address, {"kind": "step", "lead": LEAD, "rest": "", "act": "keep"})
    assert LEAD in work.get(address).content.decode()
    assert LEAD in work.get(page(organisation, "reports:update-list")).content.decode()
    refused = work.post(address, {"kind": "step", "rest": REST, "act": "check"})
    assert REST in refused.content.decode()
    assert "Schrijf één zin die het zegt." in refused.content.decode()
    assert not Entry.objects.exists()
    work.post(page(organisation, "reports:check-update", update.pk))  # without a lead
    update.refresh_from_db()
    assert update.is_draft
    wrong = work.post(address, {"kind": "gossip", "lead": LEAD, "rest": REST})
    assert REST in wrong.content.decode()
    looked = work.post(
        address, {"kind": "step", "lead": "Nog niet", "preference": "calm:1"}
    )
    assert "Nog niet" in looked.content.decode()


def test_a_draft_is_thrown_away_after_asking(
    work: Client, organisation: Organisation, volunteer: Account
) -> None:
    update = draft(organisation, [told(organisation)[1]], volunteer)
    address = page(organisation, "reports:drop-update", update.pk)
    assert LEAD in work.get(address).content.decode()
    work.post(address)
    assert not Update.objects.exists()
    assert not DataKey.objects.filter(pk=update.key_id).exists()
    assert work.get(address).status_code == 404


def test_what_was_sent_can_no_longer_be_changed_or_thrown_away(
    work: Client, organisation: Organisation, volunteer: Account
) -> None:
    update = send(draft(organisation, [told(organisation)[1]], volunteer), volunteer)
    with pytest.raises(updating.AlreadySent):
        draft_again(update, volunteer)
    with pytest.raises(updating.AlreadySent):
        updating.drop_update(update.pk, by=volunteer, at=NOW)
    address = page(organisation, "reports:update", update.pk)
    assert LEAD in work.post(address, {"kind": "step", "lead": "x"}).content.decode()
    check = page(organisation, "reports:check-update", update.pk)
    assert work.post(check)["Location"] == address


def draft_again(update: Update, by: Account) -> None:
    updating.keep_update(
        update.pk,
        UpdateWords("Anders"),
        kind=UpdateKind.STEP,
        wants_public=False,
        by=by,
        at=NOW,
    )


def test_a_colleague_who_sent_it_meanwhile_is_told_of(
    work: Client,
    organisation: Organisation,
    volunteer: Account,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    update = draft(organisation, [told(organisation)[1]], volunteer)

    def too_late(*args: object, **kwargs: object) -> None:
        raise updating.AlreadySent

    monkeypatch.setattr(updating, "keep_update", too_late)
    address = page(organisation, "reports:update", update.pk)
    work.post(address, {"kind": "step", "lead": "x"})
    assert "intussen verstuurd" in work.get(address).content.decode()


def test_delivered_twice_it_is_one_update(
    organisation: Organisation, volunteer: Account
) -> None:
    report = told(organisation)[1]
    update = draft(organisation, [report], volunteer)
    updating.send_update(update.pk, by=volunteer, at=NOW)
    row = OutboxRow.objects.get(kind="reports.update")

    for _ in range(2):
        updating.place_update(row.payload, row.pk)

    assert report.entries.count() == 1


@pytest.mark.parametrize(
    ("hearing", "kind", "stands", "is_marked"),
    [
        ("", "step", True, False),
        ("", "result", True, False),
        ("every", "received", True, True),
        ("every", "question", True, True),
        ("result", "step", True, False),
        ("result", "question", True, False),
        ("result", "result", True, True),
        ("result", "not_achieved", True, True),
        ("nothing", "result", False, False),
        ("nothing", "question", False, False),
    ],
)
def test_everyone_hears_as_they_chose(
    hearing: str, kind: str, stands: bool, is_marked: bool
) -> None:
    assert may_stand(hearing, kind, is_alone=False) is stands
    assert is_told(hearing, kind) is is_marked


@pytest.mark.wide
def test_who_wants_to_hear_nothing_hears_nothing_but_a_question_to_them(
    work: Client, organisation: Organisation, volunteer: Account
) -> None:
    code, quiet = told(organisation)
    _code, other = told(organisation)
    Report.objects.filter(pk=quiet.pk).update(hearing=Hearing.NOTHING)
    update = draft(organisation, [quiet, other], volunteer)
    check = page(organisation, "reports:check-update", update.pk)
    assert "1: wil niets horen." in work.get(check).content.decode()
    send(update, volunteer)
    assert LEAD not in behind(code, organisation)

    send(draft(organisation, [quiet], volunteer, UpdateKind.RESULT), volunteer)
    assert LEAD not in behind(code, organisation)

    send(draft(organisation, [quiet], volunteer, UpdateKind.QUESTION), volunteer)
    assert LEAD in behind(code, organisation)


@pytest.mark.parametrize(
    ("hearing", "is_new"), [("every", True), ("result", False), ("", False)]
)
@pytest.mark.wide
def test_what_somebody_wants_to_be_told_of_is_marked_as_new_once(
    organisation: Organisation, volunteer: Account, hearing: str, is_new: bool
) -> None:
    code, report = told(organisation)
    Report.objects.filter(pk=report.pk).update(hearing=hearing)
    send(draft(organisation, [report], volunteer, UpdateKind.STEP), volunteer)
    assert pages.is_unread(read_again(report)) is is_new
    assert ('class="tag">nieuw' in behind(code, organisation)) is is_new
    assert 'class="tag">nieuw' not in behind(code, organisation)
    handling.write_entry(report.pk, EntryKind.ANSWER, "Dank u.", by=volunteer, at=NOW)
    assert 'class="tag">nieuw' in behind(code, organisation)


def test_what_was_withdrawn_or_is_a_draft_gets_nothing(
    organisation: Organisation, volunteer: Account
) -> None:
    kept, gone = told(organisation)[1], told(organisation)[1]
    update = draft(organisation, [kept, gone], volunteer)
    returning.withdraw_report(gone, on=TODAY)
    assert updating.reach_of(update) == updating.Reach(1, 1, 0)
    send(update, volunteer)
    assert [entry.report for entry in Entry.objects.all()] == [kept]


@pytest.mark.wide
def test_a_question_to_many_is_answered_by_each_and_may_go_on(
    organisation: Organisation, volunteer: Account
) -> None:
    code, report = told(organisation)
    _code, closed = told(organisation)
    asked = draft(organisation, [report, closed], volunteer, UpdateKind.QUESTION)
    send(asked, volunteer)
    assert read_again(report).status == Status.ASKED

    for n in range(1, 4):
        returning.say_more(read_again(report), f"Antwoord {n}", entry_id=n, on=TODAY)
        assert read_again(report).status == Status.IN_PROGRESS
        ask(report, volunteer, f"En {n}?")
        ask(report, volunteer, f"Ook {n}?")

    body = behind(code, organisation)
    for n in range(1, 4):
        for words in (f"Antwoord {n}", f"En {n}?", f"Ook {n}?"):
            assert words in body
    kinds = [entry.kind for entry in report.entries.all()]
    assert kinds.count("reply") == 3


@pytest.mark.slow
def test_taken_back_it_is_gone_for_who_had_not_read_it(
    work: Client, organisation: Organisation, volunteer: Account
) -> None:
    (read, first), (unread, second) = told(organisation), told(organisation)
    update = draft(organisation, [first, second], volunteer, UpdateKind.QUESTION)
    send(update, volunteer)
    assert LEAD in behind(read, organisation)
    address = page(organisation, "reports:undo-update", update.pk)
    asked = work.get(address).content.decode()
    assert "1 mens heeft het gelezen" in asked

    work.post(address)

    assert LEAD not in behind(unread, organisation)
    assert read_again(second).status == Status.RECEIVED
    assert LEAD in behind(read, organisation)
    assert read_again(first).status == Status.ASKED
    shown = work.get(page(organisation, "reports:update", update.pk)).content.decode()
    assert "1 hadden het al gelezen" in shown


def test_a_question_that_others_followed_keeps_its_status_when_it_is_taken_back(
    organisation: Organisation, volunteer: Account
) -> None:
    report = told(organisation)[1]
    update = draft(organisation, [report], volunteer, UpdateKind.QUESTION)
    send(update, volunteer)
    ask(report, volunteer, "En dit?")
    assert updating.undo_update(update.pk, by=volunteer, at=NOW) == 0
    assert read_again(report).status == Status.ASKED


def test_taken_back_before_it_arrived_it_never_arrives(
    organisation: Organisation, volunteer: Account
) -> None:
    code, report = told(organisation)
    update = draft(organisation, [report], volunteer)
    updating.send_update(update.pk, by=volunteer, at=NOW)
    updating.undo_update(update.pk, by=volunteer, at=NOW)
    deliver()
    assert LEAD not in behind(code, organisation)


@pytest.mark.slow
def test_a_handler_sees_the_update_in_the_course_and_cannot_undo_it_there(
    work: Client, organisation: Organisation, volunteer: Account
) -> None:
    report = told(organisation)[1]
    send(draft(organisation, [report], volunteer), volunteer)
    body = work.get(page(organisation, "reports:report", report.pk)).content.decode()
    assert LEAD in body
    assert "Neem het laatste terug" not in body
    with pytest.raises(handling.NothingToUndo):
        handling.undo_last(report.pk, by=volunteer, at=NOW)


def test_the_log_has_each_act_and_no_words(
    organisation: Organisation, volunteer: Account
) -> None:
    update = send(draft(organisation, [told(organisation)[1]], volunteer), volunteer)
    updating.undo_update(update.pk, by=volunteer, at=NOW)
    label = f"reports.update:{update.pk}"
    kinds = [event.kind for event in AuditEvent.objects.filter(label=label)]
    assert [kind.rpartition(".")[2] for kind in kinds] == [
        "begun",
        "kept",
        "sent",
        "undone",
    ]


def test_the_words_are_sealed_in_the_database(
    organisation: Organisation, volunteer: Account
) -> None:
    update = draft(organisation, [told(organisation)[1]], volunteer)
    assert LEAD.encode() not in bytes(update.sealed)
    assert update.open_words() == UpdateWords(LEAD, REST)


# On the public page: two people, ten reports


def many(organisation: Organisation, by: Account, n: int = 10) -> Update:
    return send(draft(organisation, [told(organisation)[1] for _ in range(n)], by), by)


@pytest.mark.slow
def test_a_second_person_publishes_and_takes_off(
    client: Client, organisation: Organisation, volunteer: Account
) -> None:
    update = many(organisation, volunteer)
    coordinator = member(organisation, Role.COORDINATOR)
    work = login(client, coordinator)
    address = page(organisation, "reports:update", update.pk)
    publish = page(organisation, "reports:publish-update", update.pk)
    assert "Zet het op de openbare pagina" in work.get(address).content.decode()

    for _ in range(2):
        work.post(publish)
    update.refresh_from_db()
    assert update.published_on is not None
    assert update.publisher == coordinator
    assert "Haal het van de openbare pagina" in work.get(address).content.decode()
    assert work.get(publish)["Location"] == address
    work.post(publish, {"act": "off"})
    update.refresh_from_db()
    assert update.published_on is None


@pytest.mark.slow
def test_who_wrote_it_cannot_publish_it(
    client: Client, organisation: Organisation
) -> None:
    coordinator = member(organisation, Role.COORDINATOR)
    update = many(organisation, coordinator)
    work = login(client, coordinator)
    work.post(page(organisation, "reports:publish-update", update.pk))
    update.refresh_from_db()
    assert update.published_on is None
    shown = work.get(page(organisation, "reports:update", update.pk)).content.decode()
    assert "U schreef het zelf. Vraag een tweede mens." in shown


@pytest.mark.wide
def test_that_a_colleague_sent_it_does_not_let_the_writer_publish_it(
    client: Client, organisation: Organisation, volunteer: Account
) -> None:
    coordinator = member(organisation, Role.COORDINATOR)
    reports = [told(organisation)[1] for _ in range(10)]
    update = send(draft(organisation, reports, coordinator), volunteer)
    work = login(client, coordinator)
    work.post(page(organisation, "reports:publish-update", update.pk))
    update.refresh_from_db()
    assert update.published_on is None


@pytest.mark.parametrize("n", [1, 9])
@pytest.mark.slow
def test_what_fewer_than_ten_have_is_never_public(
    client: Client, organisation: Organisation, volunteer: Account, n: int
) -> None:
    update = many(organisation, volunteer, n)
    work = login(client, member(organisation, Role.COORDINATOR))
    work.post(page(organisation, "reports:publish-update", update.pk))
    update.refresh_from_db()
    assert update.published_on is None
    shown = work.get(page(organisation, "reports:update", update.pk)).content.decode()
    assert "het blijft achter de code" in shown


@pytest.mark.wide
def test_what_was_taken_back_is_not_public_and_cannot_be(
    organisation: Organisation, volunteer: Account
) -> None:
    coordinator = member(organisation, Role.COORDINATOR)
    update = many(organisation, volunteer)
    updating.publish_update(update.pk, by=coordinator, at=NOW)
    updating.undo_update(update.pk, by=volunteer, at=NOW)
    update.refresh_from_db()
    assert update.published_on is None
    with pytest.raises(updating.TooFewToPublish):
        updating.publish_update(update.pk, by=coordinator, at=NOW)


def published(organisation: Organisation, by: Account, lead: str) -> Update:
    update = draft(organisation, [told(organisation)[1] for _ in range(10)], by)
    update.seal_words(UpdateWords(lead, REST))
    update.save()
    send(update, by)
    second = member(organisation, Role.COORDINATOR)
    return updating.publish_update(update.pk, by=second, at=NOW)


def public(
    organisation: Organisation, name: str = "what-happened", ask: str = ""
) -> str:
    address = f"{page(organisation, f'reports:{name}')}{ask}"
    return Client().get(address).content.decode()


@pytest.mark.wide
def test_the_public_page_shows_what_is_public_and_nothing_else(
    organisation: Organisation, volunteer: Account
) -> None:
    assert "Hier staat nog niets." in public(organisation)
    many(organisation, volunteer)  # sent, not published
    assert LEAD not in public(organisation)

    published(organisation, volunteer, "Eén ding is gelukt.")

    body = public(organisation)
    assert "Eén ding is gelukt." in body
    assert body.index("Eén ding is gelukt.") < body.index(REST)
    assert LEAD not in body
    assert volunteer.name not in body
    assert "10" not in re.findall(r"<main.*?</main>", body, re.DOTALL)[0].split()
    assert "Eén ding is gelukt." not in public(OrganisationFactory.create())


@pytest.mark.wide
def test_many_are_public_newest_first_on_pages(
    organisation: Organisation, volunteer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "A_PAGE", 2)
    for n in (1, 2, 3):
        update = published(organisation, volunteer, f"Resultaat nummer {n}.")
        day = NOW.date().replace(day=n)
        Update.objects.filter(pk=update.pk).update(published_on=day)
    first, second = public(organisation), public(organisation, ask="?page=2")
    assert first.index("nummer 3.") < first.index("nummer 2.")
    assert "nummer 1." in second
    assert "nummer 3." not in second


def test_what_no_feed_can_hold_is_left_out_when_it_is_pasted() -> None:
    form = UpdateForm(
        {"kind": "step", "lead": "Eén\x0b ding\x00.", "rest": "a\tb\r\nc"}
    )
    assert form.is_valid()
    assert form.cleaned_data["lead"] == "Eén ding."
    assert form.cleaned_data["rest"] == "a\tb\nc"


@pytest.mark.slow
def test_a_feed_reader_gets_the_same(
    organisation: Organisation, volunteer: Account
) -> None:
    published(organisation, volunteer, "Eén ding is gelukt & klaar.")
    answer = Client().get(page(organisation, "reports:feed"))
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    feed = answer.content.decode()
    assert "Eén ding is gelukt &amp; klaar." in feed
    assert f"/o/{organisation.slug}/wat-er-gebeurde/#u" in feed


@pytest.mark.wide
def test_ten_thousand_are_told_in_parts_and_nobody_waits(
    organisation: Organisation, volunteer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updating, "CHUNK", 4)
    reports = [told(organisation)[1] for _ in range(10)]
    update = draft(organisation, reports, volunteer)
    updating.send_update(update.pk, by=volunteer, at=NOW)
    assert OutboxRow.objects.filter(kind="reports.update").count() == 3
    deliver()
    assert updating.n_standing(update) == 10
