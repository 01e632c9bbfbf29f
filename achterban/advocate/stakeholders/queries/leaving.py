"""Who goes because nobody uses what we keep of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Min
from django.http import HttpRequest
from django.utils.translation import ngettext

from achterban.advocate.stakeholders.models import Contact
from achterban.advocate.stakeholders.models.contacts import ContactQuerySet, day_it_goes
from achterban.core.accounts.models import Account
from achterban.core.organisations.models import Organisation
from achterban.core.web.due import Due


def leaving(
    account: Account, organisation: Organisation, *, on: date
) -> ContactQuerySet:
    """Return who was named to go and was not kept yet, the first to go on top."""
    visible = Contact.objects.visible_to(account, organisation)
    return visible.unused(on).exclude(named_on=None).order_by("named_on", "pk")


def due_leaving(request: HttpRequest, on: date, n: int) -> Iterator[Due]:
    """Yield one line for *Today*: how many go, and the day of the first. No names."""
    account: Account = request.user  # type: ignore[assignment]
    organisation: Organisation = request.organisation  # type: ignore[attr-defined]
    rows = leaving(account, organisation, on=on)
    first, count = rows.aggregate(first=Min("named_on"))["first"], rows.count()
    if first is not None:
        said = ngettext(
            "%(n)d contact goes, unless you keep it",
            "%(n)d contacts go, unless you keep them",
            count,
        )
        yield Due(said % {"n": count}, day_it_goes(first), "stakeholders:leaving")
