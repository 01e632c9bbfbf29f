"""Reports: what was told, the talk about it, the files with it."""

from achterban.listen.reports.hearing import Hearing, UpdateKind
from achterban.listen.reports.models.attachments import Attachment
from achterban.listen.reports.models.entries import (
    FOR_REPORTER,
    FROM_REPORTER,
    FROM_US,
    OWN_WORDS,
    Entry,
    EntryKind,
)
from achterban.listen.reports.models.own_questions import (
    MOST_OWN_QUESTIONS,
    AnswerKind,
    LeftOutQuestion,
    OwnAnswer,
    OwnQuestion,
    as_shown,
)
from achterban.listen.reports.models.owning import OwnReport
from achterban.listen.reports.models.reports import (
    Report,
    Telling,
    place_hash,
    receipt_hash,
)
from achterban.listen.reports.models.reviews import Looked, Review
from achterban.listen.reports.models.summaries import Summary
from achterban.listen.reports.models.triage import (
    Beat,
    Facet,
    SavedView,
    Severity,
    Triage,
    Triaged,
    facet_hash,
)
from achterban.listen.reports.models.updates import Update, UpdateWords

__all__ = [
    "FOR_REPORTER",
    "FROM_REPORTER",
    "FROM_US",
    "MOST_OWN_QUESTIONS",
    "OWN_WORDS",
    "AnswerKind",
    "Attachment",
    "Beat",
    "Entry",
    "EntryKind",
    "Facet",
    "Hearing",
    "LeftOutQuestion",
    "Looked",
    "OwnAnswer",
    "OwnQuestion",
    "OwnReport",
    "Report",
    "Review",
    "SavedView",
    "Severity",
    "Summary",
    "Telling",
    "Triage",
    "Triaged",
    "Update",
    "UpdateKind",
    "UpdateWords",
    "as_shown",
    "facet_hash",
    "place_hash",
    "receipt_hash",
]
