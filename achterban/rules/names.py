"""Whether two names may be those of one person.

Names are compared as words in small letters, without accents and titles. Not covered:
a maiden name beside a married one, pet names, and slips of the pen.
"""

from __future__ import annotations

from achterban.rules.search.fold import words_of

_TITLES = "dhr mevr mw heer mevrouw de dr drs mr ir ing prof professor"
_PARTICLES = """
van de der den het t ten ter te in op aan bij onder over uit voor la le el al du von zu
"""
TITLES = frozenset(_TITLES.split())
PARTICLES = frozenset(_PARTICLES.split())


def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name, without the titles before it."""
    words = [word.folded for word in words_of(name)]
    n = 0
    while n < len(words) - 1 and words[n] in TITLES:
        n += 1
    return tuple(words[n:])


def telling_words(name: str) -> tuple[str, ...]:
    """Return the words by which somebody is looked up, each once.

    Initials and words such as "van der" tell too little, unless there is nothing else.
    """
    words = tuple(dict.fromkeys(name_words(name)))
    telling = tuple(w for w in words if len(w) > 1 and w not in PARTICLES)
    return telling or words


def may_be_one(one: str, other: str) -> bool:
    """Return whether two names may be of one person: "Jan de Vries", "J.P. de Vries".

    The last word is the same, and of each pair of given names one is equal to the
    other, or its initial. A particle may be left out.
    """
    ours, theirs = name_words(one), name_words(other)
    if not ours or not theirs or ours[-1] != theirs[-1]:
        return False
    pairs = zip(_given(ours), _given(theirs), strict=False)
    return all(_is_one(mine, yours) for mine, yours in pairs)


def _given(words: tuple[str, ...]) -> list[str]:
    return [word for word in words[:-1] if word not in PARTICLES]


def _is_one(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) == 1 and long.startswith(short))
