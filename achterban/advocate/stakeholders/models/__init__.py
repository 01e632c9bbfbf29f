"""Parties, the people there, what they do, and whom they know."""

from achterban.advocate.stakeholders.models.contacts import (
    Contact,
    ContactWords,
    Function,
)
from achterban.advocate.stakeholders.models.figures import NetworkFigures
from achterban.advocate.stakeholders.models.imports import (
    PartyImport,
    PartyImportState,
)
from achterban.advocate.stakeholders.models.parties import Party, PartyKind
from achterban.advocate.stakeholders.models.relations import (
    AS_SHARE,
    Relation,
    RelationKind,
    RelationWords,
    Warmth,
)
from achterban.advocate.stakeholders.models.remarks import Remark, RemarkWords

__all__ = [
    "AS_SHARE",
    "Contact",
    "ContactWords",
    "Function",
    "NetworkFigures",
    "Party",
    "PartyImport",
    "PartyImportState",
    "PartyKind",
    "Relation",
    "RelationKind",
    "RelationWords",
    "Remark",
    "RemarkWords",
    "Warmth",
]
