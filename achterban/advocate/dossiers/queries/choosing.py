"""Choose a party, then who is meant there; also where there are thousands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.utils.translation import gettext as _

from achterban.advocate.dossiers.forms.positions import PartyForm
from achterban.advocate.stakeholders.actions.contacts import opened
from achterban.advocate.stakeholders.models import Contact, Function, Party
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest
from achterban.core.database.fields import keys_among

A_FEW = 12
WHOLE = "0"  # the party as such


@dataclass(frozen=True)
class Chosen:
    """A party that was chosen, or the way to it.

    Attributes:
        party: chosen, None as long as it is looked for.
        form: what it is looked for by.
        found: parties of that name, a few.
        has_more: whether there are more.
    """

    party: Party | None
    form: PartyForm
    found: list[Party]
    has_more: bool = False


def choose_party(request: WorkRequest) -> Chosen:
    """Return the party that an address names, or those that bear the name in it.

    Raises:
        Http404: it names one that is not there.
    """
    visible = Party.objects.visible_to(request.user, request.organisation)
    if "partij" in request.GET:
        keys = keys_among([request.GET["partij"]])
        party = visible.filter(pk__in=keys).first()
        if party is None:
            raise Http404
        return Chosen(party, PartyForm(), [])
    form = PartyForm(request.GET if "naam" in request.GET else None)
    if not form.is_valid():
        return Chosen(None, form, [])
    found = list(visible.named(form.cleaned_data["naam"])[: A_FEW + 1])
    return Chosen(None, form, found[:A_FEW], has_more=len(found) > A_FEW)


def people_at(request: WorkRequest, party: Party, *, on: date) -> list[Function]:
    """Return what is done at a party on a day by people we know."""
    visible = Function.objects.visible_to(request.user, request.organisation)
    rows = visible.filter(party=party, contact__isnull=False).held(on)
    return list(rows.select_related("party", "contact__key", "contact__account"))


def log_looks(request: WorkRequest, functions: Iterable[Function | None]) -> None:
    """Log that what we think of who has these functions is looked at."""
    has = [each.pk for each in functions if each and each.contact_id]
    opened(
        Contact.objects.filter(functions__in=has).select_related("key", "account"),
        by=request.user,
        organisation=request.organisation,
        at=clock.now(),
    )


def named(request: WorkRequest, functions: list[Function]) -> dict[int, str]:
    """Return how to call who has these functions; each look is in the log first."""
    known = {row.pk: row.contact for row in functions if row.contact}
    words = opened(
        known.values(),
        by=request.user,
        organisation=request.organisation,
        at=clock.now(),
    )
    return {
        row.pk: _("%(name)s, %(title)s")
        % {"name": words[known[row.pk].pk].name, "title": row.title}
        if row.pk in known
        else row.title
        for row in functions
    }
