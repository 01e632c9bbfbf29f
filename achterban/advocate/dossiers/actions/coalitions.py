"""Work at one goal with other organisations: ask, join, share, leave."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from achterban.advocate.dossiers.actions.working import keep_dossier
from achterban.advocate.dossiers.events import PARTNER_LEFT
from achterban.advocate.dossiers.models import Coalition, Dossier, Kind, Partner, Shared
from achterban.advocate.dossiers.queries.sharing import may_share
from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.core.organisations.models import Organisation
from achterban.core.outbox.actions import News, emit

ASKED = "dossiers.partner_asked"


class CannotAsk(Exception):
    """It is in the coalition already, or was asked before."""


class Changed(Exception):
    """Somebody was first: it is not any more what was seen."""


class IsOver(Changed):
    """It was joined, refused or left meanwhile."""


class IsInOne(Changed):
    """The dossier belongs to a coalition already."""


@transaction.atomic
def begin(dossier: Dossier, *, by: Account, at: datetime) -> Partner:
    """Begin a coalition from a dossier; its organisation is the first partner.

    Raises:
        IsInOne: the dossier belongs to one already.
    """
    on = timezone.localdate(at)
    coalition = Coalition.objects.create(
        title=dossier.title, demand=dossier.demand, begun_on=on
    )
    partner = Partner(
        coalition=coalition,
        organisation=dossier.organisation,
        dossier=dossier,
        asked_by=dossier.organisation,
        asked_on=on,
        joined_on=on,
    )
    return _save(partner, "begun", IsInOne, by=by, at=at)


@transaction.atomic
def ask(partner: Partner, other: Organisation, *, by: Account, at: datetime) -> Partner:
    """Ask another organisation; it sees the title, the demand and who asks.

    Args:
        partner: who asks; it stands in the coalition.
        other: who may join.
        by: who asks on behalf of the partner.
        at: now.

    Raises:
        CannotAsk: it is in it, or was asked already.
        IsOver: the partner left meanwhile.
    """
    held = _held(partner)
    asked = Partner(
        coalition=held.coalition,
        organisation=other,
        asked_by=held.organisation,
        asked_on=timezone.localdate(at),
    )
    kept = _save(asked, "asked", CannotAsk, by=by, at=at, side=held.organisation_id)
    emit(News(ASKED, {"organisation": other.pk}), on=kept.asked_on)
    return kept


@transaction.atomic
def join(
    partner: Partner, dossier: Dossier | None, *, by: Account, at: datetime
) -> Partner:
    """Join a coalition with a dossier of one's own, or a new one.

    Args:
        partner: the place of one's own organisation; its row is locked.
        dossier: of that organisation; None to begin one.
        by: who says yes.
        at: now.

    Raises:
        IsOver: it was joined or refused meanwhile.
        IsInOne: the dossier belongs to a coalition already.
    """
    held = Partner.objects.select_for_update().get(pk=partner.pk)
    if held.joined_on is not None or held.left_on is not None:
        raise IsOver
    if dossier is None:
        whole = held.coalition
        new = Dossier(
            organisation=held.organisation, title=whole.title, demand=whole.demand
        )
        dossier = keep_dossier(new, by=by, at=at)
    held.dossier, held.joined_on = dossier, timezone.localdate(at)
    return _save(held, "joined", IsInOne, by=by, at=at)


@transaction.atomic
def leave(partner: Partner, *, by: Account, at: datetime) -> Partner:
    """Leave a coalition, or refuse to join.

    One's own dossier and all in it stay as they are; what one shared is seen by the
    others no more. They see that one left, and when.

    Raises:
        IsOver: it was left already.
    """
    held = Partner.objects.select_for_update().get(pk=partner.pk)
    if held.left_on is not None:
        raise IsOver
    held.left_on = timezone.localdate(at)
    held.shared.all().delete()
    emit(News(PARTNER_LEFT, {"partner": held.pk}), on=held.left_on)
    return _save(held, "left", IsOver, by=by, at=at)


@transaction.atomic
def share(
    partner: Partner, kind: str, keys: Collection[int], *, by: Account, at: datetime
) -> int:
    """Let the partners see just these things of a kind, and no others.

    Args:
        partner: whose things; it stands in the coalition.
        kind: a ``Kind``.
        keys: all that is shared from now on; what is not in one's own dossier is
            passed by.
        by: who shares.
        at: now.

    Returns:
        How many are shared.

    Raises:
        IsOver: the partner left meanwhile.
    """
    held = _held(partner)
    chosen = may_share(held, kind) & set(keys)
    rows = held.shared.filter(kind=kind)
    rows.exclude(thing__in=chosen).delete()
    known = set(rows.values_list("thing", flat=True))
    Shared.objects.bulk_create(
        Shared(partner=held, kind=kind, thing=thing, at=at)
        for thing in sorted(chosen - known)
    )
    _log("shared", held, by=by, at=at, what=str(Kind(kind)), n=len(chosen))
    return len(chosen)


def _held(partner: Partner) -> Partner:
    held = Partner.objects.select_for_update().standing().filter(pk=partner.pk).first()
    if held is None:
        raise IsOver
    return held


def _save(
    partner: Partner,
    act: str,
    refusal: type[Exception],
    *,
    by: Account,
    at: datetime,
    side: int | None = None,
) -> Partner:
    try:
        with transaction.atomic():
            partner.save()
    except IntegrityError as error:
        raise refusal from error
    _log(act, partner, by=by, at=at, side=side)
    return partner


def _log(
    act: str,
    partner: Partner,
    *,
    by: Account,
    at: datetime,
    side: int | None = None,
    **facts: int | str,
) -> None:
    record(
        f"dossiers.partner.{act}",
        partner,
        by=by.pk,
        responsible=side or partner.organisation_id,
        at=at,
        **facts,
    )
