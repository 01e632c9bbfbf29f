"""What the OpenAPI description says beside the operations themselves.

By the NLGov REST API Design Rules 2.x: contact, licence, version header, problems.
"""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import parseaddr
from typing import Any

from django.conf import settings

from achterban.portal.api.schemas import Probleem
from achterban.portal.api.views import TITLES, VERSION

_REF = "#/components/schemas/{model}"
_ALWAYS = (400, 429, 500)
_BY_METHOD = {"get": (404,), "post": (411, 413, 415, 422)}
_SAYS = """\
Reken uit tot en met welke dag iemand op tijd is: met een bezwaar, een beroep, een
klacht of een andere termijn van de wet. De overheid heeft ook termijnen. Die staan er
ook in, met de dwangsom als zij te laat beslist.

Elk antwoord zegt op welk artikel het rust, waarover juristen twijfelen, en wie de regel
nakeek. Wat wij niet weten, zeggen wij: dan krijgt u een 422. Het is geen juridisch
advies.

Iedereen mag dit gebruiken, zonder sleutel en vanaf elke site. Wij bewaren niets van de
vraag: geen datum en geen soort. Daarom stelt u een vraag met POST, nooit in het adres.
"""

ASKED = {
    "/berekeningen": {
        "soort": "awb_bezwaar",
        "begin": "2026-03-20",
        "verzending": {
            "wijze": "post",
            "verzonden": "2026-05-01",
            "ontvangen": "2026-05-04",
        },
    },
    "/dwangsommen": {
        "ingebrekestelling": "2026-02-02",
        "eindeBeslistermijn": "2026-01-30",
        "besluitBekend": "2026-03-02",
        "aanvragers": 2,
    },
}


def info() -> dict[str, Any]:
    """Return what the document says of the API as a whole."""
    scheme = "http" if settings.PLAIN_HTTP else "https"
    return {
        "description": _SAYS,
        "contact": {
            "name": f"Beheerder van {settings.CANONICAL_HOST}",
            "url": f"{scheme}://{settings.CANONICAL_ADDRESS}/",
            "email": parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        },
        "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    }


def finished(made: dict[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return a description with headers, problems and examples.

    Args:
        made: by the framework.
        answers: an example of an answer by path.
    """
    of_problem = Probleem.model_json_schema(ref_template=_REF)
    made["components"]["schemas"] |= of_problem.pop("$defs") | {"Probleem": of_problem}
    for schema in made["components"]["schemas"].values():
        for field in schema["properties"].values():
            field.pop("title", None)  # made of the name, and says nothing more
    refusals = sorted({*_ALWAYS, *_BY_METHOD["get"], *_BY_METHOD["post"]})
    made["components"]["responses"] = {str(it): _problem(it) for it in refusals}
    made["components"]["headers"] = {
        "API-Version": {
            "description": "De hele versie van de API.",
            "schema": {"type": "string", "examples": [VERSION]},
        }
    }
    for path, methods in made["paths"].items():
        for method, operation in methods.items():
            operation["summary"] = operation["description"].partition(".")[0]
            answer = operation["responses"][200]
            answer["description"] = "Het antwoord."
            version = {"$ref": "#/components/headers/API-Version"}
            answer["headers"] = {"API-Version": version}
            answer["content"]["application/json"]["example"] = answers[path]
            for status in (*_ALWAYS, *_BY_METHOD[method]):
                refused = {"$ref": f"#/components/responses/{status}"}
                operation["responses"][status] = refused
            if path in ASKED:
                body = operation["requestBody"]["content"]["application/json"]
                body["example"] = ASKED[path]
    return made


def _problem(status: int) -> dict[str, Any]:
    schema = {"$ref": _REF.format(model="Probleem")}
    version = {"$ref": "#/components/headers/API-Version"}
    return {
        "description": f"{TITLES[status]}.",
        "headers": {"API-Version": version},
        "content": {"application/problem+json": {"schema": schema}},
    }
