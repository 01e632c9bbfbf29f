"""What is done with issues: bundle, say, prove, count."""

from achterban.advocate.issues.actions.bundling import (
    bundle,
    forget_withdrawn,
    keep_issue,
    unbundle,
)
from achterban.advocate.issues.actions.citing import (
    NotReleased,
    cite_figure,
    cite_report,
    cite_source,
    drop_citations,
    keep_claim,
)
from achterban.advocate.issues.actions.composing import (
    Borrowed,
    TooFewSources,
    WroteIt,
    drop_persona,
    keep_persona,
    look_at_persona,
)
from achterban.advocate.issues.actions.documents import (
    InUse,
    NoRoom,
    add_document,
    cite_document,
    forget_document,
    record_reading,
)
from achterban.advocate.issues.actions.releasing import (
    AlreadyReleased,
    SamePerson,
    TooFew,
    ask_figure,
    drop_figure,
    release,
)

__all__ = [
    "AlreadyReleased",
    "Borrowed",
    "InUse",
    "NoRoom",
    "NotReleased",
    "SamePerson",
    "TooFew",
    "TooFewSources",
    "WroteIt",
    "add_document",
    "ask_figure",
    "bundle",
    "cite_document",
    "cite_figure",
    "cite_report",
    "cite_source",
    "drop_citations",
    "drop_figure",
    "drop_persona",
    "forget_document",
    "forget_withdrawn",
    "keep_claim",
    "keep_issue",
    "keep_persona",
    "look_at_persona",
    "record_reading",
    "release",
    "unbundle",
]
