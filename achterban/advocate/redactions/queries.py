"""What pages and other rooms may ask about public versions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from django.db.models import Sum
from django.db.models.functions import Length
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from achterban.advocate.redactions.models import Redaction, ReleasedFile
from achterban.advocate.redactions.rendering import BEFORE_SAID, heading
from achterban.core.accounts.models import Account
from achterban.core.organisations.models import Organisation
from achterban.core.web.due import Due


def n_bytes_kept() -> int:
    """Return how many bytes of correspondence there are, of all organisations."""
    rows = Redaction.objects.annotate(n=Length("sealed_text"))
    return rows.aggregate(total=Sum("n"))["total"] or 0


def due_releases(request: HttpRequest, on: date, n: int) -> Iterator[Due]:
    """Yield what somebody else asked to make public, the oldest first."""
    account: Account = request.user  # type: ignore[assignment]
    organisation: Organisation = request.organisation  # type: ignore[attr-defined]
    rows = Redaction.objects.workable_by(account, organisation)
    waiting = rows.filter(asked_on__isnull=False, released_on=None)
    for row in waiting.exclude(asked_by=account).order_by("asked_on", "pk")[:n]:
        yield Due(row.title, row.asked_on, "redactions:release", row.pk, _WAITS)


_WAITS = _("waits to be made public")


MOST_SHOWN = 12_000  # characters of text on a page: it stays below 30 kB
LONGEST_PIECE = 4_000
_BETWEEN = re.compile(r"\n\s*\n")


def as_pages(text: str) -> list[list[str]]:
    """Return a text in pages of paragraphs; an empty one has one page."""
    pages: list[list[str]] = [[]]
    for piece in _BETWEEN.split(text.strip()):
        for start in range(0, len(piece), LONGEST_PIECE):
            part = piece[start : start + LONGEST_PIECE]
            if sum(map(len, pages[-1])) + len(part) > MOST_SHOWN:
                pages.append([])
            pages[-1].append(part)
    return pages


def reading_of(file: ReleasedFile) -> tuple[list[str], str]:
    """Return what is said about a public version, and its text.

    Both come from the file itself: that is what was searched.
    """
    assert file.file is not None
    words = b"".join(file.file.open_bytes()).decode()
    head, _heading, text = words.partition(f"\n\n{heading()}\n\n")
    return head.split("\n\n")[BEFORE_SAID:], text
