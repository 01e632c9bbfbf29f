"""Calculations on plain files, so that anybody can check them on cases of their own."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from achterban.rules.commitments import Suggestion, suggestions
from achterban.rules.deadlines import table
from achterban.rules.deidentify import redacted
from achterban.rules.deidentify.finder import Finder
from achterban.rules.readability import level, problems

EVERY = 50  # texts between two signs of life on a terminal
LAWYER = "In de kolom checked staat of een jurist de regel nakeek."
Answered = Callable[[dict[str, Any]], dict[str, Any]]


def finder() -> Answered:
    """Return what finds what could identify somebody; it reads its tables first."""
    tables = settings.DATA / "deduce"
    try:
        found = Finder(tables)
    except OSError as error:
        raise CommandError(f"In {tables} is niet te schrijven.") from error
    return lambda record: deidentified(found, record)


def promises() -> Answered:
    """Return what finds what may be promised."""
    return promised


IN_LINES: dict[str, Callable[[], Answered]] = {
    "deidentify": finder,
    "commitments": promises,
}


class Command(BaseCommand):
    """Read a file, calculate, answer: on the screen, or in a second file."""

    help = (
        "Reken met een bestand. readability BESTAND: hoe leesbaar is een tekst? "
        "deidentify IN.jsonl UIT.jsonl: wat in deze teksten kan iemand aanwijzen? "
        "commitments IN.jsonl UIT.jsonl: wat lijkt in deze teksten op een toezegging? "
        "deadlines IN.csv UIT.csv: wat is de laatste dag van deze termijnen?"
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take which calculation, on what, and where the answer goes."""
        parser.add_argument(
            "name",
            choices=["readability", *IN_LINES, "deadlines"],
            help="welke berekening",
        )
        parser.add_argument("file", type=Path, help="een bestand in UTF-8")
        parser.add_argument(
            "output", type=Path, nargs="?", help="waar het antwoord komt"
        )

    def handle(
        self, *, name: str, file: Path, output: Path | None, **options: Any
    ) -> None:
        """Do the calculation."""
        if (output is None) != (name == "readability"):
            raise CommandError(
                "Zo werkt het: achterban rules readability BESTAND, of achterban rules "
                f"{' of '.join(IN_LINES)} IN.jsonl UIT.jsonl, of achterban rules "
                "deadlines IN.csv UIT.csv",
                returncode=2,
            )
        text = _read(file)
        if output is None:
            answer = readability(text)
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
        elif name == "deadlines":
            n_rows = deadlines(text, output)
            self.stdout.write(f"{n_rows} termijnen gerekend. {LAWYER}")
        else:
            records = [*_records(text)]
            if name == "commitments":
                _check_dates(records)
            self._in_lines(records, output, IN_LINES[name]())

    def _in_lines(
        self, records: list[dict[str, Any]], output: Path, answered: Answered
    ) -> None:
        with _opened(output) as target:
            for n, record in enumerate(records, start=1):
                answer = answered(record)
                target.write(json.dumps(answer, ensure_ascii=False) + "\n")
                if self.stdout.isatty() and n % EVERY == 0:
                    self.stdout.write(f"\r{n} van {len(records)}", ending="")
        self.stdout.write(f"{len(records)} teksten gelezen. Lees zelf na wat er staat.")


def readability(text: str) -> dict[str, Any]:
    """Return the level of a text, and what makes it hard."""
    counted = level([text])
    return {
        **asdict(counted),
        "words_per_sentence": round(counted.words_per_sentence, 2),
        "share_of_long_words": round(counted.share_of_long_words, 4),
        "reading_ease": round(counted.reading_ease, 1),
        "problems": [asdict(problem) for problem in problems(text)],
    }


def deidentified(finder: Finder, record: dict[str, Any]) -> dict[str, Any]:
    """Return a text with what was found in it, and without that."""
    spans = finder.find(record["text"])
    return {
        "id": record["id"],
        "text": record["text"],
        "spans": [asdict(span) for span in spans],
        "redacted": redacted(record["text"], spans),
    }


def promised(record: dict[str, Any]) -> dict[str, Any]:
    """Return what may be promised in a text, with the term as a calendar writes it."""
    on = date.fromisoformat(record["date"])
    found = suggestions(record["text"], on)
    return {"id": record["id"], "commitments": [_as_row(it) for it in found]}


def deadlines(text: str, output: Path) -> int:
    """Write the answer to each row of a table of terms; return how many there were."""
    text = text.removeprefix("\ufeff")
    head = text.partition("\n")[0]
    sign = ";" if head.count(";") > head.count(",") else ","
    reader = csv.DictReader(io.StringIO(text), delimiter=sign)
    lacks = {"id", "regime"} - set(reader.fieldnames or ())
    if lacks:
        raise CommandError(f"De kop mist: {', '.join(sorted(lacks))}.")
    n_rows = 0
    with _opened(output) as target:
        writer = csv.DictWriter(target, table.FIELDS)
        writer.writeheader()
        try:
            for row in reader:
                writer.writerow(table.answer({k: v or "" for k, v in row.items() if k}))
                n_rows += 1
        except csv.Error as error:
            raise CommandError(f"Regel {reader.line_num} is geen CSV.") from error
    return n_rows


def _opened(output: Path) -> TextIO:
    try:
        return output.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise CommandError(f"{output} is niet te schrijven.") from error


def _as_row(it: Suggestion) -> dict[str, Any]:
    due, rhythm = (it.term.due, it.term.rhythm) if it.term else (None, "")
    return {
        "start": it.start,
        "end": it.end,
        "promiser": it.promiser,
        "what": it.what,
        "due": due.isoformat() if due else None,
        "rrule": rhythm or None,
        "level": it.level,
        "strength": it.strength,
    }


def _check_dates(records: list[dict[str, Any]]) -> None:
    for record in records:
        try:
            date.fromisoformat(record["date"])
        except (KeyError, TypeError, ValueError) as error:
            raise CommandError(
                f"De date van {record['id']} is er niet of is geen dag (2026-03-01)."
            ) from error


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(
            f"{file} is geen tekstbestand in UTF-8 dat te lezen is."
        ) from error


def _records(text: str) -> Iterator[dict[str, Any]]:
    """Yield the record of each line, or refuse the file with the number of the line."""
    for n, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise CommandError(f"Regel {n} is geen JSON.") from error
        if not isinstance(record, dict) or "id" not in record:
            raise CommandError(f"Regel {n} heeft geen id.")
        if not isinstance(record.get("text"), str):
            raise CommandError(f"Regel {n} heeft geen text, of die is geen tekst.")
        if any("\ud800" <= c <= "\udfff" for c in record["text"]):
            raise CommandError(f"Regel {n} heeft een half teken (\\ud800 tot \\udfff).")
        yield record
