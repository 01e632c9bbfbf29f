"""Letters to who manages an organisation: that something waits, never what."""

from __future__ import annotations

from typing import Any

from achterban.core import clock
from achterban.core.accounts.models import Account
from achterban.core.accounts.permissions import roles_that_may
from achterban.core.organisations.mail import address_of, queue_letters, write_letter
from achterban.core.organisations.models import Organisation
from achterban.core.outbox.receivers import receiver

TEMPLATE = "accounts/mail/joining_asked.txt"


@receiver("organisations.asked")
def tell_managers(payload: dict[str, Any], row_id: int) -> None:
    """Tell who may decide that another organisation asks something."""
    tell_who_may("organisations.join", TEMPLATE, payload["organisation"])


def tell_who_may(verb: str, template: str, organisation: int) -> None:
    """Write to who may do something in an organisation; one mail while one waits.

    Args:
        verb: what they may.
        template: of the mail, which says nothing of what waits.
        organisation: its key.
    """
    row = Organisation.objects.get(pk=organisation)
    people = Account.objects.filter(
        memberships__organisation=row,
        memberships__role__in=roles_that_may(verb),
        is_active=True,
    ).distinct()
    context = {"address": address_of("work", None)}
    for account in people:
        queue_letters(
            write_letter(account.email, template, context, row),
            on=clock.today(),
            dedupe=f"{template}:{row.pk}:{account.pk}",
        )
