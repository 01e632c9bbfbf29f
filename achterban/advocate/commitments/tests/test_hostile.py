"""What comes in a file, an address or a second too late breaks no page and no rule."""

from __future__ import annotations

import gzip
import html
import json
import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from achterban.advocate.commitments.actions import keeping, showing
from achterban.advocate.commitments.models import Commitment, Showing, State
from achterban.advocate.commitments.tests.factories import promised
from achterban.advocate.dossiers.actions.feeds import open_feed
from achterban.advocate.dossiers.models import Dossier
from achterban.advocate.stakeholders.models import Party
from achterban.core import clock
from achterban.core.accounts.access import UNSENT
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.organisations.models import Organisation

pytestmark = pytest.mark.django_db
ASKED = "Verzoekt de regering keuringen aan huis mogelijk te maken"
MOTION = {"nummer": "1", "onderwerp": "Keuren", "datum": "2026-03-03", "tekst": ASKED}
DEEP = '{"a":' * 50_000


@pytest.fixture
def coordinator(ours: Organisation) -> Account:
    return member(ours, Role.COORDINATOR)


def motions_page(ours: Organisation, dossier: Dossier, ministry: Party) -> str:
    address = page(ours, "commitments:motions", dossier.pk)
    return f"{address}?partij={ministry.pk}"


def said(**more: str) -> dict[str, str]:
    words = {"verbatim": "Wij komen.", "said_on": "2026-01-05", "source": "Brief"}
    return {"who": "0", "no_day": "on", **words, **more}


@pytest.mark.slow
@pytest.mark.alike
def test_a_second_person_releases_the_words_they_saw_and_no_others(
    ours: Organisation, volunteer: Account, coordinator: Account, promise: Commitment
) -> None:
    address = page(ours, "commitments:publicity", promise.pk)
    other = login(Client(), coordinator)
    seen = showing.ask_to_show(promise, by=volunteer, at=clock.now())
    promise.conditions = "Tenzij het ons niet uitkomt"
    keeping.keep_commitment(promise, None, by=volunteer, at=clock.now())
    anew = showing.ask_to_show(promise, by=volunteer, at=clock.now())

    other.post(address, {"act": "show", "seen": f"{seen.pk}"})
    other.post(address, {"act": "show"})
    before = Showing.objects.out().exists()
    assert f'name="seen" value="{anew.pk}"' in other.get(address).content.decode()
    other.post(address, {"act": "show", "seen": f"{anew.pk}"})

    assert not before
    assert Showing.objects.out().get() == anew


def test_writing_it_better_undoes_no_step_that_came_meanwhile(
    volunteer: Account, promise: Commitment
) -> None:
    opened = Commitment.objects.get(pk=promise.pk)
    keeping.take_step(promise, State.KEPT, "Mail", by=volunteer, at=clock.now())

    opened.source = "Brief, bladzijde 2"
    keeping.keep_commitment(opened, None, by=volunteer, at=clock.now())

    promise.refresh_from_db()
    assert (promise.source, promise.state) == ("Brief, bladzijde 2", State.KEPT)


@pytest.mark.alike
def test_the_feed_holds_whatever_was_pasted(
    ours: Organisation, volunteer: Account, coordinator: Account, promise: Commitment
) -> None:
    promise.verbatim = "Wij\x0c komen \x1bna <b>de zomer</b>."
    keeping.keep_commitment(promise, None, by=volunteer, at=clock.now())
    asked = showing.ask_to_show(promise, by=volunteer, at=clock.now())
    row = showing.show(asked, by=coordinator, at=clock.now())
    feed = page(ours, "commitments:open-data", "rss")

    fresh = Client().get(feed).content.decode()
    row.words["verbatim"] = "Van\x0c eerder."  # before such signs were left out
    row.save()
    old = Client().get(feed).content.decode()

    assert "Wij komen na &lt;b&gt;de zomer&lt;/b&gt;." in fresh
    assert "Van eerder." in old


@pytest.mark.slow
@pytest.mark.alike
@pytest.mark.parametrize("words", ["", "elke zes weken", "binnen acht weken"])
@pytest.mark.parametrize("fact", [("said_on", date.min), ("due", date.max)])
def test_a_mistyped_year_breaks_no_page(
    ours: Organisation,
    desk: Client,
    dossier: Dossier,
    ministry: Party,
    fact: tuple[str, date],
    words: str,
) -> None:
    new = page(ours, "commitments:new", dossier.pk) + f"?partij={ministry.pk}"
    dossier.commitments.all().delete()

    name, day = fact
    answer = desk.post(new, said(**{name: day.isoformat(), "words": words}))

    assert answer.status_code == 302
    row = dossier.commitments.get()
    pages = [page(ours, f"commitments:{it}") for it in ("list", "calendar")]
    pages.append(page(ours, "reports:work-list"))
    pages.append(page(ours, "commitments:commitment", row.pk))
    assert {desk.get(each).status_code for each in pages} == {200}


