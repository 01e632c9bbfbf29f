"""A promise is confirmed, asked after and taken higher by letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from achterban.advocate.commitments.actions import expecting
from achterban.advocate.commitments.actions.keeping import When
from achterban.advocate.commitments.models import Commitment
from achterban.advocate.commitments.tests.factories import SAID, promised
from achterban.advocate.dossiers.actions.meetings import invite, keep_meeting
from achterban.advocate.dossiers.models import Dossier, Meeting, Rank
from achterban.advocate.dossiers.tests.factories import begun
from achterban.advocate.publications import first_words
from achterban.advocate.publications.actions import promising
from achterban.advocate.publications.models import Aim, PromiseLetter
from achterban.advocate.publications.promises import owing, rungs_left
from achterban.advocate.publications.tests.factories import sent
from achterban.advocate.stakeholders.models import Party
from achterban.advocate.stakeholders.tests.factories import PartyFactory
from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.organisations.models import Organisation
from achterban.rules.deidentify import MASK
from achterban.rules.papers import read_text

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
WORDS = "Wij bellen u voor de zomer terug."


@pytest.fixture
def dossier(ours: Organisation, writer: Account) -> Dossier:
    return begun(ours, writer, owner=writer)


@pytest.fixture
def ministry(ours: Organisation) -> Party:
    return PartyFactory.create(organisation=ours, name="Ministerie van Zorg")


@pytest.fixture
def promise(dossier: Dossier, ministry: Party, writer: Account) -> Commitment:
    due = clock.today() - timedelta(days=1)
    return promised(dossier, ministry, writer, When("zomer", due), verbatim=WORDS)


def written(
    promise: Commitment, by: Account, aim: Aim = Aim.REMIND, **more: str
) -> PromiseLetter:
    ours = promise.dossier.organisation
    return promising.begin_letter(ours, aim, [promise], by=by, at=clock.now(), **more)


@pytest.mark.wide
def test_a_late_promise_is_asked_after_with_words_that_stand_ready(
    ours: Organisation, writer: Account, promise: Commitment
) -> None:
    desk = login(Client(), writer)
    address = page(ours, "publications:with-promise", promise.pk)

    beside = desk.get(page(ours, "commitments:commitment", promise.pk)).content.decode()
    proposed = desk.get(address).context["form"].initial["aim"]
    desk.post(address, {"aim": "remind"})

    letter = PromiseLetter.objects.get()
    words = letter.publication.open_words()
    assert address in beside
    assert proposed == Aim.REMIND
    assert (
        f"- “{WORDS}” (gezegd op 5 januari 2026, Brief, niet later dan " in words.text
    )
    assert words.addressee == "Ministerie van Zorg"
    assert words.closing.endswith(str(ours))
    assert letter.publication.dossier == promise.dossier
    assert "{" not in words.text + words.closing
    assert "Wij wachten nog op uw toezegging" in desk.get(address).content.decode()


@pytest.mark.slow
def test_the_next_letter_speaks_of_the_one_before_and_goes_higher(
    ours: Organisation, writer: Account, sender: Account, promise: Commitment
) -> None:
    sent(written(promise, writer).publication, writer, sender)
    desk = login(Client(), writer)
    address = page(ours, "publications:with-promise", promise.pk)

    proposed = desk.get(address).context["form"].initial
    bare = desk.post(address, {"aim": "escalate"})
    desk.post(
        address, {"aim": "escalate", "rung": "management", "why": "Geen antwoord"}
    )

    letter = PromiseLetter.objects.get(aim=Aim.ESCALATE)
    text = letter.publication.open_words().text
    assert (proposed["aim"], proposed["rung"]) == ("escalate", "civil_servant")
    assert set(bare.context["form"].errors) == {"rung", "why"}
    assert "Waarom wij nu bij u komen: Geen antwoord" in text
    assert f"({clock.today().year}-01)" in text
    assert letter.publication.open_words().addressee.endswith(
        "\nleiding van een afdeling"
    )


@pytest.mark.wide
def test_a_step_of_the_ladder_is_taken_once_and_never_down(
    writer: Account, sender: Account, promise: Commitment
) -> None:
    ladder = [
        *(Rank.CIVIL_SERVANT, Rank.MANAGEMENT, Rank.DIRECTOR_GENERAL),
        *(Rank.MINISTER, Rank.PARLIAMENT),
    ]

    assert rungs_left(promise) == ladder
    letter = written(promise, writer, Aim.ESCALATE, rung="management", why="Stil")
    assert rungs_left(promise) == ladder  # it did not go out
    sent(letter.publication, writer, sender)
    assert rungs_left(promise) == ladder[2:]
    promise.level = Rank.MINISTER
    assert rungs_left(promise) == ladder[3:]


@pytest.mark.differs
def test_the_database_keeps_no_step_without_a_reason(
    writer: Account, promise: Commitment
) -> None:
    row = written(promise, writer)

    for bad in ({"aim": "escalate"}, {"rung": "minister"}, {"why": "Stil"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PromiseLetter.objects.filter(pk=row.pk).update(**bad)
    with pytest.raises(promising.NoReason):
        written(promise, writer, Aim.ESCALATE, rung="minister")
    masked = written(promise, writer, Aim.ESCALATE, rung="minister", why="111222333")
    assert masked.why == MASK


@pytest.mark.wide
def test_what_was_said_in_a_talk_is_confirmed_in_one_letter(
    ours: Organisation, writer: Account, dossier: Dossier, ministry: Party
) -> None:
    at = clock.now()
    new_talk = Meeting(organisation=ours, title="Kennismaken", starts_at=at)
    talk = keep_meeting(new_talk, [dossier], [writer], by=writer, at=at)
    invite(talk, ministry, [], by=writer, at=at)
    desk = login(Client(), writer)
    there = page(ours, "commitments:with-meeting", talk.pk)
    new = page(ours, "commitments:new", dossier.pk)
    address = f"{new}?partij={ministry.pk}&gesprek={talk.pk}"

    offered = desk.get(there).content.decode()
    stands = desk.get(address).context["form"].initial
    for words in ("Wij bellen.", "Wij schrijven."):
        said = {"who": "0", "verbatim": words, "no_day": "on"}
        desk.post(
            address, {**said, "said_on": stands["said_on"], "source": stands["source"]}
        )
    first, second = Commitment.objects.filter(meeting=talk)
    desk.post(page(ours, "publications:with-promise", first.pk), {"aim": "confirm"})

    letter = PromiseLetter.objects.get()
    assert address.replace("&", "&amp;") in offered
    assert stands["source"] == f"Gesprek: {talk}"
    assert set(letter.commitments.all()) == {first, second}
    assert "Wij schrijven." in letter.publication.open_words().text


@pytest.mark.wide
def test_twice_a_year_a_party_gets_the_list_of_what_it_owes(
    ours: Organisation,
    writer: Account,
    sender: Account,
    promise: Commitment,
    ministry: Party,
) -> None:
    desk = login(Client(), writer)
    on = clock.today()
    [row] = owing(writer, ours, on=on)

    desk.post(page(ours, "publications:with-party", ministry.pk))
    letter = PromiseLetter.objects.get()
    waits = owing(writer, ours, on=on)[0].told_on
    sent(letter.publication, writer, sender)
    [after] = owing(writer, ours, on=on)

    assert (row.n_open, row.n_late, row.since, row.told_on) == (1, 1, SAID, None)
    assert row.is_due(SAID + timedelta(days=182))
    assert not row.is_due(SAID + timedelta(days=181))
    assert waits is None
    assert after.told_on == on
    assert not after.is_due(on + timedelta(days=181))
    assert after.is_due(on + timedelta(days=182))
    assert WORDS in letter.publication.open_words().text


def test_nobody_writes_about_a_dossier_that_is_not_theirs(
    ours: Organisation, promise: Commitment, ministry: Party
) -> None:
    advocate = login(Client(), member(ours, Role.ADVOCATE))
    address = page(ours, "publications:with-promise", promise.pk)

    assert advocate.post(address, {"aim": "remind"}).status_code == 404
    assert not PromiseLetter.objects.exists()


@pytest.mark.slow
def test_an_organisation_writes_its_own_first_words_and_goes_back_to_ours(
    ours: Organisation, writer: Account, promise: Commitment
) -> None:
    desk = login(Client(), writer)
    address = page(ours, "publications:first-words", "remind")
    typed = {"title": "Hallo {partij}", "text": "Nog niets: {toezeggingen}"}

    wrong = desk.post(address, {**typed, "title": "Over {toezegging}", "text": "Ja"})
    desk.post(address, typed)
    own = written(promise, writer).publication
    stands = desk.get(page(ours, "publications:first-words-list")).content.decode()
    desk.post(address, {"act": "back"})

    assert "{toezeggingen}" in str(wrong.context["form"].errors["text"])
    assert "{toezegging} betekent" in str(wrong.context["form"].errors["title"])
    assert own.title == "Hallo Ministerie van Zorg"
    assert own.open_words().text.startswith(f"Nog niets: - “{WORDS}”")
    assert "eigen woorden" in stands
    assert promising.words_for(ours, Aim.REMIND) == first_words.ours(Aim.REMIND)
    begin = replace(first_words.ours(Aim.REMIND), closing="{naam}")
    with pytest.raises(promising.UnknownGap):
        promising.keep_first_words(ours, Aim.REMIND, begin, by=writer, at=clock.now())


def test_who_asks_to_agree_anew_says_how_often_it_took_place(
    dossier: Dossier, ministry: Party, writer: Account
) -> None:
    first = clock.today() - timedelta(weeks=7)
    when = When("elke zeven weken", first, "FREQ=WEEKLY;INTERVAL=7")
    row = promised(dossier, ministry, writer, when)
    time = row.occurrences.get(due_on=first)
    expecting.tell(time, "held", first, "", "", by=writer, at=clock.now())

    text = written(row, writer, Aim.RENEW).publication.open_words().text

    assert "Het ging 1 van de 2 keer door zoals beloofd." in text


@pytest.mark.parametrize("aim", Aim.values)
def test_our_own_first_words_have_no_gap_that_nothing_fills(aim: str) -> None:
    begin = first_words.ours(Aim(aim))

    assert "{toezeggingen}" in begin.text
    assert not first_words.unknown_gaps(begin.text + begin.closing + begin.title)
    assert len(read_text(begin.text)) >= 3
