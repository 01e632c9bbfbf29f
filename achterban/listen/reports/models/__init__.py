"""Reports: what was told, the talk about it, the files with it."""

from achterban.listen.reports.models.attachments import Attachment
from achterban.listen.reports.models.entries import (
    FOR_REPORTER,
    FROM_REPORTER,
    Entry,
    EntryKind,
)
from achterban.listen.reports.models.owning import OwnReport
from achterban.listen.reports.models.reports import Report, Telling, receipt_hash

__all__ = [
    "FOR_REPORTER",
    "FROM_REPORTER",
    "Attachment",
    "Entry",
    "EntryKind",
    "OwnReport",
    "Report",
    "Telling",
    "receipt_hash",
]
