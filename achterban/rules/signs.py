"""Signs that somebody can read; what is pasted or comes in a file may hold others.

Source: XML 1.0, section 2.2; a half of a surrogate pair is no sign in UTF-8 at all.
"""

from __future__ import annotations

import re

_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")


def printable(text: str) -> str:
    """Return a text without what no feed and no database holds."""
    return _UNREADABLE.sub("", text)
