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
    organisation = Organisation.objects.get(pk=payload["organisation"])
    managers = Account.objects.filter(
        memberships__organisation=organisation,
        memberships__role__in=roles_that_may("organisations.join"),
        is_active=True,
    ).distinct()
    context = {"address": address_of("work", None)}
    for account in managers:
        queue_letters(
            write_letter(account.email, TEMPLATE, context, organisation),
            on=clock.today(),
            dedupe=f"{TEMPLATE}:{organisation.pk}:{account.pk}",
        )
