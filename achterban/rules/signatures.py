"""Which organisations are typed as if they sign, where a name comes by signing only."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

_BETWEEN = ("en", "de", "het", "ook", "mede", "ons", "onze", "partner", "van", "&")
_MOST_BETWEEN = 12  # words and names of a row: "namens A, B en C"


def typed_signatures(
    partners: Collection[str], *, own: str, closing: str, rest: Iterable[str]
) -> list[str]:
    """Return the partners that stand below a text, or in whose name it speaks.

    Case, line breaks, spaces and stars for bold do not count. Below the text the name
    is enough; elsewhere it stands after "namens", directly or in a row of names. A
    partner may be written to, and spoken of.

    Args:
        partners: names of organisations that could sign.
        own: name of who writes; it may hold the name of a partner.
        closing: what stands below the text.
        rest: all else that goes out as ours.
    """
    names = [_folded(name) for name in (own, *partners)]
    end, others = _folded(closing), [_folded(each) for each in rest]
    return [
        partner
        for partner in partners
        if (name := _folded(partner))
        and _signs(name, names[0], end, others, known=names)
    ]


def _signs(
    name: str, own: str, closing: str, rest: list[str], *, known: list[str]
) -> bool:
    if name != own and _found(name, own):
        closing, *rest = (_without(own, each) for each in (closing, *rest))
    between = "|".join(re.escape(each) for each in (*known, *_BETWEEN) if each)
    row = rf"namens (?:(?:{between})(?!\w)[ ,]*){{0,{_MOST_BETWEEN}}}{re.escape(name)}"
    spoken = re.compile(rf"(?<!\w){row}(?!\w)")
    return _found(name, closing) or any(spoken.search(each) for each in rest)


def _found(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _without(own: str, text: str) -> str:
    """Return a text in which one's own name cannot be taken for that of another."""
    return re.sub(rf"(?<!\w){re.escape(own)}(?!\w)", "ons", text)


def _folded(text: str) -> str:
    return " ".join(text.replace("*", " ").casefold().split())
