"""Bring a document in to cite from, read it, and take it away again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from achterban.advocate.issues.actions.log import log
from achterban.advocate.issues.models import Citation, Claim, Document, DocumentPage
from achterban.advocate.issues.models.documents import BREAK
from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.core.files.actions import Read
from achterban.core.files.room import is_room_for
from achterban.core.outbox.receivers import receiver
from achterban.core.vault.actions import destroy_keys
from achterban.core.vault.models import DataKey
from achterban.core.vault.passages import (
    NotInWords,
    Passage,
    passage_at,
    spans_of,
)


class InUse(Exception):
    """Something rests on this document."""


class NoRoom(Exception):
    """The installation has as many files as it may have."""


@transaction.atomic
def add_document(
    document: Document, read: Read, *, by: Account, at: datetime
) -> Document:
    """Store the words of a document, sealed, and not its file.

    Args:
        document: what was typed of it; not stored yet.
        read: its words.
        by: who brings it in.
        at: now.

    Returns:
        It; or the one that was brought in before from the same file.

    Raises:
        NoRoom: the installation has as many files as it may have.
    """
    known = Document.objects.filter(
        organisation=document.organisation, checksum=read.checksum
    ).first()
    if known is not None:
        return known
    key = DataKey.fresh()
    key.save()
    document.pk, document.key = key.pk, key
    document.checksum, document.has_pages = read.checksum, read.has_pages
    document.n_pages = len(read.pages)
    document.added_by, document.added_on = by, timezone.localdate(at)
    pages = [DocumentPage(document=document, n=n + 1) for n in range(len(read.pages))]
    for page, words in zip(pages, read.pages, strict=True):
        page.seal(words)
    document.n_bytes = sum(len(page.sealed) for page in pages)
    if not is_room_for(document.n_bytes):
        raise NoRoom
    document.save(force_insert=True)
    DocumentPage.objects.bulk_create(pages, batch_size=100)
    _log("added", document, by=by, at=at)
    return document


def record_reading(document: Document, *, by: Account, at: datetime) -> None:
    """Write in the log who reads a page: its words may tell of people."""
    _log("read", document, by=by, at=at)


@dataclass(frozen=True)
class Found:
    """Where words stand in a document.

    Attributes:
        page: number of the page on which they begin.
        passage: place on it, and the keyed hash of the words.
        runs_on: whether they end on the next page.
    """

    page: int
    passage: Passage
    runs_on: bool


def find_in(document: Document, typed: str) -> Found:
    """Return where words stand in a document, once.

    Raises:
        NotInWords: they stand nowhere, or in several places.
    """
    found = list(islice(_places_of(typed, document), 2))
    if len(found) != 1:
        raise NotInWords
    n, span, text, runs_on = found[0]
    return Found(n, passage_at(span, text, owner=document.organisation_id), runs_on)


@transaction.atomic
def cite_document(
    claim: Claim, document: Document, typed: str, *, by: Account, at: datetime
) -> Citation:
    """Let a passage of a document prove a claim.

    Args:
        claim: of an issue.
        document: of the same organisation.
        typed: the words, as they stand on one of its pages.
        by: who cites.
        at: now.

    Raises:
        NotInWords: they stand nowhere, or in several places.
    """
    found = find_in(document, typed)
    citation = Citation.objects.create(
        claim=claim,
        document=document,
        page=found.page,
        start=found.passage.start,
        end=found.passage.end,
        digest=found.passage.digest,
        source=_source(document, found.page, runs_on=found.runs_on),
        address=document.address,
        cited_by=by,
        cited_on=timezone.localdate(at),
    )
    log("claim.cited", claim.issue, by=by, at=at, document=document.pk)
    return citation


def _places_of(
    typed: str, document: Document
) -> Iterator[tuple[int, tuple[int, int], str, bool]]:
    """Yield where words stand: page, place, the text counted in, whether it runs on."""
    n, before = 0, ""
    for page in document.pages.select_related("document__key"):
        text = page.open()
        whole = f"{before}{BREAK}{text}"
        for start, end in spans_of(typed, whole):
            if n and start < len(before) and end > len(before) + len(BREAK):
                yield n, (start, end), whole, True
        for span in spans_of(typed, text):
            yield page.n, span, text, False
        n, before = page.n, text


def _source(document: Document, n: int, *, runs_on: bool) -> str:
    page = _("page %(n)d") % {"n": n}
    if runs_on:
        page = _("pages %(n)d and %(after)d") % {"n": n, "after": n + 1}
    room = Citation._meta.get_field("source").max_length or 0
    whole = f"{document}, {page}" if document.has_pages else str(document)
    return whole if len(whole) <= room else f"{document.title}, {page}"[:room]


@transaction.atomic
def forget_document(document: Document, *, by: Account, at: datetime) -> None:
    """Destroy the words of a document.

    Raises:
        InUse: a claim cites it, or something of a room above points at it.
    """
    if any(rows.exists() for rows in _pointing_at(document)):
        raise InUse
    _log("forgotten", document, by=by, at=at)
    key = document.key_id
    document.delete()
    destroy_keys([key], on=timezone.localdate(at))


def _pointing_at(document: Document) -> Iterator[models.QuerySet[models.Model]]:
    """Yield the rows of each room that point at a document, but for its own pages."""
    for it in document._meta.get_fields(include_hidden=True):
        if isinstance(it, models.ForeignObjectRel):
            model = it.related_model
            if model is not DocumentPage:
                yield model._base_manager.filter(**{it.field.name: document})


@receiver("vault.destroyed")
def remove_document(payload: dict[str, int], row_id: int) -> None:
    """Remove a document whose key was destroyed, when a backup brought it back."""
    Document.objects.filter(pk=payload["key"]).delete()


def _log(what: str, document: Document, *, by: Account, at: datetime) -> None:
    record(
        f"issues.document.{what}",
        document,
        by=by.pk,
        responsible=document.organisation_id,
        at=at,
    )
