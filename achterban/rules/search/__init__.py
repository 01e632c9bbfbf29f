"""Words of Dutch texts in a form in which they find each other.

``forms_of`` says under which forms a text is found, ``read_query`` what somebody looks
for, ``snippet`` where it stands. A form is a stem ("rolstoel"), two neighbours
("rolstoel aanvraag") or a fact about the thing ("status:closed"). The order of words is
kept in pairs only: who sees the forms, hashed, cannot read along.
"""

from achterban.rules.search.lexicon import Lexicon, dutch
from achterban.rules.search.query import NoWords, Query, facet, read_query
from achterban.rules.search.snippets import Piece, snippet
from achterban.rules.search.words import VERSION, forms_of

__all__ = [
    "VERSION",
    "Lexicon",
    "NoWords",
    "Piece",
    "Query",
    "dutch",
    "facet",
    "forms_of",
    "read_query",
    "snippet",
]
