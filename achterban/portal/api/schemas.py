"""What comes in and goes out. Names and texts here are those of the API: in Dutch."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    AliasGenerator,
    AliasPath,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
)
from pydantic.alias_generators import to_camel

from achterban.rules.deadlines import Checked
from achterban.rules.holidays import FIRST, LAST

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LENGTH = r"^[1-9][0-9]{0,3} (dag|dagen|week|weken|maand|maanden|jaar)$"


def _day(given: Any) -> date:
    try:
        day = date.fromisoformat(given if _DAY.fullmatch(given) else "")
    except (TypeError, ValueError):
        raise ValueError("Dit is geen dag. Typ zoiets als: 2026-03-01.") from None
    if not FIRST <= day.year <= LAST:
        raise ValueError(f"Wij kennen de jaren van {FIRST} tot en met {LAST}.")
    return day


def _checked(of: Checked) -> dict[str, Any]:
    return {"door": of.by or None, "op": of.on, "uitleg": str(of)}


def _told(of: object) -> str | None:
    return None if of is None else str(of)


def _asked(said: str, default: Any = ..., **more: Any) -> Any:
    return Field(default, description=said, **more)


def _of(source: str, said: str | None = None) -> Any:
    """Return a field that is read from an attribute of a rule or of its answer."""
    return Field(validation_alias=AliasPath(*source.split(".")), description=said)


Dag = Annotated[date, BeforeValidator(_day, json_schema_input_type=date)]
Duur = Annotated[str, Field(pattern=_LENGTH, examples=["6 weken"])]
Aantal = Annotated[int, Field(strict=True, le=10_000)]
Wijze = Literal[
    "post",
    "post_zonder_stempel",
    "digitaal",
    "balie",
    "besluit_bekendgemaakt",
    "stuk_ontvangen",
]


class _In(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, extra="forbid")


class _Out(BaseModel):
    model_config = ConfigDict(
        alias_generator=AliasGenerator(serialization_alias=to_camel),
        from_attributes=True,
    )


class Verzending(_In):
    """Hoe en wanneer iets is verzonden, om te horen of het op tijd was."""

    wijze: Wijze
    verzonden: Dag | None = _asked("De dag van verzenden, of van het stempel.", None)
    ontvangen: Dag | None = _asked("De dag waarop het binnenkwam.", None)


class BerekeningVraag(_In):
    """Een termijn, en de dag waarop hij begint."""

    soort: str = _asked("Zoals in /soorten.", max_length=60)
    variant: str = _asked("Leeg als er maar één is.", "", max_length=60)
    begin: Dag = _asked("De dag van de gebeurtenis.")
    duur: Duur | None = _asked("Alleen bij een soort zonder eigen duur.", None)
    stilstand: Aantal = _asked("Hoeveel dagen de termijn stilstond.", 0, ge=0)
    verdaging: Duur | None = _asked("Hoeveel de overheid hem op tijd uitstelde.", None)
    is_einde_vorige_termijn: bool = _asked(
        "Of begin de laatste dag is van de termijn ervoor.", False, strict=True
    )
    verzending: Verzending | None = None


class DwangsomVraag(_In):
    """Een ingebrekestelling: een brief dat de overheid te laat is."""

    ingebrekestelling: Dag = _asked("De dag waarop de overheid de brief ontving.")
    einde_beslistermijn: Dag = _asked("De laatste dag om op tijd te beslissen.")
    soort: Literal["", "woo", "wia"] = _asked("Leeg als het geen van beide is.", "")
    besluit_bekend: Dag | None = _asked("De dag van verzenden van het besluit.", None)
    peildatum: Dag | None = _asked("De laatste dag die telt; anders vandaag.", None)
    aanvragers: Aantal = _asked("Hoeveel mensen het samen vroegen.", 1, ge=1)


class Controle(_Out):
    """Wie de regel nakeek, en wanneer."""

    door: str | None = _of("door", "In welke functie; null als niemand het deed.")
    op: date | None
    uitleg: str


Gecontroleerd = Annotated[Controle, BeforeValidator(_checked)]


class Regel(_Out):
    """Een regel van de wet over een termijn. Een lege tekst betekent: niets."""

    naam: str = _of("name")
    wie: Annotated[Literal["u", "zij"], BeforeValidator(str)] = _of(
        "who", "Wie iets moet doen: u, of zij (de overheid)."
    )
    gebeurtenis: str = _of("event", "Wat de termijn laat beginnen.")
    duur: Annotated[str | None, BeforeValidator(_told)] = _of(
        "length", "null als de vraag dat moet zeggen."
    )
    artikelen: list[str] = _of("articles")
    geldig_vanaf: date = _of("since", "De eerste dag van een gebeurtenis.")
    geldig_tot_en_met: date | None = _of("until")
    twijfel: str = _of("doubt", "Waarover juristen twijfelen.")
    opmerking: str = _of("note")
    gecontroleerd: Gecontroleerd = _of("checked")


class Soort(_Out):
    """Een soort termijn met al zijn regels, ook die van vroeger."""

    id: str = _of("id", "De naam in het adres.")
    soort: str
    variant: str
    regels: list[Regel]


class Soorten(_Out):
    """Alle soorten termijnen."""

    soorten: list[Soort]


class Lezing(_Out):
    """Een andere uitkomst die te verdedigen is."""

    laatste_dag: date = _of("last")
    waarom: str = _of("why")


class Stap(_Out):
    """Een stap van de berekening."""

    uitleg: str = _of("says")
    artikel: str = _of("article", "Leeg als het alleen tellen is.")


class OpTijd(_Out):
    """Of het op tijd was."""

    is_op_tijd: bool | None = _of("is_in_time", "null als de dagen het niet zeggen.")
    waarom: str = _of("why")
    twijfel: str = _of("doubt", "Leeg als er geen is.")


class Berekening(_Out):
    """De laatste dag van een termijn, en waarom."""

    soort: str = _of("term.key")
    variant: str = _of("term.variant")
    eerste_dag: date | None = _of("first", "null als de termijn terugtelt.")
    laatste_dag: date = _of("last", "De laatste dag die op tijd is.")
    zonder_doorschuiven: date = _of("nominal", "De laatste dag door alleen tellen.")
    is_verschoven: bool = _of("is_moved")
    laatste_dag_posten: date | None = _of("posted_by", "null als de wet het niet zegt.")
    uiterlijk_ontvangen: date | None = _of("received_by", "Voor wat op tijd is gepost.")
    veilige_dag: date = _of(
        "safe",
        "De dag die wij aanraden: in elke lezing op tijd. Is de overheid aan zet? Dan "
        "is zij pas na deze dag in elke lezing te laat.",
    )
    andere_lezingen: list[Lezing] = _of("others")
    stappen: list[Stap] = _of("steps")
    op_tijd: OpTijd | None = _asked("Als verzending in de vraag staat.", None)
    artikelen: list[str] = _of("term.articles", "Van de regel; elke stap heeft er een.")
    opmerking: str = _of("term.note")
    gecontroleerd: Gecontroleerd = _of("term.checked")
    is_zeker: bool = _of("is_sure", "false als een besluit hem later kan maken.")


class Bedrag(_Out):
    """Een dwangsom in een andere lezing."""

    dagen: int = _of("n_days")
    bedrag: int = _of("euros", "In euro.")
    waarom: str = _of("why")


class Schuld(_Out):
    """Hoeveel de overheid schuldig is."""

    dagen: int = _of("amount.n_days")
    bedrag: int = _of("amount.euros", "In euro.")
    per_aanvrager: Annotated[float, AfterValidator(lambda it: round(it, 2))] = _of(
        "share", "In euro."
    )
    andere_lezingen: list[Bedrag] = _of("others")
    bron: str = _of("source")
    gecontroleerd: Gecontroleerd = _of("checked")


class Dwangsom(_Out):
    """Wat een ingebrekestelling doet."""

    is_geldig: bool = _of("is_valid", "Of de brief na de beslistermijn kwam.")
    twijfel: str = _of("doubt", "Leeg als er geen is.")
    vroegste_beroepsdag: date | None = _of("earliest_appeal")
    eerste_dag: date | None = _of("first_penalty", "De eerste dag met dwangsom.")
    laatste_dag: date | None = _of("last_penalty", "Als er geen besluit komt.")
    peildatum: date | None = _asked("Tot en met welke dag is geteld.", None)
    schuld: Schuld | None = _asked("null als er geen dwangsom is.", None)
    geen_dwangsom: str = _asked("Waarom er geen is; leeg als er een is.", "")
    is_bekend: bool = _of("is_known", "false als wij niet weten of er een is.")


class VrijeDag(_Out):
    """Een dag waarop geen termijn eindigt."""

    datum: date
    naam: str


class Dagen(_Out):
    """De feestdagen van een jaar. In een weekend eindigt ook geen termijn."""

    jaar: int
    dagen: list[VrijeDag]
    is_besluit_bekend: bool = _asked("false als er nog dagen bij kunnen komen.")


class Fout(_Out):
    """Een veld dat niet klopt."""

    detail: str
    pointer: str


class Probleem(_Out):
    """Waarom er geen antwoord is (RFC 9457)."""

    status: int
    title: str
    detail: str
    errors: list[Fout] = _asked("Welke velden niet kloppen.", [])
