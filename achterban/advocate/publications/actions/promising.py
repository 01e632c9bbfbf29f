"""Begin a letter about promises, and change what such letters begin with."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from achterban.advocate.commitments.models import Commitment
from achterban.advocate.dossiers.models import Dossier
from achterban.advocate.publications import first_words
from achterban.advocate.publications.actions.writing import begin_publication
from achterban.advocate.publications.first_words import Begin
from achterban.advocate.publications.models import (
    Aim,
    FirstWords,
    Kind,
    PromiseLetter,
    Words,
)
from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record
from achterban.core.organisations.models import Organisation


class NoReason(Exception):
    """A letter that goes higher says how high, and why."""


class UnknownGap(Exception):
    """A gap that nothing fills."""


def words_for(organisation: Organisation, aim: Aim) -> Begin:
    """Return what a letter of an organisation begins with: its own words, or ours."""
    own = FirstWords.objects.of(organisation).filter(aim=aim).first()
    if own is None:
        return first_words.ours(aim)
    return Begin(own.title, own.salutation, own.text, own.closing)


@transaction.atomic
def begin_letter(
    organisation: Organisation,
    aim: Aim,
    rows: Collection[Commitment],
    *,
    by: Account,
    at: datetime,
    rung: str = "",
    why: str = "",
) -> PromiseLetter:
    """Store a letter with its first words, to be read, changed and sent as any other.

    Args:
        organisation: who writes.
        aim: to what end.
        rows: promises of one party, at least one; of this organisation.
        by: who writes it.
        at: now.
        rung: how high it goes; only of one that goes higher.
        why: why it does; only of one that goes higher.

    Raises:
        NoReason: it goes higher, and does not say how high or why.
    """
    is_higher = aim == Aim.ESCALATE
    if is_higher and not (rung and why):
        raise NoReason
    rung, why = (rung, why) if is_higher else ("", "")
    row = next(iter(rows))
    letter = PromiseLetter(party=row.party, aim=aim, rung=rung, why=why)
    earlier = PromiseLetter.objects.filter(commitments__in=rows).distinct()
    known = earlier.sent().select_related("publication")
    gaps = first_words.gaps_of(
        rows, known, on=timezone.localdate(at), rung=rung, why=why
    )
    begin = words_for(organisation, aim)
    to = [gaps["partij"], *([gaps["trede"]] if rung else [])]
    letter.publication = begin_publication(
        organisation,
        Kind.LETTER,
        first_words.filled(begin.title, gaps)[:120],
        [],
        by=by,
        at=at,
        words=Words(
            addressee="\n".join(to),
            salutation=first_words.filled(begin.salutation, gaps),
            text=first_words.filled(begin.text, gaps),
            closing=first_words.filled(begin.closing, gaps),
        ),
        dossier=_dossier_of(rows),
    )
    letter.save(force_insert=True)
    letter.commitments.set(rows)
    return letter


def _dossier_of(rows: Collection[Commitment]) -> Dossier | None:
    """Return the dossier of promises, where they are all of one."""
    dossiers = {row.dossier for row in rows}
    return dossiers.pop() if len(dossiers) == 1 else None


@transaction.atomic
def keep_first_words(
    organisation: Organisation,
    aim: Aim,
    begin: Begin | None,
    *,
    by: Account,
    at: datetime,
) -> None:
    """Store what letters of an organisation begin with.

    Args:
        organisation: whose.
        aim: of which letters.
        begin: the words; None goes back to ours.
        by: who writes.
        at: now.

    Raises:
        UnknownGap: with the gaps that nothing fills.
    """
    if begin is None:
        FirstWords.objects.of(organisation).filter(aim=aim).delete()
    else:
        texts = (begin.title, begin.salutation, begin.text, begin.closing)
        unknown = [gap for text in texts for gap in first_words.unknown_gaps(text)]
        if unknown:
            raise UnknownGap(*unknown)
        FirstWords.objects.update_or_create(
            organisation=organisation,
            aim=aim,
            defaults={
                "title": begin.title,
                "salutation": begin.salutation,
                "text": begin.text,
                "closing": begin.closing,
            },
        )
    record(
        "publications.first_words.kept",
        organisation,
        by=by.pk,
        responsible=organisation.pk,
        at=at,
        aim=str(aim),
    )
