"""Public bodies in a file of GPP, the open list of the government's own software.

A JSON list of things with ``model`` and ``fields`` (``identifier``, ``naam``,
``oorsprong``), as GPP-publicatiebank brings it. The identifier is that of the register
of the government (TOOI). Rows that are no body are named with their line; the others
go on.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

MODEL = "metadata.organisation"
MOST_BYTES = 10_000_000
MOST_BODIES = 20_000
MOST_LETTERS = 160  # of a name
TOOI = re.compile(
    r"https://identifier\.overheid\.nl/tooi/id/([a-z]{2,20})/([a-z]+_?\d+)"
)
_SPACE = re.compile(r"[\s,]*")


class BodyFault(StrEnum):
    """Why a row is no public body."""

    OTHER = "other"  # another kind of thing
    NO_NAME = "no_name"
    LONG_NAME = "long_name"
    NO_IDENTIFIER = "no_identifier"
    TWICE = "twice"  # the identifier stood there before


class NotAList(ValueError):
    """The file is no list of this kind.

    Attributes:
        line: where reading it stopped; 0 where all of it is something else.
    """

    def __init__(self, line: int = 0) -> None:
        """Keep the line."""
        super().__init__(line)
        self.line = line


@dataclass(frozen=True, slots=True)
class Body:
    """A public body.

    Attributes:
        identifier: in the register, a whole address.
        name: as the register writes it.
        origin: the list of the register that it comes from.
    """

    identifier: str
    name: str
    origin: str

    @property
    def municipality(self) -> str:
        """Return the CBS code of a municipality, empty for another body."""
        found = TOOI.fullmatch(self.identifier)
        is_one = found is not None and found[1] == "gemeente"
        return found[2].upper() if found and is_one else ""


@dataclass(frozen=True, slots=True)
class Bodies:
    """What a file holds.

    Attributes:
        found: the bodies, in their order.
        faults: the line and the reason of each row that is none.
    """

    found: tuple[Body, ...]
    faults: tuple[tuple[int, BodyFault], ...]


def read_bodies(content: bytes) -> Bodies:
    """Return the public bodies of a file.

    Args:
        content: at most ``MOST_BYTES``; UTF-8.

    Raises:
        NotAList: it is too large, no text, no JSON, or no list.

    Source: the fixture ``organisations`` of GPP-publicatiebank; TOOI.
    """
    try:
        text = content[: MOST_BYTES + 1].decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotAList from error
    begin = _skip(text, 0)
    if len(content) > MOST_BYTES or not text.startswith("[", begin):
        raise NotAList
    found: dict[str, Body] = {}
    faults: list[tuple[int, BodyFault]] = []
    place, line, counted = _skip(text, begin + 1), 1, 0
    decoder = json.JSONDecoder()
    while not text.startswith("]", place):
        line, counted = line + text.count("\n", counted, place), place
        try:
            row, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            raise NotAList(line) from error
        if len(found) + len(faults) == MOST_BODIES:
            raise NotAList(line)
        body = _body(row, found)
        if isinstance(body, Body):
            found[body.identifier] = body
        else:
            faults.append((line, body))
        place = _skip(text, place)
    return Bodies(tuple(found.values()), tuple(faults))


def _skip(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place


def _body(row: Any, found: dict[str, Body]) -> Body | BodyFault:
    fields = row.get("fields") if isinstance(row, dict) else None
    if not isinstance(fields, dict) or row.get("model") != MODEL:
        return BodyFault.OTHER
    identifier, name, origin = (
        " ".join(str(fields.get(key) or "").replace("\0", "").split())
        for key in ("identifier", "naam", "oorsprong")
    )
    if not TOOI.fullmatch(identifier):
        return BodyFault.NO_IDENTIFIER
    if not any(c.isalnum() for c in name):
        return BodyFault.NO_NAME
    if len(name) > MOST_LETTERS:
        return BodyFault.LONG_NAME
    if identifier in found:
        return BodyFault.TWICE
    return Body(identifier, name, origin[:40])
