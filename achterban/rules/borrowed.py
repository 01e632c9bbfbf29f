"""Words in a row that one text borrowed from another.

What is retold in words of one's own shares few words in a row with what was told. Five
or more in a row are seldom chance, and let somebody know their own sentence again.
Case, signs and white space do not matter.

Source: overlap of word n-grams, as in Broder 1997 and in searches for plagiarism
(Lyon, Malcolm and Dickerson 2001, with three words); that five count is ours.

Not covered: the same told in other words, or an event that only one person knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sized

MOST_IN_A_ROW = 4
_WORD = re.compile(r"\w+")


def borrowed(story: str, texts: Iterable[str], most: int = MOST_IN_A_ROW) -> list[str]:
    """Return the passages of a story that stand in one of the texts, as they stand.

    Args:
        story: ours.
        texts: of others.
        most: words in a row that may be the same.
    """
    words = [(it[0].casefold(), *it.span()) for it in _WORD.finditer(story)]
    n = most + 1
    runs = [
        tuple(word for word, _s, _e in words[at : at + n]) for at in _starts(words, n)
    ]
    wanted, taken = set(runs), set()
    for text in texts:
        theirs = [it[0].casefold() for it in _WORD.finditer(text)]
        for at in _starts(theirs, n):
            run = tuple(theirs[at : at + n])
            if run in wanted:
                taken.add(run)
    marked = {at + k for at, run in enumerate(runs) if run in taken for k in range(n)}
    return [
        story[words[first][1] : words[last][2]] for first, last in _stretches(marked)
    ]


def shares_a_word(name: str, texts: Iterable[str]) -> bool:
    """Return whether a word of a name stands in one of the texts."""
    looked_for = {it[0].casefold() for it in _WORD.finditer(name)}
    return any(
        it[0].casefold() in looked_for for text in texts for it in _WORD.finditer(text)
    )


def _starts(words: Sized, n: int) -> range:
    return range(max(len(words) - n + 1, 0))


def _stretches(places: Iterable[int]) -> list[tuple[int, int]]:
    """Return first and last of each row of numbers without a gap."""
    stretches: list[tuple[int, int]] = []
    for at in sorted(places):
        if stretches and stretches[-1][1] == at - 1:
            stretches[-1] = stretches[-1][0], at
        else:
            stretches.append((at, at))
    return stretches
