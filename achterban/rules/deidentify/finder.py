"""Find names and places too, with the lists and rules of ``deduce``.

Source: V. Menger e.a., DEDUCE: a pattern matching method for automatic
de-identification of Dutch medical text, Telematics and Informatics 2018; version 3.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from achterban.rules.deidentify import names, places
from achterban.rules.deidentify.organisations import is_national
from achterban.rules.deidentify.spans import Kind, Span, without_overlap
from achterban.rules.deidentify.structured import exact

# Found by rules of our own; without these deduce is a third faster.
LEFT_OUT = {
    *("dates", "ages", "identifiers", "phone_numbers", "email_addresses", "urls"),
    *("patient_name", "street_pattern", "postal_code", "postbus", "redactor"),
}
CHUNK = 2000  # code points: deduce calls itself once for each word that adds to a name
_BREAK = re.compile(r"\n|[.!?] ")
# Municipalities that the list of deduce has under another name or not yet.
_MORE = {"Den Haag", "'s-Gravenhage", "Den Bosch", "Voorne aan Zee"}
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
        )
        located = lists / "locations" / "lst_placename"
        municipalities = _items(located / "lst_municipality")
        residences = _items(located / "lst_residence")
        self._municipalities = frozenset(map(str.casefold, municipalities | _MORE))
        self._places = self._municipalities | frozenset(map(str.casefold, residences))
        self._vast = (
            _items(located / "lst_province") | _items(located / "lst_region")
        ) - residences

    def find(self, text: str) -> list[Span]:
        """Return what could identify somebody: in order, none over another.

        Never raises, whatever the text. A municipality stays where it is the authority.

        Not covered: who is known by what happened to them. A person reads the text
        before it goes anywhere.
        """
        guessed = [*self._guesses(text)]
        people = [span for span in guessed if span.kind is Kind.PERSON]
        people += names.titled(text)
        people += self._names.signed(text)
        people += self._names.in_small_letters(text)
        people = names.joined(text, people)
        known = [s for s in guessed if s.kind in {Kind.ADDRESS, Kind.INSTITUTION}]
        again = names.repeated(text, people)
        certain = without_overlap(text, [*exact(text), *known, *people, *again])
        towns = [span for span in guessed if span.kind is Kind.PLACE]
        return without_overlap(text, [*certain, *self._homes(text, towns, certain)])

    def _guesses(self, text: str) -> Iterator[Span]:
        """Yield what deduce finds, in our kinds and without its titles."""
        for offset, chunk in _chunks(text):
            try:
                document = self._deduce.deidentify(chunk, disabled=LEFT_OUT)
            except (RecursionError, ValueError, IndexError, AttributeError):
                continue  # a text that is no language; our own rules still hold
            for found in document.annotations:
                yield from self._ours(
                    text, found.tag, offset + found.start_char, offset + found.end_char
                )

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
        elif text[start].isupper() and not is_national(text[start:end]):
            yield Span(start, end, Kind.INSTITUTION)

    def _place_in(self, text: str, start: int, end: int) -> Span | None:
        """Return the place in what deduce took for a name: "van Ede", "Loket Ede"."""
        first, _, rest = text[start:end].partition(" ")
        if first in self._names.first or text[start - 2 : start] == ". ":
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


def _load(cache: Path) -> Any:
    """Return deduce with its tables from the folder, made first where needed.

    They are made beside it and then put in place, so that a stop half-way leaves
    nothing half behind.
    """
    root = logging.getLogger()
    quiet = logging.NullHandler()
    root.addHandler(quiet)  # else importing deduce sets up logging for everybody
    try:
        with warnings.catch_warnings():  # and it changes which warnings are shown
            from deduce import Deduce
    finally:
        root.removeHandler(quiet)
    if (cache / _CACHE).exists():
        try:
            return Deduce(cache_path=cache)
        except Exception:  # noqa: BLE001 - a damaged pickle can raise anything
            (cache / _CACHE).unlink()
    cache.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=cache))
    try:
        made = Deduce(cache_path=work / "new", build_lookup_structs=True)
        (cache / _CACHE).parent.mkdir(exist_ok=True)
        os.replace(work / "new" / _CACHE, cache / _CACHE)
    finally:
        shutil.rmtree(work)
    return made


def _items(folder: Path) -> frozenset[str]:
    """Return the lines of a list of deduce, without its exceptions."""
    lines = (folder / "items.txt").read_text(encoding="utf-8").splitlines()
    exceptions = folder / "exceptions.txt"
    out = (
        exceptions.read_text(encoding="utf-8").splitlines()
        if exceptions.exists()
        else []
    )
    return frozenset(map(str.strip, lines)) - frozenset(map(str.strip, out))


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    """Yield pieces of a text with where they begin, cut between sentences."""
    start = 0
    while len(text) - start > CHUNK:
        cuts = [m.end() for m in _BREAK.finditer(text, start, start + CHUNK)]
        stop = cuts[-1] if cuts else start + CHUNK
        yield start, text[start:stop]
        start = stop
    yield start, text[start:]
