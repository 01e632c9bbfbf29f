"""People for tests."""

from __future__ import annotations

from typing import Any

from factory.declarations import SubFactory
from factory.django import DjangoModelFactory

from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.vault.models import DataKey
from achterban.people.persons.models import ContactDetails, Person

ELS = ContactDetails(name="Els de Proef", phone="06 00 00 00 00", when="na tweeën")


class PersonFactory(DjangoModelFactory[Person]):
    """Els, whom an organisation knows."""

    class Meta:
        model = Person

    organisation = SubFactory(OrganisationFactory)

    @classmethod
    def _create(cls, model_class: type[Person], *args: Any, **kwargs: Any) -> Person:
        key = DataKey.fresh()
        key.save(force_insert=True)
        person = model_class(key=key, organisation=kwargs["organisation"])
        person.seal_details(kwargs.get("details", ELS))
        person.save(force_insert=True)
        return person
