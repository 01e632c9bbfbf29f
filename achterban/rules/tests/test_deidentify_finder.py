"""With deduce: in a process of its own, as everywhere; it takes too long for CI."""

import faulthandler
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from achterban.rules.deidentify import Kind
from achterban.rules.tests.test_deidentify_structured import FOUND, STAYS, unmarked
from bench.deidentify import CACHE, GOLD
from tests.figures import Figure

pytestmark = [pytest.mark.slow, pytest.mark.trust]
ROOT = Path(__file__).parents[3]
MORE = [
    "Ook zei [persoon|Willemijn] dat [persoon|Daan Visser] in [woonplaats|Hapert] was.",
    "De dochter van [persoon|Fatma Yılmaz] woont in [woonplaats|Nieuw-Weerdinge].",
    "[persoon|Piet Jansen], [leeftijd|61], [woonplaats|Beverwijk]. Hij belt terug.",
    "Schrijf naar [adres|Esstraat 4], [postcode|1234 AB] [woonplaats|Utrecht].",
    "[adres|kerkweg 9] [woonplaats|urk] staat op de brief.",
    "Opname in [instelling|Isala] duurde lang.",
    "ik woon in [woonplaats|den helder] en kom nergens",
    "Wij wonen in [woonplaats|Amersvoort] en dat bevalt.",
]
KEPT = [
    "De gemeente Ede zegt nee. Ede wees het af, en Berg en Dal ook.",
    "Volgens De Fryske Marren mag het niet. Beste Zwolle, help ons.",
    "Gemeente Veghel bestaat niet meer.",
    "Jan Modaal betaalt, Joost mag weten waarom. Lieve mensen, het is Kafka.",
    "Ik heb het syndroom van Ehlers-Danlos en de ziekte van Addison.",
    "Zilveren Kruis en Menzis doen niets, en Friesland is mooi.",
    "Ik woon in een flat, ben geboren in Suriname en verhuisd naar Nederland.",
]
ODD = [
    "مرحبا محمد، كيف حالك؟",
    "İstanbul'da ığdır, Şükrü Öztürk",
    "👩‍👩‍👧 " * 300,
    "Jan " * 300,
    "Jan-" * 300,
    "A. " * 500,
    "\x00\u202e\ufeff",
    "a" * 100_000,
]


def run(folder: Path, *arguments: str) -> str:
    """Run a program to its end; return what it said."""
    # The first time deduce makes its tables for a minute and a half: no test hangs.
    faulthandler.cancel_dump_traceback_later()
    CACHE.mkdir(parents=True, exist_ok=True)
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / "deduce").symlink_to(CACHE)
    environment = {n: v for n, v in os.environ.items() if "ACHTERBAN" not in n}
    environment |= {
        "ACHTERBAN_DATA": str(folder / "data"),
        "ACHTERBAN_KEYS": str(folder / "keys"),
    }
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=environment | {"ACHTERBAN_SHARED": str(GOLD.parents[1])},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def deidentify(folder: Path, texts: list[str]) -> list[dict[str, Any]]:
    """Return what the command answers to these texts."""
    source, target = folder / "in.jsonl", folder / "out.jsonl"
    lines = [json.dumps({"id": n, "text": text}) for n, text in enumerate(texts)]
    source.write_text("\n".join(lines), "utf-8")
    said = run(
        folder,
        *("achterban.config.cli", "rules", "deidentify", str(source), str(target)),
    )
    assert said == f"{len(texts)} teksten gelezen. Lees zelf na wat er staat.\n"
    return [json.loads(line) for line in target.read_text("utf-8").split("\n") if line]


def test_names_and_places_are_found_and_authorities_stay(tmp_path: Path) -> None:
    marked = [*MORE, *FOUND]
    texts = [unmarked(text)[0] for text in marked]

    answers = deidentify(tmp_path, [*texts, *KEPT, *STAYS, *ODD])

    assert [answer["id"] for answer in answers] == list(range(len(answers)))
    found = [
        {(s["kind"], answer["text"][s["start"] : s["end"]]) for s in answer["spans"]}
        for answer in answers
    ]
    for text, spans in zip(marked, found, strict=False):
        assert unmarked(text)[1] <= spans, text
    plain = found[len(marked) : len(marked) + len(KEPT) + len(STAYS)]
    assert [spans for spans in plain if spans] == []
    kinds = {kind for spans in found for kind, _ in spans}
    assert kinds == set(Kind)
    assert (
        answers[2]["redacted"] == "[persoon], [leeftijd], [woonplaats]. Hij belt terug."
    )


def test_the_gold_texts_are_found_as_promised(tmp_path: Path, figure: Figure) -> None:
    if not GOLD.exists():
        pytest.skip(f"the gold texts are not here: {GOLD}")

    measured = json.loads(run(tmp_path, "bench.deidentify", "--json"))

    figures = measured["all"]
    figure(f"de-identification: {figures}, ratio {measured['ratio']:.2f} of deduce")
    assert figures["numbers, addresses, mail, links"] >= 0.98
    assert figures["names and places"] >= 0.92
    assert figures["all"] >= 0.90
    assert figures["precision"] >= 0.88
    assert figures["authorities removed"] <= 0.05
    assert measured["fourth"]["all"] >= 0.88  # on texts that the rules were not made on
