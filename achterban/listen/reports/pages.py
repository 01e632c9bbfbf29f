"""What the pages show of a report: words opened, kinds named, days only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from achterban.core.consent.models import Consent, Purpose
from achterban.core.organisations.models import Organisation
from achterban.core.places.models import Branch, Municipality
from achterban.core.vocabulary.models import TermKind, terms_of
from achterban.listen.reports.actions.reviewing import own_words
from achterban.listen.reports.circumstances import (
    Effect,
    Helper,
    PartyKind,
    Role,
    Since,
)
from achterban.listen.reports.consents import OFFERS, Offer
from achterban.listen.reports.hearing import Hearing, UpdateKind
from achterban.listen.reports.models import (
    FROM_US,
    Attachment,
    Entry,
    EntryKind,
    Group,
    Report,
    Review,
    Severity,
    Telling,
    Triage,
    Triaged,
    as_shown,
)
from achterban.listen.reports.questions import QUESTIONS, Question
from achterban.rules.places import named_places
from achterban.rules.sorting import Suggestion
from achterban.rules.urgency import signs

HELPED = _("Written down with the help of")
HAS_TOO = _("Has this too")


@dataclass(frozen=True)
class ShownEntry:
    """One knot on the thread.

    Attributes:
        entry: the row.
        text: its words, opened.
        is_mine: whether whoever looks said it.
        lead: the sentence before the words, of an update.
        is_new: whether the reporter wants to be told of it and did not see it yet.
    """

    entry: Entry
    text: str
    is_mine: bool
    lead: str = ""
    is_new: bool = False

    @property
    def kind(self) -> str:
        """Return what it is, in words."""
        if self.entry.update is not None:
            return str(UpdateKind(self.entry.update.kind).label)
        return str(EntryKind(self.entry.kind).label)

    @property
    def is_former(self) -> bool:
        """Return whether the words are those of before a correction."""
        return self.entry.kind == EntryKind.CORRECTION

    @property
    def on(self) -> date:
        """Return the day."""
        return self.entry.on


def for_reporter(report: Report) -> list[ShownEntry]:
    """Return the course of a report as the reporter reads it, oldest first."""
    entries = report.entries.for_reporter().select_related("update__key")
    return [_shown(entry, report, is_mine=entry.is_from_reporter) for entry in entries]


def is_unread(report: Report) -> bool:
    """Return whether the organisation wrote something that the reporter did not see."""
    entries = report.entries.for_reporter().select_related("update")
    unread = entries.filter(read_on=None, kind__in=FROM_US)
    return any(entry.is_news_for(report.hearing) for entry in unread)


def for_handlers(report: Report) -> list[ShownEntry]:
    """Return the whole course, notes included, oldest first."""
    entries = report.entries.standing().select_related("by", "update__key")
    return [
        _shown(entry, report, is_mine=not entry.is_from_reporter) for entry in entries
    ]


def _shown(entry: Entry, report: Report, *, is_mine: bool) -> ShownEntry:
    is_new = entry.is_news_for(report.hearing)
    if entry.update is None:
        words = _words(entry, report)
        return ShownEntry(entry, words, is_mine, is_new=is_new)
    told = entry.update.open_words()
    return ShownEntry(entry, told.rest, is_mine, told.lead, is_new)


def _words(entry: Entry, report: Report) -> str:
    """Return the words of an entry; of a correction what stood there before."""
    if entry.kind != EntryKind.CORRECTION:
        return entry.open_words(report.key)
    former = Telling(**entry.open_former(report.key))
    answers = [f"{question} {answer}" for question, answer in circumstances(former)]
    return "\n".join(answers) or former.text or str(NOTHING)


def signs_in(told: Telling, entries: list[ShownEntry]) -> list[str]:
    """Return the words that may tell of danger, each once, in what was told."""
    own = [shown.text for shown in entries if shown.entry.is_from_reporter]
    return list(
        dict.fromkeys(
            text[sign.start : sign.end]
            for text in [told.text, *own]
            for sign in signs(text)
        )
    )


def files_of(report: Report) -> list[tuple[Attachment, str]]:
    """Return the files of a report, each with what was typed out of it."""
    files = report.attachments.select_related("file__key")
    return [(attachment, attachment.open_words()) for attachment in files]


def circumstances(told: Telling) -> list[tuple[str, str]]:
    """Return what was told by choosing: the question, and the answer in words."""
    municipality = Municipality.objects.filter(code=told.municipality).first()
    answers = {
        "municipality": str(municipality or ""),
        "parties": _labels(PartyKind, told.parties),
        "condition": told.condition,
        "since": _labels(Since, [told.since]),
        "effects": _labels(Effect, told.effects),
        "role": _labels(Role, [told.role]),
        "hear": _labels(Hearing, [told.hear]),
        "yes": " · ".join(str(OFFERS[Purpose(value)].words) for value in told.yes),
    }
    *asked, yes, hear = [
        [(str(q.title), answers[q.name])] if answers.get(q.name) else []
        for q in QUESTIONS
    ]
    own = [as_shown(answer) for answer in told.own.values()]
    if told.helper not in {"", Helper.NOBODY}:
        own.append((str(HELPED), str(Helper(told.helper).label)))
    same = [(str(HAS_TOO), told.same["words"])] if told.same else []
    return [*same, *chain(*asked), *own, *yes, *hear]


def branch_of(told: Telling, organisation: Organisation) -> Branch | None:
    """Return in which branch of an organisation it falls, None for no branch."""
    if not told.municipality:
        return None
    ours = Branch.objects.of(organisation)
    return ours.filter(municipalities=told.municipality).first()


def answer_to(question: Question, told: Telling) -> str:
    """Return what was answered to one question, in words; empty for nothing."""
    if question.own is not None:
        answer = told.own.get(str(question.own.pk))
        return as_shown(answer)[1] if answer else ""
    return dict(circumstances(told)).get(str(question.title), "")


def given(report: Report, *, on: date) -> list[tuple[Consent, str]]:
    """Return what may be done with a report today, beyond reading and counting."""
    if report.key is None:
        return []
    rows = report.key.consents.in_force(on=on).select_related("text")
    shown = {Purpose(row.text.purpose): row for row in rows}
    return [
        (shown[purpose], str(offer.words))
        for purpose, offer in OFFERS.items()
        if purpose in shown
    ]


def not_given(report: Report, *, on: date) -> list[Offer]:
    """Return what somebody may allow still."""
    held = {consent.text.purpose for consent, _words in given(report, on=on)}
    asked_apart = {Purpose.UPDATE.value}  # with how much they want to hear
    passed_over = held | asked_apart
    return [offer for offer in OFFERS.values() if offer.purpose not in passed_over]


def _labels(choices: type[TextChoices], values: list[str]) -> str:
    return " · ".join(str(choices(value).label) for value in values if value)


NOTHING = _("Nothing stood there.")
SNIPPET = 90
WITHOUT_WORDS = _("Spoken or shown, without words")


def snippet(report: Report) -> str:
    """Return the first words of a report, for a line in a list of one's own."""
    told = report.open_telling()
    if told.same and not told.text:
        return _first_words(f"{HAS_TOO}: {told.same['words']}")
    return _first_words(told.text)


