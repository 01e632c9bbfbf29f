"""Compose a persona from reports, so that nobody knows themselves in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from achterban.advocate.issues.actions.log import log
from achterban.advocate.issues.models import (
    LEAST_SOURCES,
    Issue,
    Persona,
    PersonaSource,
)
from achterban.core.accounts.models import Account
from achterban.listen.reports.actions.quoting import quotable
from achterban.listen.reports.actions.reviewing import own_words
from achterban.listen.reports.models import Report
from achterban.rules.borrowed import borrowed, shares_a_word

MOST_COMPARED = 500  # reports of the issue, the newest; one takes a millisecond


class TooFewSources(Exception):
    """From fewer than three people nobody is composed."""


class Borrowed(Exception):
    """Words in a row, or a name, stand in a report.

    Attributes:
        passages: the words of ours; empty where it is the name.
    """

    def __init__(self, passages: list[str]) -> None:
        """Keep which."""
        super().__init__(len(passages))
        self.passages = passages

    @property
    def shown(self) -> str:
        """Return the words, between quotation marks."""
        return " … ".join(f"“{words}”" for words in self.passages)


class WroteIt(Exception):
    """Who wrote it cannot look as the second person."""


@transaction.atomic
def keep_persona(
    persona: Persona, keys: Collection[int], *, by: Account, at: datetime
) -> Persona:
    """Store a persona with its sources; a second person has to look again.

    Args:
        persona: as it was written.
        keys: of the reports it was composed from: of this issue, readable for ``by``,
            checked, and with a yes for quoting in force. Others are passed by.
        by: who wrote it.
        at: now.

    Raises:
        TooFewSources: fewer than three are left.
        Borrowed: five words in a row, or the name, stand in a report of the issue.
    """
    on = timezone.localdate(at)
    issue = persona.issue
    visible = Report.objects.visible_to(by, issue.organisation)
    in_issue = issue.bundled.standing().filter(report__in=keys)
    sources = quotable(visible, on=on).filter(pk__in=in_issue.values("report"))
    if len(sources) < LEAST_SOURCES:
        raise TooFewSources
    check_story(persona, issue)
    persona.written_by, persona.written_on = by, on
    persona.looked_by, persona.looked_on, persona.n_looked = None, None, 0
    persona.save()
    persona.sources.all().delete()
    PersonaSource.objects.bulk_create(
        [PersonaSource(persona=persona, report=report) for report in sources]
    )
    log("persona.kept", issue, by=by, at=at, persona=persona.pk)
    return persona


def check_story(persona: Persona, issue: Issue) -> None:
    """See that a story is in words of ours.

    Raises:
        Borrowed: it is not.
    """
    texts = list(_told_in(issue))
    if passages := borrowed(persona.story, texts):
        raise Borrowed(passages)
    if shares_a_word(persona.name, texts):
        raise Borrowed([])


def _told_in(issue: Issue) -> Iterator[str]:
    rows = Report.objects.filter(
        pk__in=issue.bundled.standing().values("report"), key__isnull=False
    )
    for report in rows.select_related("key").order_by("-received_on")[:MOST_COMPARED]:
        yield own_words(report)


@transaction.atomic
def look_at_persona(persona: Persona, *, by: Account, at: datetime) -> Persona:
    """Say as a second person that nobody will know themselves in it.

    Raises:
        WroteIt: ``by`` did.
        TooFewSources: fewer than three sources hold.
        Borrowed: reports that came since have its words.
    """
    row = Persona.objects.select_for_update().select_related("issue").get(pk=persona.pk)
    if row.written_by_id == by.pk:
        raise WroteIt
    on = timezone.localdate(at)
    told = Report.objects.filter(pk__in=row.sources.values("report"))
    standing = quotable(told, on=on)
    n_standing = standing.count()
    if n_standing < LEAST_SOURCES:
        raise TooFewSources
    check_story(row, row.issue)
    row.sources.exclude(report__in=standing).delete()
    row.looked_by, row.looked_on, row.n_looked = by, on, n_standing
    row.save(update_fields=["looked_by", "looked_on", "n_looked"])
    log("persona.looked_at", row.issue, by=by, at=at, persona=row.pk)
    return row


@transaction.atomic
def drop_persona(persona: Persona, *, by: Account, at: datetime) -> None:
    """Take a persona away, with where it came from."""
    log("persona.dropped", persona.issue, by=by, at=at, persona=persona.pk)
    persona.delete()
