"""Take out of a text what may not be public, and search for it afterwards.

The public text is made of what stays; nothing is painted over. ``propose`` finds what
likely goes out, a person decides, ``redacted`` takes it out everywhere, and ``traces``
searches what was made, file and all, for anything that still tells of it.
"""

from __future__ import annotations

from achterban.rules.redaction.grounds import USUAL, Ground
from achterban.rules.redaction.mails import (
    Correspondence,
    Unsafe,
    Why,
    is_readable,
    read_mails,
)
from achterban.rules.redaction.proposing import coded, propose
from achterban.rules.redaction.removing import (
    Decision,
    Removal,
    block,
    redacted,
    removals,
    times,
)
from achterban.rules.redaction.searching import (
    Part,
    Surplus,
    Trace,
    Where,
    parts_of,
    surplus,
    traces,
)

__all__ = [
    "USUAL",
    "Correspondence",
    "Decision",
    "Ground",
    "Part",
    "Removal",
    "Surplus",
    "Trace",
    "Unsafe",
    "Where",
    "Why",
    "block",
    "coded",
    "is_readable",
    "parts_of",
    "propose",
    "read_mails",
    "redacted",
    "removals",
    "surplus",
    "times",
    "traces",
]
