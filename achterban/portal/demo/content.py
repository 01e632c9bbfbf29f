"""What the example tells: invented stories of people who do not exist."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Story:
    """One invented report with its course.

    Attributes:
        text: the telling.
        days_ago: when it came.
        course: (who, kind, words): who is a role, or ``reporter``.
        by_phone: whether a volunteer wrote it down.
        facts: answers to the optional questions, fields of ``Telling``.
    """

    text: str
    days_ago: int
    course: list[tuple[str, str, str]] = field(default_factory=list)
    by_phone: bool = False
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ToldBack:
    """One invented update.

    Attributes:
        kind: as in ``UpdateKind``.
        lead: its first sentence.
        rest: the rest.
        stories: for which stories, by their place.
        is_sent: whether it was sent, or is still being written.
    """

    kind: str
    lead: str
    rest: str
    stories: tuple[int, ...]
    is_sent: bool


ORGANISATIONS = {
    "stille-kracht": {
        "name": "Vereniging Stille Kracht",
        "mail_name": "Team Luisteren",
        "controller": "Vereniging Stille Kracht, Amersfoort",
        "email": "hallo@stille-kracht.example",
        "phone": "085 000 00 00",
        "phone_hours": "woensdag van 10 tot 12 uur",
        "address": "Postbus 0, 3800 AA Amersfoort",
        "readers": "Vier vrijwilligers die zelf ziek zijn",
        "readers_en": "Four volunteers who are ill themselves",
        "colour": "#24566b",
    },
    "spierkring": {
        "name": "Stichting Spierkring",
        "mail_name": "Team Kring",
        "controller": "Stichting Spierkring, Zutphen",
        "email": "post@spierkring.example",
        "phone": "085 000 00 01",
        "phone_hours": "maandagochtend",
        "address": "Postbus 0, 7200 AA Zutphen",
        "readers": "Twee vrijwilligers van de kring",
        "readers_en": "Two volunteers of Spierkring",
        "colour": "#5b3f8c",
        "welcome": "Spieren die niet meewerken, kosten de hele dag kracht. Vertel hoe "
        "het gaat. Half af is ook goed.",
        "welcome_en": "Muscles that give up cost strength all day. Tell us how it "
        "goes. Half a story is fine.",
        "thanks": "Dank u wel. Doe nu rustig aan, wij lezen het deze week.",
        "thanks_en": "Thank you. Take it easy now; we read it this week.",
    },
    "stille-ziekten": {
        "name": "Koepel Stille Ziekten",
        "mail_name": "Team Koepel",
        "controller": "Koepel Stille Ziekten, Utrecht",
        "email": "bureau@stille-ziekten.example",
        "phone": "085 000 00 02",
        "phone_hours": "op werkdagen",
        "address": "Postbus 0, 3500 AA Utrecht",
        "readers": "Twee medewerkers van de koepel",
        "colour": "#7a2e52",
    },
}

LOGOS = {"spierkring": "spierkring.png"}  # in data/
CIRCLE_OF = "stille-kracht"  # who has parties and contacts
UMBRELLA, MEMBERS = "stille-ziekten", ("stille-kracht", "spierkring")
JOINED_DAYS_AGO = 130
MONTHS = {"stille-kracht": (31, 24, 47), "spierkring": (8, 12, 9)}  # reports in each
BRANCHES = {
    "stille-kracht": {
        "Utrecht en Gooi": ["GM0307", "GM0344", "GM0402"],
        "Drenthe": ["GM0106", "GM0114"],
    }
}
BEATS = {"stille-kracht": ["GM0307", "GM0344"]}  # of the advocate
SUMMARY_DAYS_AGO = 40
SUMMARIES = {
    "stille-kracht": (
        "De huisarts is alleen ’s ochtends vroeg te bellen, als ik nog niet kan.",
        "Tussen acht en negen. Wie dan slaapt of ligt, komt er niet door.",
    )
}
OWN_QUESTIONS = {
    "spierkring": [
        {
            "title": "Welk hulpmiddel speelt mee?",
            "kind": "several",
            "choices": ["Rolstoel", "Beademing", "Vervoer", "Iets anders"],
            "title_en": "Which aid plays a part?",
            "choices_en": ["Wheelchair", "Ventilation", "Transport", "Something else"],
        }
    ]
}

STORIES = {
    "stille-kracht": [
        Story(
            "De gemeente wil een keukentafelgesprek van twee uur. Ik kan twintig "
            "minuten rechtop zitten. Toen ik vroeg of het in stukjes kon, zeiden ze "
            "dat het systeem maar één afspraak kent.",
            days_ago=9,
            facts={
                "municipality": "GM0307",
                "parties": ["municipality"],
                "since": "years",
                "effects": ["fatigue", "self_reliance"],
                "role": "self",
                "yes": ["quote"],
            },
            course=[
                ("volunteer", "question", "Wat naar. Heeft u die weigering op papier?"),
                ("reporter", "reply", "Ja, in een mail. Ik moet hem nog opzoeken."),
                (
                    "volunteer",
                    "answer",
                    "Dank u. U bent de zesde met dit verhaal. We vragen de gemeente "
                    "om gesprekken in delen. Zodra er nieuws is, leest u het hier.",
                ),
            ],
        ),
        Story(
            "Parkeerkaart afgewezen omdat ik op de dag van de keuring honderd meter "
            "kon lopen. De drie dagen erna lag ik plat, maar dat telt niet mee.",
            days_ago=6,
            facts={
                "parties": ["municipality"],
                "effects": ["mobility"],
                "yes": ["quote"],
            },
            course=[
                (
                    "coordinator",
                    "question",
                    "Mogen we vragen in welke gemeente dit was?",
                )
            ],
        ),
        Story(
            "Mijn dochter van 14 mag van school alleen thuis leren als ze eerst zes "
            "weken naar school komt. Dat is nu juist wat ze niet kan.",
            days_ago=4,
        ),
        Story(
            "Bellen met de huisarts kan alleen tussen acht en negen. Dan slaap ik "
            "eindelijk.",
            days_ago=3,
        ),
        Story(
            "Mijn man is mantelzorger én kostwinner. Respijtzorg is er wel, maar de "
            "wachttijd is elf maanden. Hij houdt het geen elf maanden vol.",
            days_ago=2,
            by_phone=True,
        ),
        Story(
            "De verzekeringsarts schreef op dat ik ‘verzorgd oogde’. Daar had ik een "
            "week voor gespaard.",
            days_ago=1,
        ),
        Story("Ik wil alleen zeggen: dank dat iemand dit bijhoudt.", days_ago=0),
    ],
    "spierkring": [
        Story(
            "De nieuwe rolstoel staat al vier maanden bij de leverancier. Er mist een "
            "handtekening en niemand weet van wie.",
            days_ago=5,
        ),
        Story(
            "Regiotaxi kwam twee uur te laat, in de regen, bij het ziekenhuis.",
            days_ago=1,
        ),
    ],
    "stille-ziekten": [
        Story(
            "Mijn vereniging is zo klein dat niemand ons belt. Fijn dat u meeleest.",
            days_ago=3,
        ),
    ],
}

UPDATES = {
    "stille-kracht": [
        ToldBack(
            "step",
            "De huisartsen in de regio praten met ons over de telefoon.",
            "Wij vroegen om een tweede uur, in de middag. Op 11 december zitten we aan "
            "tafel. Daarna leest u hier hoe het ging.",
            stories=(3, 4),
            is_sent=True,
        ),
        ToldBack(
            "not_achieved",
            "De keuring telt de dagen erna nog steeds niet mee.",
            "Het ministerie zegt dat de regels geen ruimte geven. Wij geven niet op: "
            "in het voorjaar leggen we het aan de Kamer voor.",
            stories=(1, 5),
            is_sent=False,
        ),
    ],
}
