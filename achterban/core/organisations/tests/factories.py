"""Organisations for tests."""

from __future__ import annotations

import base64

from factory.declarations import Sequence
from factory.django import DjangoModelFactory

from achterban.core.organisations.models import Organisation

PICTURE = base64.b64decode(  # a PNG of 3 by 1 pixels
    "iVBORw0KGgoAAAANSUhEUgAAAAMAAAABCAAAAACRf3YOAAAAC0lEQVR4nGOQk5MDAACsAFiRFqQ6AAAAAElF"
    "TkSuQmCC"
)


class OrganisationFactory(DjangoModelFactory[Organisation]):
    """An organisation at ``/o/<slug>/`` whose name tells an illness."""

    class Meta:
        model = Organisation

    name = Sequence("Vereniging Ziekte {}".format)
    slug = Sequence("ziekte-{}".format)
