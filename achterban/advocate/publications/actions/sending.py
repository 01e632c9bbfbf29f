"""Ask for a second pair of eyes, send, and begin a correction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from achterban.advocate.publications.actions.writing import NotOpen, held, locked, log
from achterban.advocate.publications.checking import Problem, Trouble, problems_of
from achterban.advocate.publications.composing import (
    Content,
    Paper,
    Stamp,
    content_of,
    paper_of,
)
from achterban.advocate.publications.joint import (
    hold_partners,
    partners_of,
    signed,
    with_cosigners,
)
from achterban.advocate.publications.models import (
    Cited,
    Form,
    Publication,
    SentFile,
    Version,
    Words,
)
from achterban.advocate.publications.rendering import CannotShow, render
from achterban.advocate.publications.rendering.plain import plain
from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.core.database.rows import insert_all
from achterban.core.files.actions import Taken, ready_file
from achterban.core.organisations.models import Organisation
from achterban.listen.reports.models import Report
from achterban.rules.filetypes import Kind as FileKind
from achterban.rules.signatures import typed_signatures


class NotReady(Exception):
    """Something must be mended first.

    Attributes:
        problems: what.
    """

    def __init__(self, problems: list[Problem]) -> None:
        """Keep what must be mended."""
        super().__init__(len(problems))
        self.problems = problems


class NotAsked(Exception):
    """Nobody asked for a second pair of eyes, or the text changed since."""


class SamePerson(Exception):
    """Whoever wrote it, or asked, cannot be the one who sends it."""


class Changed(Exception):
    """It reads otherwise than what whoever sends has seen."""


def ask(publication_id: int, *, by: Account, at: datetime) -> Publication:
    """Ask for somebody else to look through it and send it.

    Args:
        publication_id: the row is locked.
        by: who asks.
        at: now.

    Raises:
        NotOpen: it was sent.
        NotReady: something must be mended first.
    """
    on = timezone.localdate(at)
    publication = Publication.objects.select_related("key", "organisation").get(
        pk=publication_id
    )
    reading = _ready_reading(publication, on=on)
    with transaction.atomic():
        now = held(publication_id)
        if now.revision != publication.revision:
            raise Changed
        now.asked_by, now.asked_on, now.asked_reading = by, on, reading
        now.asked_circle = [partner.pk for partner in partners_of(now)]
        now.save(
            update_fields=["asked_by", "asked_on", "asked_reading", "asked_circle"]
        )
        log("asked", now, by=by, at=at)
    return now


def _ready_reading(publication: Publication, *, on: date) -> str:
    """Return the fingerprint of what is ready to be asked about."""
    paper = paper_of(content_of(publication), on=on)
    problems = in_the_way(publication, paper)
    if not problems:
        try:
            render(Form.PDF, plain(paper, publication.organisation))
        except CannotShow as error:
            problems = [Problem(Trouble.SIGN, error.signs)]
    if problems:
        raise NotReady(problems)
    return fingerprint(paper, publication.organisation)


def in_the_way(publication: Publication, paper: Paper) -> list[Problem]:
    """Return what must be mended before it may be sent or signed."""
    found = problems_of(paper)
    if publication.versions.exists() and not paper.words.changes:
        found.append(Problem(Trouble.UNSAID))
    words = paper.words
    named = typed_signatures(
        [str(partner) for partner in partners_of(publication)],
        own=str(publication.organisation),
        closing=words.closing,
        rest=(
            paper.title,
            words.text,
            words.addressee,
            words.salutation,
            words.changes,
        ),
    )
    return [*found, *(Problem(Trouble.NAMED, name) for name in named)]


def fingerprint(paper: Paper, organisation: Organisation) -> str:
    """Return by what a reading of a draft is known: what was seen is what goes out."""
    content = json.dumps(plain(replace(paper, stamp=None), organisation))
    return hashlib.sha256(content.encode()).hexdigest()


def is_asked(publication: Publication, paper: Paper) -> bool:
    """Return whether somebody asked to send it as it reads now.

    A name that came below it since is no other text.
    """
    reading, bare = publication.asked_reading, replace(paper, cosigners=())
    return bool(reading) and reading == fingerprint(bare, publication.organisation)


def send(publication_id: int, *, seen: str, by: Account, at: datetime) -> Version:
    """Freeze a publication as it reads now, in all forms; pressed twice it is one.

    The files are laid out before the transaction, which takes a while; within it all
    is looked at once more.

    Args:
        publication_id: the row is locked.
        seen: fingerprint of what ``by`` looked through.
        by: a second person, who neither wrote since the last version nor asked.
        at: now.

    Raises:
        NotOpen: it was sent.
        NotAsked: nobody asked, or it was changed since.
        SamePerson: they wrote it or asked themselves.
        NotReady: something must be mended first.
        Changed: it reads otherwise than what was asked about, or seen.

    Source: trust F5 and G4: two people, and nobody publishes words unseen.
    """
    on = timezone.localdate(at)
    publication = Publication.objects.select_related("key", "organisation").get(
        pk=publication_id
    )
    content = content_of(publication)
    stamp = _stamp(publication, on=on)
    paper = with_cosigners(publication, paper_of(content, on=on, stamp=stamp))
    may_go_out(publication, paper, seen=seen, by=by)
    files = _files(paper, publication.organisation)
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=publication.organisation_id)
        now = held(publication_id)
        cited = content_of(now)
        _hold_reports(cited)
        hold_partners(now)
        reads = with_cosigners(now, paper_of(cited, on=on, stamp=_stamp(now, on=on)))
        may_go_out(now, reads, seen=seen, by=by)
        if reads != paper:
            raise Changed
        return freeze(now, paper, content, files, by=by, at=at)


def _hold_reports(content: Content) -> None:
    """Let nobody take words back between the last look and the end."""
    keys = {row["report"] for it in content["claims"].values() for row in it["proofs"]}
    list(Report.objects.locked().filter(pk__in=keys - {None}).order_by("pk"))


def may_go_out(
    publication: Publication, paper: Paper, *, seen: str, by: Account
) -> None:
    """Refuse what may not leave the house, or not by them: see ``send``.

    Args:
        publication: which.
        paper: as it reads, with the names of who signed it.
        seen: fingerprint of what ``by`` looked through.
        by: who wants it out.
    """
    if not publication.is_open:
        raise NotOpen
    if publication.asked_on is None:
        raise NotAsked
    if publication.is_by(by):
        raise SamePerson
    if problems := in_the_way(publication, paper):
        raise NotReady(problems)
    is_seen = fingerprint(paper, publication.organisation) == seen
    if not (is_seen and is_asked(publication, paper)):
        raise Changed


def _files(paper: Paper, organisation: Organisation) -> dict[Form, bytes]:
    try:
        return {form: render(form, plain(paper, organisation)) for form in Form}
    except CannotShow as error:
        raise NotReady([Problem(Trouble.SIGN, error.signs)]) from error


def _stamp(publication: Publication, *, on: date) -> Stamp:
    """Return what the next version carries."""
    if publication.year is None or publication.number is None:
        numbered = Publication.objects.filter(
            organisation=publication.organisation_id, year=on.year
        )
        last = numbered.aggregate(last=Max("number"))["last"] or 0
        publication.year, publication.number = on.year, last + 1  # the caller saves
    last = publication.versions.aggregate(last=Max("n"))["last"] or 0
    return Stamp(publication.shown_number, last + 1, on)


def freeze(
    publication: Publication,
    paper: Paper,
    content: Content,
    files: dict[Form, bytes],
    *,
    by: Account,
    at: datetime,
) -> Version:
    """Store a version, in the transaction of ``send``, which decides that it may be.

    Args:
        publication: locked, with its number.
        paper: as it reads, with its stamp.
        content: what stands in it.
        files: as they were laid out.
        by: who sends.
        at: now.
    """
    stamp = paper.stamp
    assert stamp is not None  # a draft is not sent
    version = Version(
        publication=publication,
        n=stamp.n,
        title=publication.title,
        sent_on=stamp.on,
        sent_at=at,
        sent_by=by,
        written_by=publication.written_by,
        asked_by=publication.asked_by,
    )
    version.seal_content(content | {"cosigners": list(paper.cosigners)})
    version.save(force_insert=True)
    held_by = [row.pk for row in signed(publication, paper)]
    publication.signings.filter(pk__in=held_by).update(version=version)
    publication.signings.standing().update(lapsed_on=stamp.on)
    for form, made in files.items():
        _store(version, form, made)
    Cited.objects.bulk_create(_cited(version, paper, content))
    publication.is_open = False
    publication.asked_by = publication.asked_on = None
    publication.asked_reading = ""
    publication.save()
    publication.writers.clear()
    record(
        "publications.version.sent",
        version,
        by=by.pk,
        responsible=publication.organisation_id,
        at=at,
        n=stamp.n,
        sha256=_checksum(files[Form.PDF]),
    )
    return version


def _store(version: Version, form: Form, made: bytes) -> None:
    file, rows = ready_file(
        Taken(FileKind.DOCUMENT, form.value, made, is_scanned=False)
    )
    insert_all(rows)
    SentFile.objects.create(
        version=version,
        form=form,
        checksum=_checksum(made),
        n_bytes=len(made),
        file=file,
    )


def _checksum(made: bytes) -> str:
    return hashlib.sha256(made).hexdigest()


def _cited(version: Version, paper: Paper, content: Content) -> Iterator[Cited]:
    proofs = {
        note.n: (note.claim, content["claims"][str(note.claim)]["proofs"])
        for note in paper.notes
    }
    keys = dict(
        Report.objects.filter(
            pk__in={row["report"] for _c, rows in proofs.values() for row in rows}
            - {None}
        ).values_list("pk", "key")
    )
    for n, (claim, rows) in proofs.items():
        for row in rows:
            yield Cited(
                version=version,
                n=n,
                claim_id=claim,
                citation=row["citation"],
                report=row["report"],
                data_key=keys.get(row["report"]),
                start=row["start"],
                end=row["end"],
                digest=bytes.fromhex(row["digest"]),
            )


@transaction.atomic
def begin_correction(publication_id: int, *, by: Account, at: datetime) -> Publication:
    """Open what was sent to write in it again; what was sent stays as it is."""
    publication = locked(publication_id)
    if publication.is_open:
        return publication
    publication.is_open = True
    publication.revision += 1
    publication.written_by, publication.written_on = by, timezone.localdate(at)
    publication.seal_words(replace(publication.open_words(), changes=""))
    publication.save()
    publication.writers.add(by)
    log("reopened", publication, by=by, at=at)
    return publication


@transaction.atomic
def drop_correction(publication_id: int, *, by: Account, at: datetime) -> Publication:
    """Let a correction go: it reads again as it was sent last.

    Raises:
        NotOpen: there is none.
    """
    publication = held(publication_id)
    last = publication.versions.latest("n")
    content = last.open_content()
    publication.title = last.title
    publication.is_open = False
    publication.asked_by = publication.asked_on = None
    publication.asked_reading = ""
    publication.seal_words(Words(**content["words"]))
    publication.save()
    publication.signings.standing().update(lapsed_on=timezone.localdate(at))
    publication.writers.clear()
    log("correction_dropped", publication, by=by, at=at)
    return publication
