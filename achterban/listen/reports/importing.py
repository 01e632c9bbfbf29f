"""What a row of somebody's own file says, as a report that is not stored yet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from achterban.core.places.actions import NoOnePlace, PlaceFinder
from achterban.listen.reports.circumstances import PartyKind, Role
from achterban.listen.reports.models import OwnAnswer, Plan, RowFault, Telling
from achterban.people.persons.models import ContactDetails
from achterban.rules.deidentify import mask_bsn
from achterban.rules.likeness import normalised
from achterban.rules.tables import NotADay, Row, Target, read_day

MOST_CHARACTERS = 200_000
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_YES = frozenset(["ja", "j", "yes", "y", "x", "1", "true", "waar", "akkoord"])
PARTIES = {
    "gemeente": PartyKind.MUNICIPALITY,
    "wmo": PartyKind.MUNICIPALITY,
    "uwv": PartyKind.BENEFITS_AGENCY,
    "arts": PartyKind.PHYSICIAN,
    "huisarts": PartyKind.PHYSICIAN,
    "specialist": PartyKind.PHYSICIAN,
    "dokter": PartyKind.PHYSICIAN,
    "ziekenhuis": PartyKind.PHYSICIAN,
    "verzekeraar": PartyKind.INSURER,
    "zorgverzekeraar": PartyKind.INSURER,
    "thuiszorg": PartyKind.HOME_CARE,
    "wijkverpleging": PartyKind.HOME_CARE,
    "school": PartyKind.SCHOOL,
    "werkgever": PartyKind.EMPLOYER,
} | {kind.value: kind for kind in PartyKind}
ROLES = {
    "ik": Role.SELF,
    "zelf": Role.SELF,
    "patient": Role.SELF,
    "partner": Role.PARTNER,
    "ouder": Role.CHILD,
    "kind": Role.CHILD,
    "naaste": Role.FAMILY,
    "familie": Role.FAMILY,
    "mantelzorger": Role.FAMILY,
    "zorgverlener": Role.CLIENT,
    "hulpverlener": Role.CLIENT,
} | {role.value: role for role in Role}


class BadCell(ValueError):
    """This row cannot be a report as it stands.

    Attributes:
        fault: why.
    """

    def __init__(self, fault: RowFault) -> None:
        """Keep why."""
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Candidate:
    """A report that is not stored yet.

    Attributes:
        telling: what is told; nobody is tied to it yet.
        details: of who told it; empty where the file does not say.
        day: on which it was told, None where the file does not say.
        may_quote: whether the row says that they agreed.
    """

    telling: Telling
    details: ContactDetails
    day: date | None
    may_quote: bool

    @property
    def identity(self) -> str:
        """Return who told it, to compare; empty where nobody knows."""
        return identity_of(self.details)


def identity_of(details: ContactDetails) -> str:
    """Return by what two rows are of one person: the mail address, else the name."""
    if details.mail:
        return details.mail.casefold().strip()
    digits = "".join(c for c in details.phone if c.isdecimal())
    return " ".join([*normalised(details.name), digits]).strip()


def read_candidate(
    row: Row, plan: Plan, places: PlaceFinder, *, on: date, is_lenient: bool = False
) -> Candidate:
    """Return what a row says.

    Args:
        row: as it stands in the file.
        plan: what becomes of each column.
        places: of all municipalities.
        on: today; what is told on a later day is a mistake.
        is_lenient: keep a day or place that cannot be read as an answer in words.

    Raises:
        BadCell: it cannot be a report as it stands.
    """
    if row.fault is not None:
        raise BadCell(RowFault(row.fault.value))
    cells = _by_target(row, plan)
    answers = list(cells.get(Target.ANSWER, []))
    unread = answers if is_lenient else None
    day = _day(cells.get(Target.DAY, []), unread, on=on)
    place = _place(cells.get(Target.PLACE, []), unread, places)
    parties = _chosen(PARTIES, cells.get(Target.PARTIES, []), answers)
    roles = _chosen(ROLES, cells.get(Target.ROLE, []), answers)
    telling = Telling(
        _words(cells.get(Target.WORDS, []), plan),
        municipality=place,
        parties=[party.value for party in parties],
        condition=mask_bsn(_joined(cells, Target.CONDITION)).text,
        role=roles[0].value if roles else "",
        own=_own(answers),
    )
    details = ContactDetails(
        name=mask_bsn(_joined(cells, Target.NAME)).text,
        phone=_joined(cells, Target.PHONE),
        mail=_joined(cells, Target.MAIL),
    )
    may_quote = plan.is_for_all or _joined(cells, Target.QUOTE).lower() in _YES
    return Candidate(telling, details, day, may_quote and bool(plan.wording))


Cell = tuple[str, str]  # the heading, and what stands below it
Cells = Mapping[Target, list[Cell]]
T = TypeVar("T")


def _by_target(row: Row, plan: Plan) -> Cells:
    """Return heading and content of the cells that are not empty, by what they are."""
    found: dict[Target, list[Cell]] = {}
    for heading, target, cell in zip(
        plan.headings, plan.targets, row.cells, strict=True
    ):
        content = _CONTROLS.sub("", cell).strip()
        if target and content:
            found.setdefault(Target(target), []).append((heading, content))
    return found


def _joined(cells: Cells, target: Target) -> str:
    return " ".join(" ".join(cell.split()) for _heading, cell in cells.get(target, []))


def _words(cells: list[Cell], plan: Plan) -> str:
    """Return the words; of several columns each with its heading above it."""
    is_one = plan.targets.count(Target.WORDS) == 1
    parts = [text if is_one else f"{heading}\n{text}" for heading, text in cells]
    text = mask_bsn("\n\n".join(parts)).text
    if not text:
        raise BadCell(RowFault.NO_WORDS)
    if len(text) > MOST_CHARACTERS:
        raise BadCell(RowFault.TOO_LONG)
    return text


def _day(cells: list[Cell], unread: list[Cell] | None, *, on: date) -> date | None:
    for cell in cells[:1]:
        try:
            day = read_day(cell[1])
        except NotADay:
            _refuse(RowFault.NOT_A_DAY, cell, unread)
            return None
        if day <= on:
            return day
        _refuse(RowFault.DAY_AHEAD, cell, unread)
    return None


def _place(cells: list[Cell], unread: list[Cell] | None, places: PlaceFinder) -> str:
    for cell in cells[:1]:
        try:
            return places.find(cell[1])
        except NoOnePlace:
            _refuse(RowFault.NO_PLACE, cell, unread)
    return ""


def _refuse(fault: RowFault, cell: Cell, unread: list[Cell] | None) -> None:
    """Refuse a cell, or keep it among what could not be read."""
    if unread is None:
        raise BadCell(fault)
    unread.append(cell)


def _chosen(known: Mapping[str, T], cells: list[Cell], unread: list[Cell]) -> list[T]:
    """Return the choices that cells name; what names none is kept as an answer."""
    found: list[T] = []
    for heading, text in cells:
        names = [name for name in re.split(r"[;,/&\n]| en ", text.lower()) if name]
        if all(" ".join(normalised(name)) in known for name in names):
            found += [known[" ".join(normalised(name))] for name in names]
        else:
            unread.append((heading, text))
    return list(dict.fromkeys(found))


def _own(cells: list[Cell]) -> dict[str, OwnAnswer]:
    return {
        f"file-{n}": OwnAnswer(title=heading, answers=[mask_bsn(text).text])
        for n, (heading, text) in enumerate(cells)
    }
