"""Every letter the program can send, as it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from django.utils import translation

from achterban.core.organisations.mail import Letter, write_letter
from achterban.core.organisations.models import Organisation

PACKAGE = Path(__file__).parents[1] / "achterban"
LANGUAGES = ("nl", "en")
WHERE = {"address": "https://meldpunt.voorbeeld.nl/werkplek/"}
LINK = {"link": "https://meldpunt.voorbeeld.nl/mijn/4-Jw9sKq2mTzPbXo7Vd1RgYe0nLh8AcUf"}
CODE = {"code": "KRMT7Q"}

# What each letter is filled with, a row for each form it takes.
FILLED: dict[str, list[dict[str, Any]]] = {
    "accounts/mail/invitation.txt": [LINK],
    "accounts/mail/joining_asked.txt": [WHERE],
    "accounts/mail/login_changed.txt": [{}],
    "accounts/mail/login_code.txt": [CODE],
    "accounts/mail/team_changed.txt": [{}],
    "dossiers/mail/asked.txt": [WHERE],
    "mine/mail/changed.txt": [{}],
    "mine/mail/link.txt": [LINK | CODE],
    "publications/mail/answered.txt": [WHERE],
    "publications/mail/sign.txt": [WHERE],
    "reports/mail/confirm.txt": [LINK],
    "reports/mail/handed_over.txt": [WHERE],
    "reports/mail/new.txt": [WHERE],
    "reports/mail/news.txt": [WHERE],
    "reports/mail/routed.txt": [WHERE],
    "reports/mail/urgent.txt": [WHERE],
    "reports/mail/waiting.txt": [LINK],
    "upkeep/mail/backup.txt": [{"is_bad": True}, {"is_first": True}, {}],
}


@dataclass(frozen=True)
class Sent:
    """A letter and how to call it: its template, form and language."""

    name: str
    letter: Letter


def templates() -> set[str]:
    """Return the templates of letters that stand in the program."""
    found = PACKAGE.glob("*/*/templates/**/mail/*.txt")
    return {path.as_posix().partition("/templates/")[2] for path in found}


def letters(organisation: Organisation) -> Iterator[Sent]:
    """Write each letter in each of its forms, in each language."""
    for (template, forms), language in product(FILLED.items(), LANGUAGES):
        for number, context in enumerate(forms, 1):
            with translation.override(language):
                letter = write_letter(
                    "iemand@voorbeeld.nl", template, context, organisation
                )
            app, _, file = template.partition("/mail/")
            yield Sent(f"{app}-{file.removesuffix('.txt')}-{number}-{language}", letter)
