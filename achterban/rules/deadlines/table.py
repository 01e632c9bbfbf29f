"""Many terms at once: a row of a table in, a row with the answer out.

The columns are those of a table of cases with known answers, so that anybody can check
these rules against cases of their own. What a row lacks is said in ``not_covered``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from achterban.rules.deadlines.answering import Deadline, deadline
from achterban.rules.deadlines.counting import Length, Unit, told
from achterban.rules.deadlines.penalties import (
    Court,
    Notice,
    Payer,
    Penalty,
    fee,
    notice,
    penalty,
)
from achterban.rules.deadlines.sending import By, in_time
from achterban.rules.deadlines.terms import (
    Counting,
    NotCovered,
    Term,
    find,
    length_in,
    terms,
    variants_of,
)
from achterban.rules.spreadsheets import harmless

FIELDS = (
    *("id", "first_day", "last_day", "rolled", "posting_last_day", "safe_day"),
    *("in_time", "valid", "first_penalty_day", "earliest_appeal_day"),
    *("last_penalty_day", "penalty_days", "penalty_total", "amount"),
    *("alternative_last_day", "alternative", "explanation", "articles"),
    *("checked", "not_covered"),
)
_YES_NO = {True: "ja", False: "nee", None: ""}
_GROUNDS = {"kennelijk_ongegrond", "kennelijk_niet_ontvankelijk", "onredelijk_laat"}
_GROUNDS |= {"geen_belanghebbende"}
_ADDED = re.compile(r"(?:^|_)(?:opschorting|verdaagd_\d+w)$")
_PAYERS = {
    "verlaagd": Payer.REDUCED,
    "rechtspersoon": Payer.ORGANISATION,
    "natuurlijk": Payer.PERSON,
    "ander": Payer.PERSON,
}


@dataclass(frozen=True)
class _Case:
    """A row, read.

    Attributes:
        regime: which term.
        variant: which one of that name, or what is special.
        length: as the row says it.
        published: when the decision was made known.
        begins: the day that begins the term itself.
        more: what stands in ``extra``.
        row: as it came.
    """

    regime: str
    variant: str
    length: str
    published: date | None
    begins: date | None
    more: dict[str, Any]
    row: Mapping[str, str]

    def day(self, name: str) -> date | None:
        """Return a day of ``extra``."""
        return _day(self.more.get(name) or "", name)


def answer(row: Mapping[str, str]) -> dict[str, str]:
    """Return the answer to one row, with all of ``FIELDS``; never an error."""
    said = dict.fromkeys(FIELDS, "")
    said["id"] = harmless(row.get("id", ""))
    try:
        case = _read(row)
        said |= _penalty(case) if case.regime == "dwangsom" else _term(case)
    except NotCovered as reason:
        said["not_covered"] = str(reason)
    return said


def _read(row: Mapping[str, str]) -> _Case:
    try:
        more = json.loads(row.get("extra") or "{}")
    except (ValueError, RecursionError):
        more = None
    if not isinstance(more, dict):
        raise NotCovered("In extra staat geen JSON.")
    published = _day(row.get("bekendmaking_datum"), "bekendmaking_datum")
    if published is None:
        published = _day(row.get("besluit_dagtekening"), "besluit_dagtekening")
    return _Case(
        regime=(row.get("regime") or "").strip(),
        variant=(row.get("variant") or "").strip(),
        length=(row.get("termijn") or "").strip(),
        published=published,
        begins=_day(row.get("start_datum"), "start_datum"),
        more=more,
        row=row,
    )


def _day(text: object, name: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(str(text).strip())
    except ValueError:
        raise NotCovered(
            f"{name}: “{text}” is geen dag. Typ zoiets als 2026-03-01."
        ) from None


def _count(text: object, name: str) -> int:
    try:
        n = int(str(text or 0))
    except ValueError:
        n = -1
    if not 0 <= n <= 10_000:
        raise NotCovered(f"{name}: “{text}” is geen aantal.")
    return n


def _term(case: _Case) -> dict[str, str]:
    found = _deadline(case)
    said = _said(found)
    if (by := case.row.get("toets_soort")) and by not in {it.value for it in By}:
        said["not_covered"] = f"toets_soort: “{by}” kennen wij niet."
    elif by:
        verdict = in_time(
            found,
            By(by),
            sent=_day(case.row.get("toets_verzonden"), "toets_verzonden"),
            received=_day(case.row.get("toets_ontvangen"), "toets_ontvangen"),
        )
        said["in_time"] = _YES_NO[verdict.is_in_time]
        said["alternative"] = verdict.doubt or said["alternative"]
        said["explanation"] += f" {verdict.why}"
    if case.regime == "ingebrekestelling":
        said |= _noticed(_notice(case))
    if case.regime == "griffierecht":
        said |= _fee(case, found)
    return said


def _deadline(case: _Case) -> Deadline:
    event = case.begins or case.published
    if event is None:
        raise NotCovered("Zonder datum is er geen laatste dag. Zoek de datum op.")
    term = _rule(case, event)
    is_ended = bool(term.after) and case.published is None
    starts = case.published if term.after and case.published else event
    return deadline(
        term,
        starts,
        length=length_in(case.length) if _is_free(term) else None,
        paused=_paused(case),
        adjourned=_adjourned(case),
        is_ended=is_ended,
    )


def _is_free(term: Term) -> bool:
    return term.length is None and term.counting is not Counting.SAME


def _rule(case: _Case, on: date) -> Term:
    variant = _ADDED.sub("", case.variant)
    if case.regime == "overig":
        named = [it.key for it in terms() if variant and it.variant == variant]
        if named:
            return find(named[0], variant, on)
    elif case.regime in ("ingebrekestelling", "griffierecht"):
        variant = variant if variant in variants_of(case.regime) else ""
        return find(case.regime, variant, on)
    elif variant in variants_of(case.regime) or (
        not variant and len(variants_of(case.regime)) == 1
    ):
        return find(case.regime, variant, on)
    if not case.length:
        return find(case.regime, case.variant, on)  # which says that it is not known
    return find("algemeen", "terug" if "vóór" in case.length else "vooruit", on)


def _paused(case: _Case) -> int:
    after, until = (
        case.day("opschorting_vanaf_dag_na"),
        case.day("opschorting_tot_en_met"),
    )
    if after and until:
        if until < after:
            raise NotCovered("De opschorting eindigt voor zij begint. Kijk dat na.")
        return (until - after).days
    return _count(case.more.get("opschorting_dagen"), "opschorting_dagen")


def _adjourned(case: _Case) -> Length | None:
    n = _count(case.more.get("verdaging_weken"), "verdaging_weken")
    return Length(n, Unit.WEEKS) if n else None


def _said(found: Deadline) -> dict[str, str]:
    term = found.term
    why = [step.says for step in found.steps]
    articles = [*term.articles, *(step.article for step in found.steps)]
    if term.key == "algemeen" or term.note:
        why.append(term.note)
    other = found.others[0] if found.others else None
    return {
        "first_day": _iso(found.first),
        "last_day": _iso(found.last),
        "rolled": _YES_NO[found.is_moved],
        "posting_last_day": _iso(found.posted_by),
        "safe_day": _iso(found.safe),
        "alternative_last_day": _iso(other.last if other else None),
        "alternative": " ".join(it.why for it in found.others),
        "explanation": " ".join(why),
        "articles": "; ".join(dict.fromkeys(it for it in articles if it)),
        "checked": str(term.checked),
    }


def _notice(case: _Case) -> Notice:
    received = case.begins
    if received is None:
        raise NotCovered("Wanneer de ingebrekestelling is ontvangen, staat er niet.")
    kind = case.variant if case.variant in ("woo", "wia") else ""
    ended = case.day("beslistermijn_einde")
    if ended is None:
        if case.regime != "dwangsom":
            raise NotCovered("Wanneer de beslistermijn eindigde, staat er niet.")
        ended = date.min
    return notice(received, ended, kind=kind)


def _noticed(of: Notice) -> dict[str, str]:
    said = {
        "valid": _YES_NO[of.is_valid],
        "first_penalty_day": _iso(of.first_penalty),
        "last_penalty_day": _iso(of.last_penalty),
        "earliest_appeal_day": _iso(of.earliest_appeal),
        "not_covered": of.no_penalty,
    }
    if of.runs and of.runs.others and of.first_penalty:
        other = of.runs.others[0]
        first = told(other.last + timedelta(days=1))
        said["alternative"] = f"{other.why} De eerste dag is dan {first}."
    if not of.is_valid:
        none = dict.fromkeys(("first_day", "last_day", "rolled", "safe_day"), "")
        none |= dict.fromkeys(("alternative_last_day", "articles"), "")
        why = "De brief kwam voor het einde van de beslistermijn. Hij telt niet."
        said |= none | {"explanation": why, "alternative": of.doubt}
        said["articles"] = "Awb 4:17 lid 3; Awb 6:12 lid 2"
    return said


def _penalty(case: _Case) -> dict[str, str]:
    if case.variant in _GROUNDS:
        why = "Dan is er geen dwangsom."
        none = {"penalty_days": "0", "penalty_total": "0", "explanation": why}
        return none | {"articles": "Awb 4:17 lid 6"}
    of = _notice(case)
    said = (_said(of.runs) if of.runs else {}) | _noticed(of)
    decided = case.day("besluit_bekend")
    until = decided or case.day("peildatum") or of.last_penalty or of.received
    owed = penalty(
        of,
        on=until,
        decided=decided,
        n_applicants=max(1, _count(case.more.get("aanvragers", 1), "aanvragers")),
    )
    return said | _owed(owed)


def _owed(owed: Penalty) -> dict[str, str]:
    others = [f"{it.n_days} dagen, € {it.euros}: {it.why}" for it in owed.others]
    return {
        "penalty_days": str(owed.amount.n_days),
        "penalty_total": str(owed.amount.euros),
        "amount": f"{owed.share:g}" if owed.share != owed.amount.euros else "",
        "alternative": "; ".join(others),
    }


def _fee(case: _Case, found: Deadline) -> dict[str, str]:
    court = Court.APPEAL
    if case.variant.startswith("hoger_beroep"):
        court = Court.HIGHER_APPEAL
    payers = [payer for name, payer in _PAYERS.items() if name in case.variant]
    if not payers:
        return {
            "not_covered": "Wie betaalt, staat er niet. Het bedrag staat in de nota."
        }
    try:
        asked = fee(found.event.year, court, payers[0])
    except NotCovered as reason:
        return {"not_covered": str(reason)}
    return {"amount": str(asked.euros), "articles": f"Awb 8:41; {asked.source}"}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
