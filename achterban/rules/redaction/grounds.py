"""The grounds on which words may be left out of what is made public.

Source: Wet open overheid (Woo), articles 5.1 (1), (2) and (5), as in force since 1 May
2022. The law binds public bodies; who else names the same grounds is understood.
"""

from __future__ import annotations

from enum import StrEnum


class Ground(StrEnum):
    """A ground, as it stands in the place of what was taken out."""

    CROWN = "5.1.1a"
    STATE_SECURITY = "5.1.1b"
    TRADE_SECRET = "5.1.1c"  # noqa: S105 - a ground of the law
    SPECIAL_DATA = "5.1.1d"
    NUMBER_OF_LAW = "5.1.1e"
    OTHER_STATES = "5.1.2a"
    MONEY_OF_THE_STATE = "5.1.2b"
    PROSECUTION = "5.1.2c"
    INSPECTION = "5.1.2d"
    PRIVATE_LIFE = "5.1.2e"
    COMPETITION = "5.1.2f"
    ENVIRONMENT = "5.1.2g"
    SAFETY = "5.1.2h"
    GOOD_WORKING = "5.1.2i"
    UNDUE_HARM = "5.1.5"


USUAL = Ground.PRIVATE_LIFE
