"""Write a publication, and let its text point at claims."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from achterban.advocate.dossiers.models import Dossier
from achterban.advocate.issues.models import Citation, Claim, Issue
from achterban.advocate.issues.queries import proofs_of
from achterban.advocate.publications.models import Kind, Mark, Publication, Words
from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.core.organisations.models import Organisation
from achterban.core.vault.actions import destroy_keys
from achterban.core.vault.models import DataKey


class Meanwhile(Exception):
    """Somebody else wrote in it since the page was opened."""


class NotOpen(Exception):
    """It was sent, and no correction was begun."""


class WasSent(Exception):
    """A version was sent: it cannot be thrown away."""


@dataclass(frozen=True)
class PutIn:
    """What the text must point at from now on.

    Attributes:
        claim: of an issue that the publication is about.
        citation: a passage whose words come into the text; None for the claim itself.
        place: before which character of the text; None for the end.
    """

    claim: Claim
    citation: Citation | None = None
    place: int | None = None


@transaction.atomic
def begin_publication(
    organisation: Organisation,
    kind: Kind,
    title: str,
    issues: Collection[Issue],
    *,
    by: Account,
    at: datetime,
    words: Words | None = None,
    dossier: Dossier | None = None,
) -> Publication:
    """Store a new publication.

    Args:
        organisation: whose it is.
        kind: what it is.
        title: what it is about.
        issues: whose claims stand ready; of this organisation.
        by: who writes it.
        at: now.
        words: what stands in it from the start.
        dossier: which work it belongs to; of this organisation.
    """
    key = DataKey.fresh()
    key.save(force_insert=True)
    publication = Publication(
        organisation=organisation,
        key=key,
        kind=kind,
        title=title,
        dossier=dossier,
        written_by=by,
        written_on=timezone.localdate(at),
    )
    publication.seal_words(words or Words())
    publication.save(force_insert=True)
    publication.issues.set(issues)
    publication.writers.add(by)
    log("begun", publication, by=by, at=at)
    return publication


@transaction.atomic
def begin_sheet(issue: Issue, *, by: Account, at: datetime) -> Publication:
    """Store an evidence sheet: all that is said of an issue, with what proves it.

    It is a text like any other from then on. A claim that nothing proves stays out.
    """
    on = timezone.localdate(at)
    made = begin_publication(
        issue.organisation, Kind.EVIDENCE, issue.title, [issue], by=by, at=at
    )
    claims = list(issue.claims.order_by("written_on", "pk"))
    proofs, lines = proofs_of(claims, on=on), [issue.text]
    for claim in claims:
        held = [proof.citation for proof in proofs[claim.pk] if proof.holds]
        if held:
            lines.append(f"{claim.sentence} [{_mark(made, PutIn(claim)).n}]")
        lines += [
            f"[citaat {_mark(made, PutIn(claim, passage)).n}]"
            for passage in held
            if passage.report_id
        ]
    text = "\n\n".join(filter(None, lines))
    return _keep(made, made.title, Words(text=text), by=by, at=at)


@transaction.atomic
def keep_facts(
    publication_id: int,
    title: str,
    around: Mapping[str, str],
    issues: Collection[Issue],
    *,
    dossier: Dossier | None,
    by: Account,
    at: datetime,
) -> Publication:
    """Store what stands around the text; the text stays as it is.

    Another dossier is a change as well: others may be asked to sign it there.

    Args:
        publication_id: the row is locked.
        title: what it is about.
        around: other fields of ``Words`` than the text.
        issues: whose claims stand ready; numbers in the text keep their meaning.
        dossier: which work it belongs to.
        by: who writes.
        at: now.

    Raises:
        NotOpen: it was sent.
    """
    publication = held(publication_id)
    publication.issues.set(issues)
    is_moved = publication.dossier_id != (dossier.pk if dossier else None)
    words = replace(publication.open_words(), **around)
    if is_moved:
        publication.dossier = dossier
        log("moved", publication, by=by, at=at)
    return _keep(publication, title, words, by=by, at=at, is_moved=is_moved)


@transaction.atomic
def keep_text(
    publication_id: int,
    text: str,
    *,
    seen: int,
    by: Account,
    at: datetime,
    put: PutIn | None = None,
) -> Publication:
    """Store the text as it was typed.

    Args:
        publication_id: the row is locked.
        text: all of it.
        seen: the revision that whoever writes has before them.
        by: who writes.
        at: now.
        put: what it must point at besides.

    Raises:
        Meanwhile: a colleague wrote since; nothing is stored.
        NotOpen: it was sent.
    """
    publication = held(publication_id)
    if publication.revision != seen and publication.written_by_id != by.pk:
        raise Meanwhile
    if put is not None:
        text = _put_in(publication, text, put)
    words = replace(publication.open_words(), text=text)
    return _keep(publication, publication.title, words, by=by, at=at)


@transaction.atomic
def drop_publication(publication_id: int, *, by: Account, at: datetime) -> None:
    """Throw away what was never sent, for good.

    Raises:
        WasSent: a version of it was sent.
    """
    publication = held(publication_id)
    if publication.versions.exists():
        raise WasSent
    log("dropped", publication, by=by, at=at)
    key_id = publication.key_id
    publication.delete()
    destroy_keys([key_id], on=timezone.localdate(at))


def held(publication_id: int) -> Publication:
    """Return a publication that can be written in, locked.

    Raises:
        NotOpen: it was sent.
    """
    publication = locked(publication_id)
    if not publication.is_open:
        raise NotOpen
    return publication


def locked(publication_id: int) -> Publication:
    """Return a publication, its row locked for the length of the transaction."""
    rows = Publication.objects.select_related("key", "organisation")
    return rows.select_for_update(of=("self",)).get(pk=publication_id)


def log(what: str, publication: Publication, *, by: Account, at: datetime) -> None:
    """Write an act in the log."""
    record(
        f"publications.publication.{what}",
        publication,
        by=by.pk,
        responsible=publication.organisation_id,
        at=at,
    )


def _keep(
    publication: Publication,
    title: str,
    words: Words,
    *,
    by: Account,
    at: datetime,
    is_moved: bool = False,
) -> Publication:
    """Store words; a question for a second pair of eyes was about others.

    What somebody keeps at each pause of a day is one line in the log. Whoever keeps it
    as it was did not write it.
    """
    is_same = (title, words) == (publication.title, publication.open_words())
    if is_same and not is_moved:
        return publication
    on = timezone.localdate(at)
    before = publication.written_by_id, publication.written_on
    publication.title = title
    publication.seal_words(words)
    publication.revision += 1
    publication.written_by, publication.written_on = by, on
    publication.asked_by = publication.asked_on = None
    publication.asked_reading = ""
    publication.save()
    publication.signings.standing().update(lapsed_on=on)
    publication.writers.add(by)
    if before != (by.pk, on):
        log("kept", publication, by=by, at=at)
    return publication


def _put_in(publication: Publication, text: str, put: PutIn) -> str:
    """Return the text with a sentence and its mark, or with a quote."""
    mark = _mark(publication, put)
    fresh = f"[citaat {mark.n}]" if put.citation else f"{put.claim.sentence} [{mark.n}]"
    place = len(text) if put.place is None else min(put.place, len(text))
    before, after = text[:place], text[place:]
    if put.place is None:
        before = f"{before.rstrip()}\n\n" if before.strip() else ""
    elif before and not before[-1].isspace():
        before += " "
    if after and not after[0].isspace():
        fresh += " "
    return f"{before}{fresh}{after}"


def _mark(publication: Publication, put: PutIn) -> Mark:
    known = publication.marks.filter(claim=put.claim, citation=put.citation).first()
    if known is not None:
        return known
    publication.last_mark += 1  # the caller saves
    return Mark.objects.create(
        publication=publication,
        n=publication.last_mark,
        claim=put.claim,
        citation=put.citation,
    )
