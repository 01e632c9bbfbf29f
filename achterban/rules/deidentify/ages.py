"""Find ages of people in Dutch text: each number, judged by what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from achterban.rules.deidentify.dates import IN_WORDS, NTH
from achterban.rules.deidentify.spans import Kind, Span, at_numbers
from achterban.rules.deidentify.words import endings

# Words for people, by their end.
_PEOPLE = endings("""
    man vrouw jongen jongetje meisje meid kerel dame heer zoon zoontje zoons dochter
    dochtertje dochters kind kindje kinderen baby peuter kleuter tiener puber student
    studente leerling moeder vader mama papa ouder ouders broer broertje broers zus
    zusje zussen zuster tweeling oma opa tante oom neef neefje nicht nichtje partner
    echtgenoot echtgenote vriend vriendin weduwe weduwnaar cliënt cliënte patiënt
    patiënte persoon iemand mevrouw meneer mw dhr collega ambtenaar buur
    """)
# Words that may be people: "voeger", and "stofzuiger" too.
_MAYBE_PEOPLE = endings("er ster ist iste eur euse ant ante aar arts kundige loog")
_SHORT = frozenset({"man", "vrouw", "jongen", "meisje"})  # "Vrouw 34, ME"
# "Moeder van drie" counts her children.
_PARENTS = ("moeder", "vader", "ouder", "ouders", "oma", "opa", "mama", "papa")
_FEW = "twee|drie|vier|vijf|zes|zeven|acht|negen"
_SMALL = frozenset(_FEW.split("|")) | frozenset("123456789")
_AGE = r"(?:1[01]\d|[1-9]?\d)(?:[,.]5|½)?"
_NUMBER = re.compile(
    rf"(?:(?<![\w.,€/-])(?<!€ )|(?<=\b[mv]/))"
    rf"({_AGE}|\b(?:{IN_WORDS}|(?:{_FEW})(?: en een half)?))"
    rf"({NTH}(?!\w)|)([ -]?(?:(?:jaren|jaar|joar|jier|jarige?)(?: oud| jong| âld)?"
    r"|jr\.?|j\.?(?:o\.)?)"
    r"(?!\w)| (?:maanden|mnd|weken)(?: oud)?\b|)(?![\w€%/-]|[.,]\d)",
    re.IGNORECASE,
)
# A number in words is found by its end, a small one by "van" or "jaar" beside it.
_END_OF_NUMBER = re.compile(
    rf"(?:tig|tien|elf|twaalf|honderd(?:en)?(?:een|{_FEW}))(?=jarig|ste\b|de\b|\b)",
    re.IGNORECASE,
)
_SMALL_NUMBER = re.compile(
    rf" (?:van|is|was|wordt|werd) (?=(?:{_FEW})\b)| (?=(?:{_FEW})(?: jaar|jarig))"
)
_OLD = re.compile(r"jarig|(?:jaar|maanden|mnd|weken) (?:oud|jong)")
_YOUNG = re.compile("maand|mnd|wek")
_COUNTED = re.compile(
    r" ?(?:%|x\b|keer|maal|uur|uren|u\b|min|dag|wek|week|maand|euro|kilo|kg|km|meter|"
    r"graden|procent|mens|kinder|mg|ml|stuks|punt|cm|afspra|brie|sessie|jaar|"
    r"(?:lang|geleden|later|ziek|bezig|getrouwd|werk|gewerkt|in dienst)\b)"
)
_STOPS = re.compile(
    r"[.,;:!?)\n\"”’]|\s*$| \(| (?:hè|he|ik|hij|ze|zij|en|maar|of|toen|dus|want|nu|"
    r"hoor|als|die|dat|met|"
    r"zonder|heb|heeft|had|woon|woont|was|is|ben|kan|mag|moet|wil|ga|zit|lig|terwijl|"
    r"omdat|alweer|geworden|geweest|ge?worden)\b"
)
_ENDS = re.compile(r"[,;)/.\n]|\s*$| \(")
_COUNTS_ON = re.compile(r", ?\d+(?:[.,)]| en\b)")
_BECOMES = re.compile(r" (?:zou |zal |gaat |te |mee |net )?(?:ge)?worden\b")
_THEN_WHO = re.compile(r" (?:ben|was|word|werd|is|wordt) (?:ik|hij|zij|ze|we|wij)\b")
_THEN_IS = re.compile(r" (?:is|was|ben|werd|wordt|word)\b")
_BIRTHDAY = re.compile(r" (?:verjaardag|levensjaar)|[.,;:!?)]|\s*$")
# Before the number: "een zoon van", "kinderen van 3, 5 en", "man".
_OF = re.compile(
    rf"(\w+)(?: (\w+))? van(?: bijna| net| ruim| pas| al)?(?: {_AGE}(?:,| en))* $"
)
_WORD = re.compile(r"(\w+) $")
_OWN_WORDS = r"(?:z['’]?n|zijn|haar|m['’]?n|mijn|d['’]r|hun|je|uw)"
_OWN = re.compile(rf"\b{_OWN_WORDS} $", re.IGNORECASE)
_AT_OWN = re.compile(
    rf"\b(?:met|op|vanaf|sinds|tot|rond|voor|na) {_OWN_WORDS} $", re.IGNORECASE
)
_SAID = re.compile(r"\b(?:leeftijd|lft)\b\.?(?: is| van|:)? ?$", re.IGNORECASE)
_IS = re.compile(
    r"(?<!\bdat )(?<!\bhet )\b(?:is|ben|bin|bent|was|werd|wordt|word)"
    r"(?: ik| hij| zij| ze| ie| je| u)?"
    r"(?:(?: er| nu| pas| net| al| inmiddels| intussen| zelf| bijna| toen| ook| straks"
    r"| binnenkort| dit jaar| volgend jaar| in \w+){1,2}| op [^.,;]{4,20})? $",
    re.IGNORECASE,
)
# "mijn dochtertje is zeven"; without a person "zeven" may count anything.
_PERSON_IS = re.compile(r"(\w+) (?:is|was|wordt|werd)(?: nu| net| pas| bijna| nog)? $")
_SUBJECT = re.compile(
    r"\b(?:als|toen|dat|omdat|sinds) (?:hij|ik|ze|zij) $", re.IGNORECASE
)
_ASIDE = re.compile(
    r"(?:[^\W\d]['’]?\.?\)?(?<!\bja), ?|[^\W\d]\.? ?\()$", re.IGNORECASE
)
# "mijn vrouw, zelf 79,", "beiden 85."
_THEMSELVES = re.compile(
    r"(?:, (?:zelf|nu|inmiddels|bijna|net|pas)| beiden?| allebei) $"
)
_BY_ITSELF = re.compile(r"(?:^|[.!?\n] ?)$")
_CAPITAL = re.compile(r"[^\W\d_a-zß-öø-ÿ][a-zß-öø-ÿ]")
_WINDOW = 40  # characters before a number in which its words stand


def ages(text: str) -> Iterator[Span]:
    """Yield exact ages of people, of at most 119 years, in digits or words.

    Not covered: durations ("11 jaar ziek") and bands ("boven de zeventig"), on purpose.
    """
    for match in _numbers(text):
        start, end = match.span()
        before = text[max(0, start - _WINDOW) : start]
        if match[2]:
            is_age = _is_nth(text, before, end)
        elif _OLD.search(match[3]):
            is_age = True
        else:
            is_age = not _COUNTED.match(text, end) and _is_age(text, before, match)
        if is_age:
            yield Span(start, end, Kind.AGE)


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """Yield all that may be an age, in digits and in words."""
    yield from at_numbers(_NUMBER, text)
    starts = [match.end() for match in _SMALL_NUMBER.finditer(text)]
    for ending in _END_OF_NUMBER.finditer(text):
        start = ending.start()
        while start and text[start - 1].isalpha():
            start -= 1
        starts.append(start)
    for start in starts:
        if match := _NUMBER.match(text, start):
            yield match


def _is_nth(text: str, before: str, end: int) -> bool:
    """Return whether "18e" is a birthday: "voor z'n 18e", "haar 18e verjaardag"."""
    own = _OWN.search(before) and _BIRTHDAY.match(text, end)
    return bool(own or _AT_OWN.search(before))


def _is_age(text: str, before: str, match: re.Match[str]) -> bool:
    end = match.end()
    bare_small = match[1].lower() in _SMALL and not match[3]
    if person := _person_before(before):
        if bare_small and person.endswith(_PARENTS):
            return False
        return person.endswith(_PEOPLE) or bool(_STOPS.match(text, end))
    if _YOUNG.search(match[3]):
        return False
    if _SAID.search(before) or _BECOMES.match(text, end):
        return True
    if bare_small and not match[1].isdecimal():
        return _is_of_a_person(before) and bool(_STOPS.match(text, end))
    if _IS.search(before):
        return bool(_STOPS.match(text, end))
    if _SUBJECT.search(before):
        return bool(_THEN_IS.match(text, end))
    return _is_aside(text, before, match)


def _is_of_a_person(before: str) -> bool:
    who = _PERSON_IS.search(before)
    return who is not None and who[1].lower().endswith(_PEOPLE)


def _is_aside(text: str, before: str, match: re.Match[str]) -> bool:
    """Return whether the number stands apart: "(61)", ", 61,", "vrouw 61"."""
    if _AT_OWN.search(before):
        return True
    if _BY_ITSELF.search(before) and _THEN_WHO.match(text, match.end()):
        return True
    if not _ENDS.match(text, match.end()):
        return False
    if _THEMSELVES.search(before):
        return True
    if _ASIDE.search(before):
        return not _COUNTS_ON.match(text, match.end())
    word = _WORD.search(before)
    if match[3]:
        return bool(_BY_ITSELF.search(before) or (word and _names_person(word[1])))
    return word is not None and word[1].lower() in _SHORT


def _person_before(before: str) -> str:
    """Return the word for a person in "een zoon van" just before, or nothing."""
    words = _OF.search(before) if " van" in before else None
    for word in words.groups("") if words else ():
        if _names_person(word):
            return word.lower()
    nearest = (words[2] or words[1]) if words else ""
    return nearest.lower() if _CAPITAL.match(nearest) else ""  # "Noor van 9"


def _names_person(word: str) -> bool:
    return word.lower().endswith(_PEOPLE + _MAYBE_PEOPLE)