def checked_snippet(report: Report) -> str:
    """Return the first words of a report, without what was found in them.

    Who opens the report reads all of it; a list is passed by many eyes. Give rows with
    their review selected.
    """
    review: Review | None = getattr(report, "review", None)
    return _first_words(review.open().checked) if review else snippet(report)


def _first_words(text: str) -> str:
    words = " ".join(text.split()) or str(WITHOUT_WORDS)
    return words if len(words) <= SNIPPET else f"{words[:SNIPPET].rsplit(' ', 1)[0]} …"


Suggested = dict[TermKind, list[Suggestion]]


def likely(report: Report, suggested: Suggested) -> Triaged:
    """Return what may be ticked already: what was told, and what is likely."""
    told = report.open_telling()
    chosen = {
        kind: [one.code for one in suggestions if one.is_likely]
        for kind, suggestions in suggested.items()
    }
    return Triaged(
        themes=chosen[TermKind.THEME],
        parties=list(told.parties) or chosen[TermKind.PARTY],
        conditions=chosen[TermKind.CONDITION],
        municipality=told.municipality or _named_place(report),
        groups=[Group.CHILD.value] if told.role == Role.CHILD else [],
    )


def _named_place(report: Report) -> str:
    """Return the municipality that the words name, empty for none or several."""
    names = dict(Municipality.objects.values_list("name", "code"))
    found = named_places(own_words(report), names)
    return names[found[0][0]] if len(found) == 1 else ""


def about(report: Report) -> list[tuple[str, str]] | None:
    """Return what somebody decided a report is about, in words; None: nobody did."""
    triage = Triage.objects.filter(report=report).first()
    if triage is None:
        return None
    triage.report = report
    triaged = triage.open()
    names = {(t.kind, t.code): str(t) for t in terms_of(report.organisation)}
    lines = [
        (
            str(kind.label),
            " · ".join(names.get((kind, code), code) for code in triaged.codes(kind)),
        )
        for kind in TermKind
    ]
    seldom = [str(label) for code, label in Group.choices if code in triaged.groups]
    lines.append((str(_("About, for us")), " · ".join(seldom)))
    place = Municipality.objects.filter(code=triaged.municipality).first()
    lines.append((str(_("Municipality")), str(place or "")))
    if triaged.severity:
        weighs = str(Severity(triaged.severity).label)
        lines.append((str(_("Weighs, for us")), weighs))
    return [(name, words) for name, words in lines if words]


def words_of(report: Report) -> str:
    """Return the words that others may read; those that nobody checked without what
    the program found.
    """
    review = Review.objects.filter(report=report).first()
    if review is None:
        return ""
    review.report = report
    return review.open().checked
