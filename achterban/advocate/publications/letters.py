"""Mails that a text waits to be signed, or was answered; never which."""

from __future__ import annotations

from typing import Any

from achterban.advocate.publications.actions.signing import ANSWERED, ASKED
from achterban.core.accounts.letters import tell_who_may
from achterban.core.outbox.receivers import receiver


@receiver(ASKED)
def tell_who_signs(payload: dict[str, Any], row_id: int) -> None:
    """Tell who speaks for an organisation that something waits for its name."""
    tell_who_may("publications.sign", "publications/mail/sign.txt", **payload)


@receiver(ANSWERED)
def tell_who_sends(payload: dict[str, Any], row_id: int) -> None:
    """Tell who may send that a partner signed, or said why not."""
    tell_who_may("publications.send", "publications/mail/answered.txt", **payload)
