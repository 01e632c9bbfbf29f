"""Change what an organisation sorts by."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.core.organisations.models import Organisation
from achterban.core.vocabulary.models import OwnTerm, TermKind, common_terms

MOST_OWN_TERMS = 100
FIXED = frozenset({TermKind.PARTY})  # who tells something chooses from these


class NameTaken(Exception):
    """There is a term with this name."""


class EnoughTerms(Exception):
    """There are a hundred terms of their own already."""


@transaction.atomic
def keep_term(term: OwnTerm, *, by: Account, at: datetime) -> OwnTerm:
    """Store a term of an organisation, new or changed; a new one gets a code.

    What was sorted under a term stays under its code, whatever it is called later.

    Args:
        term: with its new values; without a code it is new.
        by: who changes it; permission is checked by the caller.
        at: now.

    Raises:
        NameTaken: another term of this kind has the name.
        EnoughTerms: it is new, and there are a hundred.
    """
    organisation = Organisation.objects.select_for_update().get(pk=term.organisation_id)
    ours = OwnTerm.objects.of(organisation).exclude(pk=term.pk)
    if term._state.adding and ours.count() >= MOST_OWN_TERMS:
        raise EnoughTerms
    others = {
        (each.kind, each.code): each.name.casefold()
        for each in [*common_terms(), *ours]
    }
    if not term.code:
        term.code = _free_code(term, {code for _kind, code in others})
    others.pop((TermKind(term.kind), term.code), None)
    if term.name.casefold() in {
        name for (kind, _code), name in others.items() if kind == term.kind
    }:
        raise NameTaken
    term.save()
    record(
        "vocabulary.term.changed",
        term,
        by=by.pk,
        responsible=term.organisation_id,
        at=at,
        is_on=term.is_on,
    )
    return term


def _free_code(term: OwnTerm, taken: set[str]) -> str:
    stem = f"own-{slugify(term.name)[:30]}".rstrip("-")
    n = 1
    while (code := stem if n == 1 else f"{stem}-{n}") in taken:
        n += 1
    return code
