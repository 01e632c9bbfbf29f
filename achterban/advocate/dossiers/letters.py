"""A mail that another organisation asks something, never what."""

from __future__ import annotations

from typing import Any

from achterban.advocate.dossiers.actions.coalitions import ASKED
from achterban.core.accounts.letters import tell_who_may
from achterban.core.outbox.receivers import receiver


@receiver(ASKED)
def tell_who_joins(payload: dict[str, Any], row_id: int) -> None:
    """Tell who decides for an organisation that it is asked to join."""
    tell_who_may("coalitions.change", "dossiers/mail/asked.txt", **payload)
