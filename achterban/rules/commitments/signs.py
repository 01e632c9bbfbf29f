"""What a passage of a Dutch text shows that speaks for a promise, or against one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise

from achterban.rules.readability import ends
from achterban.rules.recurrence import Doubt, Precision, Term, read_term


@dataclass(frozen=True)
class Passage:
    """A sentence, or what stands behind its colon.

    Attributes:
        start: code point where it begins.
        end: code point behind it.
        line: on which line of the text, from 0.
        term: what it says of when, None where it says nothing that lies ahead.
        when: the words for that, empty where there are none.
        signs: names of what it shows: of ``SIGNS`` and of what is worked out below.
    """

    start: int
    end: int
    line: int
    term: Term | None
    when: str
    signs: frozenset[str]


def _words(words: str) -> str:
    return "|".join(words.split())


# First person, of what one does: present tense, as it is said when something is going
# to be done. What one thinks, hopes or knows binds to nothing and is not here.
_ACTS = _words(
    """
    stuur sturen mail mailen bel bellen kom komen regel regelen zorg zorgen maak
    maken schrijf schrijven start starten begin beginnen evalueer evalueren
    organiseer organiseren betaal betalen vergoed vergoeden herstel herstellen
    vervang vervangen pas passen voer voeren werk werken leg leggen breng brengen
    lever leveren plaats plaatsen nodig uitnodigen schrap schrappen stop stoppen
    verleng verlengen verhoog verhogen verlaag verlagen wijs wijzen laat laten geef
    geven zet zetten stel stellen haal halen koop kopen bouw bouwen huur huren richt
    richten open openen sluit sluiten publiceer publiceren zoek zoeken vraag vragen
    plan plannen prik prikken draai draaien trek trekken teken tekenen lees lezen
    corrigeer corrigeren behandel behandelen beslis beslissen besluit besluiten
    informeer informeren meld melden deel delen bied bieden reserveer reserveren
    schort schorten hang hangen verspreid verspreiden annuleer annuleren wijzig
    wijzigen verbeter verbeteren doe doen hef heffen houd houden neem nemen ga gaan
    ontvang ontvangen spreek spreken overleg overleggen bespreek bespreken kaart
    kaarten dring dringen rapporteer rapporteren beoordeel beoordelen koppel
    koppelen reageer reageren loop lopen bevestig bevestigen controleer controleren
    app appen schuif schuiven keer keren voldoe voldoen kijk zit zitten
    """
)
_DOES = _words(
    """
    stuurt mailt belt komt regelt zorgt maakt schrijft start begint evalueert
    organiseert betaalt vergoedt herstelt vervangt past voert werkt legt brengt
    levert plaatst nodigt schrapt stopt verlengt verhoogt verlaagt wijst laat geeft
    zet stelt haalt koopt bouwt huurt richt opent sluit publiceert zoekt vraagt
    plant draait trekt tekent leest corrigeert behandelt beslist besluit informeert
    meldt deelt biedt reserveert schort hangt verspreidt annuleert wijzigt verbetert
    doet heft houdt neemt gaat spreekt overlegt bespreekt keert rapporteert
    rapporteren beoordeelt koppelt reageert loopt bevestigt controleert appt schuift
    aanschuift bijwoont aanlevert levert
    """
)
_WE = r"(?:ik|wij|we)"
_THEY = r"(?:hij|zij|ze|men|het\s+college|de\s+\w+)"
_MANNER = (
    r"(?:\s+(?:er|het|hem|haar|ze|die|dat|dit|u|je|jullie|hen|nu|dan|ook|toch|zelf|wel"
    r"|daar|daarom|weer)){0,3}"
)

# What a passage shows, each once.
SIGNS: dict[str, str] = {
    "promises": r"\b(?:beloof(?:t|de|d)?|beloven|zeg(?:t|gen)?\b[^.]{0,40}\btoe\b"
    r"|zegden?\b[^.]{0,40}\btoe\b|toegezegd|toe\s+te\s+zeggen|toezegging|zweert"
    r"|garandee?r\w*|gegarandeerd|er\s+de\s+hand\s+op)\b",
    "agreed": r"\b(?:afgesproken|besloten|spreken?\b[^.]{0,40}\baf|staat\s+vast)\b",
    "from_now": r"\b(?:voortaan|vanaf\s+nu|met\s+ingang\s+van|vanaf|per\s+\d)\b",
    "at_last": r"\b(?:uiterlijk|binnen|v[óo]{1,2}r\s+\d|nog)\b",
    "i_do": rf"\b(?:{_ACTS}){_MANNER}\s+{_WE}\b|\b{_WE}{_MANNER}\s+(?:{_ACTS})\b",
    "we": rf"\b{_WE}\b",
    "they_do": rf"\b(?:{_DOES}){_MANNER}\s+{_THEY}\b"
    rf"|\b{_THEY}{_MANNER}\s+(?:{_DOES})\b",
    "does": rf"\b(?:{_DOES})\b",
    "you_get": r"\b(?:u|je|jullie)\s+(?:zelf\s+)?(?:krijgt?|krijgen|ontvangt?"
    r"|ontvangen|hoort?|horen)\b|\b(?:krijgt?|krijgen|ontvangt?|ontvangen|hoort?"
    r"|horen)\s+(?:u|je|jullie)\b",
    "will": r"\b(?:zal|zullen)\b",
    "goes": r"\b(?:ga|gaan|gaat)\b",
    "becomes": r"\b(?:wordt|worden)\b",
    "comes": r"\b(?:komt|komen|krijgt|krijgen|geldt|gelden|start|starten|begint|gaat"
    r"|ligt|er\s+is|is\s+er)\b",
    "stays": r"\b(?:blijft|blijven|niet\s+meer|niet\s+langer|geen\b[^.]{0,20}\bmeer"
    r"|ongedaan|opnieuw|alsnog|van\s+de\s+baan)\b",
    "each": r"\b(?:alle|ieder(?:een)?|elke?|wie)\b",
    "aims": r"\b(?:streven|streeft|mikken|gemikt|hopen?|hoopt|hoop|zou(?:den)?"
    r"|inzet\s+is|ambitie|voornemen|voorstander)\b",
    "takes_along": r"\b(?:mee\s?(?:te\s+)?(?:nemen|genomen)|(?:neem|nemen|neemt)\b"
    r"[^.]{0,60}\bmee|onder\s+de\s+aandacht|aandacht|bezien|bekijken|bekeken|bekijk"
    r"|overwegen|overweegt|overweeg|betrokken|betrekken|gewogen|in\s+de\s+gaten"
    r"|denkt?\s+(?:graag\s+)?mee|denken\s+(?:graag\s+)?mee|waar\s+mogelijk"
    r"|(?:ons|haar|zijn|mijn|hun)\s+best|gevolgd|in\s+gesprek|nagaan"
    r"|gaat?\b[^.]{0,30}\bna\b|inventariser\w+|geopperd|oog\s+voor|intern\s+bespreken"
    r"|kijk(?:en|t)?\s+(?:of|wat|hoe|naar)|onderzoek\w*\s+(?:of|welke|hoe|wat))\b",
    "hedges": r"\b(?:zo\s+(?:spoedig|snel|goed)\s+mogelijk|op\s+(?:korte|afzienbare"
    r"|middellange)\s+termijn|te\s+zijner\s+tijd|op\s+een\s+passend\s+moment|in"
    r"\s+principe|wellicht|misschien|mogelijk(?:erwijs)?|hopelijk|vermoedelijk|naar"
    r"\s+verwachting|denken?\s+erover|onder\s+voorbehoud|eventueel|gepland"
    r"|voorzien|nog\s+de\s+vraag)\b",
    "cannot": r"\b(?:helaas|vervalt|(?:kan|kunnen|mag|mogen)(?:\s+\w+){0,6}\s+(?:niet"
    r"|niks|niets|geen)|niet\s+(?:\w+\s+){0,3}(?:kunnen|kan|mogelijk|lukken|toegezegd"
    r"|beloofd|beloven)|beloof\b[^.]{0,20}\b(?:niks|niets|niet|geen)|gaat\s+"
    r"(?:\w+\s+){0,3}niet\s+lukken|geen\s+(?:\w+\s+)?(?:toezegging|belofte|garantie)"
    r"\w*|over\s+ga\s+(?:ik|wij)\s+niet|ga\s+(?:ik|wij|we)\s+niet\s+over"
    r"|nooit\s+(?:gezegd|beloofd|toegezegd|zo\s+bedoeld))\b",
    "not": r"\b(?:niet|geen|niks|niets|nooit)\b",
    "empty": r"\b(?:werk(?:en|t)?\s+(?:hard\s+)?aan|investe\w+|inzetten|zetten\s+in"
    r"|spannen?\s+(?:zich|ons)\s+in|luisteren|in\s+beeld|herijk\w+|verkenn\w+"
    r"|haken\s+en\s+ogen|denkbaar|route|bereid|begrip|nadenken|vervolg\w*|constructief"
    r"|graag|ligt\s+het\s+in\s+de\s+rede|belangrijk|hecht\w*|serieus|zo\s+nodig"
    r"|zo\s+mogelijk|waar\s+nodig|altijd\s+mogelijk|uitspraken|op\s+de\s+hoogte"
    r"|scherp\s+houden|benadruk\w+|urgentie|uiteraard|natuurlijk|waarschijnlijk)\b",
    "changed": r"\b(?:vervangen|ingetrokken|beoordeeld|aangepast|gerealiseerd"
    r"|uitgezonderd|aangelegd|geschrapt|hersteld|terug(?:betaald|gestort)|uitbetaald"
    r"|geëvalueerd|vervoerd|verlaagd|verhoogd|gekort|gevraagd|getrokken|afgeschaft"
    r"|ingevoerd|gemaakt|gedeeld|vergoed|gestopt|geplaatst|uitgebreid|opgeknapt"
    r"|vastgesteld|aangewezen|opgenomen|vervallen|verlengd|verstuurd|gestuurd)\b",
    "ready": r"\b(?:gereed|klaar|live|in\s+huis|geregeld|rond|in\s+orde|aanwezig)\b",
    "task": r"\b(?:actie|afspraak|toezegging)\b",
    "begins": rf"^\W*(?:{_DOES})\b",
    "named": rf"\b[A-Z][\w-]+\s+(?:{_DOES})\b",
    "ours": r"^\W*(?:\w+\s+){0,2}(?:organisaties?|koepels?|vereniging(?:en)?"
    r"|patiënten\w*|achterban|ouderorganisatie|cliëntenraad|werkgroep)\s+(?:\w+en|\w+t)\b",
    "thinks": r"\b(?:wil|willen|wilt|denk|denken|denkt|vind|vinden|vindt|begrijp"
    r"|begrijpen|waardeer|waarderen|realiseer|realiseren|erken|erkennen|betreur"
    r"|betreuren|vertrouw|vertrouwen|herken|herkennen|herkent|dank|bedankt|wens|wensen"
    r"|spijt|weet|vraagt|geeft\s+aan|merkt\s+op|zegt|schetst|gaan\s+er\s?van\s?uit"
    r"|gaan\s+er\s+vanuit)\b",
    "you_may": r"\b(?:kunt|mocht|neem\s+(?:dan\s+)?contact|bel\s+dan|wilt\s+(?:u|je)"
    r"|kan\s+(?:u|je)|kunnen)\b",
    "done": r"\b(?:heb|hebben|heeft|had|hadden|is|zijn|was|waren)\b(?:\s+[\w-]+){0,8}?"
    r"\s+(?:\w{0,5}ge\w+(?:d|t|en)|ontvangen|besproken|vertrokken|onderzocht)\b",
    "was": r"\b(?:vroeg(?:en)?|was|waren|kwam(?:en)?|schree?f|schreven|stuurden?"
    r"|ging(?:en)?|had(?:den)?|werd(?:en)?|vond(?:en)?|vertelden?|stond(?:en)?|kreeg"
    r"|kregen|wilden?|kon(?:den)?|moest(?:en)?|dacht(?:en)?|noemde|bracht|merkte"
    r"|sprak(?:en)?|zag(?:en)?|gister(?:en)?|vorige?|sinds|destijds|jl)\b",
    "if": r"\b(?:als(?!\s+(?:eerste|vaste?|een|apart|enige|ook|voorheen))|indien|mits"
    r"|tenzij)\b",
    "must": r"\b(?:moet|moeten|hangt\s+(?:af|van)|afhankelijk|zodra)\b",
    "intends": r"\b(?:verwacht|verwachten|voorlegg\w+|leg(?:gen|t)?\b[^.]{0,60}\bvoor"
    r"|inbreng\w*|breng(?:en|t)?\b[^.]{0,60}\bin|aankaart\w*|kaart(?:en)?\b"
    r"[^.]{0,40}\baan|aandring\w*|dring\w*\b[^.]{0,40}\baan|bepleit\w*|pleiten"
    r"|aan\s+te\s+(?:kaarten|dringen)|in\s+te\s+brengen)\b",
    "question": r"\?\W*$",
    "quote": r"[\"“”]",
}
_FROM_US = re.compile(
    r"\b(?:(?:ik|wij)\s+verzoek(?:en)?\s+u|(?:jij|u)\s+zei|heeft\s+u\b[^.]{0,120}\bgezegd"
    r"|hebt\s+u\b[^.]{0,120}\b(?:gezegd|toegezegd|beloofd))\b",
    re.I,
)
_GREETING = re.compile(
    r"^\W*(?:geachte?|beste|leave|hallo|hoi|moi|dag|lieve|ha|goede(?:morgen|middag|navond))\b"
    r"[^.]{0,80}$",
    re.I | re.M,
)
_HEAD = 400  # code points in which a letter greets
_QUOTED = re.compile(r"^\s*>")
_NUMBER = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+")
_PART = re.compile(r":\s+(?=\S)|;\s+|\s+\|\s+")
_SHORT = 6  # words; fewer say little
_LEAST = 8  # code points

SOFT = frozenset(
    {"cannot", "aims", "takes_along", "hedges", "thinks", "question", "empty", "must"}
)
OVER = frozenset({"was", "done"})
_ACTING = frozenset(
    {"i_do", "they_do", "does", "you_get", "becomes", "comes", "named", "begins"}
)
_TIMED = frozenset({"day", "rough", "rhythm", "holiday"})


@cache  # each start of the program would wait for it
def _seen() -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(rule, 0 if name == "named" else re.I)
        for name, rule in SIGNS.items()
    }


def passages(text: str, on: date) -> list[Passage]:
    """Return the passages of a text with what each shows, in order.

    What an earlier mail said (lines that begin with ``>``) is left out.

    Args:
        text: a letter, mail, minutes or note.
        on: its date, with which terms are read.
    """
    place = {"letter"} if _GREETING.search(text[:_HEAD]) else set()
    if _FROM_US.search(text):
        place.add("from_us")
    found = []
    for line, start, end in _spans(text):
        words = text[start:end]
        said = words if read_term(words, on) else _row_of(text, start)
        term = _ahead(read_term(said, on), on)
        when = said[term.start : term.end] if term else ""
        signs = {name for name, rule in _seen().items() if rule.search(words)} | place
        signs |= _of_term(term) | _of_place(text, start, end)
        signs |= _together(signs)
        found.append(Passage(start, end, line, term, when, frozenset(signs)))
    return found


def _spans(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield the line of each passage, and where it begins and ends."""
    at = 0
    for n, line in enumerate(text.splitlines(keepends=True)):
        begin, at, last = at, at + len(line), 0
        if _QUOTED.match(line) or not line.strip():
            continue
        for place in [*ends(line), len(line)]:
            for start, end in _parts(text, begin + last, begin + place):
                yield n, start, end
            last = place


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    cuts = [start, *(m.end() for m in _PART.finditer(text, start, end)), end]
    for first, last in pairwise(cuts):
        words = text[first:last]
        lead = _NUMBER.match(words)
        begin = first + (lead.end() if lead else len(words) - len(words.lstrip()))
        finish = first + len(words.rstrip(" \n\r\t|;:"))
        if finish - begin > _LEAST:
            yield begin, finish


