"""Store what was told at a gathering: many short stories at once."""

from __future__ import annotations

import re
import secrets
from datetime import date

from django.core.signing import BadSignature, Signer

from achterban.core.accounts.models import Account
from achterban.core.vault.models import key_ring
from achterban.listen.reports.actions import telling
from achterban.listen.reports.models import Report, Telling
from achterban.people.gatherings.models import Gathering
from achterban.rules.receipts import make_code

MOST_STORIES = 50
BETWEEN = re.compile(r"\n[ \t]*\n\s*")
SALT = "reports.gathering"


class TooMany(Exception):
    """More stories than can be taken in at once."""


def stories_in(text: str) -> list[str]:
    """Return the stories in what was typed: an empty line stands between two."""
    parts = BETWEEN.split(text.replace("\r\n", "\n").strip())
    return [part.strip() for part in parts if part.strip()]


def fresh_batch() -> str:
    """Return what a form carries, so that sent twice it is stored once."""
    return Signer(salt=SALT).sign(secrets.token_hex(16))


def store_stories(
    gathering: Gathering, text: str, batch: str, *, by: Account, on: date
) -> list[tuple[str, Report]]:
    """Store each story as a report with the consent of the gathering.

    The same form sent twice stores nothing more; what was added to it meanwhile is.

    Args:
        gathering: where it was told.
        text: stories with an empty line between them.
        batch: from ``fresh_batch``.
        by: who writes them down.
        on: today.

    Returns:
        The receipt code and the row of each, for who wants to go on with it.

    Raises:
        telling.NotOurToken: the batch was not given out here.
        TooMany: there are more than fifty.
        telling.TooLong: one does not fit.
    """
    try:
        key = Signer(salt=SALT).unsign(batch)
    except BadSignature as error:
        raise telling.NotOurToken from error
    stories = stories_in(text)
    if len(stories) > MOST_STORIES:
        raise TooMany
    for story in stories:
        telling.masked_words(story)  # one that does not fit holds up all
    consent = telling.Yes(gathering.consent, "nl")
    kept = []
    for n, story in enumerate(stories):
        code = _code(key, stories[:n].count(story), story)
        told = Telling(
            story, municipality=gathering.municipality, gathering=gathering.pk
        )
        stored = telling.send_report(
            code, gathering.organisation, told, consent=consent, on=on, by=by
        )
        kept.append((code, stored.report))
    return kept


def _code(batch: str, n: int, story: str) -> str:
    """Return the code of a story in a batch: nobody can guess it without the key."""
    value = f"gathering:{batch}:{n}:{story}".encode()
    digest = key_ring().digest("receipt", value)
    return make_code(int.from_bytes(digest) & ((1 << telling.FREE_CODE_BITS) - 1))


def device_key(gathering: Gathering, account: Account) -> bytes:
    """Return the key under which a device keeps what was typed without a line.

    The device has the words and not the key: the page brings it, to who is logged in.
    """
    value = f"gathering-device:{gathering.pk}:{account.pk}".encode()
    return key_ring().digest("receipt", value)
