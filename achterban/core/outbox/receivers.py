"""Who wants which news. Rooms register here when the program starts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

Receiver = Callable[[dict[str, Any], int], None]

_receivers: dict[str, list[Receiver]] = defaultdict(list)


def receiver(kind: str) -> Callable[[Receiver], Receiver]:
    """Register a function for a kind of news.

    It gets the payload and the row's id, may be called twice with the same, and
    raises when it did not succeed: then it is called again later.
    """

    def register(function: Receiver) -> Receiver:
        if function not in _receivers[kind]:
            _receivers[kind].append(function)
        return function

    return register


def receivers_of(kind: str) -> list[Receiver]:
    """Return who wants this kind of news."""
    return _receivers[kind]
