"""All that we keep of one contact, for when they ask (AVG art. 15).

Rooms above register what they keep. Whom somebody knows is not named, nor who of ours
wrote or looked: they have rights too. What we typed may name others all the same, so
it is marked: a coordinator reads that before it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from achterban.advocate.stakeholders.models import (
    Contact,
    ContactWords,
    Function,
    Relation,
    Remark,
)
from achterban.advocate.stakeholders.queries.people import looks_at

Find = Callable[[Contact], Iterable[str]]


@dataclass(frozen=True)
class Held:
    """One kind of thing that we keep of somebody.

    Attributes:
        what: on the screen.
        lines: each of them, in words.
        is_typed: whether words of ours stand in it, which may name others.
    """

    what: str
    lines: list[str]
    is_typed: bool = True


@cache
def _sources() -> dict[str | Promise, Find]:
    return {}


def add_held(what: str | Promise, find: Find) -> None:
    """Let what another room keeps of somebody be told to them; twice changes nothing.

    Args:
        what: how it is called on the screen.
        find: returns what is kept of one contact, a line each.
    """
    _sources()[what] = find


def held_of(contact: Contact, words: ContactWords) -> list[Held]:
    """Return all that is kept of somebody.

    Args:
        contact: with its key.
        words: who it is; the look is in the log.
    """
    functions = contact.functions.select_related("party")
    found = [
        Held(_("Who you are"), _words(contact, words), is_typed=bool(words.note)),
        Held(_("Functions"), [_function(each) for each in functions], is_typed=False),
        Held(_("Whom you know"), _relations(contact)),
        Held(_("Remarks"), _remarks(contact)),
        *(Held(str(what), list(find(contact))) for what, find in _sources().items()),
        Held(_("Who looked"), _looks(contact), is_typed=False),
    ]
    return [each for each in found if each.lines]


def _words(contact: Contact, words: ContactWords) -> list[str]:
    said = {
        _("Name"): words.name,
        _("Mail"): words.mail,
        _("Telephone"): words.phone,
        _("Note"): words.note,
        _("Added on"): date_format(contact.added_on, "j F Y"),
        _("Last used on"): date_format(contact.used_on, "j F Y"),
    }
    lines = [f"{label}: {value}" for label, value in said.items() if value]
    if contact.is_ours:
        lines.append(_("one of us"))
    return [*lines, _("matters")] if contact.matters else lines


def _function(row: Function) -> str:
    days = {_("since"): row.from_on, _("until"): row.until_on}
    told = [f"{word} {date_format(day, 'j F Y')}" for word, day in days.items() if day]
    return ", ".join([row.title, str(row.party), *told])


def _relations(contact: Contact) -> list[str]:
    other = _("somebody else")
    rows = Relation.objects.of(contact).select_related("one__key")
    return [
        _joined(
            f"{row.label_from(contact)}: {other}, {row.get_warmth_display()}",
            said.source,
            said.address,
        )
        for row in rows
        for said in [row.open_words()]
    ]


def _remarks(contact: Contact) -> list[str]:
    rows = Remark.objects.filter(contact=contact).select_related("contact__key")
    return [
        _joined(said.text, said.source, said.address, _day(row))
        for row in rows
        for said in [row.open_words()]
    ]


def _joined(*words: str) -> str:
    return " · ".join(filter(None, words))


def _day(row: Remark) -> str:
    return date_format(row.written_on, "j F Y")


def _looks(contact: Contact) -> list[str]:
    """Return the days on which somebody of ours looked, and how often; no names."""
    found: dict[str, int] = {}
    for look in looks_at(contact):
        day = date_format(look.on, "j F Y")
        found[day] = found.get(day, 0) + look.n
    return [f"{day}: {n}×" for day, n in found.items()]
