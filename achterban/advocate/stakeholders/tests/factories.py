"""Parties and people for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from factory.declarations import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from achterban.advocate.stakeholders.actions.contacts import add_contact
from achterban.advocate.stakeholders.actions.relations import keep_relation
from achterban.advocate.stakeholders.models import (
    Contact,
    ContactWords,
    Function,
    Party,
    PartyKind,
    Relation,
    RelationWords,
)
from achterban.core import clock
from achterban.core.accounts.models import Account
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.places.models import searchable


class PartyFactory(DjangoModelFactory[Party]):
    """A municipality."""

    class Meta:
        model = Party

    organisation = SubFactory(OrganisationFactory)
    name = Sequence("Gemeente {}".format)
    search = LazyAttribute(lambda party: searchable(party.name))
    kind = PartyKind.MUNICIPALITY


def somebody(
    party: Party,
    name: str = "Noor Zandpad",
    *,
    by: Account,
    title: str = "wethouder",
    from_on: date | None = None,
    until_on: date | None = None,
    **rest: Any,
) -> Contact:
    """Return somebody who does something at a party."""
    function = Function(party=party, title=title, from_on=from_on, until_on=until_on)
    words = ContactWords(name, **rest)
    return add_contact(
        party.organisation, words, function=function, by=by, at=clock.now()
    )


def knows(one: Contact, other: Contact, *, by: Account, warmth: int = 2) -> Relation:
    """Return the relation of two people."""
    return keep_relation(
        Relation(
            organisation=one.organisation,
            one=one,
            other=other,
            kind="knows",
            warmth=warmth,
        ),
        RelationWords("van henzelf"),
        by=by,
        at=clock.now(),
    )
