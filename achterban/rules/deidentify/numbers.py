"""Find numbers and addresses of machines: what somebody dials, types or quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from achterban.rules.deidentify.bsn import is_bsn
from achterban.rules.deidentify.spans import Kind, Span, at_numbers

_SPACE = r"[ \u00a0]"
_GAP = r"[\s.\-\u2010-\u2015/()]"

_URL = re.compile(
    r"\bhttps?://[^\s<>\"]+|\bwww\.[^\s<>\"]+"
    r"|(?<![@\w.-])(?:[\w-]+\.)+(?:nl|com|org|net|eu|info|frl|online|blog|site)\b(?!\.?\w)(?:/[^\s<>\"]*)?"
    r"|(?<![@\w.-])(?:[\w-]+\.)+(?:nu|be|de|me|io)/[^\s<>\"]+"
    rf"|\b[\w-]+{_SPACE}(?:punt|dot){_SPACE}(?:nl|com|org)\b",
    re.IGNORECASE,
)
# Sites of whole countries say nothing about who writes.
_PUBLIC_SITE = re.compile(
    r"(?:https?://)?(?:www\.)?(?:[\w-]+\.)*(?:rijksoverheid|overheid|uwv|svb|hetcak|"
    r"ciz|belastingdienst|digid|rivm|thuisarts|zorgkaartnederland|bol|coolblue|"
    r"google|youtube|facebook|instagram|wikipedia|marktplaats|funda|nos|nu|gmail|"
    r"hotmail|outlook)\.(?:nl|com|org)/?$",
    re.IGNORECASE,
)

_DOT = rf"(?:\.|{_SPACE}?[(\[]?(?:punt|dot)[)\]]?{_SPACE}?)"
_JOINED = (
    rf"(?:{_SPACE}(?:punt(?:je)?|streepje|(?:laag|liggend){_SPACE}streepje|underscore|"
    rf"koppelteken){_SPACE}[\w-]+){{0,5}}"
)
_HOST = rf"[\w-]+(?:{_DOT}[\w-]+){{1,4}}"
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
    rf"|(?<![\w.+-])[\w.+-]{{1,64}}{_JOINED}{_SPACE}?"
    rf"(?:[(\[]{_SPACE}?(?:at|apenstaart(?:je)?|@){_SPACE}?[)\]]|@"
    rf"|{_SPACE}(?:at|apenstaart(?:je)?){_SPACE}){_SPACE}?{_HOST}",
    re.IGNORECASE,
)
# Cheap to look for; without one of them there is no mail or link.
_SIGNS_OF_MAIL = ("@", "apenstaart", " at ", "(at", "[at")
_SIGNS_OF_LINK = (
    *("http", "www.", ".nl", ".com", ".org", ".net", ".eu", ".info", ".frl"),
    *(".nu/", ".be/", ".de/", ".me/", ".io/", ".online", ".blog", ".site"),
    *("punt nl", "punt com", "punt org", "dot nl", "dot com", "dot org"),
)

_IBAN = re.compile(
    r"(?<![A-Za-z\d])[A-Za-z]{2}\d{2}(?:[ .\-\u00a0]?[A-Za-z\d]){11,30}"
    r"(?![A-Za-z\d])"
)
_DUTCH_IBAN = re.compile(
    r"(?<![A-Za-z\d])NL[ .-]?\d{2}[ .-]?[A-Z]{4}(?:[ .\-\u00a0]?\d){10}(?!\d)",
    re.IGNORECASE,
)

_TWO_LETTERS = (
    "a[fln]|b[eijv]|cm|d[eo]|e[nr]|g[ar]|h[aeo]|i[eknps]|j[aer]|k[gmw]|l[ae]|m[aegln]|n[aeou]|"
    "o[fmpk]|p[ak]|st|t[eo]|u[u]|v[a]|w[e]|z[eo]|kb|mb|gb|xl"
)
_POSTCODE = re.compile(
    rf"(?<![\w€.,])(?<!€ )[1-9]\d{{3}}(?:{_SPACE}{{0,2}}(?!SA|SD|SS)[A-Z]{{2}}"
    r"|(?!mg|ml|km|kg|gr|cm|kb|mb|gb|jr|ie|st|kw|uu|en|of)[a-z]{2}"
    rf"|{_SPACE}(?!{_TWO_LETTERS})[a-z]{{2}})(?![\w'’])"
)
# "in 2019 MS": a year and an illness or a body, no postcode.
_YEAR_AND_WORD = re.compile(
    rf"(?:19|20)\d\d{_SPACE}(?:ME|MS|EU|TV|PC|VS|UK|OK|MC|BV|NV|GZ|KP|HA|SG)$"
)
_POSTCODE_SAID = re.compile(r"\bpostcode\W{1,3}(?:is )?(\d{4})\b", re.IGNORECASE)

_PHONE = re.compile(
    rf"(?<![\w+])(?<!\d[-./])(?:(?:\+|00)\d{{2,3}}{_GAP}{{0,3}}|\(0\d{{1,3}}\)|0\d)"
    rf"(?:{_GAP}{{0,3}}\d){{6,12}}(?!\w)"
)
_DATE_FIRST = re.compile(r"\d{2}([-./ ])\d{2}\1(?:19|20)\d{2}\b|0\d{3}\.\d{3}\b")
_SERVICE = re.compile(r"0(?:800|900|906|909)")
_TEN = (
    r"(?:tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|negentien"
    r"|(?:(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen)(?:en|ën))?"
    r"(?:twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig)"
    r"|nul|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|dubbel)"
)
_NUL = re.compile("[Nn]ul|[Pp]lus")  # cheap to look for, and rare
_SPOKEN_PHONE = re.compile(
    rf"\b(?:nul|plus){_SPACE}?{_TEN}"
    rf"(?:[ ,.\-\u2010-\u2015]{{1,3}}(?:{_TEN}\b|\d{{1,4}}\b)){{3,10}}",
    re.IGNORECASE,
)

_HALF_SPOKEN_PHONE = re.compile(
    rf"\b0\d{{1,3}}(?:[ ,.\-\u2010-\u2015]{{1,3}}{_TEN}\b){{3,9}}", re.IGNORECASE
)
_EIGHT_OR_NINE = re.compile(
    r"(?<![\w+€])(?<!\d[ .-])"
    r"(?:\d{8,9}|\d{3}([ .-])\d{3}\1\d{3}|\d{4}([ .-])\d{2}\2\d{3}"
    r"|\d(?:[ .-]\d){7,8})(?![\w-]|\.\d)"
)
_BSN_SAID = re.compile(r"\bbsn|burgerservice|sofi", re.IGNORECASE)
_BSN_AFTER = re.compile(
    r"(?:nummer|nr)?\.?(?: is| van \w+ is)?[: ]{0,3}(\d(?:[ .-]?\d){7,8})(?![\w-]|\.\d)"
)
REACH = 60  # characters in which a number is still the one that was announced

_DASHED = re.compile(r"-[A-Za-z\d]{1,3}-")
_PLATE = re.compile(
    r"(?<![\w-])(?:[A-Z]{2}-(?:\d\d-\d\d|\d\d-[A-Z]{2}|[A-Z]{2}-\d\d|\d{3}-[A-Z])"
    r"|\d\d-(?:\d\d-[A-Z]{2}|[A-Z]{2}-\d\d|[A-Z]{2}-[A-Z]{2}|[A-Z]{3}-\d)"
    r"|\d-(?:[A-Z]{3}-\d\d|[A-Z]{2}-\d{3})|[A-Z]-(?:\d{3}-[A-Z]{2}|\d\d-[A-Z]{3})"
    r"|[A-Z]{3}-\d\d-[A-Z]|\d{3}-[A-Z]{2}-\d)(?![\w-])",
    re.IGNORECASE,
)
_PLATE_SAID = re.compile(
    r"\bkenteken(?:nummer)?(?: is|:| van)?(?: de auto| mijn auto)?:?"
    r" ((?=[A-Za-z]*\d)[A-Za-z\d]{6}|[A-Za-z\d]{1,3}(?:[ -][A-Za-z\d]{1,3}){2})\b",
    re.IGNORECASE,
)

_USERNAME = re.compile(
    r"(?<![\w.@/])@\w[\w.-]*\w|(?<![\w.@/-])[\w.-]*[^\W_]_[\w.-]*\w(?!@)"
)
# "daar ben ik tinus1986", "ilse#2261": letters and then digits.
_USERNAME_SHAPED = re.compile(
    r"\b(?:ik|als|naam|account|profiel)(?: (?:is|als|onder|daar|er)){0,2} "
    r"(\w*[a-z]{3}\d{2,})\b"
)
_USERNAME_WITH_NUMBER = re.compile(r"(?<![\w#])\w{3,}#\d{4}\b")
_ACCOUNT = re.compile("[Nn]aam|[Ii]nsta|[Tt]ik[Tt]ok|[Ss]napch|[Dd]iscord|[Tt]witter")
_USERNAME_SAID = re.compile(
    r"(?:naam|[Ii]nsta(?:gram)?|[Tt]ik[Tt]ok|[Ss]napchat|[Dd]iscord|[Tt]witter)"
    r"(?: is| bij| als| onder|:)? ?:? ?[\"'‘“]?((?=[^\W\d]*[\d_])\w[\w.-]+\w)",
)
_PUBLIC_NAME = re.compile(
    r"@(?:uwv|cak|svb|ciz|ggd|rivm|gemeente|min)\w*$", re.IGNORECASE
)

_TOKEN = re.compile(
    r"(?<![\w€.,/@-])(?<!€ )(?!BSN\b)(?:[A-Z]{1,12}(?:[-./][A-Z]{1,12}){0,3}[-./ ]?)?"
    r"\d\w*(?:[-./:]\w+)*(?: \d{2,}(?:[./-]\d+)*){0,4}(?![\w€])",
)
# In small letters too, where "nummer" stands right before: "nummer z2024-01877".
_NAMED_SMALL = re.compile(
    r"(?:nummer|kenmerk|nr\.?)(?: is)?[ :#]{1,3}"
    r"([A-Za-z]{1,4}(?:[-./][A-Za-z]{1,4}){0,3}[-./]?\d[\w./-]*\w)",
)
# "kenmerk", "zaaknr.", "onder nummer", "polis".
_ANNOUNCED = re.compile(
    r"(?:nummers?|nrs?|no|kenmerk|dossier|zaak|polis|ticket|referentie|ref|code|"
    r"beschikking|bezwaar|aanvraag|machtiging|verwijzing|big|agb)"
    r"[\w/-]{0,16}\.?(?:[ :#]{1,3}[^\W\d][\w()-]{0,14}\.?){0,4}?[ :#(]{1,3}$",
    re.IGNORECASE,
)
# Right before: "referentie: DOSSIER-NL-ABC1D".
_NAMED = re.compile(
    r"(?:nummer|nr|kenmerk|referentie|ref)\.?(?: is)?[ :#]{1,3}$", re.IGNORECASE
)
_SHAPED = re.compile(
    r"[A-Z]{1,8}(?:[-./][A-Z]{1,8}){0,3}[-./]?\d[\w./:-]*$"  # ABC-2024-001234
    r"|[A-Z]{2,8}(?:[-./][A-Z]{1,8})* \d{2,4}[/-]\d{3,}$"  # ROT 23/4567
    r"|[A-Z]{2,4} \d{3,}(?:[./-]\d+)+$"  # AB 1234.5678.90
    r"|(?=(?:\D*\d){7})\d+(?:[-./]\d+)*$"  # 20240102-1234
)
_AMOUNT = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?$|\d+[.,]\d{1,2}$")
_YEARS = re.compile(r"(?:19|20)\d\d(?:[-/](?:(?:19|20)?\d\d))?$")
FEWEST_DIGITS = 3
FEWEST_SIGNS = 4
FEWEST_DIGITS_UNSAID = 4


def links_and_mail(text: str) -> Iterator[Span]:
    """Yield addresses of mail and of pages, also spelled out ("apenstaartje", "punt").

    Not covered: an address of which only the name is told ("ik zit bij gmail").
    """
    small = text.lower()
    if any(sign in small for sign in _SIGNS_OF_MAIL):
        for match in _EMAIL.finditer(text):
            yield Span(match.start(), match.end(), Kind.EMAIL)
    if not any(sign in small for sign in _SIGNS_OF_LINK):
        return
    for match in _URL.finditer(text):
        piece = match.group().rstrip(".,;:!?)'’")
        if not _PUBLIC_SITE.match(piece):
            yield Span(match.start(), match.start() + len(piece), Kind.URL)


def is_iban(written: str) -> bool:
    """Return whether letters and digits pass the check of an account number.

    Source: ISO 13616 and ISO 7064: the first four to the back, letters as 10 to 35,
    the rest of the division by 97 is 1.
    """
    compact = re.sub(r"[\W_]", "", written).upper()
    if not compact.isascii() or not re.fullmatch(r"[A-Z]{2}\d{2}\w{11,30}", compact):
        return False
    return int("".join(str(int(c, 36)) for c in compact[4:] + compact[:4])) % 97 == 1


def accounts(text: str) -> Iterator[Span]:
    """Yield account numbers: Dutch ones by their shape, others by their check digits.

    A Dutch number with a slip in it still points at its owner.
    """
    for match in _DUTCH_IBAN.finditer(text):
        yield Span(match.start(), match.end(), Kind.IBAN)
    for match in _IBAN.finditer(text):
        end = match.end()
        while end > match.start() + 14:  # a word that follows looks like a group
            if is_iban(text[match.start() : end]):
                yield Span(match.start(), end, Kind.IBAN)
                break
            end = text.rfind(" ", match.start(), end)


def phones(text: str) -> Iterator[Span]:
    """Yield telephone numbers of ten digits or with a country code, also in words.

    Not covered: service numbers (0800, 0900, 112, 14 + area), which are nobody's
    own, and local numbers without an area code.
    """
    for match in _PHONE.finditer(text):
        if _DATE_FIRST.match(match.group()):
            continue
        digits = re.sub(r"\D", "", match.group())
        abroad = match.group()[0] == "+" or digits.startswith("00")
        fits = 9 <= len(digits) <= 15 if abroad else len(digits) == 10
        if fits and not _SERVICE.match(digits):
            yield Span(match.start(), match.end(), Kind.PHONE)
    for match in _HALF_SPOKEN_PHONE.finditer(text):
        yield Span(match.start(), match.end(), Kind.PHONE)
    for match in _SPOKEN_PHONE.finditer(text) if _NUL.search(text) else ():
        yield Span(match.start(), match.end(), Kind.PHONE)


def postcodes(text: str) -> Iterator[Span]:
    """Yield Dutch postcodes; four digits alone only where "postcode" announces them."""
    for match in at_numbers(_POSTCODE, text):
        if not _YEAR_AND_WORD.match(match.group()):
            yield Span(match.start(), match.end(), Kind.POSTCODE)
    for match in _POSTCODE_SAID.finditer(text):
        yield Span(match.start(1), match.end(1), Kind.POSTCODE)


def citizen_numbers(text: str) -> Iterator[Span]:
    """Yield numbers of eight or nine digits.

    One that passes the check, or that the writer calls a BSN, is a ``bsn``, slips
    included. Any other is a ``dossiernummer``.
    """
    for said in _BSN_SAID.finditer(text):
        if match := _BSN_AFTER.match(text, said.end()):
            yield Span(match.start(1), match.end(1), Kind.BSN)
    for match in at_numbers(_EIGHT_OR_NINE, text):
        digits = re.sub(r"\D", "", match.group())
        before = text[max(0, match.start() - REACH) : match.start()]
        after = text[match.end() : match.end() + REACH // 2]
        if is_bsn(digits) or _BSN_SAID.search(before) or _BSN_SAID.search(after):
            yield Span(match.start(), match.end(), Kind.BSN)
        elif len(match.group()) == len(digits):
            yield Span(match.start(), match.end(), Kind.FILE_NUMBER)


def plates(text: str) -> Iterator[Span]:
    """Yield licence plates in the layouts of the RDW (series 1 to 14).

    Without dashes only where "kenteken" announces them.
    """
    for dashed in _DASHED.finditer(text):
        match = _PLATE.search(text, max(0, dashed.start() - 3), dashed.end() + 3)
        if match:
            yield Span(match.start(), match.end(), Kind.LICENCE_PLATE)
    for match in _PLATE_SAID.finditer(text):
        yield Span(match.start(1), match.end(1), Kind.LICENCE_PLATE)


def usernames(text: str) -> Iterator[Span]:
    """Yield names with an at sign before them or an underscore in them."""
    for match in _USERNAME_SAID.finditer(text) if _ACCOUNT.search(text) else ():
        yield Span(match.start(1), match.end(1), Kind.USERNAME)
    for match in _USERNAME_SHAPED.finditer(text):
        yield Span(match.start(1), match.end(1), Kind.USERNAME)
    for match in _USERNAME_WITH_NUMBER.finditer(text) if "#" in text else ():
        yield Span(match.start(), match.end(), Kind.USERNAME)
    if "@" not in text and "_" not in text:
        return
    for match in _USERNAME.finditer(text):
        if not _PUBLIC_NAME.match(match.group()):
            yield Span(match.start(), match.end(), Kind.USERNAME)


def file_numbers(text: str) -> Iterator[Span]:
    """Yield numbers of cases, policies, clients, orders and rides.

    Announced by a word ("kenmerk", "klantnr"), or of a shape that nothing else has.
    Years, amounts of money, dates and article numbers are none.
    """
    for match in _NAMED_SMALL.finditer(text):
        if _is_number(match[1], FEWEST_DIGITS):
            yield Span(match.start(1), match.end(1), Kind.FILE_NUMBER)
    for match in _TOKEN.finditer(text):
        written = match.group()
        before = text[max(0, match.start() - REACH) : match.start()]
        if _NAMED.search(before):
            is_one = len(written) >= FEWEST_SIGNS and not _YEARS.match(written)
        elif _ANNOUNCED.search(before):
            is_one = _is_number(written, FEWEST_DIGITS)
        else:
            fits = _SHAPED.match(written)
            is_one = bool(fits) and _is_number(written, FEWEST_DIGITS_UNSAID)
        if is_one:
            yield Span(match.start(), match.end(), Kind.FILE_NUMBER)


def _is_number(written: str, fewest: int) -> bool:
    n_digits = sum(map(str.isdecimal, written))
    return (
        n_digits >= fewest and not _AMOUNT.match(written) and not _YEARS.match(written)
    )
