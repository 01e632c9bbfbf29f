"""What each address of the open API answers; read in with the first question.

Docstrings of operations are in Dutch: they are the description that programs read.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable
from functools import cache
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, RawPostDataException
from django.urls import path
from ninja import NinjaAPI, Path
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from achterban.core import clock
from achterban.core.web.middleware import places
from achterban.portal.api import schemas as s
from achterban.portal.api.description import ASKED, finished, info
from achterban.portal.api.views import BASE, VERSION, problem
from achterban.rules import deadlines as d
from achterban.rules.holidays import FIRST, LAST, holidays, last_decree

log = logging.getLogger(__name__)
NO_JSON = "Stuur JSON, met Content-Type: application/json."
_BACK = "Een termijn die terugtelt, staat niet stil en wordt niet uitgesteld."
_Name = Annotated[str, Path(description="De id van een soort uit /soorten.")]
_Year = Annotated[int, Path(description=f"Een jaar van {FIRST} tot en met {LAST}.")]


class Missing(Exception):
    """What is asked for is not there."""


class _Parser(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        if request.content_type != "application/json":
            raise HttpError(415, NO_JSON)
        return json.loads(request.body, parse_constant=_no_number)


def _no_number(name: str) -> None:
    raise ValueError(name)


api = NinjaAPI(
    title="Termijnen van de wet",
    version=VERSION,
    parser=_Parser(),
    docs_url=None,
    openapi_url=None,
    servers=[{"url": f"/{BASE.rstrip('/')}"}],
    openapi_extra={"info": info()},
)


@api.get("/openapi.json", include_in_schema=False)
def description(request: HttpRequest) -> dict[str, Any]:
    """Return the OpenAPI description, with answers that were really given."""
    sum_asked = s.BerekeningVraag.model_validate(ASKED["/berekeningen"])
    penalty_asked = s.DwangsomVraag.model_validate(ASKED["/dwangsommen"])
    one = kind(request, "awb-bezwaar")
    answers = {
        "/soorten": s.Soorten(soorten=[one]),
        "/soorten/{soort}": one,
        "/berekeningen": calculate(request, sum_asked),
        "/dwangsommen": penalties(request, penalty_asked),
        "/dagen/{jaar}": days(request, 2026),
    }
    examples = {
        path: answer.model_dump(mode="json", by_alias=True)
        for path, answer in answers.items()
    }
    return finished(api.get_openapi_schema(path_prefix=""), examples)


@api.get("/soorten", response=s.Soorten, by_alias=True, operation_id="soorten")
def kinds(request: HttpRequest) -> s.Soorten:
    """Alle termijnen die Achterban kent, met hun regels."""
    return s.Soorten(soorten=list(_kinds().values()))


@api.get("/soorten/{slug:soort}", response=s.Soort, by_alias=True, operation_id="soort")
def kind(request: HttpRequest, soort: _Name) -> s.Soort:
    """Eén soort termijn, met de regels van nu en van vroeger."""
    if soort not in _kinds():
        raise Missing("Deze soort termijn kennen wij niet. Kijk in /soorten.")
    return _kinds()[soort]


@cache
def _kinds() -> dict[str, s.Soort]:
    rules: dict[str, list[d.Term]] = {}
    for term in d.terms():
        rules.setdefault(re.sub("[_/]", "-", term.name_in_full), []).append(term)
    return {
        name: s.Soort.model_validate(
            {"id": name, "soort": of[0].key, "variant": of[0].variant, "regels": of}
        )
        for name, of in rules.items()
    }


@api.post("/berekeningen", response=s.Berekening, by_alias=True, operation_id="bereken")
def calculate(request: HttpRequest, vraag: s.BerekeningVraag) -> s.Berekening:
    """De laatste dag van een termijn. Er wordt niets bewaard."""
    term = d.find(vraag.soort, vraag.variant, vraag.begin)
    _refuse_unused(term, vraag)
    found = d.deadline(
        term,
        vraag.begin,
        length=d.length_in(vraag.duur) if vraag.duur else None,
        paused=vraag.stilstand,
        adjourned=d.length_in(vraag.verdaging) if vraag.verdaging else None,
        is_ended=vraag.is_einde_vorige_termijn,
    )
    said = s.Berekening.model_validate(found)
    if by := vraag.verzending:
        verdict = d.in_time(
            found, d.By(by.wijze), sent=by.verzonden, received=by.ontvangen
        )
        said.op_tijd = s.OpTijd.model_validate(verdict)
    return said


@api.post(
    "/dwangsommen", response=s.Dwangsom, by_alias=True, operation_id="berekenDwangsom"
)
def penalties(request: HttpRequest, vraag: s.DwangsomVraag) -> s.Dwangsom:
    """Wat de overheid schuldig is die te laat beslist. Er wordt niets bewaard."""
    of = d.notice(vraag.ingebrekestelling, vraag.einde_beslistermijn, kind=vraag.soort)
    decided, until = vraag.besluit_bekend, vraag.peildatum or clock.today()
    said = s.Dwangsom.model_validate(of)
    said.peildatum = decided or until
    try:
        owed = d.penalty(of, on=until, decided=decided, n_applicants=vraag.aanvragers)
        said.schuld = s.Schuld.model_validate(owed)
    except d.NotCovered as reason:
        said.geen_dwangsom = str(reason)
    return said


@api.get("/dagen/{int:jaar}", response=s.Dagen, by_alias=True, operation_id="dagen")
def days(request: HttpRequest, jaar: _Year) -> s.Dagen:
    """De dagen van een jaar waarop geen termijn eindigt, naast zaterdag en zondag."""
    if not FIRST <= jaar <= LAST:
        raise Missing(f"Wij kennen de jaren van {FIRST} tot en met {LAST}.")
    named = [s.VrijeDag(datum=day, naam=name) for day, name in holidays(jaar).items()]
    return s.Dagen(jaar=jaar, dagen=named, is_besluit_bekend=jaar <= last_decree())


def _refuse_unused(term: d.Term, vraag: s.BerekeningVraag) -> None:
    """Refuse what this term has no use for: an answer without it would be wrong."""
    is_back = term.counting in (d.Counting.BACK, d.Counting.SAME)
    no_other = "Voor deze termijn komt geen andere."
    why = {
        "duur": vraag.duur and term.length and "Deze termijn heeft een eigen duur.",
        "stilstand": vraag.stilstand and is_back and _BACK,
        "verdaging": vraag.verdaging and is_back and _BACK,
        "isEindeVorigeTermijn": (
            vraag.is_einde_vorige_termijn and not term.after and no_other
        ),
    }
    wrong = [
        {"type": "value_error", "loc": ("body", "vraag", name), "ctx": {"error": said}}
        for name, said in why.items()
        if said
    ]
    if wrong:
        raise ValidationError(wrong)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [
        {"detail": _said(it), "pointer": _pointer(it["loc"][2:])} for it in error.errors
    ]
    return problem(400, "Verbeter de velden die hierbij staan.", errors=errors)


def _said(error: dict[str, Any]) -> str:
    of = error.get("ctx", {})
    expected = str(of.get("expected", "")).replace(" or ", " of ")
    return {
        "missing": "Dit veld ontbreekt.",
        "extra_forbidden": "Dit veld kennen wij niet.",
        "string_pattern_mismatch": "Typ zoiets als: 6 weken.",
        "string_type": "Dit moet tekst zijn.",
        "int_type": "Dit moet een heel getal zijn.",
        "bool_type": "Dit moet true of false zijn.",
        "greater_than_equal": f"Dit moet {of.get('ge')} of meer zijn.",
        "less_than_equal": f"Dit moet {of.get('le')} of minder zijn.",
        "literal_error": f"Kies uit: {expected}.",
        "value_error": str(of.get("error")),
    }.get(error["type"], "Deze waarde past hier niet.")


def _pointer(names: Iterable[Any]) -> str:
    escaped = (str(it).replace("~", "~0").replace("/", "~1") for it in names)
    return "#" + "".join(f"/{it}" for it in escaped)


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error.__cause__, HttpError):  # of the parser
        return problem(error.__cause__.status_code, str(error.__cause__))
    return problem(
        400, "Dit is geen JSON. Kijk haakjes, komma’s en aanhalingstekens na."
    )


@api.exception_handler(RawPostDataException)  # below an organisation: a form, read
def _form(request: HttpRequest, error: RawPostDataException) -> HttpResponse:
    return problem(415, NO_JSON)


@api.exception_handler(Missing)
def _missing(request: HttpRequest, error: Missing) -> HttpResponse:
    return problem(404, str(error))


@api.exception_handler(d.NotCovered)
def _not_covered(request: HttpRequest, error: d.NotCovered) -> HttpResponse:
    return problem(422, str(error))


@api.exception_handler(Exception)
def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("%s at %s", type(error).__name__, places(error))
    return problem(500, "De fout ligt bij ons. Probeer het later nog eens.")


urlpatterns = [path(BASE, api.urls)]  # last: it closes the list of operations
