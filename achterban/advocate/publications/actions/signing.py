"""Ask partners to sign a joint text, and answer for one's own organisation."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from achterban.advocate.publications.actions.sending import Changed, may_go_out
from achterban.advocate.publications.actions.writing import held, locked
from achterban.advocate.publications.joint import (
    newcomers_to,
    partners_of,
    reading_to_sign,
)
from achterban.advocate.publications.models import Signing
from achterban.advocate.publications.queries import draft_of
from achterban.core.accounts.models import Account
from achterban.core.audit.actions import Act, append
from achterban.core.audit.models import label_of
from achterban.core.outbox.actions import News, emit

ASKED = "publications.signing_asked"
ANSWERED = "publications.signing_answered"
LONGEST = timedelta(days=365)  # that we wait for an answer; ours


class NotTogether(Exception):
    """The text belongs to no dossier that others are in."""


class OtherCircle(Exception):
    """An organisation joined since somebody asked to send it."""


class WrongDay(Exception):
    """Nobody can answer before today, and nobody waits for longer than a year."""


class IsOver(Exception):
    """The text was sent or changed, or the organisation left."""


class NoReason(Exception):
    """Who does not sign says why."""


@transaction.atomic
def ask_to_sign(
    publication_id: int, *, seen: str, until: date, by: Account, at: datetime
) -> list[Signing]:
    """Ask each organisation in the dossier to put its name under a text.

    It is somebody else than who wrote it, as at sending: words leave the house here.
    Who was asked about this text already is not asked again.

    Args:
        publication_id: the row is locked.
        seen: fingerprint of what ``by`` looked through.
        until: the last day on which we wait for an answer; later ones count as well,
            as long as it was not sent.
        by: a second person, who neither wrote since the last version nor asked.
        at: now.

    Returns:
        The new questions.

    Raises:
        NotOpen, NotAsked, SamePerson, NotReady, Changed: as at ``send``.
        NotTogether: there is nobody to ask.
        OtherCircle: a partner is new since; let it be asked to be sent once more.
        WrongDay: ``until`` is before today, or more than a year away.
    """
    on = timezone.localdate(at)
    if not on <= until <= on + LONGEST:
        raise WrongDay
    publication = held(publication_id)
    paper = draft_of(publication, on=on)
    may_go_out(publication, paper, seen=seen, by=by)
    partners = partners_of(publication)
    if not partners:
        raise NotTogether
    if newcomers_to(publication):
        raise OtherCircle
    reading = reading_to_sign(paper, publication.organisation)
    standing = publication.signings.standing()
    standing.exclude(reading=reading).update(lapsed_on=on)
    asked = set(standing.values_list("partner", flat=True))
    made = [
        Signing(
            publication=publication,
            partner=partner,
            title=publication.title,
            reading=reading,
            asked_by=by,
            asked_on=on,
            until=until,
        )
        for partner in partners
        if partner.pk not in asked
    ]
    Signing.objects.bulk_create(made)
    side = publication.organisation_id
    append(*(_act("asked", row, by=by, at=at, side=side) for row in made))
    told = [{"organisation": row.partner.organisation_id} for row in made]
    emit(*(News(ASKED, each) for each in told), on=on)
    return made


@transaction.atomic
def sign(signing_id: int, *, seen: str, by: Account, at: datetime) -> Signing:
    """Put the name of one's organisation under a text; until it is sent one may regret.

    Args:
        signing_id: the row is locked, and its publication.
        seen: fingerprint of what ``by`` read.
        by: who speaks for the organisation.
        at: now.

    Raises:
        IsOver: it was sent or changed, or one of the two organisations left.
        Changed: it reads otherwise than what was read, or asked.
    """
    row = _standing(signing_id)
    paper = draft_of(row.publication, on=timezone.localdate(at))
    reading = reading_to_sign(paper, row.publication.organisation)
    if not reading == row.reading == seen:
        raise Changed
    return _answer(row, True, "", by=by, at=at)


@transaction.atomic
def decline(signing_id: int, why: str, *, by: Account, at: datetime) -> Signing:
    """Say that one's organisation does not sign, or takes its signature back.

    Args:
        signing_id: the row is locked, and its publication.
        why: the organisation that asked reads it.
        by: who speaks for the organisation.
        at: now.

    Raises:
        IsOver: it was sent or changed, or one of the two organisations left.
        NoReason: ``why`` is empty.
    """
    if not why.strip():
        raise NoReason
    return _answer(_standing(signing_id), False, why.strip(), by=by, at=at)


def _standing(signing_id: int) -> Signing:
    """Return a question that can be answered, locked with its publication."""
    publication = locked(Signing.objects.get(pk=signing_id).publication_id)
    there = [partner.pk for partner in partners_of(publication)]
    rows = Signing.objects.standing().filter(pk=signing_id, partner__in=there)
    row = rows.select_for_update(of=("self",)).select_related("partner").first()
    if row is None or not publication.is_open:
        raise IsOver
    row.publication = publication
    return row


def _answer(
    row: Signing, is_signed: bool, why: str, *, by: Account, at: datetime
) -> Signing:
    row.is_signed, row.why = is_signed, why
    row.answered_by, row.answered_on = by, timezone.localdate(at)
    row.save(update_fields=["is_signed", "why", "answered_by", "answered_on"])
    act = "signed" if is_signed else "declined"
    append(_act(act, row, by=by, at=at, side=row.partner.organisation_id))
    told = {"organisation": row.publication.organisation_id}
    emit(News(ANSWERED, told), on=row.answered_on)
    return row


def _act(act: str, row: Signing, *, by: Account, at: datetime, side: int) -> Act:
    facts = {"publication": row.publication_id, "sha256": row.reading}
    kind = f"publications.signing.{act}"
    return Act(kind, label_of(row), by.pk, side, at, facts)
