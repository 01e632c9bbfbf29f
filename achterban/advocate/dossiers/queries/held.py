"""What dossiers keep of a contact, for when they ask (AVG art. 15)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from achterban.advocate.dossiers.models import Attendee, Estimate
from achterban.advocate.stakeholders.models import Contact
from achterban.advocate.stakeholders.queries.held import add_held

POWER, INTEREST = _("how much they decide"), _("how much they care")


def register() -> None:
    """Let what is kept here be told to whom it is about."""
    add_held(_("What we think of where you stand"), _estimates)
    add_held(_("Talks with you"), _talks)


def _estimates(contact: Contact) -> Iterator[str]:
    rows = Estimate.objects.filter(position__function__contact=contact)
    for row in rows.select_related("position__dossier", "position__key"):
        said = row.open_words()
        told = (
            str(row.position.dossier),
            row.get_stance_display(),
            f"{POWER}: {row.get_power_display()}",
            f"{INTEREST}: {row.get_interest_display()}",
            said.why,
            said.source,
            date_format(localdate(row.at), "j F Y"),
        )
        yield " · ".join(filter(None, told))


def _talks(contact: Contact) -> Iterator[str]:
    rows = Attendee.objects.filter(function__contact=contact)
    for row in rows.select_related("meeting").order_by("-meeting__starts_at"):
        day = date_format(localdate(row.meeting.starts_at), "j F Y")
        yield f"{day}: {row.meeting.title}"
