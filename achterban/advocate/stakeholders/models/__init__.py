"""Parties, the people there, and what they do."""

from achterban.advocate.stakeholders.models.contacts import (
    Contact,
    ContactWords,
    Function,
)
from achterban.advocate.stakeholders.models.parties import Party, PartyKind

__all__ = ["Contact", "ContactWords", "Function", "Party", "PartyKind"]
