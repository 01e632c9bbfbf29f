"""What somebody looks for: words, "phrases in quotes", and -not this."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from achterban.rules.search.fold import Word, stem, words_of
from achterban.rules.search.lexicon import Lexicon
from achterban.rules.search.words import pairs

MOST_GROUPS = 12
MOST_WORDS_TOGETHER = 4  # of a synonym that is more words than one

Forms = frozenset[str]  # all of them
Group = tuple[Forms, ...]  # one of them will do
_PIECE = re.compile(r'(?<!\S)(-?)(?:"([^"]*)"?|([^\s"]+))|"([^"]*)"?|([^\s"]+)')


class NoWords(Exception):
    """Nothing was typed to look for, or only words that stand in every text."""


@dataclass(frozen=True)
class Query:
    """What must be there, and what may not.

    Attributes:
        wanted: of each group one alternative must be there, whole.
        unwanted: of these none.
        also: words that were looked for beside those that were typed.
    """

    wanted: tuple[Group, ...]
    unwanted: tuple[Group, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def forms(self) -> Forms:
        """Return all forms that were asked for."""
        return frozenset(chain.from_iterable(chain.from_iterable(self.wanted)))


@dataclass(frozen=True)
class _Piece:
    words: tuple[str, ...]  # folded
    is_phrase: bool
    is_not: bool


def facet(name: str, value: str) -> str:
    """Return the form of a fact: no word has a colon."""
    return f"{name}:{value}"


def read_query(
    typed: str, lexicon: Lexicon, synonyms: Sequence[Collection[str]] = ()
) -> Query:
    """Read what somebody typed.

    All words must be there, each in some form: another ending, a compound or its parts,
    a correction when it is no word, a synonym.

    Args:
        typed: words, "a phrase", -not.
        lexicon: known words.
        synonyms: sets of words and phrases that mean the same.

    Raises:
        NoWords: nothing is left to look for.
    """
    wanted: list[Group] = []
    unwanted: list[Group] = []
    also: list[str] = []
    rings = _by_stems(synonyms)
    for piece in _with_synonyms_together(list(_pieces(typed))[:MOST_GROUPS], rings):
        group, more = _alternatives(piece, lexicon, rings)
        if not group:
            continue
        if piece.is_not:
            unwanted.append(group[:1])
        else:
            wanted.append(group)
            also += more
    if not wanted:
        raise NoWords
    return Query(tuple(wanted), tuple(unwanted), tuple(dict.fromkeys(also)))


def _pieces(typed: str) -> Iterator[_Piece]:
    plain = typed.translate(str.maketrans("“”„«»", '"""""'))
    for match in _PIECE.finditer(plain):
        quoted = match[2] if match[2] is not None else match[4]
        words = quoted if quoted is not None else (match[3] or match[5])
        found = tuple(word.folded for word in words_of(words))
        if found:
            is_phrase = quoted is not None or len(found) > 1
            yield _Piece(found, is_phrase, is_not=match[1] == "-")


def _by_stems(
    synonyms: Iterable[Collection[str]],
) -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    """Return, by the stems of each member, all members of its sets."""
    rings: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for ring in synonyms:
        members = [tuple(word.folded for word in words_of(one)) for one in ring]
        for member in filter(None, members):
            rings.setdefault(_stems(member), []).extend(filter(None, members))
    return rings


def _stems(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(stem(word) for word in words)


def _with_synonyms_together(
    pieces: list[_Piece], rings: Collection[tuple[str, ...]]
) -> Iterator[_Piece]:
    """Yield the pieces, with words beside each other that are one synonym as one."""
    at = 0
    while at < len(pieces):
        for n in range(min(MOST_WORDS_TOGETHER, len(pieces) - at), 1, -1):
            row = pieces[at : at + n]
            words = tuple(chain.from_iterable(piece.words for piece in row))
            is_plain = not any(piece.is_not or piece.is_phrase for piece in row)
            if is_plain and _stems(words) in rings:
                yield _Piece(words, is_phrase=False, is_not=False)
                at += n
                break
        else:
            yield pieces[at]
            at += 1


def _alternatives(
    piece: _Piece, lexicon: Lexicon, rings: dict[tuple[str, ...], list[tuple[str, ...]]]
) -> tuple[Group, list[str]]:
    """Return what will do for a piece, as typed first, and what to say of it."""
    group = [_typed(piece)]
    also = []
    if len(piece.words) == 1:
        parts = lexicon.parts(piece.words[0])
        meant = lexicon.corrections(piece.words[0])
        if parts and (apart := frozenset(pairs(parts))):
            group.append(apart)
            also.append(" ".join(parts))
        group += [frozenset({stem(word)}) for word in meant]
        also += meant
    for member in rings.get(_stems(piece.words), []):
        if _stems(member) != _stems(piece.words):
            group.append(_typed(_Piece(member, is_phrase=True, is_not=False)))
            also.append(" ".join(member))
    return tuple(dict.fromkeys(filter(None, group))), also


def _typed(piece: _Piece) -> Forms:
    """Return the forms of the words themselves; () when they tell nothing."""
    if piece.is_phrase and len(piece.words) > 1:
        return frozenset(pairs(piece.words))
    kept = (word for word in piece.words if not Word(0, 0, word).is_stop)
    return frozenset(stem(word) for word in kept)
