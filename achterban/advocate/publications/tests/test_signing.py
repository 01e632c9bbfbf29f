"""A joint text: each organisation signs exactly what it read, or does not stand there.

The other organisation sees that text, and nothing else of ours.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from achterban.advocate.dossiers.actions import coalitions
from achterban.advocate.dossiers.models import Dossier, Partner
from achterban.advocate.dossiers.tests.factories import begun
from achterban.advocate.issues.actions import cite_source
from achterban.advocate.issues.models import Claim
from achterban.advocate.publications.actions import sending, signing
from achterban.advocate.publications.actions.lapsing import (
    after_a_restore,
    remove_dropped,
)
from achterban.advocate.publications.actions.writing import NotOpen, keep_facts
from achterban.advocate.publications.joint import reading_to_sign
from achterban.advocate.publications.models import Publication, Signing, Version
from achterban.advocate.publications.queries import draft_of, reading_of
from achterban.advocate.publications.rendering.plain import plain
from achterban.advocate.publications.tests.factories import (
    PASSAGE,
    Office,
    keep,
    letter,
    put,
)
from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent, label_of
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.outbox.actions import deliver_due
from achterban.listen.reports.actions.returning import withdraw_report
from achterban.listen.reports.models import Report

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
SOURCE = "Rapport Wachttijden, 2025"
UNDER = "Mede namens Stichting Overkant"


@dataclass
class Circle(Office):
    """An office, one that joined its dossier, and a letter for both to sign."""

    theirs: Organisation
    chief: Account
    dossier: Dossier
    own: Partner
    partner: Partner
    joint: Publication


@pytest.fixture(scope="module")
def as_made(as_made: Office) -> Circle:
    """Make it once a module; the letter has a quote and a source."""
    ours, writer, claim = as_made.ours, as_made.writer, as_made.claim
    theirs = OrganisationFactory.create(name="Stichting Overkant")
    chief = member(theirs, Role.COORDINATOR)
    dossier = begun(ours, writer)
    own = coalitions.begin(dossier, by=as_made.sender, at=clock.now())
    partner = joined(own, theirs, as_made.sender, chief)
    joint = letter(ours, writer, claim)
    put(joint, claim, writer)
    cite_source(claim, SOURCE, "", by=writer, at=clock.now())
    Publication.objects.filter(pk=joint.pk).update(dossier=dossier)
    ready(joint, writer)
    return Circle(
        **vars(as_made),
        theirs=theirs,
        chief=chief,
        dossier=dossier,
        own=own,
        partner=partner,
        joint=joint,
    )


@pytest.fixture
def office(as_made: Circle) -> Circle:
    return deepcopy(as_made)


@pytest.fixture
def theirs(office: Circle) -> Organisation:
    return office.theirs


@pytest.fixture
def chief(office: Circle) -> Account:
    return office.chief


@pytest.fixture
def dossier(office: Circle) -> Dossier:
    return office.dossier


@pytest.fixture
def own(office: Circle) -> Partner:
    return office.own


@pytest.fixture
def partner(office: Circle) -> Partner:
    return office.partner


@pytest.fixture
def joint(office: Circle) -> Publication:
    return office.joint


@pytest.fixture
def asked(joint: Publication, sender: Account) -> Signing:
    return ask(joint, sender)[0]


def joined(
    own: Partner, other: Organisation, by: Account, who_joins: Account
) -> Partner:
    """Return the place of an organisation that joined."""
    place = coalitions.ask(own, other, by=by, at=clock.now())
    return coalitions.join(place, None, by=who_joins, at=clock.now())


def ready(publication: Publication, writer: Account) -> Publication:
    """Return a text that somebody asked to send."""
    sending.ask(publication.pk, by=writer, at=clock.now())
    publication.refresh_from_db()
    return publication


def seen(publication: Publication) -> str:
    """Return what a sender saw of it."""
    row = Publication.objects.get(pk=publication.pk)
    return sending.fingerprint(draft_of(row, on=clock.today()), row.organisation)


def ask(publication: Publication, by: Account) -> list[Signing]:
    """Return the new questions to sign it."""
    return signing.ask_to_sign(
        publication.pk,
        seen=seen(publication),
        until=clock.today(),
        by=by,
        at=clock.now(),
    )


def sign(row: Signing, by: Account) -> Signing:
    """Return it, signed."""
    return signing.sign(row.pk, seen=row.reading, by=by, at=clock.now())


def move(publication: Publication, dossier: Dossier | None, by: Account) -> None:
    """Choose its dossier, and nothing else."""
    keep_facts(
        publication.pk,
        publication.title,
        {},
        publication.issues.all(),
        dossier=dossier,
        by=by,
        at=clock.now(),
    )


def send(publication: Publication, by: Account) -> Version:
    """Return what was sent."""
    return sending.send(publication.pk, seen=seen(publication), by=by, at=clock.now())


def names(publication: Publication) -> tuple[str, ...]:
    """Return whose names stand below a text that is not sent."""
    row = Publication.objects.get(pk=publication.pk)
    return draft_of(row, on=clock.today()).cosigners


@pytest.mark.wide
def test_an_organisation_is_asked_reads_signs_and_stands_below_what_is_sent(
    ours: Organisation,
    theirs: Organisation,
    joint: Publication,
    partner: Partner,
    sender: Account,
    chief: Account,
) -> None:
    here, there = login(Client(), sender), login(Client(), chief)
    looked = here.get(page(ours, "publications:send", joint.pk)).content.decode()
    address = page(ours, "publications:ask-to-sign", joint.pk)
    form = here.get(address)
    typed = {"seen": form.context["seen"], "until": clock.today().isoformat()}
    here.post(address, typed)
    row = Signing.objects.get()
    question = page(theirs, "publications:sign", row.pk)

    listed = there.get(page(theirs, "publications:signing-list")).content.decode()
    today = there.get(page(theirs, "reports:work-list")).content.decode()
    read = there.get(question)
    text = read.content.decode()
    there.post(question, {"sign": "1", "seen": read.context["it"].seen})
    before = here.get(page(ours, "publications:send", joint.pk))
    here.post(
        page(ours, "publications:send", joint.pk), {"seen": before.context["seen"]}
    )
    version = Version.objects.get()
    after = there.get(question).content.decode()

    assert "Vraag de anderen om te tekenen" in looked
    assert question in listed
    assert question in today
    assert PASSAGE in text
    assert "Terugbellen duurt te lang." in text
    assert "Mede namens: Stichting Overkant" in before.content.decode()
    paper = reading_of(version, on=clock.today())
    assert paper.cosigners == ("Stichting Overkant",)
    made = plain(paper, ours)
    assert made["cosigned"] == f"{UNDER}. Het bewijs is van {ours.name}."
    assert UNDER in after
    assert version.files.get(form="pdf").checksum in after
    acts = AuditEvent.objects.filter(kind__startswith="publications.signing")
    assert [(it.kind, it.actor, it.responsible) for it in acts.order_by("seq")] == [
        ("publications.signing.asked", sender.pk, ours.pk),
        ("publications.signing.signed", chief.pk, theirs.pk),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("answer", ["none", "declined"])
def test_who_did_not_sign_stands_below_nothing_and_reads_it_no_more(
    theirs: Organisation,
    asked: Signing,
    joint: Publication,
    sender: Account,
    chief: Account,
    answer: str,
) -> None:
    if answer == "declined":
        signing.decline(asked.pk, "Te scherp", by=chief, at=clock.now())

    version = send(joint, sender)

    assert reading_of(version, on=clock.today()).cosigners == ()
    asked.refresh_from_db()
    assert (asked.version, asked.lapsed_on) == (None, clock.today())
    address = page(theirs, "publications:sign", asked.pk)
    shown = login(Client(), chief).get(address).content.decode()
    assert "verstuurd zonder uw naam" in shown
    assert PASSAGE not in shown
    with pytest.raises(signing.IsOver):
        sign(asked, chief)


@pytest.mark.slow
def test_a_change_of_the_text_takes_the_signatures_away(
    ours: Organisation,
    theirs: Organisation,
    asked: Signing,
    joint: Publication,
    writer: Account,
    sender: Account,
    chief: Account,
) -> None:
    sign(asked, chief)
    stood = names(joint)

    keep(joint, joint.open_words().text + " En meer.", writer)

    assert stood == ("Stichting Overkant",)
    assert names(joint) == ()
    address = page(theirs, "publications:sign", asked.pk)
    answer = login(Client(), chief).post(
        address, {"sign": "1", "seen": asked.reading}, follow=True
    )
    shown = login(Client(), chief).get(address).content.decode()
    assert "niet meer op antwoorden" in answer.content.decode()
    assert "En meer." not in shown
    again = ask(ready(joint, writer), sender)
    assert [row.partner for row in again] == [asked.partner]


@pytest.mark.wide
def test_a_change_back_does_not_bring_a_signature_back(
    asked: Signing, joint: Publication, writer: Account, chief: Account
) -> None:
    sign(asked, chief)
    text = joint.open_words().text

    keep(joint, "Anders.", writer)
    keep(joint, text, writer)

    assert names(joint) == ()


@pytest.mark.wide
def test_words_that_are_taken_back_take_the_signatures_with_them(
    theirs: Organisation,
    asked: Signing,
    joint: Publication,
    report: Report,
    chief: Account,
) -> None:
    sign(asked, chief)

    withdraw_report(report, on=clock.today())

    assert names(joint) == ()
    address = page(theirs, "publications:sign", asked.pk)
    shown = login(Client(), chief).get(address)
    assert shown.context["it"].text is None
    assert PASSAGE not in shown.content.decode()
    with pytest.raises(sending.Changed):
        sign(asked, chief)


@pytest.mark.slow
def test_what_proves_it_may_change_and_is_no_part_of_what_is_signed(
    asked: Signing, joint: Publication, claim: Claim, writer: Account, chief: Account
) -> None:
    sign(asked, chief)

    cite_source(claim, "Nog een rapport", "", by=writer, at=clock.now())

    assert names(joint) == ("Stichting Overkant",)


@pytest.mark.wide
def test_who_does_not_sign_says_why_and_may_think_again(
    ours: Organisation,
    theirs: Organisation,
    asked: Signing,
    joint: Publication,
    sender: Account,
    chief: Account,
) -> None:
    there = login(Client(), chief)
    address = page(theirs, "publications:sign", asked.pk)

    silent = there.post(address, {"why": " "}).content.decode()
    there.post(address, {"why": "Te scherp voor ons"})
    told = login(Client(), sender).get(page(ours, "publications:send", joint.pk))
    declined = names(joint)
    there.post(address, {"sign": "1", "seen": asked.reading})
    signed = names(joint)
    there.post(address, {"why": "Toch niet"})

    assert "Zeg in een paar woorden waarom niet." in silent
    assert "Te scherp voor ons" in told.content.decode()
    assert (declined, signed, names(joint)) == ((), ("Stichting Overkant",), ())


@pytest.mark.slow
def test_what_was_not_read_is_not_signed(asked: Signing, chief: Account) -> None:
    with pytest.raises(sending.Changed):
        signing.sign(asked.pk, seen="", by=chief, at=clock.now())


@pytest.mark.wide
def test_a_look_at_an_old_page_signs_nothing_and_says_so(
    theirs: Organisation, asked: Signing, joint: Publication, chief: Account
) -> None:
    address = page(theirs, "publications:sign", asked.pk)
    typed = {"sign": "1", "seen": "0" * 64}

    answer = login(Client(), chief).post(address, typed, follow=True)

    assert "intussen veranderd" in answer.content.decode()
    assert names(joint) == ()


@pytest.mark.slow
def test_who_leaves_keeps_what_was_sent_and_stands_under_nothing_new(
    theirs: Organisation,
    asked: Signing,
    joint: Publication,
    partner: Partner,
    writer: Account,
    sender: Account,
    chief: Account,
) -> None:
    sign(asked, chief)
    version = send(joint, sender)
    sending.begin_correction(joint.pk, by=writer, at=clock.now())
    around = {"changes": "Korter."}
    keep_facts(
        joint.pk,
        joint.title,
        around,
        joint.issues.all(),
        dossier=joint.dossier,
        by=writer,
        at=clock.now(),
    )
    new = ask(ready(joint, writer), sender)[0]
    sign(new, chief)
    stood = names(joint)

    coalitions.leave(partner, by=chief, at=clock.now())

    there = login(Client(), chief)
    kept = there.get(page(theirs, "publications:sign", asked.pk))
    gone = there.get(page(theirs, "publications:sign", new.pk))
    assert stood == ("Stichting Overkant",)
    assert names(joint) == ()
    assert UNDER in kept.content.decode()
    assert gone.status_code == 404
    assert reading_of(version, on=clock.today()).cosigners == ("Stichting Overkant",)
    with pytest.raises(signing.IsOver):
        sign(new, chief)


@pytest.mark.wide
def test_when_we_leave_nobody_signs_with_us_any_more(
    ours: Organisation,
    theirs: Organisation,
    asked: Signing,
    joint: Publication,
    own: Partner,
    sender: Account,
    chief: Account,
) -> None:
    sign(asked, chief)

    coalitions.leave(own, by=sender, at=clock.now())

    assert names(joint) == ()
    address = page(theirs, "publications:sign", asked.pk)
    assert login(Client(), chief).get(address).context["it"].text is None
    address = page(ours, "publications:ask-to-sign", joint.pk)
    assert login(Client(), sender).get(address).status_code == 404
    with pytest.raises(signing.NotTogether):
        ask(joint, sender)


@pytest.mark.parametrize("who", ["asker", "asked"])
@pytest.mark.wide
def test_who_leaves_and_joins_again_stands_below_nothing_by_itself(
    asked: Signing,
    joint: Publication,
    own: Partner,
    partner: Partner,
    dossier: Dossier,
    sender: Account,
    chief: Account,
    who: str,
) -> None:
    sign(asked, chief)
    at = clock.now()

    if who == "asker":
        coalitions.leave(own, by=sender, at=at)
        again = coalitions.ask(partner, dossier.organisation, by=chief, at=at)
        deliver_due(at=at, on=clock.today())
        coalitions.join(again, dossier, by=sender, at=at)
    else:
        coalitions.leave(partner, by=chief, at=at)
        deliver_due(at=at, on=clock.today())

    asked.refresh_from_db()
    assert asked.lapsed_on == clock.today()
    assert names(joint) == ()


@pytest.mark.wide
def test_who_leaves_ends_no_question_of_others(
    ours: Organisation,
    asked: Signing,
    joint: Publication,
    own: Partner,
    sender: Account,
    chief: Account,
) -> None:
    third = OrganisationFactory.create(name="Bond Zandbank")
    boss = member(third, Role.COORDINATOR)
    new = joined(own, third, sender, boss)
    sign(asked, chief)

    coalitions.leave(new, by=boss, at=clock.now())
    deliver_due(at=clock.now(), on=clock.today())

    assert names(joint) == ("Stichting Overkant",)


@pytest.mark.slow
def test_after_a_restore_nobody_stands_below_what_was_not_sent(
    asked: Signing, joint: Publication, sender: Account, chief: Account
) -> None:
    sign(asked, chief)

    after_a_restore({}, 1)

    assert names(joint) == ()
    assert Signing.objects.get().lapsed_on == clock.today()


@pytest.mark.wide
def test_after_a_restore_what_was_thrown_away_goes_again_and_what_was_sent_stays(
    joint: Publication, sender: Account, ours: Organisation, claim: Claim
) -> None:
    send(joint, sender)
    other = letter(ours, sender, claim)

    for row in (joint, other):
        remove_dropped({"key": row.key_id}, 1)

    assert Publication.objects.get() == joint


@pytest.mark.wide
@pytest.mark.parametrize("why", ["left", "taken back"])
def test_what_nobody_can_answer_waits_for_nobody(
    theirs: Organisation,
    asked: Signing,
    own: Partner,
    report: Report,
    sender: Account,
    chief: Account,
    why: str,
) -> None:
    there = login(Client(), chief)
    pages = [
        page(theirs, "reports:work-list"),
        page(theirs, "publications:signing-list"),
        page(theirs, "publications:sign", asked.pk),
    ]
    before = [there.get(each).content.decode() for each in pages]

    if why == "left":
        coalitions.leave(own, by=sender, at=clock.now())
    else:
        withdraw_report(report, on=clock.today())

    today, *others = [there.get(each).content.decode() for each in pages]
    assert asked.title in before[0]
    assert asked.title not in today
    for shown in others:
        assert "wacht op u" not in shown
        assert "kan niet meer" in shown
    assert all("wacht op u" in shown for shown in before[1:])


@pytest.mark.slow
def test_another_dossier_is_another_circle(
    asked: Signing, joint: Publication, writer: Account, chief: Account
) -> None:
    sign(asked, chief)
    dossier = joint.dossier

    move(joint, None, writer)
    move(joint, dossier, writer)

    assert names(joint) == ()
    asked.refresh_from_db()
    assert asked.lapsed_on == clock.today()


@pytest.mark.wide
def test_who_chooses_the_dossier_chooses_who_reads_it_and_does_so_with_a_second(
    ours: Organisation, joint: Publication, partner: Partner, sender: Account
) -> None:
    dossier = joint.dossier
    move(joint, None, sender)
    before = Publication.objects.get(pk=joint.pk)

    move(joint, dossier, sender)
    move(joint, dossier, sender)

    moved = Publication.objects.get(pk=joint.pk)
    assert (moved.dossier, moved.asked_on, moved.asked_reading) == (dossier, None, "")
    assert moved.revision == before.revision + 1
    assert moved.is_by(sender)
    acts = AuditEvent.objects.filter(kind="publications.publication.moved")
    assert [(it.actor, it.responsible) for it in acts] == [(sender.pk, ours.pk)] * 2
    with pytest.raises(sending.NotAsked):
        ask(joint, sender)
    ready(joint, sender)
    with pytest.raises(sending.SamePerson):
        ask(joint, sender)


@pytest.mark.wide
def test_enter_signs_nothing_and_who_says_why_not_does_not_sign(
    theirs: Organisation, asked: Signing, joint: Publication, chief: Account
) -> None:
    there = login(Client(), chief)
    address = page(theirs, "publications:sign", asked.pk)
    typed = {"seen": asked.reading, "why": "Te scherp voor ons"}

    shown = there.get(address).content.decode()
    both = there.post(address, typed | {"sign": "1"}).content.decode()
    calm = there.post(address, typed | {"preference": "calm:1"}).content.decode()

    asked.refresh_from_db()
    first = re.search(r'<button[^>]* form="sign"[^>]*>', shown)
    assert first is not None
    assert "name=" not in first[0]
    assert first.start() < shown.index('<form id="sign"')
    assert asked.is_signed is None
    assert "Hier staat waarom u niet tekent." in both
    assert 'value="Te scherp voor ons"' in both
    assert 'value="Te scherp voor ons"' in calm
    there.post(address, typed)
    answer = Signing.objects.get(pk=asked.pk)
    assert (answer.is_signed, answer.why) == (False, "Te scherp voor ons")
    Publication.objects.filter(pk=joint.pk).update(is_open=False)
    assert "main_form" not in there.get(address).context  # no form, no button of it


@pytest.mark.slow
def test_who_wrote_it_lets_nobody_sign_it(
    joint: Publication, partner: Partner, writer: Account
) -> None:
    with pytest.raises(sending.SamePerson):
        ask(joint, writer)


def test_nobody_signs_what_nobody_asked_to_send(
    publication: Publication, dossier: Dossier, partner: Partner, sender: Account
) -> None:
    Publication.objects.filter(pk=publication.pk).update(dossier=dossier)

    with pytest.raises(sending.NotAsked):
        ask(publication, sender)


@pytest.mark.wide
def test_the_page_says_why_nobody_was_asked(
    ours: Organisation, joint: Publication, partner: Partner, sender: Account
) -> None:
    here = login(Client(), sender)
    address = page(ours, "publications:ask-to-sign", joint.pk)
    days = (clock.today() - timedelta(days=1), clock.today() + timedelta(days=366))

    slips = [
        here.post(address, {"seen": seen(joint), "until": day.isoformat()})
        for day in days
    ]
    old = here.post(
        address, {"seen": "", "until": clock.today().isoformat()}, follow=True
    )

    for slip in slips:
        assert "Kies een dag vanaf vandaag, binnen een jaar." in slip.content.decode()
    assert "Lees het nog eens" in old.content.decode()
    assert not Signing.objects.exists()


@pytest.mark.slow
def test_what_was_sent_is_asked_of_nobody(
    joint: Publication, partner: Partner, sender: Account
) -> None:
    Publication.objects.filter(pk=joint.pk).update(is_open=False)

    with pytest.raises(NotOpen):
        ask(joint, sender)


@pytest.mark.slow
def test_who_was_asked_is_not_asked_twice_and_a_newcomer_is(
    ours: Organisation,
    asked: Signing,
    joint: Publication,
    own: Partner,
    writer: Account,
    sender: Account,
    chief: Account,
) -> None:
    sign(asked, chief)
    third = OrganisationFactory.create(name="Bond Zandbank")
    boss = member(third, Role.COORDINATOR)

    here = login(Client(), sender)
    offered = "Vraag de anderen om te tekenen"
    alone = here.get(page(ours, "publications:send", joint.pk)).content.decode()
    twice = ask(joint, sender)
    new = joined(own, third, sender, boss)
    with pytest.raises(signing.OtherCircle):
        ask(joint, sender)
    unknown = here.get(page(ours, "publications:send", joint.pk)).content.decode()
    ready(joint, writer)
    more = ask(joint, sender)

    assert twice == []
    assert [row.partner for row in more] == [new]
    assert names(joint) == ("Stichting Overkant",)
    shown = here.get(page(ours, "publications:publication", joint.pk))
    assert offered not in alone
    assert offered not in unknown
    assert "Nieuw in het dossier: Bond Zandbank." in unknown
    assert "Bond Zandbank" in shown.content.decode()
    assert "antwoordde nog niet" in shown.content.decode()


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("closing", "Met groet,\nStichting  overkant"),
        ("salutation", "Namens Stichting Overkant vragen wij:"),
    ],
)
@pytest.mark.wide
def test_a_name_of_a_partner_is_not_typed_as_if_it_signs(
    ours: Organisation,
    joint: Publication,
    partner: Partner,
    writer: Account,
    field: str,
    words: str,
) -> None:
    around = {field: words}
    keep_facts(
        joint.pk,
        joint.title,
        around,
        joint.issues.all(),
        dossier=joint.dossier,
        by=writer,
        at=clock.now(),
    )

    with pytest.raises(sending.NotReady) as refusal:
        sending.ask(joint.pk, by=writer, at=clock.now())

    assert [it.trouble.value for it in refusal.value.problems] == ["named"]
    here = login(Client(), writer)
    shown = here.get(page(ours, "publications:publication", joint.pk))
    assert (
        "U typte Stichting Overkant alsof zij ondertekenen." in shown.content.decode()
    )


@pytest.mark.slow
def test_the_other_organisation_sees_the_text_and_nothing_else(
    theirs: Organisation,
    asked: Signing,
    joint: Publication,
    claim: Claim,
    report: Report,
    dossier: Dossier,
    chief: Account,
) -> None:
    there = login(Client(), chief)
    shown = there.get(page(theirs, "publications:sign", asked.pk)).content.decode()
    pages = {
        "publications:publication": joint.pk,
        "publications:draft": joint.pk,
        "publications:send": joint.pk,
        "publications:ask-to-sign": joint.pk,
        "publications:with-dossier": dossier.pk,
        "issues:claim": claim.pk,
        "issues:issue": claim.issue_id,
        "reports:report": report.pk,
        "dossiers:dossier": dossier.pk,
    }

    assert SOURCE not in shown
    assert "Ik wacht al een jaar" not in shown
    assert str(asked.asked_by) not in shown
    for name, key in pages.items():
        assert there.get(page(theirs, name, key)).status_code == 404, name


@pytest.mark.slow
def test_only_who_speaks_for_the_organisation_sees_and_signs_it(
    ours: Organisation, theirs: Organisation, asked: Signing, sender: Account
) -> None:
    third = OrganisationFactory.create()
    strangers = {
        member(third, Role.COORDINATOR): third,
        sender: ours,
        member(theirs, Role.VOLUNTEER): theirs,
        member(theirs, Role.ADVOCATE): theirs,
        member(theirs, Role.ADMINISTRATOR): theirs,
    }

    for account, organisation in strangers.items():
        address = page(organisation, "publications:sign", asked.pk)
        desk = login(Client(), account)
        assert desk.get(address).status_code == 404
        assert (
            desk.post(address, {"sign": "1", "seen": asked.reading}).status_code == 404
        )
    asked.refresh_from_db()
    assert asked.is_signed is None


@pytest.mark.wide
def test_a_look_from_outside_is_in_the_log_of_the_report(
    ours: Organisation,
    theirs: Organisation,
    asked: Signing,
    joint: Publication,
    report: Report,
    chief: Account,
) -> None:
    login(Client(), chief).get(page(theirs, "publications:sign", asked.pk))

    events = AuditEvent.objects.about(label_of(report))
    event = events.filter(kind="reports.report.read").latest("seq")
    assert (event.actor, event.responsible) == (chief.pk, theirs.pk)


@pytest.mark.wide
def test_a_mail_says_that_something_waits_and_not_what(
    asked: Signing,
    joint: Publication,
    theirs: Organisation,
    sender: Account,
    chief: Account,
) -> None:
    member(theirs, Role.ADMINISTRATOR)
    member(theirs, Role.VOLUNTEER)
    sign(asked, chief)

    for _news_then_letters in range(2):
        deliver_due(at=clock.now(), on=clock.today())

    questions = [it for it in mail.outbox if "naam onder een tekst" in str(it.body)]
    answers = [it for it in mail.outbox if "gaf antwoord" in str(it.body)]
    assert [it.to[0] for it in questions] == [chief.email]
    assert [it.to[0] for it in answers] == [sender.email]
    assert not any(joint.title in str(it.body) + it.subject for it in mail.outbox)


@pytest.mark.wide
def test_the_fingerprint_of_what_is_signed_knows_no_names_and_no_stamp(
    ours: Organisation, asked: Signing, joint: Publication, chief: Account
) -> None:
    before = reading_to_sign(draft_of(joint, on=clock.today()), ours)

    sign(asked, chief)

    paper = draft_of(joint, on=clock.today())
    assert paper.cosigners
    assert reading_to_sign(paper, ours) == before == asked.reading
