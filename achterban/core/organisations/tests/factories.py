"""Organisations for tests."""

from __future__ import annotations

from factory.declarations import Sequence
from factory.django import DjangoModelFactory

from achterban.core.organisations.models import Organisation


class OrganisationFactory(DjangoModelFactory[Organisation]):
    """An organisation at ``/o/<slug>/`` whose name tells an illness."""

    class Meta:
        model = Organisation

    name = Sequence("Vereniging Ziekte {}".format)
    slug = Sequence("ziekte-{}".format)
