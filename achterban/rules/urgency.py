"""Find words that may tell of danger: self-harm, violence, abuse, no food or medicine.

For reading first, never for deciding: a person looks at once at what was found, and
reads the rest in its turn. To miss a cry costs more than to look in vain, so the rules
are wide; figures of speech ("ik ga dood van verveling") are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Danger(StrEnum):
    """What the words may be about."""

    SELF_HARM = "self_harm"
    VIOLENCE = "violence"
    ABUSE = "abuse"
    NEED = "need"


@dataclass(frozen=True)
class Sign:
    """Words that may tell of danger.

    Attributes:
        start: code point where they begin.
        end: code point behind them.
        danger: what they may be about.
    """

    start: int
    end: int
    danger: Danger


_KIN = r"moeder|vader|kind(?:eren)?|zoon|dochter"
_ME = rf"(?:me|mij|m'n|mijn|haar|hem|zijn|ons|onze|{_KIN})"
_SELF = r"(?:mezelf|mijzelf|zichzelf|haarzelf|hemzelf|zich|me|mij)"
_HITS = ("slaat", "sloeg", "schopt", "stompt", "trapt", "wurgt", "bijt")
_HIT = ("geslagen", "geschopt", "gestompt", "gegooid", "bedreigd", "gewurgd")
_HAS = r"(?:heeft|heb|hebben|had|is|ben|wordt?|werd)"
_PILLS = r"(?:pillen|medicijnen|medicatie|tabletten)"
_FEARED = r"(?:hem|haar|man|vrouw|ex|vader|moeder|zoon|broers?|partner|thuis)"
_NOTHING = r"(?:niets|niet|niks)"
_TAKEN = r"(?:gegeten|gedronken|gespoten)"

# Each rule with letters that stand in all that it finds: most texts have none of them,
# and a look at those takes a hundredth of the time of the rule.
_RULES: dict[Danger, dict[str, str]] = {
    Danger.SELF_HARM: {
        "zelfmoord": r"zelfmoord\w*",
        "zelfdoding": r"zelfdoding\w*",
        "cid": r"su[iï]cid\w*",
        "afscheidsbrie": r"afscheidsbrie\w+",
        "levensmoe": r"levensmoe\w*",
        " dood": r"(?:wil|wou|wilde|zou) (?:\w+ ){0,2}dood(?! (?:ziek|moe|van|gewoon))",
        "dood ": r"dood (?:te )?(?:wil|wilde|willen|wou)",
        "r dood": r"(?:liever|beter|maar) dood(?! (?:van|spoor))",
        "er niet meer": r"als (?:ik|hij|ze|zij) er niet meer (?:ben|was|is|zou)",
        "niet meer ": r"niet meer (?:\w+ )?(?:wil|wilde|willen|hoe[fv]\w*) (?:te )?"
        r"(?:leven|bestaan)",
        "t meer ": r"(?:wil|hoeft?|kan) (?:\w+ ){0,2}niet meer (?:\w+ )?"
        r"(?:leven|bestaan|wakker)",
        "hoeft": r"(?:het|t) (?:\w+ ){0,2}niet meer (?:zo )?hoeft",
        "mij niet meer": r"hoeft (?:het )?(?:voor|van) mij niet meer",
        " aan ": rf"einde? aan (?:alles|{_ME}|het) ?(?:leven)?|er een einde? aan ma",
        "bero": r"(?:leven|zich) (?:te )?(?:beroven|berooft)",
        "leven": r"leven (?:te )?(?:benemen|benomen)|"
        r"geen zin meer in (?:het |mijn )?leven",
        "aan": rf"{_SELF} (?:\w+ ){{0,4}}(?:aandoe\w*|aangedaan|aan te doen)",
        "verhang": rf"{_SELF} (?:\w+ ){{0,4}}verhang\w*",
        "snij": rf"{_SELF} (?:\w+ ){{0,4}}snijd?\w*",
        "gesneden": rf"{_SELF} (?:\w+ ){{0,4}}gesneden",
        "n trein": r"voor een trein",
        "e trein": r"voor de trein",
        "van ": r"van (?:de|een) (?:flat|brug|dak|viaduct)\b",
        "gespaard": rf"{_PILLS} (?:\w+ ){{0,4}}(?:op)?gespaard",
        "verzameld": rf"{_PILLS} (?:\w+ ){{0,4}}verzameld",
        "t hoe": r"(?:bedacht|uitgezocht) (?:al |ook |precies )?hoe[.!\n]",
        "hoe ik het": r"(?:bedacht|uitgezocht|weet) (?:\w+ )?hoe ik het "
        r"(?:\w+ )?doe\w*",
        "weet niet of": r"weet niet of (?:ik|ze|zij|hij) (?:nog )?"
        r"(?:naar huis|verder|door) wil",
        "om voor te leven": r"niets meer om voor te leven",
        "het maar": r"dan is het maar (?:over|afgelopen|klaar)(?! met)",
    },
    Danger.VIOLENCE: {
        "mishandel": r"mishandel\w*",
        "geweld": r"huiselijk geweld",
        "eer": r"eergerelateerd\w*",
        "bedreig": r"doodsbedreig\w*",
        **{
            hits: rf"{hits}e? (?:\w+ ){{0,2}}(?:{_ME}|{_SELF})\b(?! de schrik)"
            for hits in _HITS
        },
        **{hit: rf"{_HAS} (?:\w+ ){{0,5}}{_ME} (?:\w+ ){{0,6}}{hit}" for hit in _HIT},
        "bang voor": rf"bang voor (?:{_ME} )?{_FEARED}\b",
        "gebeurt als": rf"(?:wat|iets) (?:er )?met {_ME} gebeurt als",
        "opgesloten": r"(?:in|op) (?:de|het|een) \w+ opgesloten",
        " op": r"sl(?:uit|oot) (?:me|mij|haar|hem|ons) op\b",
        "wapen": r"wapens?\b",
        " mes": r"met een mes\b",
        "steek": r"steekpartij",
    },
    Danger.ABUSE: {
        "verkracht": r"verkracht\w*",
        "rand": r"aangerand|aanrand\w*",
        "betast": r"betast\w*",
        "incest": r"incest\w*",
        "loverboy": r"loverboy\w*",
        "misbruik": r"(?:seksueel|lichamelijk|geestelijk) misbruik\w*|misbruikt",
        "gezeten": rf"aan {_ME} (?:\w+ ){{0,2}}gezeten",
        "t aan ": rf"(?:zat|zit) aan {_ME}\b",
        "vastge": r"vastgebonden|vastgeketend",
        "dwang": r"dwangmedicatie|dwangvoeding",
        "niet weten": r"mag (?:dit|het|dat) (?:\w+ )?niet weten",
        "naar huis": r"bel(?:len)? (?:\w+ )?niet naar huis|niet naar huis bellen",
        "durf": r"durf(?:t|ven)? (?:\w+ ){0,2}niet (?:\w+ ){0,3}(?:vertellen|zeggen)",
    },
    Danger.NEED: {
        "gevaar": r"levensgevaar\w*|acuut gevaar|direct gevaar|in gevaar\b",
        "ni": rf"(?:al|sinds|dagen|gisteren) (?:\w+ ){{0,3}}{_NOTHING} (?:meer )?"
        rf"{_TAKEN}",
        "geen ": r"geen (?:geld voor )?(?:eten|insuline|zuurstof|sondevoeding) "
        r"(?:meer|in huis)",
        "en eten": r"tussen (?:insuline|medicijnen) en eten",
        "crisis": r"crisis(?:dienst|plek|opname|bed|team)",
        "bewusteloos": r"bewusteloos",
        "verward": r"klinkt verward",
        "hoofdwond": r"hoofdwond",
        "alleen": rf"{_ME} niet (?:meer )?(?:durft? )?alleen (?:te )?(?:laten|blijven)",
    },
}
_COMPILED = [
    (danger, letters, re.compile(rf"\b(?:{rule})", re.IGNORECASE))
    for danger, rules in _RULES.items()
    for letters, rule in rules.items()
]
_FIGURES = re.compile(
    r"dood van (?:verveling|de (?:kou|honger|dorst|slaap)|schrik|schaamte)|doodmoe|"
    r"(?:met|van) stomheid geslagen|kapot ?gelachen|slaat nergens op",
    re.IGNORECASE,
)


def signs(text: str) -> list[Sign]:
    """Return the words that may tell of danger, in order.

    Read is Dutch, also without capitals. Not covered: other languages, what is only
    between the lines, and weights or measurements that only a doctor can read.
    """
    plain = text.replace("’", "'")
    folded = plain.lower()
    found = [
        Sign(match.start(), match.end(), danger)
        for danger, letters, rule in _COMPILED
        if letters in folded
        for match in rule.finditer(plain)
    ]
    figures = [it.span() for it in _FIGURES.finditer(plain)] if found else []
    meant = [
        sign
        for sign in found
        if not any(start < sign.end and sign.start < end for start, end in figures)
    ]
    return sorted(meant, key=lambda sign: (sign.start, sign.end))
