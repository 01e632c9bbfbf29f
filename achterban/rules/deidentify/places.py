"""Find addresses, and tell where somebody lives from the municipality that decides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from achterban.rules.deidentify.spans import Kind, Span
from achterban.rules.deidentify.words import PARTICLES, UPPER, endings, word_set

# By these ends a word is a street; the shorter ones only in a longer word or a capital.
_STREETS = endings("""
    straat straatje str str. laan laantje weg wegje plein pleintje kade gracht
    singel dijk dijkje dreef hof hofje pad steeg markt plantsoen park ring baan
    haven wal brink poort erf akker meent hoeve weide oever zijde heuvel veld zoom
    horst donk kamp burg warande boulevard allee passage vaart sluis kwartier wei
    esch
    """)
# 12, 12a, 12 bis, 17 zw, 12-14, 344 II, 99b, 1107 A
HOUSE = (
    r"\d{1,5}(?:[a-zA-Z]{1,2}\b|\s?[-/]\s?(?:\d{1,4}|[a-zA-Z]{1,3}|[IVX]+)\b"
    r"|\s(?:bis|hs|zw|rd|rood|zwart|huis|boven|beneden|I{1,3}|IV|[A-Z]|[a-h](?=[,.\n]|$))"
    r"(?!\w))?(?![\w.]?\d)"
)
_COUNTED = (
    r"(?! ?(?:uur|uren|keer|weken|week|maand|jaar|dag|min|km|kilo|meter|procent|%|euro|"
    r"mensen|kinderen))"
)
_ADDRESS = re.compile(rf"([^\W\d][\w.'’-]*),? (?:[Nn]r\.? |nummer )?{HOUSE}{_COUNTED}")
_QUARTER_OF_WIND = re.compile(r"-(?:oost|west|noord|zuid)$")
_NO_STREET = word_set("""
    weg onderweg snelweg spoorweg halverweg vliegveld onderzijde voorzijde
    achterzijde zijde bijbaan baan startbaan park erf kamp ring haven markt
    supermarkt arbeidsmarkt poort wal wei hof pad plein straat laan dijk gracht veld
    heuvel sluis oever akker passage loopbaan rijbaan ziekenhuishof bladzijde
    """)
_BEFORE_STREET = re.compile(
    rf"(?:(?:{UPPER}[\w.'’-]*|{PARTICLES}|\d+e) )+$",
)
_NO_PART = re.compile(
    r"(?:Adres|Woont|Mijn|Op|In|Aan|De|Het|Ik|Wij|Nu|Straat|Bezorgadres|Postadres|Huis"
    rf"|{PARTICLES}) "
)
_POSTBOX = re.compile(r"\b(?:[Pp]ostbus|[Aa]ntwoordnummer) \d{1,6}\b")
HOUSE_AFTER = re.compile(rf",? {HOUSE}")
_REACH = 45  # characters: the longest street names have about forty


def addresses(text: str) -> Iterator[Span]:
    """Yield a street with its house number, by the end of the street's name.

    Not covered: streets that end otherwise (``Finder`` has a list of all), and a street
    without a number.
    """
    for match in _ADDRESS.finditer(text):
        name = match[1]
        small = _QUARTER_OF_WIND.sub("", name.lower())
        if not small.endswith(_STREETS) or (name.islower() and small in _NO_STREET):
            continue
        start = match.start()
        if name[0].isupper():
            start = _start_of_street(text, start)
        yield Span(start, match.end(), Kind.ADDRESS)
    for match in _POSTBOX.finditer(text):
        yield Span(match.start(), match.end(), Kind.ADDRESS)


def _start_of_street(text: str, start: int) -> int:
    before = text[max(0, start - _REACH) : start]
    match = _BEFORE_STREET.search(before)
    if not match:
        return start
    words = match.group()
    while strange := _NO_PART.match(words):
        words = words[strange.end() :]
    return start - len(words)


# What makes of a municipality the place where somebody is.
_LIVES = re.compile(
    r"(?:\b[1-9]\d{3} ?[A-Z]{2},? {1,2}"
    r"|\b(?:woon|woont|woonde|woonachtig|wonend|geboren|getogen|opgegroeid|verblijft|"
    r"verbleef|thuis|w(?:ij|e) wonen|wonen w(?:ij|e)|gewoond)(?: \w+){0,3}"
    r" (?:in|te|op|bij|buiten) "
    r"|\b(?:woonplaats|woont|plaats|te|buiten|via|omgeving|rondom):? "
    r"|\b(?:UWV|team|kantoor|vestiging|filiaal|locatie|station|ziekenhuis|GGD|"
    r"rechtbank|wijk|dorp)(?: in| te)? "
    r"|\b(?!stadhuis|gemeentehuis|raadhuis)\w*(?:arts|artsen|praktijk|apotheek|kliniek|"
    r"poli|hulp|therapeut|school|college|huis|centrum|winkel|café|salon|tafel|"
    r"bijeenkomst|baan|flat|appartement|woning|specialist|loog|psychiater|kerk|markt|"
    r"kamer|moeder|vader|zus|broer|zoon|dochter|oma|opa|tante|oom|vriendin|vriend)"
    r" (?:in|te|uit) "
    r"|\b(?:ik|hij|zij|ze|wij|we|mevrouw|meneer|mw\.?|dhr\.?)"
    r" (?:kom(?:t|en)? |zit |lig |ligt )?(?:hier )?(?:uit|in) "
    r"|(?<!\bdoor )\bnaar |\bgroet(?:en|jes)? uit |\bop )$",
    re.IGNORECASE,
)
_OR_ANOTHER = re.compile(rf"\bnaar {UPPER}[\w-]+(?:,| of| en) $")
_LINK = re.compile(r",? (?:uit|in|te) $|[ ,(]+$")
_AUTHORITY = re.compile(
    r"\b(?:gemeente|stad|college(?: van)?|raad van|gem\.) $", re.IGNORECASE
)
_ALONE_AFTER = re.compile(r"\s*(?:$|[.,;)\n!?]|\()")
_ALONE_BEFORE = re.compile(r"(?:^|[\n(])\s*$")


def is_home(text: str, start: int, end: int, ends: set[int]) -> bool:
    """Return whether the name of a municipality here says where somebody lives or goes.

    Otherwise it is the authority, about which reports are, and stays.

    Args:
        text: the whole text.
        start: first code point of the name.
        end: the one after its last.
        ends: where names, ages, dates, addresses and the like end, so that
            "Jan Jansen, 69, Schiedam." reads as one enumeration.
    """
    before = text[max(0, start - 48) : start]
    if _AUTHORITY.search(before):
        return False
    if _LIVES.search(before) or _OR_ANOTHER.search(before):
        return True
    link = _LINK.search(before)
    follows = link is not None and start - len(link.group()) in ends
    if follows and link and link.group().strip(" ,("):
        return True  # "Jan Jansen uit Schiedam"
    alone = bool(_ALONE_AFTER.match(text, end))
    return alone and (follows or bool(_ALONE_BEFORE.search(before)))


def named_as_authority(text: str, start: int) -> bool:
    """Return whether "gemeente" stands right before a name."""
    return bool(_AUTHORITY.search(text[max(0, start - 16) : start]))
