"""Keep a contact as long as somebody uses it; then name it, and let it go."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from achterban.advocate.stakeholders.actions.contacts import erase_rows, use
from achterban.advocate.stakeholders.actions.parties import log
from achterban.advocate.stakeholders.models import Contact, Function
from achterban.core import clock
from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.core.audit.models import day_moment
from achterban.core.outbox.receivers import receiver
from achterban.core.upkeep.events import RESTORED
from achterban.core.vault.actions import destroy_keys

AT_ONCE = 200


def use_functions(functions: Iterable[Function], *, on: date) -> None:
    """Remember that somebody in a function was spoken of, or with, on a day."""
    use({each.contact_id for each in functions if each.contact_id}, on=on)


@transaction.atomic
def confirm_contact(contact: Contact, *, by: Account, at: datetime) -> None:
    """Say that what we keep of somebody still holds and is still needed."""
    log("contact.confirmed", contact, by=by, at=at)
    use([contact.pk], on=timezone.localdate(at))


def name_unused(on: date) -> int:
    """Name to the coordinators whom nobody used for long; return how many.

    Who was named and may stay longer now, because the term grew, starts anew later.
    """
    unused = Contact.objects.unused(on)
    named = Contact.objects.exclude(named_on=None)
    named.exclude(pk__in=unused.values("pk")).update(named_on=None)
    return unused.filter(named_on=None).update(named_on=on)


@receiver(RESTORED)
def name_anew(payload: dict[str, int], row_id: int) -> None:
    """Give coordinators their days again: who was kept since the backup was kept.

    A backup does not know it, and would let them go at the first daily round.
    """
    Contact.objects.exclude(named_on=None).update(named_on=clock.today())


@transaction.atomic
def erase_unused(on: date) -> int:
    """Erase whom nobody kept after they were named; return how many, 200 at most."""
    rows = Contact.objects.named_long_ago(on).select_for_update(of=("self",))
    found = list(rows[:AT_ONCE])
    for row in found:
        record(
            "stakeholders.contact.expired",
            row,
            by=0,
            responsible=row.organisation_id,
            at=day_moment(on),
        )
    keys = [row.key_id for row in found]
    erase_rows(keys)
    destroy_keys(keys, on=on)
    return len(found)


@transaction.atomic
def record_copy(contact: Contact, *, by: Account, at: datetime) -> None:
    """Write in the log that all we keep of somebody was put together for them."""
    log("contact.copied", contact, by=by, at=at)
