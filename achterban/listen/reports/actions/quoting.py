"""Quote a passage of a report: only with a yes, and only while it stands there."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.db.models import Exists, OuterRef

from achterban.core.consent.models import Consent, Purpose
from achterban.core.organisations.models import Organisation
from achterban.core.vault.models import key_ring
from achterban.listen.reports.models import Report, Review
from achterban.listen.reports.models.reports import ReportQuerySet

DIGEST_BYTES = 16


class NotInWords(Exception):
    """What was typed does not stand in the checked words, or more than once."""


class MayNot(Exception):
    """There is no yes for quoting in force, or the words are not checked."""


class Standing(Enum):
    """Whether a passage may still be quoted, and if not, why."""

    HOLDS = "holds"
    TAKEN_BACK = "taken back"  # the yes ended or was withdrawn, or the report was
    CHANGED = "changed"  # other words stand there now, or nobody checked them


@dataclass(frozen=True)
class Passage:
    """Where words stand in the checked words of a report.

    Attributes:
        start: of its first code point.
        end: of the one after its last.
        digest: keyed hash of the words, by which a change shows.
    """

    start: int
    end: int
    digest: bytes


@dataclass(frozen=True)
class Quoted:
    """A passage as it stands today.

    Attributes:
        standing: whether it may be quoted.
        words: it; empty where it may not.
    """

    standing: Standing
    words: str = ""


def quotable(reports: ReportQuerySet, *, on: date) -> ReportQuerySet:
    """Return the reports of which a passage may be quoted today.

    Source: AVG art. 6(1)(a), 7 and 9(2)(a): a yes for quoting of its own.
    """
    yes = Consent.objects.in_force(on=on).filter(
        key=OuterRef("key"), text__purpose=Purpose.QUOTE
    )
    return reports.filter(
        Exists(yes), review__approved_on__isnull=False, withdrawn_on=None
    )


def find_passage(report: Report, typed: str, *, on: date) -> Passage:
    """Return where typed words stand in a report, whatever the white space.

    Args:
        report: of which may be quoted.
        typed: the words, as they were copied.
        on: today.

    Raises:
        MayNot: there is no yes, or nobody checked the words.
        NotInWords: they do not stand there, or it is not clear where.
    """
    review = _review_of(report, on=on)
    if review is None:
        raise MayNot
    checked = review.open().checked
    looked_for = r"\s+".join(map(re.escape, typed.split()))
    found = list(re.finditer(looked_for, checked)) if looked_for else []
    if len(found) != 1:
        raise NotInWords
    start, end = found[0].span()
    return Passage(start, end, _digest(checked[start:end], report.organisation))


def quoted(report: Report, passage: Passage, *, on: date) -> Quoted:
    """Return a passage as it stands today: consent and words are looked at anew."""
    consents = Consent.objects.in_force(on=on).filter(text__purpose=Purpose.QUOTE)
    if report.key_id is None or not consents.filter(key=report.key_id).exists():
        return Quoted(Standing.TAKEN_BACK)
    review = _review_of(report, on=on)
    words = review.open().checked[passage.start : passage.end] if review else ""
    same = hmac.compare_digest(_digest(words, report.organisation), passage.digest)
    return Quoted(Standing.HOLDS, words) if same else Quoted(Standing.CHANGED)


def _review_of(report: Report, *, on: date) -> Review | None:
    may = quotable(Report.objects.filter(pk=report.pk), on=on)
    reviews = Review.objects.filter(report__in=may)
    return reviews.select_related("report__key", "report__organisation").first()


def _digest(words: str, organisation: Organisation) -> bytes:
    key = key_ring().digest("receipt", f"passage:{organisation.pk}".encode())
    return hmac.digest(key, words.encode(), hashlib.sha256)[:DIGEST_BYTES]
