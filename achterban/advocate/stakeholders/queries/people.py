"""Who bears a name, and what somebody does."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from achterban.advocate.stakeholders.actions.contacts import words_of
from achterban.advocate.stakeholders.models import Contact, Function
from achterban.core.organisations.models import Organisation
from achterban.rules.names import may_be_one, name_words, telling_words

MOST_NAMESAKES = 5
MOST_BEARING = 10


def namesakes(name: str, organisation: Organisation, *, but: int = 0) -> list[Contact]:
    """Return who may be the one of this name; nobody sees them yet.

    Args:
        name: as it was typed.
        organisation: whose contacts.
        but: key of somebody who is not meant.
    """
    words = telling_words(name)
    if not words:
        return []
    named = Contact.objects.named(words[-1], organisation).exclude(pk=but)
    rows = named.select_related("key", "account", "organisation")
    return [row for row in rows if may_be_one(words_of(row).name, name)][
        :MOST_NAMESAKES
    ]


def bearing(name: str, organisation: Organisation) -> list[Contact]:
    """Return who may be meant by a name, whole or in part; nobody sees them yet."""
    rows = Contact.objects.named(name, organisation) if name else Contact.objects.none()
    found = {
        row.pk: row for row in rows.select_related("key", "account")[:MOST_BEARING]
    }
    found |= {row.pk: row for row in namesakes(name, organisation)}
    return list(found.values())


def is_exactly(contact: Contact, name: str) -> bool:
    """Return whether somebody bears just this name."""
    return name_words(words_of(contact).name) == name_words(name)


def functions_now(
    contacts: Collection[Contact] | Collection[int], *, on: date
) -> dict[int, list[Function]]:
    """Return what some contacts do on a day, by contact."""
    found: dict[int, list[Function]] = {}
    rows = Function.objects.filter(contact__in=contacts).held(on)
    for row in rows.select_related("party"):
        assert row.contact_id is not None
        found.setdefault(row.contact_id, []).append(row)
    return found
