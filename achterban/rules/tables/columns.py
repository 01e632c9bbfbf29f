"""What a column probably holds, by its heading: a first guess for a person to mend."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from enum import StrEnum


class Target(StrEnum):
    """What a column becomes."""

    NOTHING = ""
    WORDS = "words"
    DAY = "day"
    PLACE = "place"
    PARTIES = "parties"
    CONDITION = "condition"
    ROLE = "role"
    ANSWER = "answer"
    NAME = "name"
    PHONE = "phone"
    MAIL = "mail"
    QUOTE = "quote"


# Dutch and English, folded; the words of ``_PART`` count inside a heading too.
_WHOLE: dict[Target, str] = {
    Target.DAY: "datum dag date ontvangen ontvangstdatum tijdstempel timestamp",
    Target.PLACE: "gemeente plaats woonplaats postcode pc stad dorp regio city town",
    Target.NAME: "naam name voornaam achternaam melder afzender van from",
    Target.PHONE: "telefoon telefoonnummer tel mobiel gsm phone 06",
    Target.MAIL: "email mail emailadres mailadres e-mail",
    Target.PARTIES: "partij instantie organisatie over betreft",
    Target.CONDITION: "aandoening ziekte diagnose ziektebeeld condition",
    Target.ROLE: "rol role hoedanigheid",
    Target.QUOTE: "toestemming citeren consent akkoord",
    Target.WORDS: (
        "tekst text verhaal ervaring bericht klacht signaal melding omschrijving "
        "toelichting opmerking opmerkingen probleem onderwerp vraag inhoud beschrijving"
    ),
}
_PART: dict[Target, tuple[str, ...]] = {
    Target.DAY: ("datum", "tijdstempel", "timestamp"),
    Target.MAIL: ("emailadres", "mailadres", "email"),
    Target.PHONE: ("telefoon", "mobiel"),
    Target.PLACE: ("gemeente", "postcode", "woonplaats"),
    Target.CONDITION: ("aandoening", "ziekte", "diagnose"),
    Target.QUOTE: ("toestemming", "citeren"),
    Target.WORDS: ("ervaring", "verhaal", "omschrij", "beschrij", "toelicht", "tekst"),
    Target.NAME: ("naam",),
}
_MANY = {Target.WORDS, Target.NAME, Target.ANSWER, Target.NOTHING}
_KNOWN = {
    folded: target
    for target, names in _WHOLE.items()
    for folded in (name.replace("-", "") for name in names.split())
}


def guess_columns(
    headings: Sequence[str], samples: Sequence[Sequence[str]] = ()
) -> list[Target]:
    """Return what each column probably holds; at most one of most kinds.

    Where no heading speaks of words, the column with the longest texts has them.

    Args:
        headings: of all columns.
        samples: some rows.
    """
    found: list[Target] = []
    for heading in headings:
        target = _guess(heading)
        is_taken = target in found and target not in _MANY
        found.append(Target.NOTHING if is_taken else target)
    if Target.WORDS not in found and headings:
        free = [n for n, target in enumerate(found) if not target] or [0]
        found[max(free, key=lambda n: _longest(samples, n))] = Target.WORDS
    return found


def _longest(samples: Sequence[Sequence[str]], n: int) -> int:
    return sum(len(row[n]) for row in samples if n < len(row))


def _guess(heading: str) -> Target:
    folded = _fold(heading)
    if folded in _KNOWN:
        return _KNOWN[folded]
    for target, parts in _PART.items():
        if any(part in folded for part in parts):
            return target
    return Target.NOTHING


def heading_key(headings: Sequence[str]) -> str:
    """Return what a set of headings is remembered by, whatever their order."""
    return "\n".join(sorted(_fold(heading) for heading in headings))


def _fold(heading: str) -> str:
    letters = unicodedata.normalize("NFKD", heading.casefold())
    return "".join(c for c in letters if c.isalnum())