@pytest.mark.alike
def test_a_recess_without_end_gives_no_day_behind_it(
    ours: Organisation, desk: Client, dossier: Dossier, ministry: Party
) -> None:
    address = page(ours, "commitments:recesses")
    new = page(ours, "commitments:new", dossier.pk) + f"?partij={ministry.pk}"
    days = {"season": "zomer", "first": "2026-07-03", "last": "9999-12-31"}

    desk.post(address, days)
    answer = desk.post(new, said(words="na het zomerreces"))

    assert answer.status_code == 302
    assert desk.get(address).status_code == 200


@pytest.mark.slow
@pytest.mark.alike
@pytest.mark.parametrize(
    "content",
    [
        DEEP.encode(),
        gzip.compress(b"x" * 100, mtime=0)[:12] + b"\xff" * 40,
        b'{"tekst": ' + b"9" * 100_000 + b"}",
        b'{"tekst": "' + b"a" * (2 << 20) + b'"}',
    ],
)
def test_what_is_no_list_of_motions_is_refused(
    ours: Organisation,
    desk: Client,
    dossier: Dossier,
    ministry: Party,
    content: bytes,
) -> None:
    file = SimpleUploadedFile("moties.jsonl", content)

    answer = desk.post(
        motions_page(ours, dossier, ministry), {"words": "keuringen", "file": file}
    )

    assert "geen lijst" in answer.content.decode()


@pytest.mark.slow
@pytest.mark.alike
@pytest.mark.parametrize(
    "more",
    [
        {"tekst": f"{ASKED} \ud800\0"},
        {"onderwerp": "Half \ud800"},
        {"uitslag": "Stemmen - aangenomen", "stemmen": {"Voor": "\ud800"}},
        {"datum": "9999-12-31", "tekst": f"{ASKED} binnen acht weken"},
    ],
)
def test_a_motion_with_strange_signs_is_found_and_taken(
    ours: Organisation,
    desk: Client,
    dossier: Dossier,
    ministry: Party,
    more: dict[str, Any],
) -> None:
    address = motions_page(ours, dossier, ministry)
    content = json.dumps({**MOTION, **more}).encode()
    file = SimpleUploadedFile("moties.jsonl", content)

    found = desk.post(address, {"words": "keuringen", "file": file}).content.decode()
    lines = re.findall(r'name="take" value="([^"]*)"', found)
    desk.post(address, {"take": [html.unescape(line) for line in lines]})

    assert dossier.commitments.get().verbatim.startswith(ASKED)


@pytest.mark.slow
@pytest.mark.alike
@pytest.mark.parametrize("line", [DEEP, "[]", "5", '"x"', '{"number": 1}'])
def test_a_forged_line_takes_nothing(
    ours: Organisation, desk: Client, dossier: Dossier, ministry: Party, line: str
) -> None:
    answer = desk.post(motions_page(ours, dossier, ministry), {"take": line})

    assert answer.status_code == 302
    assert not dossier.commitments.exists()


@pytest.mark.alike
def test_what_was_pasted_comes_along_with_what_is_ticked(
    ours: Organisation, desk: Client, dossier: Dossier, ministry: Party
) -> None:
    address = motions_page(ours, dossier, ministry)

    found = desk.post(address, {"text": ASKED}).content.decode()
    none = desk.post(address, {"text": ASKED, "words": ""}).content.decode()

    assert f'<input type="hidden" name="text" value="{ASKED}">' in found
    assert 'name="take"' in none  # nothing was ticked: it is found once more


def test_one_promise_of_another_year_leaves_the_list_of_what_is_owed(
    ours: Organisation,
    desk: Client,
    dossier: Dossier,
    ministry: Party,
    volunteer: Account,
) -> None:
    promised(dossier, ministry, volunteer, said_on=date.max)

    assert desk.get(page(ours, "reports:work-list")).status_code == 200


@pytest.mark.alike
def test_where_it_stands_waits_as_well_for_who_logs_in_again(
    ours: Organisation, desk: Client, dossier: Dossier, ministry: Party
) -> None:
    address = page(ours, "commitments:new", dossier.pk)
    typed = said(document="12345", passage="Wij komen. Echt.", words="elke week")
    session = desk.session
    session[UNSENT] = {address: typed}
    session.save()

    shown = desk.get(f"{address}?partij={ministry.pk}").content.decode()

    assert 'name="document" value="12345"' in shown
    assert 'name="passage" value="Wij komen. Echt."' in shown
    assert 'value="elke week"' in shown


@pytest.mark.alike
def test_a_day_that_means_never_leaves_the_diary(
    ours: Organisation, dossier: Dossier, ministry: Party, volunteer: Account
) -> None:
    promised(dossier, ministry, volunteer, keeping.When("ooit", date.max))
    token = open_feed(volunteer, ours, shows_parties=False, at=clock.now())

    answer = Client().get(page(ours, "dossiers:feed", token))

    assert b"DTSTART;VALUE=DATE:99991231" in answer.content
