"""Who bears a name, and what somebody does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from achterban.advocate.stakeholders.actions.contacts import words_of
from achterban.advocate.stakeholders.models import Contact, Function
from achterban.core.accounts.models import Account
from achterban.core.audit.models import AuditEvent, label_of
from achterban.core.organisations.models import Organisation
from achterban.rules.names import may_be_one, name_words, telling_words

MOST_NAMESAKES = 5
MOST_BEARING = 10
MOST_LOOKS = 1000


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


@dataclass(frozen=True)
class Look:
    """A day on which somebody of ours looked at a contact, and how often."""

    on: date
    who: str
    n: int


def looks_at(contact: Contact) -> list[Look]:
    """Return who looked at somebody and on which days, the newest first (AVG art. 15).

    As far back as the log goes; at most the last thousand looks.
    """
    events = AuditEvent.objects.about(label_of(contact)).order_by("-seq")
    looks = events.filter(kind="stakeholders.contact.read")[:MOST_LOOKS]
    counted = Counter((localdate(event.at), event.actor) for event in looks)
    actors = {actor for _on, actor in counted}
    names = {row.pk: str(row) for row in Account.objects.filter(pk__in=actors)}
    return [Look(on, names.get(actor, ""), n) for (on, actor), n in counted.items()]


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
