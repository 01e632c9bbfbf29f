"""A file of public bodies is read row by row; what is none is named with its line."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achterban.rules.public_bodies import (
    MOST_BYTES,
    Body,
    BodyFault,
    NotAList,
    read_bodies,
)

ID = "https://identifier.overheid.nl/tooi/id/"


def row(identifier: str = f"{ID}gemeente/gm0014", **fields: Any) -> dict[str, Any]:
    given_ = {"identifier": identifier, "naam": "gemeente Zand", "oorsprong": "lijst"}
    return {"model": "metadata.organisation", "fields": given_ | fields}


def written(*rows: Any) -> bytes:
    """Return a file with the first row on its second line."""
    return ("[\n" + ",\n".join(map(json.dumps, rows)) + "\n]\n").encode()


def test_a_body_is_its_identifier_name_and_list() -> None:
    bodies = read_bodies(b"\xef\xbb\xbf" + written(row(naam=" gemeente\n Zand\0 ")))

    assert bodies.found == (Body(f"{ID}gemeente/gm0014", "gemeente Zand", "lijst"),)
    assert bodies.found[0].municipality == "GM0014"
    assert Body(f"{ID}zbo/zb0001", "x", "").municipality == ""
    assert Body("x", "x", "").municipality == ""


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        pytest.param("text", BodyFault.OTHER, id="no object"),
        pytest.param({"model": "metadata.theme"}, BodyFault.OTHER, id="no fields"),
        pytest.param(row() | {"model": "x"}, BodyFault.OTHER, id="another model"),
        pytest.param(row(naam=None), BodyFault.NO_NAME, id="no name"),
        pytest.param(row(naam=" - "), BodyFault.NO_NAME, id="no letters"),
        pytest.param(row(naam="x" * 161), BodyFault.LONG_NAME, id="long name"),
        pytest.param(row("gm0014"), BodyFault.NO_IDENTIFIER, id="no address"),
        pytest.param(row(f"{ID}gemeente/"), BodyFault.NO_IDENTIFIER, id="half of one"),
        pytest.param(row(naam="again"), BodyFault.TWICE, id="twice"),
    ],
)
def test_a_row_that_is_no_body_is_named_and_the_others_go_on(
    wrong: Any, fault: BodyFault
) -> None:
    last = row(f"{ID}so/hv_05019346")

    bodies = read_bodies(written(row(), wrong, last))

    assert len(bodies.found) == 2
    assert bodies.faults == ((3, fault),)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", 0),
        (b"\xff\xfe[", 0),
        (b'{"model": 1}', 0),
        (b"[\n{}\n{,", 3),
        (b"[" + b"[" * 100_000, 1),
        (b"[" + b" " * MOST_BYTES, 0),
        (b"[" + b"1," * 20_001 + b"1]", 1),
    ],
)
def test_a_file_of_another_kind_says_where_it_stopped(
    content: bytes, line: int
) -> None:
    with pytest.raises(NotAList) as refused:
        read_bodies(content)
    assert refused.value.line == line


@given(st.binary(max_size=60))
@pytest.mark.slow
def test_whatever_the_bytes_it_is_read_or_refused(content: bytes) -> None:
    for tried in (content, b"[" + content.replace(b"]", b"") + b"]"):
        with suppress(NotAList):
            assert read_bodies(tried).found == ()
