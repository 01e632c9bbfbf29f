"""Write the log, anchor its head, and see whether it is whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction

from achterban.core.audit.models import (
    FACT,
    AuditEvent,
    AuditEventQuerySet,
    AuditHead,
    day_moment,
    label_of,
)
from achterban.core.outbox.actions import News
from achterban.core.vault.keyring import one_at_a_time, replace_file

ANCHOR = "audit.anchor"
CHUNK = 2000


@dataclass(frozen=True)
class Act:
    """An act that is not yet in the log.

    Attributes:
        kind: ``room.model.past_tense``.
        label: ``app.model:id`` of what it was done to.
        actor: account id, 0 for somebody without an account.
        responsible: organisation id, 0 for the installation itself.
        at: when; for an anonymous act the day only.
        facts: ids, codes and dates.
    """

    kind: str
    label: str
    actor: int
    responsible: int
    at: datetime
    facts: dict[str, Any]


def append(*acts: Act) -> None:
    """Add acts to the chain, and anchor the new head after the commit.

    Raises:
        ValueError: a fact holds words; the log holds ids, codes and dates only.
    """
    for act in acts:
        _refuse_words(act)
    with transaction.atomic(savepoint=False):  # what is not logged is not done
        head = _locked_head()
        AuditEvent.objects.bulk_create([_sealed(act, head) for act in acts])
        head.save(update_fields=["seq", "digest"])
        # The act is stored whatever becomes of the anchor; the next one moves it.
        transaction.on_commit(anchor_head, robust=True)


def _sealed(act: Act, head: AuditHead) -> AuditEvent:
    """Return an act as the next event of the chain, and move the head to it."""
    event = AuditEvent(
        seq=head.seq + 1,
        kind=act.kind,
        at=act.at,
        label=act.label,
        actor=act.actor,
        responsible=act.responsible,
        facts=act.facts,
    )
    event.digest = event.compute_digest(bytes(head.digest))
    head.seq, head.digest = event.seq, event.digest
    return event


def record(
    kind: str,
    thing: models.Model,
    *,
    by: int,
    responsible: int,
    at: datetime,
    **facts: Any,
) -> None:
    """Add one act by an account to the log, in the transaction of the caller.

    Args:
        kind: ``room.model.past_tense``.
        thing: what it was done to.
        by: account id.
        responsible: organisation id.
        at: now.
        facts: ids, codes and dates; no words.
    """
    append(Act(kind, label_of(thing), by, responsible, at, facts))


def anonymous_act(
    kind: str, thing: models.Model, *, responsible: int, on: date
) -> News:
    """Return news that brings an anonymous act into the log on a later day.

    The acts of a day enter the log together, in random order, so that their place
    between the timed acts of volunteers does not tell the hour.
    """
    payload = {
        "kind": kind,
        "label": label_of(thing),
        "responsible": responsible,
        "on": on.isoformat(),
    }
    return News("audit.anonymous", payload, wait_days=1)


def _refuse_words(act: Act) -> None:
    flat = [act.kind, act.label, *act.facts]
    for value in act.facts.values():
        flat += [str(item) for item in (value if isinstance(value, list) else [value])]
    if not all(FACT.fullmatch(item) for item in flat):
        msg = f"the audit log holds ids, codes and dates only: {act.kind}"
        raise ValueError(msg)


def _locked_head() -> AuditHead:
    locked = AuditHead.objects.select_for_update().filter(pk=1)
    if (head := locked.first()) is None:  # nothing was ever logged here
        AuditHead.objects.get_or_create(pk=1, defaults={"digest": b""})
        head = locked.get()
    return head


def over_time(on: date) -> AuditEventQuerySet:
    """Return the events that have been kept long enough on a day, oldest first.

    The chain is cut at one place: an event goes when all before it go. The last one
    stays, as what the next is sealed to.

    Args:
        on: today.
    """
    from_then = day_moment(on - timedelta(days=settings.AUDIT_DAYS))
    events = AuditEvent.objects.order_by("seq")
    kept = events.filter(at__gte=from_then).first() or events.last()
    return events.filter(seq__lt=kept.seq if kept else 0)


@transaction.atomic
def cut(on: date) -> int:
    """Let go of events that were kept long enough, a chunk; return how many."""
    head = _locked_head()
    gone = list(over_time(on)[:CHUNK])
    if not gone:
        return 0
    head.cut_seq, head.cut_digest = gone[-1].seq, gone[-1].digest
    head.cut_seal = head.compute_seal()
    head.save(update_fields=["cut_seq", "cut_digest", "cut_seal"])
    AuditEvent.objects.filter(seq__lte=head.cut_seq).delete()
    facts = {"until": head.cut_seq}
    append(Act("audit.log.cut", label_of(head), 0, 0, day_moment(on), facts))
    return len(gone)


def anchor_head(note: str | None = None) -> None:
    """Write the head of the chain outside the data directory.

    The anchor moves only along the chain it knows: after a log was put back to an
    earlier state it stays where it was, and ``verify`` keeps saying so.

    Args:
        note: why the head may have gone back, for instance ``restored 2026-11-24``.
    """
    with one_at_a_time(settings.KEYS):  # a slow writer must not move it back
        head = AuditHead.objects.filter(pk=1).first() or AuditHead()
        known = read_anchor()
        if note is None and known and not _follows(known):
            return
        notes = known.get("notes", []) + ([note] if note else [])
        content = {"seq": head.seq, "digest": bytes(head.digest).hex(), "notes": notes}
        replace_file(settings.KEYS / ANCHOR, json.dumps(content).encode())


def _follows(known: dict[str, Any]) -> bool:
    if known["seq"] == 0:  # put back to before the first event
        return True
    event = AuditEvent.objects.filter(seq=known["seq"]).first()
    return event is not None and bytes(event.digest).hex() == known["digest"]


def read_anchor() -> dict[str, Any]:
    """Return what was anchored last, empty where nothing was."""
    path = settings.KEYS / ANCHOR
    if not path.exists():
        return {}
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def verify() -> Iterator[str]:
    """Yield what is wrong with the log, in Dutch, naming the row; nothing if whole.

    Found are: a changed, removed, moved or inserted row, a cut tail, a beginning that
    somebody else took off, and a log that was put back to an earlier state. Not
    covered: events of the last moments before a crash, that were committed and not yet
    anchored.
    """
    head = AuditHead.objects.filter(pk=1).first()
    last, before = head.begin if head else (0, b"")
    if head and last and head.compute_seal() != bytes(head.cut_seal):
        yield f"Het begin van het logboek, na regel {last}, is niet door ons gemaakt."
    anchor = read_anchor()
    anchored = None
    for event in AuditEvent.objects.order_by("seq").iterator(chunk_size=CHUNK):
        if event.seq != last + 1:
            yield f"Regel {last + 1} ontbreekt; na {last} komt {event.seq}."
        if event.compute_digest(before) != bytes(event.digest):
            yield f"Regel {event.seq} is veranderd, of de regel ervoor."
        before, last = bytes(event.digest), event.seq
        if last == anchor.get("seq"):
            anchored = before.hex()
    if head is not None and (head.seq, bytes(head.digest)) != (last, before):
        yield f"Na regel {last} is een stuk weg: de laatste regel was {head.seq}."
    yield from _compare(anchor, last, anchored)


def _compare(anchor: dict[str, Any], last: int, anchored: str | None) -> Iterator[str]:
    if not anchor:
        if last:
            yield f"Het anker buiten de gegevensmap ontbreekt ({ANCHOR})."
    elif last < anchor["seq"]:
        yield (
            f"Na regel {last} is een stuk weg, of het logboek is teruggezet: buiten "
            f"de gegevensmap staat regel {anchor['seq']} als laatste."
        )
    elif anchor["seq"] and anchored != anchor["digest"]:
        yield f"Regel {anchor['seq']} is een andere dan buiten de map is vastgelegd."


@transaction.atomic
def receive_anonymous_act(payload: dict[str, Any], row_id: int) -> None:
    """Bring an anonymous act into the log; a second delivery adds nothing."""
    _locked_head()
    day = date.fromisoformat(payload["on"])
    if AuditEvent.objects.filter(
        label=payload["label"], facts__row=str(row_id)
    ).exists():
        return
    append(
        Act(
            payload["kind"],
            payload["label"],
            0,
            payload["responsible"],
            day_moment(day),
            {"row": str(row_id)},
        )
    )
