"""Find what could identify somebody in Dutch text, and take it out.

``mask_bsn`` is for all that is stored; ``Finder`` for texts that somebody else will
read. What comes out is not anonymous: a person reads it before it goes anywhere.
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
from achterban.rules.deidentify.finder import Finder
from achterban.rules.deidentify.numbers import is_iban
from achterban.rules.deidentify.spans import Kind, Span, redacted
from achterban.rules.deidentify.structured import find_structured

__all__ = [
    "BSN_WEIGHTS",
    "FEWEST_DIGITS",
    "MASK",
    "Finder",
    "Kind",
    "Masked",
    "Span",
    "find_structured",
    "is_bsn",
    "is_iban",
    "mask_bsn",
    "redacted",
]
