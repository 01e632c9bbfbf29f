"""Real input: from mails about a talk every six weeks to a promise, disputed in public.

The mails came with the names taken out; names that we invented stand in their place.
The text is read from beside the repository; none of it is copied here.
"""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from django.test import Client

from achterban.advocate.commitments.actions import expecting, keeping, showing
from achterban.advocate.commitments.actions.following import point_at
from achterban.advocate.commitments.actions.keeping import When
from achterban.advocate.commitments.models import Commitment, State
from achterban.advocate.commitments.queries import tallies
from achterban.advocate.commitments.queries.whereabouts import leaf_of, suggested_by
from achterban.advocate.dossiers.tests.factories import begun
from achterban.advocate.issues.actions import add_document
from achterban.advocate.issues.models import Document
from achterban.advocate.publications.actions.promising import begin_letter
from achterban.advocate.publications.models import Aim
from achterban.advocate.redactions.actions import deciding
from achterban.advocate.redactions.tests.factories import brought, released
from achterban.advocate.redactions.tests.test_correspondence import (
    SOURCE,
    TOLD,
    take_out_what_remains,
    with_names,
)
from achterban.advocate.stakeholders.tests.factories import PartyFactory
from achterban.core import clock
from achterban.core.accounts.models import Account
from achterban.core.accounts.tests.factories import page
from achterban.core.files.actions import Read, in_parts
from achterban.core.organisations.models import Organisation
from achterban.rules.recurrence import read_term

WRITTEN = date(2021, 2, 10)
FIRST = date(2020, 6, 1)  # when the talks would begin: asked of a person

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]


@pytest.mark.wide
def test_mails_become_a_promise_with_both_readings_a_letter_and_a_public_version(
    ours: Organisation, writer: Account, sender: Account
) -> None:
    if not SOURCE.exists():
        pytest.skip("the source is not here")
    text, at = with_names(SOURCE.read_text(encoding="utf-8")), clock.now()
    dossier = begun(ours, writer, owner=writer)
    ministry = PartyFactory.create(organisation=ours, name="Ministerie")
    read = Read(in_parts(text), False, hashlib.sha256(text.encode()).hexdigest())
    mails = Document(organisation=ours, title="Mails over het overleg")
    document = add_document(mails, read, by=writer, at=at)

    # What was promised is found, and what was denied is not.
    (it,), n_unread = suggested_by(document, WRITTEN)
    term = read_term(it.words, WRITTEN)
    assert (it.level, n_unread) == ("minister", 0)
    assert term is not None
    assert term.rhythm == "FREQ=WEEKLY;INTERVAL=6"
    row = Commitment(
        dossier=dossier,
        party=ministry,
        verbatim=it.verbatim,
        said_on=WRITTEN,
        source=str(document),
        level=it.level,
        ours="Elke zes weken met de bewindspersoon.",
        theirs="Na zes weken kijken hoe het gaat.",
        theirs_source=f"{document}, de eerste mail",
    )
    keeping.keep_commitment(row, When(it.words, FIRST, term.rhythm), by=writer, at=at)
    leaf = leaf_of(point_at(row, document, it.passage))
    assert (leaf.passage, leaf.holds) == (it.passage, True)

    # It took place once.
    until = row.occurrences.filter(due_on__lte=WRITTEN).order_by("due_on")
    for n, time in enumerate(until):
        how, level = ("missed", "") if n else ("held", "minister")
        expecting.tell(time, how, time.due_on, level, "", by=writer, at=at)
    tally = tallies([row], on=WRITTEN)[row.pk]
    assert (tally.held, tally.missed) == (1, until.count() - 1)
    keeping.take_step(row, State.DISPUTED, "", by=writer, at=at)

    # It is asked to agree on it anew.
    letter = begin_letter(ours, Aim.RENEW, [row], by=writer, at=at)
    asked = letter.publication.open_words()
    assert "opnieuw" in str(letter.publication)
    assert "Het ging 1 van de " in asked.text

    # Everybody reads both readings, and the mails without a name.
    asked_on = showing.ask_to_show(row, by=writer, at=at)
    showing.show(asked_on, by=sender, at=at)
    redaction = brought(dossier, writer, text)
    take_out_what_remains(redaction, writer)
    released(redaction, by=writer, second=sender)
    assert not deciding.remaining(redaction)
    everybody = Client()
    read_there = [
        everybody.get(page(ours, "commitments:public", row.pk)).content.decode(),
        everybody.get(page(ours, "redactions:public", redaction.pk)).content.decode(),
    ]
    assert row.ours in read_there[0]
    assert row.theirs in read_there[0]
    assert not [name for name in TOLD for shown in read_there if name in shown.lower()]
