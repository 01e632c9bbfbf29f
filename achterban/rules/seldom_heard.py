"""Who is seldom heard, and which words say that a text is about them.

Words point; a person decides. Where none stand, nothing is known: most people who are
very ill, old or young do not say so.
"""

from __future__ import annotations

from achterban.rules.sorting import Label

SELDOM_HEARD = (
    Label(
        "very_ill",
        (
            "bedlegerig",
            "bedgebonden",
            "sondevoeding",
            "tillift",
            "hele dag in bed",
            "hele dag plat",
            "in het donker",
            "kan niet meer rechtop",
        ),
    ),
    Label(
        "child",
        (
            "baby.",
            "peuter",
            "kleuter",
            "basisschool",
            "kinderarts",
            "kinderopvang",
            "mijn dochtertje",
            "mijn zoontje",
            "ons dochtertje",
            "ons zoontje",
        ),
    ),
    Label(
        "elderly",
        (
            "hoogbejaard",
            "bejaard",
            "verpleeghuis",
            "aanleunwoning",
            "in de tachtig",
            "in de negentig",
            "bijna tachtig",
        ),
    ),
    Label(
        "little_dutch",
        (
            "tolk",
            "inburger",
            "geen nederlands",
            "weinig nederlands",
            "nederlands niet goed",
            "taalcoach",
        ),
    ),
)
