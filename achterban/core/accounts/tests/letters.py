"""Reading what waits in the outbox."""

from __future__ import annotations

import base64

from achterban.core.organisations.mail import CONTEXT, Letter
from achterban.core.outbox.models import OutboxRow
from achterban.core.vault.actions import named_key


def waiting() -> list[Letter]:
    """Return the letters that wait, opened."""
    key = named_key("outbox")
    rows = OutboxRow.objects.filter(kind="mail.send")
    return [
        Letter(**key.unseal(base64.b64decode(row.payload["letter"]), context=CONTEXT))
        for row in rows
    ]


def the_code() -> str:
    """Return the code of the one letter that has one."""
    (body,) = [letter.body for letter in waiting() if "-" in letter.body and letter.to]
    return next(word for word in body.split() if len(word) == 9 and word[4] == "-")
