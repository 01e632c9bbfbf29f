"""When something is due, and how often: Dutch words read with the date of their text.

``terms_in`` finds the words for a term or a rhythm; ``occurrences`` unfolds a rhythm
(RFC 5545, section 3.3.10). What cannot be read comes back with the reason, so that it
is asked and not guessed.
"""

from achterban.rules.recurrence.recess import Days, Season, around_recess
from achterban.rules.recurrence.series import (
    MOST_OCCURRENCES,
    NotARhythm,
    checked_rhythm,
    occurrences,
)
from achterban.rules.recurrence.terms import (
    Doubt,
    Precision,
    Term,
    last_of_month,
    months_later,
    read_term,
    terms_in,
)

__all__ = [
    "MOST_OCCURRENCES",
    "Days",
    "Doubt",
    "NotARhythm",
    "Precision",
    "Season",
    "Term",
    "around_recess",
    "checked_rhythm",
    "last_of_month",
    "months_later",
    "occurrences",
    "read_term",
    "terms_in",
]
