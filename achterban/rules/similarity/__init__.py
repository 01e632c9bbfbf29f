"""From one report: which others are about the same thing, and the words that say why.

``features_of`` gives what a text is compared by, ``Features.keyed`` the same without a
word of it, ``probes`` the few rare forms by which candidates are found among a million,
and ``rank`` puts the candidates in order. Nothing here keeps or looks up anything.
"""

from achterban.rules.similarity.features import Features, features_of
from achterban.rules.similarity.ranking import (
    MOST_CANDIDATES,
    Corpus,
    Neighbour,
    probes,
    rank,
)

__all__ = [
    "MOST_CANDIDATES",
    "Corpus",
    "Features",
    "Neighbour",
    "features_of",
    "probes",
    "rank",
]
