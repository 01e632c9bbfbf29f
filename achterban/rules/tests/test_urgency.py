"""What may tell of danger is found; figures of speech and daily misery are not."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achterban.rules.urgency import Danger, signs
from tests.figures import Figure

SHARED = Path(os.environ.get("ACHTERBAN_SHARED", Path(__file__).parents[4] / "shared"))
GOLD = SHARED / "gold" / "reports.jsonl"
MARKUP = re.compile(r"\[\[\w+\||\{\{\w+\||\]\]|\}\}")


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("Ze praat steeds over zelfmoord.", Danger.SELF_HARM),
        ("Hij heeft suïcidale gedachten.", Danger.SELF_HARM),
        ("ik wil gewoon dood", Danger.SELF_HARM),
        ("Zij zegt dat zij dood wil.", Danger.SELF_HARM),
        ("Was ik maar dood.", Danger.SELF_HARM),
        ("Ik was liever dood dan nog zo'n jaar.", Danger.SELF_HARM),
        ("Als ik er niet meer ben, is het voor hen makkelijker.", Danger.SELF_HARM),
        ("Zo wil ik niet meer leven.", Danger.SELF_HARM),
        ("Van mij hoeft het niet meer, het hoeft van mij niet meer.", Danger.SELF_HARM),
        ("Soms wil ik er een eind aan maken.", Danger.SELF_HARM),
        ("Hij dreigt zichzelf iets aan te doen.", Danger.SELF_HARM),
        ("Ze heeft zichzelf weer in haar arm gesneden.", Danger.SELF_HARM),
        ("Hij stond gisteren voor de trein.", Danger.SELF_HARM),
        ("Ze heeft haar pillen al weken opgespaard.", Danger.SELF_HARM),
        ("Mijn man slaat mij als hij moe is.", Danger.VIOLENCE),
        ("De begeleider heeft hem vorige week hard geslagen.", Danger.VIOLENCE),
        ("ik ben bang voor mijn ex", Danger.VIOLENCE),
        ("Het is mishandeling.", Danger.VIOLENCE),
        ("Hij heeft een mes, hij loopt rond met een mes", Danger.VIOLENCE),
        ("De invalkracht heeft aan haar gezeten.", Danger.ABUSE),
        ("Oma was ’s nachts vastgebonden.", Danger.ABUSE),
        ("Mijn vader mag dit niet weten.", Danger.ABUSE),
        ("Bel niet naar huis!", Danger.ABUSE),
        ("Ze durft het aan niemand, ze durft niet te vertellen wie.", Danger.ABUSE),
        ("Hij heeft al drie dagen niets gegeten.", Danger.NEED),
        ("Er is geen insuline meer.", Danger.NEED),
        ("Wij zoeken een crisisplek voor haar.", Danger.NEED),
    ],
)
def test_signs_of_danger_are_found(text: str, danger: Danger) -> None:
    assert danger in {sign.danger for sign in signs(text)}
    assert danger in {sign.danger for sign in signs(text.upper())}


@pytest.mark.parametrize(
    "text",
    [
        "Ik ga dood van verveling in die wachtkamer.",
        "Ik ben doodmoe van al die formulieren.",
        "Dat slaat nergens op.",
        "Ik was met stomheid geslagen door die brief.",
        "Mijn moeder is er niet meer. Zij regelde alles.",
        "De keuring duurde twee uur en daarna lag ik vier dagen plat.",
        "Ik zit al een jaar opgesloten in mijn lijf.",
        "De gemeente durft geen besluit te nemen.",
        "Er is geen geld meer voor een nieuwe rolstoel.",
        "Hij maakt misbruik van zijn macht, die ambtenaar.",
        "Wij wachten al sinds mei op een gesprek.",
        "",
    ],
)
def test_figures_of_speech_and_daily_misery_are_none(text: str) -> None:
    assert signs(text) == []


@given(st.text())
@pytest.mark.slow
def test_every_sign_stands_in_the_text(text: str) -> None:
    for sign in signs(text + " ik wil dood " + text):
        assert 0 <= sign.start < sign.end <= 2 * len(text) + 13


def test_the_gold_texts(figure: Figure) -> None:
    """The rules were made with these texts at hand: no proof for the next reporter."""
    if not GOLD.exists():
        pytest.skip(f"the gold texts are not here: {GOLD}")
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    found = {row["id"]: bool(signs(MARKUP.sub("", row["text"]))) for row in rows}
    urgent = [row["id"] for row in rows if row["urgent"]]
    n_found = sum(found[name] for name in urgent)
    n_in_vain = sum(found.values()) - n_found
    figure(f"{n_found} of {len(urgent)} urgent, {n_in_vain} of {len(rows)} in vain")
    assert n_found == len(urgent)
    assert n_in_vain <= len(rows) * 0.05
