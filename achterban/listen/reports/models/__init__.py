"""Reports: what was told, the talk about it, the files with it."""

from achterban.listen.reports.models.attachments import Attachment
from achterban.listen.reports.models.entries import (
    FOR_REPORTER,
    FROM_REPORTER,
    Entry,
    EntryKind,
)
from achterban.listen.reports.models.own_questions import (
    MOST_OWN_QUESTIONS,
    AnswerKind,
    LeftOutQuestion,
    OwnQuestion,
)
from achterban.listen.reports.models.owning import OwnReport
from achterban.listen.reports.models.reports import (
    OwnAnswer,
    Report,
    Telling,
    place_hash,
    receipt_hash,
)

__all__ = [
    "FOR_REPORTER",
    "FROM_REPORTER",
    "MOST_OWN_QUESTIONS",
    "AnswerKind",
    "Attachment",
    "Entry",
    "EntryKind",
    "LeftOutQuestion",
    "OwnAnswer",
    "OwnQuestion",
    "OwnReport",
    "Report",
    "Telling",
    "place_hash",
    "receipt_hash",
]
