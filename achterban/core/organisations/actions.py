"""Change what an organisation says about itself, and how its pages look."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from achterban.core.audit.actions import record
from achterban.core.organisations.look import LIGHT, OWN_COLOUR
from achterban.core.organisations.models import Joining, Logo, Organisation
from achterban.core.outbox.actions import News, emit
from achterban.rules.contrast import (
    LEAST_FOR_TEXT,
    least_contrast,
    nearest_readable,
)
from achterban.rules.months import next_month

PNG_SIZE = slice(16, 24)  # where a PNG says how wide and high it is


class NotReadable(ValueError):
    """Text in this colour is too faint.

    Attributes:
        contrast: how much it stands out, where 4.5 is needed.
        nearest: the nearest colour that does.
    """

    def __init__(self, contrast: float, nearest: str) -> None:
        """Keep what is needed to say so."""
        super().__init__(nearest)
        self.contrast, self.nearest = contrast, nearest


class CannotJoin(Exception):
    """It is asked already, it is oneself, or the member has an umbrella already."""


class SamePerson(CannotJoin):
    """Whoever asked for one organisation answers for the other."""


@transaction.atomic
def change_details(
    organisation: Organisation, fields: list[str], *, by: int, at: datetime
) -> Organisation:
    """Store the changed fields of an organisation.

    Args:
        organisation: with the new values.
        fields: names of what was changed.
        by: account id.
        at: now.
    """
    organisation.save(update_fields=fields)
    record(
        "organisations.organisation.changed",
        organisation,
        by=by,
        responsible=organisation.pk,
        at=at,
        fields=sorted(fields),
    )
    return organisation


def check_colour(colour: str) -> None:
    """See that text in a colour can be read on a light page.

    Raises:
        NotReadable: it stands out too little.
    """
    found = least_contrast(colour, LIGHT)
    if found < LEAST_FOR_TEXT:
        raise NotReadable(found, nearest_readable(colour, LIGHT))


def change_colour(
    organisation: Organisation, colour: str, *, by: int, at: datetime
) -> Organisation:
    """Give the pages of an organisation a colour of its own.

    Args:
        organisation: whose pages.
        colour: ``#rrggbb`` in small letters; the program's own counts as none.
        by: account id.
        at: now.

    Raises:
        NotReadable: it stands out too little on a light page. On dark pages a lighter
            one is shown, and quiet pages keep the program's own (``look``).
    """
    check_colour(colour)
    organisation.colour = "" if colour == OWN_COLOUR else colour
    return change_details(organisation, ["colour"], by=by, at=at)


@transaction.atomic
def change_logo(
    organisation: Organisation, picture: bytes, *, by: int, at: datetime
) -> Organisation:
    """Show a logo on the pages of an organisation, or none.

    Args:
        organisation: whose pages.
        picture: a PNG that was drawn anew; empty to take the logo away.
        by: account id.
        at: now.
    """
    Logo.objects.filter(organisation=organisation).delete()
    size = picture[PNG_SIZE]
    organisation.logo = hashlib.sha256(picture).hexdigest()[:32] if picture else ""
    organisation.logo_width = int.from_bytes(size[:4], "big")
    organisation.logo_height = int.from_bytes(size[4:], "big")
    if picture:
        Logo.objects.create(
            organisation=organisation, name=organisation.logo, content=picture
        )
    fields = ["logo", "logo_width", "logo_height"]
    return change_details(organisation, fields, by=by, at=at)


def ask_to_join(
    member: Organisation,
    umbrella: Organisation,
    *,
    asked_by: Organisation,
    by: int,
    at: datetime,
) -> Joining:
    """Ask that an organisation belongs to an umbrella; the other one may accept.

    Args:
        member: whose months will be counted.
        umbrella: who will see these counts.
        asked_by: one of the two.
        by: account id.
        at: now.

    Raises:
        CannotJoin: it was asked already, or both are the same.
    """
    joining = Joining(
        member=member,
        umbrella=umbrella,
        is_asked_by_member=asked_by == member,
        asked_on=timezone.localdate(at),
        asked_by=by,
    )
    other = umbrella if asked_by == member else member
    with transaction.atomic():
        _save_joining(joining, "asked", by_side=asked_by, by=by, at=at)
        emit(
            News("organisations.asked", {"organisation": other.pk}),
            on=joining.asked_on,
        )
    return joining


def accept_joining(
    joining: Joining, *, accepted_by: Organisation, by: int, at: datetime
) -> Joining:
    """Agree with what the other side asked; counting begins with the next month.

    Raises:
        CannotJoin: one's own question, it was taken back meanwhile, or the member has
            an umbrella already.
        SamePerson: the same person asked, for the other side; figures of people leave
            with two.
    """
    with transaction.atomic():
        joining = _held(joining)
        if by and joining.asked_by == by:
            raise SamePerson
        if joining.is_asked_by(accepted_by) or joining.accepted_on is not None:
            raise CannotJoin
        on = timezone.localdate(at)
        joining.accepted_on = on
        joining.counts_from = next_month(on)
        _save_joining(joining, "accepted", by_side=accepted_by, by=by, at=at)
    return joining


def end_joining(
    joining: Joining, *, ended_by: Organisation, by: int, at: datetime
) -> Joining:
    """Take back a question, refuse it, or leave; from then on nothing is shown.

    Raises:
        CannotJoin: it has ended already.
    """
    with transaction.atomic():
        joining = _held(joining)
        joining.ended_on = timezone.localdate(at)
        _save_joining(joining, "ended", by_side=ended_by, by=by, at=at)
    return joining


def _held(joining: Joining) -> Joining:
    """Return the row as it is now: the other side may have ended it meanwhile."""
    held = Joining.objects.select_for_update().get(pk=joining.pk)
    if held.ended_on is not None:
        raise CannotJoin
    return held


def _save_joining(
    joining: Joining, act: str, *, by_side: Organisation, by: int, at: datetime
) -> None:
    try:
        with transaction.atomic():
            joining.save()
            record(
                f"organisations.joining.{act}",
                joining,
                by=by,
                responsible=by_side.pk,
                at=at,
                member=str(joining.member_id),
                umbrella=str(joining.umbrella_id),
            )
    except IntegrityError as error:
        raise CannotJoin from error
