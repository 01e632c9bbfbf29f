"""Find addresses, and tell where somebody lives from the municipality that decides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from achterban.rules.deidentify.dates import IN_WORDS, ONES
from achterban.rules.deidentify.spans import Kind, Span, at_numbers
from achterban.rules.deidentify.words import PARTICLES, UPPER, endings, word_set

# By these ends a word is a street, also in Frisian.
_STREETS = endings("""
    straat straatje str str. strjitte laan laantje ln leane weg wegje wei dyk plein
    pleintje pln kade gracht singel dijk dijkje dreef hof hofje pad steeg steech markt
    plantsoen park ring baan haven wal brink poort erf akker meent hoeve weide oever
    zijde heuvel veld zoom horst donk kamp burg warande boulevard allee passage vaart
    sluis kwartier esch daal bos dal buorren
    """)
_NO_STREET = word_set("""
    weg onderweg snelweg spoorweg halverweg vliegveld onderzijde voorzijde achterzijde
    zijde bijbaan baan startbaan park erf kamp ring haven markt supermarkt arbeidsmarkt
    poort wal wei hof pad plein straat laan dijk gracht veld heuvel sluis oever akker
    passage loopbaan rijbaan bladzijde bos dal
    """)
# 12, 12a, 12 bis, 4 zw, 12-14, 21 II, 8b, 310 A
HOUSE = (
    r"\d{1,5}(?:[a-zA-Z]{1,2}\b|\s?[-/]\s?(?:\d{1,4}|[a-zA-Z]{1,3}|[IVX]+)\b"
    r"|\st/m\s\d{1,4}|\s(?:bis|hs|zw|rd|rood|zwart|huis|boven|beneden|I{1,3}|IV|[A-Z]|[a-h](?=[,.\n]|$))"
    r"(?!\w))?(?![\w.]?\d)"
)
HOUSE_AFTER = re.compile(rf",? {HOUSE}")
_NUMBER = re.compile(
    rf"(?<=[\w.,] ){HOUSE}(?! ?(?:uur|uren|keer|weken|week|maand|jaar|dag|min|km|kilo|"
    r"meter|procent|%|euro|mensen|kinderen))"
)
_STREET_BEFORE = re.compile(r"([^\W\d][\w.'’-]*),? (?:nr\.? |nummer )?$", re.IGNORECASE)
_QUARTER_OF_WIND = re.compile(r"-(?:oost|west|noord|zuid)$")
_WORDS_BEFORE = re.compile(rf"(?:(?:{UPPER}[\w.'’-]*|{PARTICLES}|\d+e) )+$")
_NO_PART = re.compile(
    r"(?:Adres|Woont|Mijn|Op|In|Aan|De|Het|Ik|Wij|Nu|Straat|Bezorgadres|Postadres|Huis"
    rf"|{PARTICLES}) "
)
_POSTCODE_AFTER = re.compile(r",? ?\n?[1-9]\d{3} ?[A-Z]{2}\b")
_ADDRESS_BEFORE = re.compile(
    r"\b(?:adres|won(?:end|en)|woont?|woon ik)(?: is|:| op| aan| in)* "
    r"(?:de |het )?$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(?:de|het) $")
# Told to a telephone that writes: "dorpsstraat honderd twaalf".
_STREETS_TOLD = ("straat ", "laan ", "weg ", "plein ", "dijk ", "kade ", "gracht ")
_IN_WORDS = re.compile(
    rf"(?<=\w)(?:{'|'.join(_STREETS_TOLD)})"
    rf"(?:nummer )?(?:honderd ?)?(?!een\b)(?:{IN_WORDS}|{ONES})\b",
    re.IGNORECASE,
)
_POSTBOX = re.compile(r"\b(?:[Pp]ostbus|[Aa]ntwoordnummer) \d{1,6}\b")
_LIVES_ON = re.compile(
    rf"\b[Ww](?:oon|onen)\w*(?: \w+){{0,2}} (?:aan|op|in) (?:de |het )?({UPPER}[\w-]+)"
)
_LONGEST_WORD = 32  # of the name of a street
_REACH = 45  # characters: the longest street names have about forty
_AFTER_POSTCODE = re.compile(
    rf"\b[1-9]\d{{3}} ?[A-Z]{{2}},? {{1,2}}((?:['’][st]-)?{UPPER}[\w'’-]*\w"
    rf"(?: (?:(?:{PARTICLES}|en|aan) ){{0,2}}{UPPER}[\w'’-]*\w){{0,3}})"
)


def addresses(text: str) -> Iterator[Span]:
    """Yield a street with its house number, and a town after a postcode.

    A street is known by its end, by a postcode after its number, or by "adres:" and the
    like before it.

    Not covered: streets that end otherwise (``Finder`` has a list of all), and a street
    without a number where nobody says to live.
    """
    for number in at_numbers(_NUMBER, text):
        before = max(0, number.start() - _LONGEST_WORD)
        street = _STREET_BEFORE.search(text, before, number.start())
        if street and (start := _street(text, street, number.end())) is not None:
            yield Span(start, number.end(), Kind.ADDRESS)
    for match in _LIVES_ON.finditer(text):
        if _is_street(match[1]) or match[1].endswith("buurt"):
            yield Span(match.start(1), match.end(1), Kind.ADDRESS)
    is_told = any(street in text for street in _STREETS_TOLD)
    for match in _IN_WORDS.finditer(text) if is_told else ():
        start = max(text.rfind(sign, 0, match.start()) for sign in " \n") + 1
        yield Span(start, match.end(), Kind.ADDRESS)
    for match in _POSTBOX.finditer(text):
        yield Span(match.start(), match.end(), Kind.ADDRESS)
    for match in _AFTER_POSTCODE.finditer(text):
        yield Span(match.start(1), match.end(1), Kind.PLACE)


def _street(text: str, street: re.Match[str], end: int) -> int | None:
    """Return where the name of a street begins, if that is what stands there.

    "Kerkstraat", "Laan van de Vrede", and any name with a postcode behind the number.
    """
    start = street.start(1)
    if not street[1][0].isupper():
        return start if _is_street(street[1]) else None
    start = _start_of_street(text, start)
    first_word = text[start : street.end()].partition(" ")[0]
    if (
        _is_street(street[1])
        or _is_street(first_word)
        or _POSTCODE_AFTER.match(text, end)
    ):
        return start
    said = _ADDRESS_BEFORE.search(text, max(0, start - 20), start)
    return start if said else None


def _is_street(name: str) -> bool:
    small = _QUARTER_OF_WIND.sub("", name.lower())
    return small.endswith(_STREETS) and not (name.islower() and small in _NO_STREET)


def _start_of_street(text: str, start: int) -> int:
    before = _WORDS_BEFORE.search(text, max(0, start - _REACH), start)
    words = before.group() if before else ""
    while strange := _NO_PART.match(words):
        words = words[strange.end() :]
    start -= len(words)
    article = _ARTICLE.search(text, max(0, start - 4), start)
    return article.start() if article else start


# What makes of a municipality the place where somebody is.
_LIVES = re.compile(
    r"(?:\b(?:woon|woont|woonde|woonachtig|wonend|geboren|getogen|opgegroeid|verblijft|"
    r"verbleef|thuis|w(?:ij|e) wonen|wonen w(?:ij|e)|gewoond|hier|ergens|vlakbij|"
    r"midden)(?: \w+){0,5}? (?:in|te|op|bij|buiten) "
    r"|plaats(?: [\w/]+){0,2}: ?|\b(?:nu|thans|tegenwoordig|inmiddels|momenteel) in "
    r"|\b(?:woont|te|buiten|via|omgeving|rondom|richting|vanuit|vanaf|vlakbij|nabij) "
    r"|\b(?:tussen|centrum van|binnenstad van|ziekenhuis van|buurt van|verhuisd naar) "
    r"|\b(?:UWV|team|kantoor|vestiging|filiaal|locatie|station|ziekenhuis|GGD|"
    r"huisartsenpost|rechtbank|wijk|dorp)(?: in| te)? "
    r"|\b(?!stadhuis|gemeentehuis|raadhuis|keurings|verzekerings)\w*"
    r"(?:arts|artsen|internist|praktijk|apotheek|kliniek|poli|hulp|therapeut|school|college|huis|centrum|winkel|café|salon|tafel|post|"
    r"bijeenkomst|baan|flat|appartement|woning|specialist|loog|psychiater|kerk|markt|"
    r"kamer|moeder|vader|zus|broer|zoon|dochter|oma|opa|tante|oom|vriendin|vriend)"
    r" (?:in|te|uit) "
    r"|\b(?:ik|hij|zij|ze|wij|we|mevrouw|meneer|mw\.?|dhr\.?|vrouw|man|dame|"
    r"heer|meisje|jongen|kind|stel|echtpaar|gezin|deelne(?:mer|emster)|lid|beller|"
    r"belster|mantelzorger|patiënte?|cliënte?) "
    r"(?:kom(?:t|en)? |zit |lig |ligt )?(?:hier )?uit "
    r"|\b(?:ik|wij|we) (?:zit|zitten|lig|leef|leven) (?:\w+ )?in "
    r"|(?<!\bdoor )(?<!\bgebeld )(?<!\bgemaild )(?<!\bbellen )(?<!\bmailen )"
    r"(?<!\bbrief )(?<!\bmail )(?<!\bgeschreven )\bnaar "
    r"|\bgroet(?:en|jes)? uit |\bop "
    r"|\b(?:inwoner|inwoonster|bewoner|bewoonster|rook|station|regio)(?: van)? "
    r"|\b(?:winkels?|zwembad|station|bioscoop|theater|sporthal|kerk|hotel|park|opgenomen|"
    r"afspraak|spreekuren|spreekuur|behandeling|therapie|cursus|adres|bij ons|bij mij|"
    r"lotgenoot|arts zit|loog zit|peut zit)(?: is| was| zijn)? (?:in|uit) "
    r"|\b(?:rit|bus|trein|taxi|reis) van "
    r"|\b(?:ik|hij|zij|ze|wij|we|man|vrouw|zoon|dochter) (?:werk|studeer|revalideer|"
    r"lag|lig|zat|zit|logeer|slaap|sliep|sta|stond)\w*(?: (?!bij\b)\w+){0,3} in "
    r"|\b(?:werkte?|studeer(?:de)?|lag|zat) ik(?: \w+){0,2} in "
    r"|\b(?:kom(?:t|en)?|kwam(?:en)?) (?:\w+ ){0,2}uit "
    r"|\b(?:umc|wkz|azc|\w*opvang) in )$",
    re.IGNORECASE,
)
# In small letters, or of a name in no list: only where a home must follow.
_SMALL_TOWN = re.compile(r"\b(?:in|te|uit|naar|vanuit) (?=([a-z][\w-]{4,}))")
_QUARTER = re.compile(
    rf"\b(?:de (?:wijk|buurt)|het (?:dorp|gehucht)|buurtschap) ({UPPER}[\w-]+)"
)
_LINK_TO_HOME = re.compile(
    r"(?:[ (](?:in|te|naar|uit)|laats(?: is)?:?) "
    r"(?=(?P<said>(?:['’]s-|['’]t )?[^\W\d][\w'’-]+(?: [\w'’-]+){0,3}))"
)
_SAID_HOME = re.compile(
    r"(?:\b(?:woon|woont|woonde|woonachtig|wonend|wonen|woonden|gewoond|geboren|"
    r"opgegroeid|getogen)"
    r"(?: (?:nu|nog|thuis|al|zelf|samen|alleen|weer|ook|ik|wij|we|hij|zij|ze"
    r"|sinds \d{4})){0,3}"
    r"(?: in een [\w-]{3,20})? (?:in|te) "
    r"|\bwoonplaats(?: is)?:? |\bverhuisd naar |\(uit "
    r"|\b(?:ik kom|wij komen|we komen) (?:oorspronkelijk )?uit "
    r"|(?P<maybe>\b(?:ik zit|(?:wij|we) zitten) in |\bgroet(?:en|jes)? uit |"
    r"\bplaats: ))$",
    re.IGNORECASE,
)
# The verb stands behind it: "omdat ik in Ede woon", "waar ik uit Ede kom".
_LIVED_IN = re.compile(r"\b(?:in|te|uit|naar) $", re.IGNORECASE)
_LIVES_AFTER = re.compile(
    r" (?:(?:ben|bent|is|zijn|was|heb|hebt|heeft|hebben|had) )?(?:woon|woont|woonde|"
    r"wonen|woonden|gewoond|geboren|opgegroeid|getogen|vandaan|verblijf|verblijft|"
    r"verhuisde?|verhuizen|verhuisden|studeer|studeerde|logeer|logeerde)\b"
    r"|,? waar (?:[\w’']+ ){1,3}(?:woon|woont|woonde|wonen|woonden|studeert?)\b"
)
# What is sent goes to an authority, and for an authority one waits.
_SENT = re.compile(
    r"\b(?:brief|brieven|\w*mail|bezwaar|bezwaarschrift|\w*aanvraag|klacht|verzoek|"
    r"\w*formulier|dossier|melding|stukken|papieren|gegevens|stuurde?|gestuurd|mailde|"
    r"belde)(?: \w+){0,2} naar $|\bwacht(?:en|te|ten)?(?: \w+){0,3} op $",
    re.IGNORECASE,
)
_SENT_AFTER = (
    r" (?:\w*gestuurd|\w*gemaild|gebeld|overgedragen|overgeheveld|verzonden)\b"
)
_IS_SENT = re.compile(_SENT_AFTER)
_FROM = re.compile(r"\b(?:van|uit) $", re.IGNORECASE)
_JOURNEY = re.compile(rf" naar {UPPER}[\w-]+(?!{_SENT_AFTER})(?![\w-])")
# Most often right before an authority; there is no need to look further.
_AUTHORITIES_COMMON = frozenset({"bij", "door", "volgens", "met", "aan", "voor"})
_OR_ANOTHER = re.compile(rf"\b(?:naar|tussen|van) {UPPER}[\w-]+(?:,| of| en| naar) $")
_LINK = re.compile(r",? (?:uit|in|te) $|[ ,(]+$")
_AUTHORITY = re.compile(
    r"\b(?:gemeente|stad|college(?: van)?|raad van|gem\.):? $", re.IGNORECASE
)
_ALONE_AFTER = re.compile(r"\s*(?:$|[.,;)\n!?]|\()")
_ALONE_BEFORE = re.compile(r"(?:^|[\n(])\s*$")
_PLACE_AND_DATE = re.compile(r", (?:de )?\d")


def is_home(text: str, start: int, end: int, ends: set[int]) -> bool:
    """Return whether the name of a municipality here says where somebody lives or goes.

    Otherwise it is the authority, about which reports are, and stays.

    Args:
        text: the whole text.
        start: first code point of the name.
        end: the one after its last.
        ends: where names, ages, dates, addresses and the like end, so that
            "Jan Jansen, 69, Zwolle." reads as one enumeration.
    """
    before = text[max(0, start - 48) : start]
    if (
        _AUTHORITY.search(before)
        or _SENT.search(before)
        or (before.endswith("naar ") and _IS_SENT.match(text, end))
    ):
        return False
    if _says_where(before) or _says_after(text, before, end):
        return True
    link = _LINK.search(before)
    follows = link is not None and start - len(link.group()) in ends
    if follows and link and link.group().strip(" ,("):
        return True  # "Jan Jansen uit Zwolle"
    first = bool(_ALONE_BEFORE.search(before))
    if first and _PLACE_AND_DATE.match(text, end):
        return True  # above a letter
    return bool(_ALONE_AFTER.match(text, end)) and (follows or first)


def _says_where(before: str) -> bool:
    last = before.rstrip().rpartition(" ")[2].lower()
    if last in _AUTHORITIES_COMMON or not before.endswith((" ", "\n", ":")):
        return False
    return bool(_LIVES.search(before) or _OR_ANOTHER.search(before))


def _says_after(text: str, before: str, end: int) -> bool:
    lives = _LIVED_IN.search(before) and _LIVES_AFTER.match(text, end)
    return bool(lives or (_FROM.search(before) and _JOURNEY.match(text, end)))


def said_homes(text: str) -> Iterator[tuple[int, str, bool]]:
    """Yield up to four words after what is followed by a home, and where they begin.

    The last says whether a home must follow; "ik zit in" can be about a queue.
    """
    for link in _LINK_TO_HOME.finditer(text):
        home = _SAID_HOME.search(text, max(0, link.end() - 48), link.end())
        if home:
            yield link.end(), link["said"], not home["maybe"]


def small_towns(text: str) -> Iterator[tuple[int, str]]:
    """Yield words without capitals that may be a place, and where they begin."""
    for match in _SMALL_TOWN.finditer(text):
        yield match.start(1), match[1]


def quarters(text: str) -> Iterator[Span]:
    """Yield parts of a town, called so: "de wijk Filmwijk"."""
    for match in _QUARTER.finditer(text):
        yield Span(match.start(1), match.end(1), Kind.PLACE)


def named_as_authority(text: str, start: int) -> bool:
    """Return whether "gemeente" stands right before a name."""
    return bool(_AUTHORITY.search(text[max(0, start - 16) : start]))
