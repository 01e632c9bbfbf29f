"""Read what a Dutch motion asks, step by step, and the list that parliament gives out.

Form: the customary wording of motions of the Tweede Kamer, one consideration a line,
closed by "en gaat over tot de orde van de dag". Fields of the list as in the open data
of parliament, joined with the text: ``nummer``, ``onderwerp``, ``datum``, ``uitslag``,
``stemmen``, ``kabinetsappreciatie``, ``tekst``. Who moved it is not read. Not covered:
amendments, and motions of a municipal council in other words.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any

from achterban.rules.recurrence import read_term
from achterban.rules.signs import printable
from achterban.rules.tables.days import NotADay, read_day

MOST_BYTES = 200 << 20  # of a list, unpacked
LONGEST_LINE = 1 << 20  # bytes: a line is read at a time, and a motion is one
LONGEST = 30_000  # characters of a motion: what is read of it takes long
MOST_MOTIONS = 100_000
_ASKS = re.compile(
    r"(?i)^(?:verzoekt|roept|draagt|vraagt|nodigt|dringt|spreekt|verklaart|besluit)\b"
)
_OF_WHOM = (
    r"(?:de\s+regering|het\s+(?:kabinet|college|presidium)"
    r"|de\s+(?:minister|staatssecretaris))"
)
_WHOM = re.compile(
    rf"(?i)^(?:verzoekt\s+{_OF_WHOM}|roept\s+{_OF_WHOM}\s+op)[,:\s]+(?:om\s+)?"
    r"|^verzoekt\s+(?=(?:de|deze)\s+(?:Kamer|raad)\b)"
)
_REPORTS = re.compile(
    r",?\s+en\s+(?=(?:de|deze|het|dit|over|hierover|daarover)\s[^,;]{0,120}"
    r"\b(?:informeren|rapporteren|toekomen|sturen|berichten)$)"
)
_CLOSES = re.compile(r"(?i)^en\s+gaat\s+over\s+tot\s+de\s+orde")
_NUMBER = re.compile(
    r"(?s)\b(\d\d\s\d{3}(?:[\s-]+[IVXL\d]+)?)\n(.{1,2000}?)\nNr\.\s+(\d+)\n"
)
_MOVED = re.compile(r"(?i)^voorgesteld\b(?:\s+tijdens\b.*)?\s*(.*)")
_BULLET = re.compile(r"^\s*(?:[-–—•*·]|\d{1,2}[.)])\s*")
_BY_WHOM = re.compile(r"(?i)motie\s+van\s+(?:het\s+lid|de\s+leden)\s+.*?\bover\s+")
_LETTER = re.compile(r"[^\W\d_]")
Row = dict[str, Any]


class NotMotions(ValueError):
    """It is no list of motions."""


@dataclass(frozen=True)
class Ask:
    """One thing that a motion asks.

    Attributes:
        words: what has to be done.
        when: the words for a term; empty where there are none.
        due: the last day that is in time, None where none can be read.
    """

    words: str
    when: str = ""
    due: date | None = None


@dataclass(frozen=True)
class Motion:
    """What a motion asks, and where it stands.

    Attributes:
        number: "34 104, nr. 439"; may be empty.
        about: what it is about, without who moved it; may be empty.
        on: the day on which it was moved, None where none can be read.
        verbatim: all that it asks, word for word.
        asks: the same, thing by thing.
        result: what became of it in the vote; empty where it is not known.
        is_accepted: whether it was; None where it is not known.
    """

    number: str
    about: str
    on: date | None
    verbatim: str
    asks: tuple[Ask, ...]
    result: str = ""
    is_accepted: bool | None = None


def read_motion(text: str, on: date | None = None) -> Motion | None:
    """Return what a motion asks; None where a text asks nothing.

    Args:
        text: of one motion, its considerations on lines of their own.
        on: when it was moved, where that is known from elsewhere.
    """
    asked = list(_asked(text.splitlines()))
    if not asked:
        return None
    found = _NUMBER.search(f"{text}\n")
    number = about = ""
    if found:
        dossier = re.sub(r"[\s-]+(?=[IVXL\d]+$)", "-", found[1][6:])
        number = f"{found[1][:6]}{dossier}, nr. {found[3]}"
        about = " ".join(found[2].split())
    moved = on or _moved(text.splitlines())
    asks = tuple(ask for line in asked for ask in _parted(line, moved))
    return Motion(number, about, moved, "\n".join(asked), asks)


def _asked(lines: list[str]) -> Iterator[str]:
    """Yield what is asked, each with the lines and points that belong to it."""
    kept: list[str] = []
    is_asking = False
    for line in map(str.strip, lines):
        if _CLOSES.match(line):
            break
        if _ASKS.match(line):
            yield from _joined(kept)
            kept, is_asking = [line], True
        elif is_asking and line:
            kept.append(line)
    yield from _joined(kept)


def _joined(lines: list[str]) -> Iterator[str]:
    """Yield one text of lines that belong together; each point begins a line."""
    if lines:
        parts = (f"\n{it}" if _BULLET.match(it) else f" {it}" for it in lines)
        yield "".join(parts).strip(" \n;,.")


def _parted(line: str, on: date | None) -> Iterator[Ask]:
    """Yield what has to be done, apart from telling parliament of it."""
    points = line.split("\n") if line.count("\n") > 1 else [line]
    for part in [it for point in points for it in _REPORTS.split(point)]:
        words = _BULLET.sub("", _WHOM.sub("", part)).strip(" ,;:\n")
        if not _LETTER.search(words):
            continue
        term = read_term(words, on) if on else None
        yield Ask(
            words[:1].upper() + words[1:],
            words[term.start : term.end] if term else "",
            term.due if term and not term.rhythm else None,
        )


def _moved(lines: list[str]) -> date | None:
    """Return the day behind "Voorgesteld", on its line or the next."""
    for n, line in enumerate(lines):
        found = _MOVED.match(line.strip())
        if not found:
            continue
        for words in (found[1], *lines[n + 1 : n + 2]):
            try:
                return read_day(words.removeprefix("d.d. ").strip())
            except NotADay:
                continue
    return None


def motions_in(content: bytes, words: str = "") -> Iterator[Motion]:
    """Yield motions of a list, one JSON object a line; also packed with gzip.

    Args:
        content: of the file.
        words: all of them stand in those that are wanted, in small letters or not.

    Raises:
        NotMotions: it is no such list, or too large.
    """
    wanted = words.lower().split()
    for row in _rows(content):
        text = row.get("tekst")
        if not isinstance(text, str) or len(text) > LONGEST or not _holds(row, wanted):
            continue
        motion = read_motion(text, _day(row.get("datum")))
        if motion is None:
            continue
        yield replace(
            motion,
            about=_about(row) or motion.about,
            result=printable(_result(row)),
            is_accepted=_is_accepted(row),
        )


def _holds(row: Row, wanted: list[str]) -> bool:
    whole = f"{row.get('onderwerp') or ''} {row['tekst']}".lower()
    return all(word in whole for word in wanted)


def _day(value: object) -> date | None:
    try:
        return read_day(str(value))
    except NotADay:
        return None


def _about(row: Row) -> str:
    """Return what it is about, without who moved it."""
    whole = " ".join(str(row.get("onderwerp") or "").split())
    plain = _BY_WHOM.sub("motie over ", whole)
    return plain[:1].upper() + plain[1:]


def _result(row: Row) -> str:
    voted = str(row.get("uitslag") or "").removeprefix("Stemmen - ")
    votes = row.get("stemmen")
    if voted and isinstance(votes, dict) and "Voor" in votes:
        return f"{voted}: {votes['Voor']} voor, {votes.get('Tegen', 0)} tegen"
    return voted or str(row.get("kabinetsappreciatie") or "").lower()


def _is_accepted(row: Row) -> bool | None:
    if row.get("uitslag"):
        return str(row["uitslag"]).lower() in ("stemmen - aangenomen", "aangenomen")
    return True if row.get("kabinetsappreciatie") == "Overgenomen" else None


def _rows(content: bytes) -> Iterator[Row]:
    lines = islice(_lines(content), MOST_MOTIONS)
    try:
        for line in filter(bytes.strip, lines):
            row = json.loads(line)
            if not isinstance(row, dict):
                raise NotMotions
            yield {name: _plain(value) for name, value in row.items()}
    except (OSError, EOFError, ValueError, RecursionError, zlib.error) as error:
        raise NotMotions from error


def _plain(value: Any) -> Any:
    return printable(value) if isinstance(value, str) else value


def _lines(content: bytes) -> Iterator[bytes]:
    """Yield line by line: unpacked at once, a small file fills the memory."""
    room = MOST_BYTES
    file: io.BufferedIOBase = io.BytesIO(content)
    if content[:2] == b"\x1f\x8b":
        file = gzip.GzipFile(fileobj=file)
    while line := file.readline(LONGEST_LINE + 1):
        room -= len(line)
        if len(line) > LONGEST_LINE or room < 0:
            raise NotMotions
        yield line.removeprefix(b"\xef\xbb\xbf")