def _ahead(term: Term | None, on: date) -> Term | None:
    is_past = term is not None and term.due is not None and term.due < on
    return None if is_past else term


def _row_of(text: str, start: int) -> str:
    """Return the row of a table around a place, where another cell may say when."""
    first = text.rfind("\n", 0, start) + 1
    row = text[first:].partition("\n")[0]
    return row if row.count("|") > 1 else ""


def _of_term(term: Term | None) -> set[str]:
    if term is None:
        return set()
    if term.rhythm:
        return {"rhythm"}
    if term.due:
        is_sharp = term.precision in {Precision.DAY, Precision.WEEK}
        return {"day" if is_sharp else "rough"}
    is_holiday = term.doubt in {Doubt.HOLIDAY, Doubt.RECESS}
    return {"holiday" if is_holiday else str(term.doubt)}


def _of_place(text: str, start: int, end: int) -> set[str]:
    before = text[text.rfind("\n", 0, start) + 1 : start]
    found = {"listed"} if _NUMBER.match(before + " ") or "|" in before else set()
    if before.rstrip().endswith(":"):
        found.add("opened")
    if len(text[start:end].split()) < _SHORT:
        found.add("short")
    return found


def _together(signs: set[str]) -> set[str]:
    """Return what signs say together that none says alone."""
    is_letter, timed = "letter" in signs, bool(signs & _TIMED)
    plain = not signs & (SOFT | OVER)
    acts = bool(signs & _ACTING)
    said = {
        "we_letter": "we" in signs and is_letter and "from_us" not in signs,
        "we_note": "we" in signs and not is_letter and "quote" not in signs,
        "we_quoted": "we" in signs and not is_letter and "quote" in signs,
        "we_acts_own": {"i_do", "we"} <= signs
        and ("from_us" in signs or not (is_letter or "quote" in signs)),
        "they_note": "they_do" in signs and not is_letter,
        "term_past": timed and bool(signs & OVER),
        "plain": timed and plain and not acts,
        "does_timed": timed and plain and acts,
        "becomes_changed": {"becomes", "changed"} <= signs and plain,
        "firm": acts
        and plain
        and is_letter
        and not signs & {"if", "you_may", "from_us"},
        "promises_plain": "promises" in signs
        and not signs & {"cannot", "not", "aims", "question", "done", "task"},
        "from_now_plain": "from_now" in signs and plain,
    }
    return {name for name, is_so in said.items() if is_so}
