"""What is done to an issue stands in the log, without words."""

from __future__ import annotations

from datetime import datetime

from achterban.advocate.issues.models import Issue
from achterban.core.accounts.models import Account
from achterban.core.audit.actions import record


def log(what: str, issue: Issue, *, by: Account, at: datetime, **facts: int) -> None:
    """Record an act on an issue; of what is below it, the issue is named."""
    record(
        f"issues.{what}",
        issue,
        by=by.pk,
        responsible=issue.organisation_id,
        at=at,
        **facts,
    )
