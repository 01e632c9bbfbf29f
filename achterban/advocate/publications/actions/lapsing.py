"""Let questions and signatures lapse when what they rested on is gone.

A text without its circle shows no name already; this keeps names from coming back by
themselves when the circle does.
"""

from __future__ import annotations

from django.db.models import Q

from achterban.advocate.dossiers.events import PARTNER_LEFT
from achterban.advocate.dossiers.models import Partner
from achterban.advocate.publications.models import Publication, Signing
from achterban.core import clock
from achterban.core.outbox.receivers import receiver
from achterban.core.upkeep.events import RESTORED


@receiver(PARTNER_LEFT)
def after_leaving(payload: dict[str, int], row_id: int) -> None:
    """End what a partner was asked, and what it asked the others."""
    left = Partner.objects.filter(pk=payload["partner"])
    theirs = Q(partner__in=left)
    asked = Q(publication__dossier__in=left.exclude(dossier=None).values("dossier"))
    ended = Signing.objects.standing().filter(theirs | asked)
    ended.update(lapsed_on=clock.today())


@receiver(RESTORED)
def after_a_restore(payload: dict[str, int], row_id: int) -> None:
    """End all: a signature may have been taken back after the backup."""
    Signing.objects.standing().update(lapsed_on=clock.today())


@receiver("vault.destroyed")
def remove_dropped(payload: dict[str, int], row_id: int) -> None:
    """Remove what was thrown away, after a restore too; what was sent stays."""
    Publication.objects.filter(key_id=payload["key"], versions=None).delete()
