"""Change what an organisation says about itself, and how its pages look."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from achterban.core.audit.actions import record
from achterban.core.organisations.look import LIGHT, OWN_COLOUR
from achterban.core.organisations.models import Logo, Organisation
from achterban.rules.contrast import (
    LEAST_FOR_TEXT,
    least_contrast,
    nearest_readable,
)

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
