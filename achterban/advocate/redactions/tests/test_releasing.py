"""Two people make it public, and nothing that went out is found in it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from achterban.advocate.dossiers.models import Dossier
from achterban.advocate.redactions import rendering
from achterban.advocate.redactions.actions import deciding, releasing
from achterban.advocate.redactions.actions.deciding import Source
from achterban.advocate.redactions.models import Redaction
from achterban.advocate.redactions.tests.factories import (
    SECRETS,
    asked,
    brought,
    decide,
    released,
)
from achterban.core import clock
from achterban.core.accounts.models import Account
from achterban.core.audit.models import AuditEvent
from achterban.core.files.models import StoredFile
from achterban.core.outbox.receivers import receivers_of
from achterban.core.vault.models import DataKey
from achterban.listen.reports.actions.reviewing import (
    is_waiting_elsewhere,
    look_elsewhere,
)
from achterban.rules.deidentify import Kind, Span
from achterban.rules.redaction import USUAL, Decision, Surplus, Where

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


def files_of(row: Redaction) -> dict[str, bytes]:
    return {
        it.form: b"".join(it.file.open_bytes())
        for it in row.files.select_related("file")
        if it.file
    }


def test_what_was_brought_in_is_sealed_and_proposed(row: Redaction) -> None:
    proposed = [it.words for it in row.open_decisions()]

    assert proposed[:2] == ["Wietske Zandloper", "w.zandloper@voorbeeld.test"]
    assert {it.ground for it in row.open_decisions()} == {USUAL}
    for secret in SECRETS:
        assert secret.encode() not in row.sealed_text
        assert secret not in row.public_text()
    assert not deciding.remaining(row)


@pytest.mark.slow
def test_the_files_hold_nothing_that_went_out_whoever_looks(
    row: Redaction, volunteer: Account, coordinator: Account, tmp_path: Path
) -> None:
    released(row, by=volunteer, second=coordinator)

    files = files_of(row)
    seen = [*files.values()]
    path = tmp_path / "a.pdf"
    path.write_bytes(files["pdf"])
    for program in ("pdftotext", "pdfinfo", "qpdf"):
        if where := shutil.which(program):
            more = {"pdftotext": ["-"], "pdfinfo": [], "qpdf": ["--qdf", "-"]}[program]
            done = subprocess.run([where, path, *more], capture_output=True, check=True)
            seen.append(done.stdout)
    assert b"elke zes weken" in files["txt"]
    assert b"[5.1.2e]" in files["txt"]
    for content in seen:
        for secret in SECRETS:
            assert secret.casefold().encode() not in content.lower()
            assert secret.encode("utf-16-be") not in content


@pytest.mark.differs
def test_who_asked_does_not_release_and_the_database_says_so_too(
    row: Redaction, coordinator: Account, volunteer: Account
) -> None:
    asked(row, by=coordinator)
    row.refresh_from_db()

    with pytest.raises(releasing.SamePerson):
        releasing.release(row, seen=row.revision, by=coordinator, at=clock.now())

    at = clock.now()
    moments = {"released_on": clock.today(), "released_at": at}
    rows = Redaction.objects.filter(pk=row.pk)
    with pytest.raises(IntegrityError, match="by_two_people"), transaction.atomic():
        rows.update(released_by=coordinator, **moments)
    rows.update(asked_on=None, asked_by=None)
    with pytest.raises(IntegrityError, match="asked_before"), transaction.atomic():
        rows.update(released_by=volunteer, **moments)


def test_what_was_changed_after_asking_is_asked_again(
    row: Redaction, volunteer: Account, coordinator: Account
) -> None:
    asked(row, by=volunteer)
    seen = decide(row, Decision("Voorbeeld", USUAL), by=coordinator).revision
    row.refresh_from_db()

    with pytest.raises(releasing.NotAsked):
        releasing.release(row, seen=seen, by=coordinator, at=clock.now())
    with pytest.raises(deciding.Changed):
        releasing.ask(row, seen=seen - 1, by=volunteer, at=clock.now())
    asked(row, by=volunteer)
    row.refresh_from_db()
    with pytest.raises(deciding.Changed):
        releasing.release(row, seen=seen - 1, by=coordinator, at=clock.now())


def test_a_part_of_a_name_elsewhere_holds_it_back_until_somebody_decides(
    dossier: Dossier, volunteer: Account
) -> None:
    text = (
        "Van: Els Bosrand <e@voorbeeld.test>\n\nEls zei het. In Bosrand woont niemand."
    )
    row = brought(dossier, volunteer, text)

    with pytest.raises(releasing.NotSafe) as refusal:
        asked(row, by=volunteer)

    assert [it.words for it in refusal.value.traces] == ["Bosrand", "Els"]
    decide(row, Decision("Els", USUAL), Decision("Bosrand", None), by=volunteer)
    assert asked(row, by=volunteer).asked_on == clock.today()
    row.refresh_from_db()
    assert row.public_text().endswith("[5.1.2e] zei het. In Bosrand woont niemand.")


def test_a_name_in_the_title_holds_it_back(row: Redaction, volunteer: Account) -> None:
    Redaction.objects.filter(pk=row.pk).update(title="Mail van Zandloper")
    row.refresh_from_db()

    with pytest.raises(releasing.NotSafe):
        asked(row, by=volunteer)


@pytest.mark.slow
def test_what_is_found_in_the_files_holds_it_back(
    row: Redaction,
    volunteer: Account,
    coordinator: Account,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked(row, by=volunteer)
    row.refresh_from_db()
    made = rendering.render(row)
    for form, more in (("txt", b"\n<!-- Zandloper -->"), ("pdf", b"\n%/EmbeddedFile")):
        spoilt = {it: made[it] + (more if it.value == form else b"") for it in made}
        monkeypatch.setattr(releasing, "render", lambda _row, it=spoilt: it)

        with pytest.raises(releasing.NotSafe) as refusal:
            releasing.release(row, seen=row.revision, by=coordinator, at=clock.now())

        if form == "txt":
            assert {it.where for it in refusal.value.traces} == {
                Where.TEXT,
                Where.INSIDE,
            }
        else:
            assert refusal.value.surplus == [Surplus.ATTACHMENT]
    row.refresh_from_db()
    assert not row.is_public
    assert not row.files.exists()


@pytest.mark.wide
def test_what_is_withdrawn_is_gone_and_can_be_made_public_again(
    row: Redaction, volunteer: Account, coordinator: Account
) -> None:
    released(row, by=volunteer, second=coordinator)
    keys = [*row.files.values_list("file", flat=True)]
    row.refresh_from_db()
    for act in (deciding.drop, releasing.withdraw):
        if act is deciding.drop:
            with pytest.raises(deciding.IsPublic):
                act(row, by=coordinator, at=clock.now())
        else:
            act(row, by=coordinator, at=clock.now())
            act(row, by=coordinator, at=clock.now())

    row.refresh_from_db()
    assert (row.is_public, row.withdrawn_on) == (False, clock.today())
    assert not StoredFile.objects.filter(pk__in=keys).exists()
    assert not DataKey.objects.filter(pk__in=keys).exists()
    assert row.files.count() == 2  # by what they were known
    released(row, by=volunteer, second=coordinator)
    assert len(files_of(row)) == 2
    with pytest.raises(deciding.IsPublic):
        decide(row, by=volunteer)
    with pytest.raises(deciding.IsPublic):
        asked(row, by=volunteer)
    row.refresh_from_db()
    with pytest.raises(deciding.IsPublic):
        releasing.release(row, seen=0, by=coordinator, at=clock.now())


@pytest.mark.slow
def test_after_a_restore_what_was_withdrawn_is_withdrawn_again(
    row: Redaction, dossier: Dossier, volunteer: Account, coordinator: Account
) -> None:
    """The ledger destroys the keys of its files again; the row is as it was."""
    held = released(row, by=volunteer, second=coordinator)
    other = released(brought(dossier, volunteer), by=volunteer, second=coordinator)
    waits = asked(brought(dossier, volunteer), by=volunteer)
    keys = [*held.files.values_list("file", flat=True)]
    StoredFile.objects.filter(pk__in=keys).delete()

    releasing.after_a_restore({}, 1)

    for it in (held, other, waits):
        it.refresh_from_db()
    assert (held.is_public, other.is_public) == (False, True)
    assert (held.withdrawn_on, waits.asked_on) == (clock.today(), None)


def test_what_is_dropped_goes_with_its_key_after_a_restore_too(
    row: Redaction, volunteer: Account
) -> None:
    key = row.key_id

    deciding.drop(row, by=volunteer, at=clock.now())

    assert not Redaction.objects.exists()
    assert not DataKey.objects.filter(pk=key).exists()
    back = brought(Dossier.objects.get(), volunteer)
    for receive in receivers_of("vault.destroyed"):
        receive({"key": back.pk}, 1)
    assert not Redaction.objects.exists()


def test_names_that_a_process_finds_are_added_and_decisions_stay(
    row: Redaction, volunteer: Account
) -> None:
    decide(row, Decision("Voorbeeld", None), by=volunteer)
    asked(row, by=volunteer)
    text = row.open_text()
    spans = [
        Span(at, at + len(word), Kind.PERSON)
        for word in ("Overleg", "Voorbeeld")
        if (at := text.index(word)) >= 0
    ]
    assert is_waiting_elsewhere()

    failed = look_elsewhere(lambda _text: spans)

    row.refresh_from_db()
    added = {it.words: it.ground for it in row.open_decisions()}
    assert failed == []
    assert (added["Overleg"], added["Voorbeeld"]) == (USUAL, None)
    assert (row.asked_on, row.looked_on) == (None, clock.today())
    assert not is_waiting_elsewhere()


def test_looking_that_fails_holds_up_nobody(row: Redaction) -> None:
    failed = look_elsewhere(lambda _text: [][1])

    assert failed == ["redactions.redaction"]
    assert not is_waiting_elsewhere(but=failed)


@pytest.mark.parametrize(
    "text", ["", "Zo\ufffd kwam", "ZoÃ« kwam", "\n".join(["QUJD" * 19] * 4)]
)
def test_what_nobody_can_look_through_is_refused(
    dossier: Dossier, volunteer: Account, text: str
) -> None:
    with pytest.raises(deciding.NotReadable):
        brought(dossier, volunteer, text)


def test_too_much_is_refused(dossier: Dossier, volunteer: Account) -> None:
    source = Source("a " * deciding.MOST_CHARACTERS, "0")

    with pytest.raises(deciding.TooLong):
        deciding.bring_in(dossier, "x", source, by=volunteer, at=clock.now())


def test_no_decision_is_left_out_in_silence(
    dossier: Dossier, row: Redaction, volunteer: Account
) -> None:
    many = [Decision(f"a{n}", USUAL) for n in range(deciding.MOST_DECISIONS + 1)]
    boxes = " ".join(f"p{n}@b.test" for n in range(deciding.MOST_PROPOSED + 1))

    with pytest.raises(deciding.TooLong):
        decide(row, *many, by=volunteer)
    with pytest.raises(deciding.TooLong):
        brought(dossier, volunteer, boxes)


@pytest.mark.wide
def test_the_log_tells_what_was_done_and_no_words(
    row: Redaction, volunteer: Account, coordinator: Account
) -> None:
    deciding.record_reading(row, by=coordinator, at=clock.now())
    decide(row, by=volunteer)
    released(row, by=volunteer, second=coordinator)
    row.refresh_from_db()
    releasing.withdraw(row, by=coordinator, at=clock.now())

    told = AuditEvent.objects.filter(kind__startswith="redactions.").order_by("pk")

    acts = [it.kind.rpartition(".")[2] for it in told]
    assert acts == ["brought", "read", "decided", "asked", "released", "withdrawn"]
    assert not any(secret in str(it.facts) for it in told for secret in SECRETS)
