"""What dossiers keep of a contact, for when they ask (AVG art. 15)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from achterban.advocate.dossiers.models import Attendee, Estimate, Point
from achterban.advocate.stakeholders.models import Contact
from achterban.advocate.stakeholders.queries.held import add_held

ASKED, ANSWERED = _("what we asked"), _("what was answered")
DECIDED = _("what was decided")
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
    rows = rows.select_related("meeting__key").prefetch_related("meeting__points")
    for row in rows.order_by("-meeting__starts_at"):
        talk = row.meeting
        day = date_format(localdate(talk.starts_at), "j F Y")
        yield "\n".join(
            filter(
                None,
                [
                    f"{day}: {talk.title}",
                    talk.place,
                    talk.open_notes(),
                    *(_point(each) for each in talk.points.all()),
                ],
            )
        )


def _point(row: Point) -> str:
    """Return a point with what was said of it, a line each."""
    said = {ASKED: row.asked, ANSWERED: row.answered, DECIDED: row.decided}
    told = (f"{label}: {words}" for label, words in said.items() if words)
    return "\n".join([row.title, *told])
