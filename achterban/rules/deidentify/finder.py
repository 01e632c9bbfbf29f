"""Find names and places too, with the lists and rules of ``deduce``.

Source: V. Menger e.a., DEDUCE: a pattern matching method for automatic
de-identification of Dutch medical text, Telematics and Informatics 2017; version 3.
"""

from __future__ import annotations

import logging
import os
import re
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from achterban.rules.deidentify import names, places
from achterban.rules.deidentify.organisations import is_national
from achterban.rules.deidentify.spans import Kind, Span, without_overlap
from achterban.rules.deidentify.structured import exact, in_chunks
from achterban.rules.deidentify.words import (
    CAPITALISED,
    COUNTRIES,
    MORE_MUNICIPALITIES,
    MOSTLY_WORDS,
    NO_NAMES,
    UPPER,
    WORDS_TOO,
)

# Found by rules of our own; without these deduce is a third faster.
LEFT_OUT = {
    *("dates", "ages", "identifiers", "phone_numbers", "email_addresses", "urls"),
    *("patient_name", "street_pattern", "postal_code", "postbus"),
    *("prefix_with_initial", "prefix_with_interfix", "prefix_with_name"),
    *("merge_adjacent_annotations", "redactor"),
}
_TOWN_AFTER = re.compile(
    r"[,.]?[ \n]{1,2}((?:['’]s-|['’]t )?[^\W\d][\w'’-]+(?: [\w'’-]+){0,3})"
)
_CAPITALISED = re.compile(rf"{CAPITALISED}(?:-{CAPITALISED})*")
SHORTEST_HOME = 3  # letters: Ede, Oss
_SMALL_PART = re.compile(r"(?<= )(?:Aan|De|Den|En|Het|Op)(?= )")
# In a row of capitals the time of deduce grows with the cube: it gets twenty at once.
_ROW = re.compile(rf"(?:{UPPER}\w{{0,30}}[ .-]{{1,2}}){{20}}")
_CACHE = Path("cache", "lookup_structs.pickle")


