"""Give consent, with the words that it was asked in, and take it back."""

from __future__ import annotations

import hashlib
from datetime import date

from django.conf import settings
from django.db import transaction

from achterban.core.consent.models import Audience, Consent, ConsentText, Purpose
from achterban.core.database.fields import random_key
from achterban.core.database.rows import Ready, ready
from achterban.core.outbox.actions import News, emit
from achterban.core.outbox.receivers import receiver
from achterban.core.vault.keyring import record_withdrawal, recorded_withdrawals
from achterban.core.vault.models import DataKey

CHUNK = 500
TAKEN_BACK = "consent.taken_back"


def ready_consent(
    key: DataKey,
    purpose: Purpose,
    *,
    wording: str,
    language: str,
    audience: Audience,
    on: date,
    ends_on: date | None = None,
    pk: int | None = None,
) -> Ready:
    """Prepare a yes, for the transaction that stores the words it is about.

    Args:
        key: the data key of the words it is about.
        purpose: what for.
        wording: the words on the page, whole.
        language: of those words.
        audience: who may see what comes of it.
        on: today.
        ends_on: the last day on which it holds; None for as long as the words are kept.
        pk: number of the row; None for a random one.

    Source: AVG art. 7(1) and 9(2)(a): explicit, for one purpose, and provable.
    """
    return ready(
        Consent(
            id=pk or random_key(),
            key=key,
            text_id=_text_id(purpose, language, wording),
            audience=audience,
            given_on=on,
            ends_on=ends_on,
        )
    )


def take_back(consent: Consent, *, on: date) -> None:
    """Withdraw a yes; it holds no longer from today on.

    The ledger is on disk first: a restore of an older backup reads it.

    Source: AVG art. 7(3): as easy as giving it.
    """
    record_withdrawal(settings.KEYS, consent.pk, on=on)
    consent.withdrawn_on = on
    consent.save(update_fields=["withdrawn_on"])


def replay_withdrawals(*, on: date) -> int:
    """Take back again every yes that the ledger names; return how many came back.

    Run after a restore and at each start, before the first answer. Rooms hear
    ``consent.taken_back`` of each and undo what they did on that yes.

    Args:
        on: today, for the outbox.
    """
    came_back = 0
    ledger = recorded_withdrawals(settings.KEYS)
    ids = list(ledger)
    for start in range(0, len(ids), CHUNK):
        held = Consent.objects.filter(withdrawn_on=None)
        found = list(held.filter(pk__in=ids[start : start + CHUNK]))
        for consent in found:
            consent.withdrawn_on = ledger[consent.pk]
        with transaction.atomic():
            Consent.objects.bulk_update(found, ["withdrawn_on"])
            emit(*(News(TAKEN_BACK, {"consent": it.pk}) for it in found), on=on)
        came_back += len(found)
    return came_back


@receiver("vault.destroyed")
def forget_consents(payload: dict[str, int], row_id: int) -> None:
    """Remove the consents about words that no longer exist."""
    Consent.objects.filter(key_id=payload["key"]).delete()


_known_texts: dict[tuple[str, str, str], int] = {}


def _text_id(purpose: Purpose, language: str, wording: str) -> int:
    asked = (str(purpose), language, wording)
    if known := _known_texts.get(asked):
        return known
    text, _created = ConsentText.objects.get_or_create(
        digest=hashlib.sha256("\x1f".join(asked).encode()).hexdigest(),
        defaults={"purpose": purpose, "language": language, "wording": wording},
    )
    # Remembered only once it is certain: a transaction may still be taken back.
    transaction.on_commit(lambda: _known_texts.setdefault(asked, text.pk))
    return text.pk
