"""What a motion asks is read thing by thing, also from the list of parliament."""

from __future__ import annotations

import gzip
import json
import os
import tracemalloc
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from achterban.rules.motions import Ask, NotMotions, motions_in, read_motion

MOTION = """Vergaderjaar 2025-2026
Tweede Kamer der Staten-Generaal
2
Kamerstukken
36 999
XVI
Zorg aan huis
Nr.
12
MOTIE VAN DE LEDEN DUIN EN TERP
Voorgesteld
3 maart 2026
De Kamer,
gehoord de beraadslaging,
overwegende dat wie ziek op bed ligt niet naar een loket kan;
verzoekt de regering om keuringen aan huis mogelijk te maken, en de Kamer hierover
uiterlijk 1 juni 2026 te informeren;
roept de regering op met gemeenten te spreken,
en gaat over tot de orde van de dag.
Duin
Terp
"""


def test_a_motion_is_read_with_its_number_day_and_each_thing_it_asks() -> None:
    motion = read_motion(MOTION)

    assert motion is not None
    assert motion.number == "36 999-XVI, nr. 12"
    assert motion.about == "Zorg aan huis"
    assert motion.on == date(2026, 3, 3)
    assert motion.asks == (
        Ask("Keuringen aan huis mogelijk te maken"),
        Ask(
            "De Kamer hierover uiterlijk 1 juni 2026 te informeren",
            "1 juni 2026",
            date(2026, 6, 1),
        ),
        Ask("Met gemeenten te spreken"),
    )
    assert "Duin" not in motion.verbatim
    assert motion.verbatim.count("\n") == 1  # one line for each request


def test_points_of_a_request_are_things_of_their_own() -> None:
    motion = read_motion(
        "verzoekt het college:\n- de balie te openen;\n- een folder te maken;\n"
        "en gaat over tot de orde van de dag."
    )

    assert motion is not None
    assert [it.words for it in motion.asks] == [
        "De balie te openen",
        "Een folder te maken",
    ]
    assert (motion.number, motion.about, motion.on) == ("", "", None)


@pytest.mark.parametrize("text", ["", "Beste mensen, tot morgen.", "De Kamer,\n"])
def test_a_text_that_asks_nothing_is_no_motion(text: str) -> None:
    assert read_motion(text) is None


def line(**facts: object) -> str:
    known = {
        "tekst": MOTION,
        "datum": "2026-03-03T00:00:00+01:00",
        "onderwerp": "Motie van de leden Duin en Terp over keuren aan huis",
        "uitslag": "Stemmen - aangenomen",
        "stemmen": {"Voor": 76, "Tegen": 74},
    }
    return json.dumps({**known, **facts})


@pytest.mark.parametrize(
    ("facts", "is_accepted", "result"),
    [
        ({}, True, "aangenomen: 76 voor, 74 tegen"),
        ({"uitslag": "Stemmen - verworpen"}, False, "verworpen: 76 voor, 74 tegen"),
        ({"uitslag": "Stemmen - niet aangenomen", "stemmen": None}, False, "niet a"),
        ({"uitslag": None, "kabinetsappreciatie": "Overgenomen"}, True, "overgenomen"),
        ({"uitslag": None, "kabinetsappreciatie": "Ontijdig"}, None, "ontijdig"),
    ],
)
def test_the_list_tells_what_became_of_the_vote_and_not_who_moved_it(
    facts: dict[str, object], is_accepted: bool | None, result: str
) -> None:
    (motion,) = motions_in(gzip.compress(line(**facts).encode()), "KEUREN huis")

    assert motion.is_accepted is is_accepted
    assert motion.result.startswith(result)
    assert motion.about == "Motie over keuren aan huis"
    assert not [*motions_in(line(**facts).encode(), "zwemmen")]


@pytest.mark.parametrize(
    "content", [b"\x1f\x8bkapot", b"niets", b"[1]", b'{"tekst"', b"\xff\xfe"]
)
def test_what_is_no_list_is_refused(content: bytes) -> None:
    with pytest.raises(NotMotions):
        list(motions_in(content))


def test_a_row_without_a_text_is_passed_by() -> None:
    content = "\n".join(['{"onderwerp": "leeg"}', "", line(tekst=None), line()])
    assert len(list(motions_in(content.encode()))) == 1


@pytest.mark.slow
def test_the_motions_of_parliament_are_read() -> None:
    shared = os.environ.get("ACHTERBAN_SHARED")
    path = Path(shared or "/nowhere") / "data/parliament/moties.jsonl.gz"
    if not path.is_file():
        pytest.skip("the motions of parliament are not here")

    found = list(motions_in(path.read_bytes(), "gemeente"))

    assert len(found) > 500
    assert all(it.number and it.on and it.asks for it in found)
    assert not [it for it in found if "van het lid" in it.about]


@pytest.mark.slow
def test_a_small_file_that_unpacks_to_a_large_one_costs_no_memory() -> None:
    nested = b'{"a":[' + b"[]," * (8 << 20) + b"1]}"
    plain = (b" " * (24 << 20), nested, b"\n" * (24 << 20))
    packed = [gzip.compress(content, 1) for content in plain]

    tracemalloc.start()
    for content in packed:
        with suppress(NotMotions):
            list(motions_in(content))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < 10 << 20


def test_a_line_apart_in_a_text_is_no_end_of_a_line() -> None:
    row = {"tekst": "verzoekt de regering\u2028te komen"}
    content = json.dumps(row, ensure_ascii=False).encode()

    assert len(list(motions_in(content))) == 1


def test_what_is_far_too_long_for_a_motion_is_passed_by() -> None:
    row = {"tekst": "verzoekt de regering te komen. " * 2000}

    assert not list(motions_in(json.dumps(row).encode()))


def test_a_long_text_is_read_at_once() -> None:
    assert read_motion("12 345\n" * 14_000) is None
