"""What who reports does, without an account: keep, send, answer, add, withdraw."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import transaction

from achterban.core.accounts.models import Account
from achterban.core.audit.actions import anonymous_act
from achterban.core.consent.actions import ready_consent
from achterban.core.consent.models import Audience, Purpose
from achterban.core.database.rows import Ready, insert, insert_all, ready
from achterban.core.database.together import commit_together
from achterban.core.organisations.models import Organisation
from achterban.core.outbox.actions import News, ready_news
from achterban.core.vault.models import DataKey
from achterban.listen.reports.consents import OFFERS, Offer
from achterban.listen.reports.hearing import WANTS
from achterban.listen.reports.models import (
    Facet,
    OwnAnswer,
    Report,
    Telling,
    facet_hash,
    place_hash,
    receipt_hash,
)
from achterban.listen.reports.models.triage import SUMMARY
from achterban.listen.reports.statuses import Channel, Status
from achterban.rules.deidentify import Masked, mask_bsn
from achterban.rules.receipts import NotACode, make_code, read_code
from achterban.rules.urgency import signs

MOST_CHARACTERS = 200_000
FREE_CODE_BITS = 75


class NotOurToken(Exception):
    """The form did not come from a page that we gave out."""


class TooLong(Exception):
    """More text than we can take in at once."""


class AlreadySent(Exception):
    """What was sent cannot be kept as a draft again."""


class Gone(Exception):
    """The words behind this code were withdrawn or erased."""


@dataclass(frozen=True)
class Kept:
    """What became of a telling.

    Attributes:
        report: the row.
        text: the words as they were stored.
        n_masked: how many citizen service numbers were taken out of them.
        left_over: words that were not stored, because others were sent before.
    """

    report: Report
    text: str
    n_masked: int
    left_over: str = ""


@dataclass(frozen=True)
class Yes:
    """The consent that a button gives.

    Attributes:
        wording: all words around the button.
        language: of those words.
        more: the words around each box that may have been ticked before, by purpose,
            and around each choice of what to hear (``Hearing``).
    """

    wording: str
    language: str
    more: Mapping[str, str] = field(default_factory=dict)


def fresh_code() -> str:
    """Return a new receipt code that nobody can guess."""
    return make_code(secrets.randbits(FREE_CODE_BITS))


def token_of(code: str) -> str:
    """Return a code as it goes into a form: signed, so that only we give them out."""
    return Signer(salt="reports.token").sign(code)


def code_of(token: str) -> str:
    """Return the code in a form.

    Raises:
        NotOurToken: it was not given out here.
    """
    try:
        return read_code(Signer(salt="reports.token").unsign(token))
    except (BadSignature, NotACode) as error:
        raise NotOurToken from error


@transaction.atomic
def keep_draft(
    code: str,
    organisation: Organisation,
    telling: Telling,
    *,
    on: date,
    by: Account | None = None,
) -> Kept:
    """Store what was typed so far; nobody reads it until it is sent.

    Args:
        code: the receipt code of the page, which is also the way back.
        organisation: whom it is told to.
        telling: all of it, not only what is new.
        on: today.
        by: the volunteer who writes it down during a call, else None.

    Raises:
        AlreadySent: it was sent in the meantime (a second window).
        Gone: it was withdrawn.
        TooLong: it does not fit.
    """
    masked = masked_words(telling.text)
    report = locked_behind(code, organisation) or _new_report(
        code, organisation, on=on, by=by
    )
    if report.is_gone:
        raise Gone
    if report.status != Status.DRAFT:
        raise AlreadySent
    report.touched_on = on
    telling = replace(telling, text=masked.text)
    report.seal_telling(telling if by else _with_words(report, telling))
    if report._state.adding:
        insert(key_of(report))
        insert(report)
    else:
        report.save()
    return Kept(report, masked.text, masked.n_masked)


@transaction.atomic
def keep_facts(
    code: str, organisation: Organisation, facts: Mapping[str, Any], *, on: date
) -> Telling:
    """Store the answer to one of the optional questions; return all that was told.

    Args:
        code: the receipt code of the draft.
        organisation: whom it is told to.
        facts: fields of ``Telling`` and what they are now.
        on: today.

    Raises:
        Report.DoesNotExist: nothing was kept under this code.
        AlreadySent: it was sent in the meantime.
        Gone: it was withdrawn.
    """
    report = locked_behind(code, organisation)
    if report is None:
        raise Report.DoesNotExist
    if report.is_gone:
        raise Gone
    if report.status != Status.DRAFT:
        raise AlreadySent
    told = with_facts(report.open_telling(), facts)
    report.touched_on = on
    report.seal_telling(told)
    report.save(update_fields=["sealed", "touched_on"])
    return told


def send_report(
    code: str,
    organisation: Organisation,
    telling: Telling,
    *,
    consent: Yes,
    on: date,
    is_suspect: bool = False,
    by: Account | None = None,
) -> Kept:
    """Store a report with the least consent: read it and count it.

    The same code sent twice (a double click, the back button) is one report; the
    second time changes nothing, and other words come back as left over. When this
    returns the words are on disk, and with them the news for handlers and for the
    audit log.

    Args:
        code: the receipt code of the page.
        organisation: whom it is told to.
        telling: what was told.
        consent: what the button said.
        on: today.
        is_suspect: it came in a flood, and is set apart for a volunteer to look at.
        by: the volunteer who took the call and has the report from then on.

    Raises:
        Gone: it was withdrawn.
        TooLong: it does not fit.
    """
    masked = masked_words(telling.text)
    telling = replace(telling, text=masked.text)
    # All arithmetic is done before the transaction: writers wait for each other.
    fresh = _new_report(code, organisation, on=on, by=by)
    _fill(fresh, telling, on=on, is_suspect=is_suspect)
    is_news = not (is_suspect or by or telling.same)
    row, key = ready(fresh, unless_there=True), ready(key_of(fresh))
    beside = _beside(fresh, telling, consent, is_news=is_news, on=on)

    def store() -> Kept:
        if row.insert():
            insert_all([key, *beside])
            return Kept(fresh, masked.text, masked.n_masked)
        known = locked_behind(code, organisation)
        if known is None or known.is_gone:
            raise Gone
        if known.status != Status.DRAFT:
            sent = known.open_telling().text
            return Kept(known, sent, 0, "" if sent == masked.text else masked.text)
        known.handler = by
        whole = telling if by else _with_words(known, telling)
        _fill(known, whole, on=on, is_suspect=is_suspect)
        known.save()
        insert_all(_beside(known, whole, consent, is_news=is_news, on=on))
        return Kept(known, masked.text, masked.n_masked)

    return commit_together(store)


def _beside(
    report: Report, told: Telling, consent: Yes, *, is_news: bool, on: date
) -> list[Ready]:
    """Prepare what is stored beside a report: each yes, and the news of it."""
    news = [log_of("reports.report.sent", report, on=on)]
    if is_news:
        news.append(_news_of(report))
    if told.notify:
        news.append(News("reports.address_left", {"address": told.notify}))
    key, language = key_of(report), consent.language
    yes = [
        ready_consent(
            key,
            Purpose.COUNT,
            wording=consent.wording,
            language=language,
            audience=Audience.READERS,
            on=on,
        )
    ]
    yes += [
        ready_consent(
            key,
            offer.purpose,
            wording=consent.more[asked],
            language=language,
            audience=offer.audience,
            on=on,
            ends_on=offer.ends_on(on),
        )
        for asked, offer in _given(told)
    ]
    joined = []
    if told.same:
        about = str(told.same["summary"])
        found_by = facet_hash(SUMMARY, about, report.organisation)
        joined = [ready(Facet(report=report, hash=found_by))]
    return [*yes, *joined, *ready_news(*news, on=on)]


def _given(told: Telling) -> Iterator[tuple[str, Offer]]:
    """Yield each yes beside the least one: where its words are, and what it is."""
    for value in told.yes:
        yield value, OFFERS[Purpose(value)]
    if told.hear in WANTS:
        yield told.hear, OFFERS[Purpose.UPDATE]


def _news_of(report: Report) -> News:
    """Return the news that something came in: one a time, however much comes."""
    kind = "reports.urgent" if report.is_urgent else "reports.sent"
    payload = {"organisation": report.organisation_id}
    return News(kind, payload, dedupe=f"{kind}:{report.organisation_id}")


def log_of(kind: str, report: Report, *, on: date) -> News:
    """Return what the log will have of an act of somebody without an account."""
    return anonymous_act(kind, report, responsible=report.organisation_id, on=on)


def masked_words(text: str) -> Masked:
    """Return words without the citizen service numbers in them.

    Raises:
        TooLong: it does not fit.
    """
    if len(text) > MOST_CHARACTERS:
        raise TooLong
    return mask_bsn(text)


def locked_behind(code: str, organisation: Organisation) -> Report | None:
    """Return what stands behind a code, held for the length of the transaction."""
    return Report.objects.behind_code(code, organisation).locked().first()


def with_facts(told: Telling, facts: Mapping[str, Any]) -> Telling:
    """Return what was told with other answers; numbers we may not keep are masked."""
    own = {**told.own, **facts.get("own", {})}
    told = replace(told, **{**facts, "own": own})
    return replace(
        told, condition=mask_bsn(told.condition).text, own=_masked_answers(own)
    )


def _masked_answers(own: Mapping[str, OwnAnswer]) -> dict[str, OwnAnswer]:
    """Return what was answered; an answer that was taken back is no answer."""
    return {
        key: {**told, "answers": [mask_bsn(a).text for a in told["answers"]]}
        for key, told in own.items()
        if told["answers"]
    }


def _with_words(report: Report, telling: Telling) -> Telling:
    """Return what was told before, with the words that are new."""
    if report._state.adding:
        return telling
    before = report.open_telling()
    helper = telling.helper or before.helper
    return replace(before, text=telling.text, helper=helper)


def key_of(report: Report) -> DataKey:
    """Return the key of a report that was not withdrawn."""
    assert report.key is not None  # only what was withdrawn has none
    return report.key


def _new_report(
    code: str, organisation: Organisation, *, on: date, by: Account | None
) -> Report:
    key = DataKey.fresh()
    return Report(
        id=key.pk,
        key=key,
        channel=Channel.TELEPHONE if by else Channel.WEB,
        handler=by,
        entered_by=by,
        organisation=organisation,
        receipt_hash=receipt_hash(code, organisation),
        touched_on=on,
    )


def _fill(report: Report, telling: Telling, *, on: date, is_suspect: bool) -> None:
    report.status = Status.RECEIVED
    report.received_on = report.touched_on = on
    report.is_suspect, report.hearing = is_suspect, telling.hear
    if telling.same:
        report.channel = Channel.SAME
    if telling.gathering:  # who wrote it down need not be who takes it
        report.channel, report.handler = Channel.GATHERING, None
    report.is_urgent = bool(signs(telling.text))
    report.place_hash = place_hash(telling.municipality, report.organisation)
    report.seal_telling(telling)
