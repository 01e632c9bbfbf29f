"""Terms of Dutch law, from the day that begins them to the last day that is in time.

``find`` gives the rule that holds on a day, ``deadline`` its answer with each step,
``in_time`` whether something was in time, ``notice`` and ``penalty`` what an authority
owes that decides too late. The rules themselves are data for lawyers: ``data/*.toml``.
"""

from achterban.rules.deadlines.answering import Deadline, Reading, deadline
from achterban.rules.deadlines.beginning import NOT_YET, Begin, begins
from achterban.rules.deadlines.counting import (
    Counted,
    Length,
    Step,
    TooFar,
    Unit,
    count,
    count_back,
    told,
)
from achterban.rules.deadlines.penalties import (
    Amount,
    Court,
    Fee,
    Notice,
    Payer,
    Penalty,
    fee,
    most_of,
    notice,
    penalty,
)
from achterban.rules.deadlines.sending import By, InTime, in_time
from achterban.rules.deadlines.terms import (
    Checked,
    Counting,
    NotCovered,
    Term,
    Who,
    find,
    length_in,
    terms,
    variants_of,
)

__all__ = [
    "NOT_YET",
    "Amount",
    "Begin",
    "By",
    "Checked",
    "Counted",
    "Counting",
    "Court",
    "Deadline",
    "Fee",
    "InTime",
    "Length",
    "NotCovered",
    "Notice",
    "Payer",
    "Penalty",
    "Reading",
    "Step",
    "Term",
    "TooFar",
    "Unit",
    "Who",
    "begins",
    "count",
    "count_back",
    "deadline",
    "fee",
    "find",
    "in_time",
    "length_in",
    "most_of",
    "notice",
    "penalty",
    "terms",
    "told",
    "variants_of",
]
