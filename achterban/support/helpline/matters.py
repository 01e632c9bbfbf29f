"""What people ask a term of, in their own words, and which rule that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Shape(StrEnum):
    """What is asked of a letter."""

    LETTER = "letter"  # a decision in hand
    SENT = "sent"  # something that they received
    OBJECTION = "objection"  # an objection that waits
    NOTICE = "notice"  # a letter that they are too late
    HEARING = "hearing"
    FEE = "fee"
    FREE = "free"  # a term that somebody read somewhere


class Advice(StrEnum):
    """What to do next."""

    OBJECT = "object"
    APPEAL = "appeal"
    WAIT = "wait"
    APPLY = "apply"
    COURT = "court"
    OWED = "owed"
    PAPERS = "papers"
    PAY = "pay"
    NOTHING = "nothing"


_BEGINS = _("When was it?")


@dataclass(frozen=True)
class Matter:
    """One kind of letter.

    Attributes:
        n: stands in its address; it never gets another meaning.
        group: number of the group it stands in.
        title: what people call it.
        key: of the rule.
        variant: of the rule.
        shape: what is asked.
        says: the answer, with a ``day``.
        advice: what to do next.
        begins: the question of when it began, where the shape has none.
        kind: of an exception to the penalty.
    """

    n: int
    group: int
    title: Promise
    key: str
    variant: str
    shape: Shape
    says: Promise
    advice: Advice
    begins: Promise = _BEGINS
    kind: str = ""


GROUPS = {
    1: _("I got a decision and do not agree"),
    2: _("I am waiting for a decision or an answer"),
    3: _("I am waiting for an answer to my objection"),
    4: _("They are too late, and I wrote them so"),
    5: _("There is a hearing, or a bill of the court"),
    6: _("Something else"),
}
_OBJECT = _("Your objection must be in, or at the post, by %(day)s.")
_APPEAL = _("Your appeal must be in, or at the post, by %(day)s.")
_DECIDE = _("They must decide by %(day)s.")
_PAPERS = _("Your papers must be in by %(day)s.")
_LAST = _("The last day is %(day)s.")
_COURT = _("You may go to court from %(day)s on.")
_GOT = _("When did they get your application?")


def _letter(
    n: int, title: Promise, key: str, variant: str = "", *, is_appeal: bool = False
) -> Matter:
    says, advice = (_APPEAL, Advice.APPEAL) if is_appeal else (_OBJECT, Advice.OBJECT)
    return Matter(n, 1, title, key, variant, Shape.LETTER, says, advice)


def _sent(
    n: int,
    title: Promise,
    key: str,
    variant: str = "",
    *,
    says: Promise = _DECIDE,
    begins: Promise = _GOT,
    advice: Advice = Advice.WAIT,
) -> Matter:
    return Matter(n, 2, title, key, variant, Shape.SENT, says, advice, begins)


def _objection(
    n: int, title: Promise, variant: str, key: str = "uwv_beslissing_wia"
) -> Matter:
    return Matter(n, 3, title, key, variant, Shape.OBJECTION, _DECIDE, Advice.WAIT)


def _notice(n: int, title: Promise, kind: str = "") -> Matter:
    return Matter(
        n,
        4,
        title,
        "ingebrekestelling",
        "",
        Shape.NOTICE,
        _COURT,
        Advice.COURT,
        kind=kind,
    )


def _hearing(n: int, title: Promise, variant: str) -> Matter:
    return Matter(
        n,
        5,
        title,
        "stukken_zitting",
        variant,
        Shape.HEARING,
        _PAPERS,
        Advice.PAPERS,
        _("On which day is the hearing?"),
    )


def _bill(n: int, title: Promise, variant: str) -> Matter:
    return Matter(
        n,
        5,
        title,
        "griffierecht",
        variant,
        Shape.FEE,
        _("The money must be on the account of the court by %(day)s."),
        Advice.PAY,
        _("Which day stands on the bill?"),
    )


_ALL = (
    _letter(
        1, _("Of the municipality, CIZ, CBR, DUO or another authority"), "awb_bezwaar"
    ),
    _letter(2, _("Of UWV, about the WIA"), "wia_bezwaar"),
    _letter(3, _("Of UWV: you can work, or not (Ziektewet)"), "zw_hersteld"),
    _letter(
        4,
        _("Of UWV, after a year in the Ziektewet: what you can still earn"),
        "zw_hersteld",
        "eerstejaars_19ab_zes_weken",
    ),
    _letter(5, _("An answer to my objection"), "awb_beroep", is_appeal=True),
    _letter(
        6,
        _("A ruling of the court in a case against an authority"),
        "awb_hoger_beroep",
        is_appeal=True,
    ),
    _sent(
        25,
        _("I told the municipality that I need help (Wmo)"),
        "wmo_onderzoek",
        says=_("They must be done looking into it by %(day)s."),
        begins=_("When did you tell them?"),
        advice=Advice.APPLY,
    ),
    _sent(20, _("Application to the municipality (Wmo)"), "wmo_beschikking"),
    _sent(
        21, _("Application for the WIA"), "awb_beslistermijn_aanvraag", "wia_aanvraag"
    ),
    _sent(22, _("Application to CIZ (Wlz)"), "ciz_indicatie", "ciz_indicatie_amvb"),
    _sent(23, _("Request for documents (Woo)"), "woo_beslissing", "4w"),
    _sent(24, _("Another application"), "awb_beslistermijn_aanvraag"),
    _sent(
        26,
        _("A complaint"),
        "awb_klacht",
        "6w",
        says=_("They must answer by %(day)s."),
        begins=_("When did they get your complaint?"),
        advice=Advice.NOTHING,
    ),
    _objection(
        30,
        _("To the municipality or another authority"),
        "6w",
        "awb_beslissing_op_bezwaar",
    ),
    _objection(31, _("The same, with a committee"), "12w", "awb_beslissing_op_bezwaar"),
    _objection(32, _("To UWV"), "13w"),
    _objection(33, _("To UWV, about what its doctor or expert says"), "17w"),
    _objection(34, _("To UWV, with an expert from outside"), "21w"),
    _objection(
        35,
        _("To CIZ or the care office (Wlz)"),
        "wlz_bezwaar_21w_zorginstituut",
        "wlz_beslissing",
    ),
    _objection(36, _("To UWV: you can work, or not (Ziektewet)"), "zw_13w"),
    _notice(40, _("About a WIA decision of UWV"), "wia"),
    _notice(41, _("About a request for documents (Woo)"), "woo"),
    _notice(42, _("About something else")),
    _hearing(50, _("A hearing of the court"), "beroep_8_58"),
    _hearing(51, _("A hearing about my objection"), "bezwaar_7_4"),
    _bill(52, _("A bill of the court"), ""),
    _bill(
        53,
        _("A bill of the court, for a voorlopige voorziening"),
        "voorlopige_voorziening",
    ),
    Matter(
        60,
        6,
        _("A term that begins on a day"),
        "algemeen",
        "vooruit",
        Shape.FREE,
        _LAST,
        Advice.NOTHING,
        _("On which day did it begin?"),
    ),
    Matter(
        61,
        6,
        _("Something that must be in before a day"),
        "algemeen",
        "terug",
        Shape.FREE,
        _("It must be in by %(day)s."),
        Advice.NOTHING,
        _("Before which day?"),
    ),
)
MATTERS = {it.n: it for it in _ALL}


def matters_in(group: int) -> list[Matter]:
    """Return what stands in a group."""
    return [it for it in MATTERS.values() if it.group == group]