class Finder:
    """Finds what could identify somebody in Dutch text.

    One takes about a gigabyte and seven seconds to make, the first time a minute and a
    half: keep it in a process of its own. The module can be imported without deduce.
    """

    def __init__(self, cache: Path) -> None:
        """Load deduce.

        Args:
            cache: a folder for its tables (77 MB). They are made anew when they are not
                there, damaged, or of another version. Only who may run our code may
                write in it: reading the tables can run what is in them.
        """
        self._deduce = _load(cache)
        lists = Path(str(self._deduce.lookup_data_path), "src")
        self._names = names.NameLists(
            _items(lists / "names" / "lst_first_name"),
            _items(lists / "names" / "lst_surname"),
            _lines(lists / "names" / "lst_surname" / "exceptions.txt"),
        )
        located = lists / "locations" / "lst_placename"
        municipalities = _items(located / "lst_municipality").union(MORE_MUNICIPALITIES)
        residences = _items(located / "lst_residence")
        self._long_names = [
            _SMALL_PART.sub(lambda match: match.group().lower(), name)
            for name in municipalities
            if " " in name
        ]
        self._municipalities = frozenset(map(str.casefold, municipalities))
        self._places = self._municipalities | frozenset(map(str.casefold, residences))
        self._vast = (_items(located / "lst_region") - residences) | (
            _items(located / "lst_province") - municipalities
        )

    def find(self, text: str) -> list[Span]:
        """Return what could identify somebody: in order, none over another.

        Never raises, whatever the text. A municipality stays where it is the authority.

        Not covered: who is known by what happened to them. A person reads the text
        before it goes anywhere.
        """
        found = in_chunks(self._find_in, text)
        return without_overlap(text, [*found, *names.repeated(text, found)])

    def _find_in(self, text: str) -> list[Span]:
        guessed = self._whole_places(text, [*self._guesses(text)])
        people = [span for span in guessed if span.kind is Kind.PERSON]
        people += [s for s in names.titled(text) if not self._is_town(text, s)]
        people += self._names.signed(text)
        people += self._names.in_brackets(text)
        people += self._names.in_small_letters(text)
        people = names.joined(text, people)
        known = [s for s in guessed if s.kind in {Kind.ADDRESS, Kind.INSTITUTION}]
        sure = [s for s in exact(text) if not self._is_place(text, s)]
        certain = without_overlap(text, [*sure, *known, *people])
        towns = [span for span in guessed if span.kind is Kind.PLACE]
        towns += self._small_towns(text)
        certain += self._after_addresses(text, certain)
        certain += self._said_homes(text)
        certain += places.quarters(text)
        return [*certain, *self._homes(text, towns, certain)]

    def _whole_places(self, text: str, guessed: list[Span]) -> list[Span]:
        """Return the guesses with "Berg en Dal" as one place, not as Mr Berg."""
        for name in self._long_names:
            start = text.find(name)
            while start >= 0:
                end = start + len(name)
                guessed = [s for s in guessed if s.end <= start or end <= s.start]
                guessed.append(Span(start, end, Kind.PLACE))
                start = text.find(name, end)
        return guessed

    def _guesses(self, text: str) -> Iterator[Span]:
        """Yield what deduce finds, in our kinds and without its titles."""
        start = 0
        for stop in (*(match.end() for match in _ROW.finditer(text)), len(text)):
            for found in self._annotations(text[start:stop]):
                yield from self._ours(
                    text, found.tag, start + found.start_char, start + found.end_char
                )
            start = stop

    def _annotations(self, text: str) -> Iterable[Any]:
        try:
            document = self._deduce.deidentify(text, disabled=LEFT_OUT)
        except (RecursionError, ValueError, IndexError, AttributeError):
            return ()  # a text that is no language; our own rules still hold
        return [*document.annotations]

    def _ours(self, text: str, tag: str, start: int, end: int) -> Iterator[Span]:
        if tag in {"persoon", "patient"}:
            start, end = names.without_title(text, start, end)
            if place := self._place_in(text, start, end):
                yield place
            elif not names.is_nobody(text, start, end):
                yield Span(start, end, Kind.PERSON)
        elif names.is_nobody(text, start, end):
            return
        elif tag == "locatie":
            yield from self._located(text, start, end)
        elif self._is_institution(text, start, end):
            yield Span(start, end, Kind.INSTITUTION)

    def _is_town(self, text: str, span: Span) -> bool:
        """Return whether a municipality is greeted; "mevrouw Sluis" is somebody."""
        if names.is_titled(text, span.start):
            return False
        name = text[span.start : span.end]
        return name.casefold() in self._municipalities and name not in self._names.first

    def _is_institution(self, text: str, start: int, end: int) -> bool:
        name = text[start:end]
        one_word = " " not in name and names.begins_sentence(text, start)
        return name[0].isupper() and not one_word and not is_national(name)

    def _is_place(self, text: str, span: Span) -> bool:
        """Return whether "in De Bilt" was taken for an institution."""
        return (
            span.kind is Kind.INSTITUTION
            and text[span.start : span.end].casefold() in self._places
        )

    def _place_in(self, text: str, start: int, end: int) -> Span | None:
        """Return the place in what deduce took for a name: "van Ede", "Loket Ede"."""
        first, _, rest = text[start:end].partition(" ")
        if first in self._names.first:
            return None
        if first.casefold() in self._municipalities and not rest:
            return Span(start, end, Kind.PLACE)
        if rest.casefold() in self._places:
            return Span(end - len(rest), end, Kind.PLACE)
        return None

    def _located(self, text: str, start: int, end: int) -> Iterator[Span]:
        piece = text[start:end]
        if any(map(str.isdecimal, piece)):
            number = re.search(r"[ ,]+\d", piece)
            house = number and places.HOUSE_AFTER.match(text, start + number.start())
            yield Span(start, max(end, house.end() if house else 0), Kind.ADDRESS)
        elif piece not in self._vast:
            quarter = re.compile(r"(?:-[A-Z]\w+)*").match(text, end)
            yield Span(start, quarter.end() if quarter else end, Kind.PLACE)

    def _after_addresses(self, text: str, certain: Iterable[Span]) -> list[Span]:
        """Return a town in small letters behind an address or postcode."""
        found = []
        for span in certain:
            if span.kind in {Kind.ADDRESS, Kind.POSTCODE}:
                match = _TOWN_AFTER.match(text, span.end)
                if match and (name := self._longest_place(match[1])):
                    start = match.start(1)
                    found.append(Span(start, start + len(name), Kind.PLACE))
        return found

    def _longest_place(self, said: str) -> str:
        """Return how much of these words is one place; nothing where none is."""
        words = said.split(" ")
        while words and " ".join(words) not in self._places:
            words.pop()
        return " ".join(words)

    def _small_towns(self, text: str) -> Iterator[Span]:
        """Yield municipalities in small letters; ``_homes`` tells which are homes."""
        words = MOSTLY_WORDS | WORDS_TOO
        for start, name in places.small_towns(text):
            if name in self._municipalities and name not in words:
                yield Span(start, start + len(name), Kind.PLACE)

    def _said_homes(self, text: str) -> Iterator[Span]:
        """Yield where somebody says to live: in small letters, misspelt, abroad."""
        for start, said, is_sure in places.said_homes(text):
            known = len(self._longest_place(said.casefold()))
            first = said.partition(" ")[0]
            if said[0].islower() and said[:known] in MOSTLY_WORDS:
                continue
            if not known and is_sure and _CAPITALISED.fullmatch(first):
                is_wide = first in self._vast or first in NO_NAMES | COUNTRIES
                known = 0 if is_wide else len(first)
            if known >= SHORTEST_HOME:
                yield Span(start, start + known, Kind.PLACE)

    def _homes(
        self, text: str, towns: Iterable[Span], certain: Iterable[Span]
    ) -> Iterator[Span]:
        """Yield the places that do not stand there as the authority."""
        ends = {span.end for span in certain}
        for town in towns:
            name = text[town.start : town.end].casefold()
            if name in self._municipalities:
                stays = not places.is_home(text, town.start, town.end, ends)
            else:
                stays = places.named_as_authority(text, town.start)
            if not stays:
                ends.add(town.end)
                yield town


