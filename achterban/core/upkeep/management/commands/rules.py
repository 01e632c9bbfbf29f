"""Calculations on plain files, so that anybody can check them on cases of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from achterban.rules.readability import level, problems


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


CALCULATIONS: dict[str, Callable[[str], dict[str, Any]]] = {"readability": readability}


class Command(BaseCommand):
    """Read a file, calculate, print the answer as JSON."""

    help = "Reken met een bestand. readability: hoe leesbaar is een Nederlandse tekst?"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take which calculation, on what."""
        parser.add_argument("name", choices=CALCULATIONS, help="welke berekening")
        parser.add_argument("file", type=Path, help="een tekstbestand in UTF-8")

    def handle(self, *, name: str, file: Path, **options: Any) -> None:
        """Answer on standard output."""
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(
                f"{file} is geen tekstbestand in UTF-8 dat te lezen is."
            ) from error
        answer = CALCULATIONS[name](text)
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
