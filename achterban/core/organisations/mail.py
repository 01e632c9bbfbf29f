"""Letters in the name of an organisation: neutral outside, sealed while they wait."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import get_script_prefix, reverse

from achterban.core import clock
from achterban.core.organisations.models import Organisation
from achterban.core.outbox.actions import News, emit
from achterban.core.outbox.receivers import receiver
from achterban.core.vault.actions import named_key
from achterban.core.vault.models import DataKey

CONTEXT = "outbox.letter"


@dataclass(frozen=True)
class Letter:
    """A letter as it leaves: no content, no illness, no name of an organisation in it.

    Attributes:
        to: mail address; empty means nobody (a letter that only takes its time).
        subject: one line.
        body: plain text.
        sender: name of the sender.
        until: moment (ISO 8601) after which it is worth nothing, empty for never.
        stop: address where one click ends such letters (RFC 8058), empty for none.
    """

    to: str
    subject: str
    body: str
    sender: str
    until: str = ""
    stop: str = ""


def write_letter(
    to: str, template: str, context: dict[str, Any], organisation: Organisation | None
) -> Letter:
    """Return a letter from a template whose first line is the subject."""
    text = render_to_string(template, {**context, "organisation": organisation})
    subject, _, body = text.strip().partition("\n")
    sender = organisation.mail_name if organisation else "Achterban"
    return Letter(
        to=to,
        subject=" ".join(subject.split()),
        body=body.strip() + "\n",
        sender=" ".join(re.sub(r'["\\]', " ", sender).split()),
    )


def queue_letters(*letters: Letter, on: date, dedupe: str | None = None) -> None:
    """Put letters in the outbox, sealed, in the transaction of the caller.

    Args:
        letters: what leaves.
        on: today.
        dedupe: while a letter with this name waits, no second one is written.
    """
    key = named_key("outbox")
    emit(
        *(News("mail.send", _sealed(letter, key), dedupe=dedupe) for letter in letters),
        on=on,
    )


def _sealed(letter: Letter, key: DataKey) -> dict[str, str]:
    sealed = key.seal(vars(letter), context=CONTEXT)
    return {"letter": base64.b64encode(sealed).decode()}


@receiver("mail.send")
def send_letter(payload: dict[str, Any], row_id: int) -> None:
    """Send a letter that waited in the outbox."""
    sealed = base64.b64decode(payload["letter"])
    hand_in(Letter(**named_key("outbox").unseal(sealed, context=CONTEXT)), row_id)


def hand_in(letter: Letter, row_id: int) -> None:
    """Hand a letter to the mail server; sent twice it carries the same Message-ID.

    Args:
        letter: what leaves.
        row_id: of the row in the outbox that is being delivered.
    """
    is_late = letter.until and clock.now() > datetime.fromisoformat(letter.until)
    if not letter.to or is_late:
        return
    EmailMessage(
        subject=letter.subject,
        body=letter.body,
        from_email=f'"{letter.sender}" <{settings.DEFAULT_FROM_EMAIL}>',
        to=[letter.to],
        headers={
            "Message-ID": f"<{row_id}@{settings.CANONICAL_HOST}>",
            "Auto-Submitted": "auto-generated",
            **_stop_headers(letter),
        },
    ).send()


def _stop_headers(letter: Letter) -> dict[str, str]:
    if not letter.stop:
        return {}
    return {
        "List-Unsubscribe": f"<{letter.stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def address_of(name: str, organisation: Organisation | None, *args: Any) -> str:
    """Return the whole address of a page, from the settings and never from a request.

    Args:
        name: of the page.
        organisation: whose page; None for a page of the installation.
        args: of the page.
    """
    scheme = "http" if settings.PLAIN_HTTP else "https"
    path = reverse(name, args=args).removeprefix(get_script_prefix())
    if organisation and organisation.host:
        return f"{scheme}://{organisation.host}/{path}"
    prefix = f"o/{organisation.slug}/" if organisation else ""
    return f"{scheme}://{settings.CANONICAL_ADDRESS}/{prefix}{path}"
