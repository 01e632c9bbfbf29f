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
from achterban.listen.reports.models.imports import (
    BadRow,
    Import,
    ImportState,
    KnownColumns,
    Plan,
    RowFault,
    headings_hash,
)
from achterban.listen.reports.models.likenesses import (
    BANDS,
    LEAST_OF_A_CAMPAIGN,
    Campaign,
    Likeness,
    likeness_key,
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
    GROUP,
    Beat,
    Facet,
    Group,
    SavedView,
    Severity,
    Triage,
    Triaged,
    facet_hash,
)
from achterban.listen.reports.models.updates import Update, UpdateWords

__all__ = [
    "BANDS",
    "FOR_REPORTER",
    "FROM_REPORTER",
    "FROM_US",
    "GROUP",
    "LEAST_OF_A_CAMPAIGN",
    "MOST_OWN_QUESTIONS",
    "OWN_WORDS",
    "AnswerKind",
    "Attachment",
    "BadRow",
    "Beat",
    "Campaign",
    "Entry",
    "EntryKind",
    "Facet",
    "Group",
    "Hearing",
    "Import",
    "ImportState",
    "KnownColumns",
    "LeftOutQuestion",
    "Likeness",
    "Looked",
    "OwnAnswer",
    "OwnQuestion",
    "OwnReport",
    "Plan",
    "Report",
    "Review",
    "RowFault",
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
    "headings_hash",
    "likeness_key",
    "place_hash",
    "receipt_hash",
]
