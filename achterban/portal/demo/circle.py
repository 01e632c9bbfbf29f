"""Who decides in the world of the example, and who knows them: all invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from achterban.advocate.stakeholders.actions.contacts import (
    add_contact,
    contact_of,
    keep_function,
)
from achterban.advocate.stakeholders.actions.parties import keep_party
from achterban.advocate.stakeholders.actions.relations import keep_relation
from achterban.advocate.stakeholders.actions.remarks import (
    check_remark,
    write_remark,
)
from achterban.advocate.stakeholders.models import (
    Contact,
    ContactWords,
    Function,
    Party,
    Relation,
    RelationWords,
    Remark,
    RemarkWords,
)
from achterban.core.accounts.models import Account
from achterban.core.organisations.models import Organisation

YEAR = 365


@dataclass(frozen=True)
class Who:
    """Somebody outside.

    Attributes:
        name: of the person.
        does: function and party.
        since: years ago that it began.
        matters: whether we want to know them.
        is_ours: whether it is one of us.
        until: years ago that it ended, 0 for not.
    """

    name: str
    does: tuple[str, str]
    since: float
    matters: bool = False
    is_ours: bool = False
    until: float = 0


PARTIES = {  # kind, level, part of, whether it matters
    "Gemeente Zandvelde": ("municipality", "local", "", False),
    "Team Wmo": ("municipality", "local", "Gemeente Zandvelde", False),
    "Provincie Merenland": ("public_body", "regional", "", False),
    "Ministerie van Zorg": ("ministry", "national", "", True),
    "Zorgverzekeraar Zilverlinde": ("insurer", "national", "", False),
    "Huisartsen aan de Vaart": ("care_provider", "local", "", False),
    "Vereniging Ademruimte": ("patients", "national", "", False),
    "Burgerlijst Zandvelde": ("political_party", "local", "", False),
    "Adviesraad Zandvelde": ("other", "local", "Gemeente Zandvelde", False),
    "De Zandkoerier": ("press", "local", "", False),
}
PEOPLE = (
    Who("Lidewij Brandsma", ("wethouder", "Gemeente Zandvelde"), 1.5),
    Who("Karim Oudwater", ("consulent", "Team Wmo"), 4),
    Who("Sanne Veldhoek", ("hoofd", "Team Wmo"), 2, matters=True),
    Who("Floris Kampstra", ("gedeputeerde", "Provincie Merenland"), 3),
    Who(
        "Eline Waterink",
        ("directeur langdurige zorg", "Ministerie van Zorg"),
        1,
        matters=True,
    ),
    Who(
        "Roos Dijkgraaf",
        ("medisch adviseur", "Zorgverzekeraar Zilverlinde"),
        5,
        matters=True,
    ),
    Who("Tjeerd Hollema", ("huisarts", "Huisartsen aan de Vaart"), 12),
    Who("Mirjam Postelein", ("voorzitter", "Vereniging Ademruimte"), 6),
    Who("Gerben Stoelman", ("raadslid", "Burgerlijst Zandvelde"), 2),
    Who("Nadia Elmas", ("lid", "Adviesraad Zandvelde"), 2, is_ours=True),
    Who("Joost Meeuwis", ("verslaggever", "De Zandkoerier"), 3, matters=True),
    Who(
        "Willemijn Rozenbeek",
        ("wethouder", "Gemeente Zandvelde"),
        6,
        until=1.5,
    ),
)
KNOWS = (  # who, whom, what, how warm, source
    ("coordinator", "Lidewij Brandsma", "knows", 3, "Kennismaking op het stadhuis"),
    ("coordinator", "Mirjam Postelein", "works_with", 3, "Samen in de koepel"),
    ("advocate", "Karim Oudwater", "knows", 3, "Belt elke maand over het loket"),
    ("volunteer", "Tjeerd Hollema", "knows", 2, "Kwam spreken op het café"),
    ("Nadia Elmas", "Karim Oudwater", "works_with", 2, "Verslag van de adviesraad"),
    ("Karim Oudwater", "Sanne Veldhoek", "led_by", 3, "Website van de gemeente"),
    ("Lidewij Brandsma", "Floris Kampstra", "works_with", 2, "Zei de wethouder"),
    ("Lidewij Brandsma", "Gerben Stoelman", "works_with", 2, "Coalitieakkoord"),
    ("Floris Kampstra", "Eline Waterink", "knows", 1, "Foto bij een werkbezoek"),
    ("Mirjam Postelein", "Roos Dijkgraaf", "knows", 2, "Zei Mirjam in een overleg"),
    ("Tjeerd Hollema", "Roos Dijkgraaf", "knows", 1, "Oud-studiegenoten, zei hij"),
)
REMARKS = (  # about whom, what, source, whether a second person checked it
    (
        "Lidewij Brandsma",
        "Wil gesprekken in delen proberen, als het geen extra geld kost.",
        "Overleg op het stadhuis",
        True,
    ),
    (
        "Roos Dijkgraaf",
        "Vindt de aanvraag voor hulpmiddelen zelf ook te lang.",
        "Zei Mirjam aan de telefoon",
        False,
    ),
)


def make_circle(
    organisation: Organisation, team: dict[str, Account], *, at: datetime
) -> None:
    """Give an organisation parties, people, relations and remarks."""
    by = team["coordinator"]
    parties: dict[str, Party] = {}
    for name, (kind, level, above, matters) in PARTIES.items():
        parties[name] = keep_party(
            Party(
                organisation=organisation,
                name=name,
                kind=kind,
                level=level,
                part_of=parties.get(above),
                matters=matters,
            ),
            by=by,
            at=at,
        )
    people = {
        role: contact_of(account, organisation, by=by, at=at)
        for role, account in team.items()
        if any(one == role for one, *_rest in KNOWS)
    }
    people |= {who.name: _somebody(who, parties, by=by, at=at) for who in PEOPLE}
    for one, other, kind, warmth, source in KNOWS:
        relation = Relation(
            organisation=organisation,
            one=people[one],
            other=people[other],
            kind=kind,
            warmth=warmth,
        )
        keep_relation(relation, RelationWords(source), by=by, at=at)
    _remark(people, team, at=at)


def _somebody(
    who: Who, parties: dict[str, Party], *, by: Account, at: datetime
) -> Contact:
    title, party = who.does
    on = timezone.localdate(at)
    contact = add_contact(
        parties[party].organisation,
        ContactWords(who.name),
        matters=who.matters,
        is_ours=who.is_ours,
        by=by,
        at=at,
    )
    function = Function(
        contact=contact,
        party=parties[party],
        title=title,
        from_on=on - timedelta(days=who.since * YEAR),
        until_on=on - timedelta(days=who.until * YEAR) if who.until else None,
    )
    keep_function(function, by=by, at=at)
    return contact


def _remark(
    people: dict[str, Contact], team: dict[str, Account], *, at: datetime
) -> None:
    for name, text, source, is_checked in REMARKS:
        remark = write_remark(
            Remark(contact=people[name]),
            RemarkWords(text, source),
            by=team["volunteer"],
            at=at,
        )
        if is_checked:
            check_remark(remark, remark.stamp, by=team["coordinator"], at=at)