@contextmanager
def _untouched() -> Iterator[None]:
    """Keep logging and warnings as they are: deduce sets up both for everybody."""
    root = logging.getLogger()
    level, quiet = root.level, logging.NullHandler()
    root.addHandler(quiet)
    try:
        with warnings.catch_warnings():
            yield
    finally:
        root.removeHandler(quiet)
        root.setLevel(level)


@_untouched()
def _load(cache: Path) -> Any:
    """Return deduce with its tables from the folder, made first where needed.

    They are made beside it and then put in place, so that a stop half-way leaves
    nothing half behind.
    """
    from deduce import Deduce

    if (cache / _CACHE).exists():
        try:
            return Deduce(cache_path=cache)
        except Exception:  # noqa: BLE001 - a damaged pickle can raise anything
            (cache / _CACHE).unlink()
    (cache / _CACHE).parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as work:
        made = Deduce(cache_path=Path(work, "new"), build_lookup_structs=True)
        os.replace(Path(work, "new", _CACHE), cache / _CACHE)
    return made


def _items(folder: Path) -> frozenset[str]:
    """Return the lines of a list of deduce, without its exceptions."""
    return _lines(folder / "items.txt") - _lines(folder / "exceptions.txt")


def _lines(path: Path) -> frozenset[str]:
    if not path.exists():
        return frozenset()
    return frozenset(map(str.strip, path.read_text(encoding="utf-8").splitlines()))
