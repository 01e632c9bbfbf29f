"""The OpenAPI description keeps the NLGov REST API Design Rules (2.x)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import resolve

from achterban.portal.api import description
from achterban.portal.api.tests.asking import ask, got
from achterban.portal.api.urls import public
from achterban.portal.api.views import BASE, VERSION

SEGMENT = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*|\{[a-z][a-zA-Z]*\}")
CAMEL = re.compile(r"[a-z]+([A-Z][a-z0-9]*)*")
DAY = re.compile(r"(dag|[dD]atum|begin|vanaf|verzonden|ontvangen|TotEnMet)$|^op$")
NO_DAY = {"opTijd", "isOpTijd"}


@pytest.fixture(scope="module")
def document() -> Any:
    return got("openapi.json")


def operations(document: Any) -> Iterator[tuple[str, str, Any]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def fields(document: Any) -> Iterator[tuple[str, Any]]:
    for schema in document["components"]["schemas"].values():
        yield from schema["properties"].items()


def target(document: Any, it: Any) -> Any:
    while "$ref" in it:
        found = document
        for part in it["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        it = found
    return it


def test_it_says_what_it_is_whose_it_is_and_where(document: Any) -> None:
    info = document["info"]
    assert document["openapi"].startswith("3.")
    assert re.fullmatch(r"\d+\.\d+\.\d+", info["version"])
    assert info["version"] == VERSION
    assert {"name", "url", "email"} <= info["contact"].keys()
    assert info["license"]["identifier"] == "EUPL-1.2"
    assert "juridisch advies" in " ".join(info["description"].split())
    [server] = document["servers"]
    assert server["url"] == "/api/termijnen/v1"  # the major version, no slash after it


def test_paths_are_nouns_in_kebab_case_without_a_slash_at_the_end(
    document: Any,
) -> None:
    for path in document["paths"]:
        assert all(SEGMENT.fullmatch(it) for it in path[1:].split("/"))


def test_what_is_described_is_what_there_is(document: Any) -> None:
    described = {path.replace("{", "<").replace("}", ">") for path in document["paths"]}
    routed = {
        re.sub(r"<\w+:", "<", str(it.pattern)).removeprefix(BASE.rstrip("/"))
        for it in public
    }
    assert routed - described == {"/openapi.json", "^api/"}
    assert described <= routed
    for path, _method, _operation in operations(document):
        filled = path.replace("{soort}", "x").replace("{jaar}", "2026")
        assert resolve(f"/{BASE.rstrip('/')}{filled}").url_name != "nowhere"


def test_each_operation_is_named_and_told_in_dutch(document: Any) -> None:
    names = [operation["operationId"] for _p, _m, operation in operations(document)]
    assert len(set(names)) == len(names) == 5
    for _path, method, operation in operations(document):
        assert method in {"get", "post"}
        assert operation["summary"]
        assert CAMEL.fullmatch(operation["operationId"])
        assert all(it["in"] == "path" for it in operation["parameters"])
        assert all(it["description"] for it in operation["parameters"])


def test_each_answer_has_its_version_and_each_refusal_is_a_problem(
    document: Any,
) -> None:
    for _path, method, operation in operations(document):
        statuses = set(operation["responses"])
        assert {"200", "400", "429", "500"} <= statuses
        assert method == "get" or {"411", "413", "415", "422"} <= statuses
        for status, given in operation["responses"].items():
            answer = target(document, given)
            assert "API-Version" in answer["headers"]
            if status == "200":
                continue
            schema = answer["content"]["application/problem+json"]["schema"]
            required = target(document, schema)["required"]
            assert {"status", "title", "detail"} <= set(required)


def test_fields_are_in_camel_case_and_days_are_days(document: Any) -> None:
    for name, field in fields(document):
        assert CAMEL.fullmatch(name)
        said = [field, *field.get("anyOf", [])]
        is_day = any(it.get("format") == "date" for it in said)
        if DAY.search(name) and name not in NO_DAY:
            assert is_day, name
        assert not any(it.get("format") == "date-time" for it in said)


def test_names_of_schemas_are_in_dutch_and_every_reference_is_there(
    document: Any,
) -> None:
    for name, schema in document["components"]["schemas"].items():
        assert re.fullmatch(r"([A-Z][a-z]+)+", name)
        assert not re.search(r"\b(the|who|how it)\b", schema["description"], re.I)
    for reference in set(re.findall(r"'(#/[^']+)'", str(document))):
        assert reference.startswith("#/begin") or target(document, {"$ref": reference})


def test_what_comes_in_is_closed_to_other_fields(document: Any) -> None:
    schemas = document["components"]["schemas"]
    for name in ("BerekeningVraag", "DwangsomVraag", "Verzending"):
        assert schemas[name]["additionalProperties"] is False


def test_the_examples_are_questions_with_the_answers_that_were_given(
    document: Any,
) -> None:
    for path, question in description.ASKED.items():
        operation = document["paths"][path]["post"]
        body = operation["requestBody"]["content"]["application/json"]
        given = operation["responses"]["200"]["content"]["application/json"]
        assert body["example"] == question
        assert ask(path[1:], question).json() == given["example"]
    kind = document["paths"]["/soorten/{soort}"]["get"]["responses"]["200"]
    example = kind["content"]["application/json"]["example"]
    assert got("soorten/awb-bezwaar") == example
