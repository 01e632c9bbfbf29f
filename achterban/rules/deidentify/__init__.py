"""Find what could identify somebody in Dutch text, and take it out.

``mask_bsn`` is for all that is stored; ``finder.Finder`` and, without its gigabyte,
``structured.find_structured`` for texts that somebody else will read. They are not
named here, as each start of the program would wait for their patterns. What comes out
is not anonymous: a person reads it before it goes anywhere.
"""

from __future__ import annotations

from achterban.rules.deidentify.bsn import (
    BSN_WEIGHTS,
    FEWEST_DIGITS,
    MASK,
    Masked,
    is_bsn,
    mask_bsn,
)
from achterban.rules.deidentify.numbers import is_iban
from achterban.rules.deidentify.spans import Kind, Span, redacted

__all__ = [
    "BSN_WEIGHTS",
    "FEWEST_DIGITS",
    "MASK",
    "Kind",
    "Masked",
    "Span",
    "is_bsn",
    "is_iban",
    "mask_bsn",
    "redacted",
]
