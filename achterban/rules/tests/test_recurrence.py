"""Dutch words for a term or a rhythm are read, and what cannot be read is asked."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achterban.rules.recurrence import (
    MOST_OCCURRENCES,
    Doubt,
    NotARhythm,
    Precision,
    checked_rhythm,
    occurrences,
    read_term,
    terms_in,
)

ON = date(2025, 3, 5)  # a Wednesday


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("uiterlijk 14 maart", "2025-03-14"),
        ("vóór 1 mei", "2025-04-30"),
        ("voor 1 januari", "2025-12-31"),
        ("op dinsdag 18 maart", "2025-03-18"),
        ("per 1-7-2025", "2025-07-01"),
        ("daarvoor 3 juni", "2025-06-03"),
        ("vóór het debat van 6 november", "2025-11-05"),
        ("op de 20e", "2025-03-20"),
        ("op de 3e", "2025-04-03"),
        ("in de week van 22 september", "2025-09-26"),
        ("in mei 2026", "2026-05-31"),
        ("begin april", "2025-04-10"),
        ("half november", "2025-11-15"),
        ("eind januari", "2026-01-31"),
        ("volgend jaar oktober", "2026-10-31"),
        ("voor mei", "2025-04-30"),
        ("binnen acht weken", "2025-04-30"),
        ("binnen tien werkdagen", "2025-03-19"),
        ("binnen 24 uur", "2025-03-06"),
        ("over een jaar", "2026-03-05"),
        ("binnen een half jaar", "2025-09-05"),
        ("binnen anderhalf jaar", "2026-09-05"),
        ("vanmiddag", "2025-03-05"),
        ("morgenochtend", "2025-03-06"),
        ("per direct", "2025-03-05"),
        ("vrijdag", "2025-03-07"),
        ("woensdag", "2025-03-12"),
        ("vóór vrijdag", "2025-03-06"),
        ("volgende week dinsdag", "2025-03-11"),
        ("maandag over een week", "2025-03-17"),
        ("deze week nog", "2025-03-07"),
        ("volgende maand", "2025-04-30"),
        ("eind van de maand", "2025-03-31"),
        ("dit kwartaal", "2025-03-31"),
        ("eind dit jaar", "2025-12-31"),
        ("voor het einde van het jaar", "2025-12-31"),
        ("in de loop van 2026", "2026-12-31"),
        ("medio 2025", "2025-06-30"),
        ("voor 2026", "2025-12-31"),
        ("in het derde kwartaal", "2025-09-30"),
        ("in het eerste kwartaal van volgend jaar", "2026-03-31"),
        ("uiterlijk vóór het vierde kwartaal", "2025-09-30"),
        ("Q2", "2025-06-30"),
        ("de tweede helft van het jaar", "2025-12-31"),
        ("in week 40", "2025-10-03"),
        ("week 2", "2026-01-09"),
        ("voor de zomer", "2025-06-30"),
        ("na de zomer van 2026", "2026-09-30"),
        ("in het najaar", "2025-12-20"),
        ("voor het voorjaar", "2026-02-28"),
        ("voor de kerst", "2025-12-24"),
        ("voor Prinsjesdag", "2025-09-15"),
        ("uiterlijk op Prinsjesdag", "2025-09-16"),
    ],
)
def test_words_for_a_term_are_read_with_the_date_of_the_text(
    words: str, due: str
) -> None:
    term = read_term(f"Wij doen dat {words}.", ON)

    assert term is not None
    assert (term.due, term.rhythm) == (date.fromisoformat(due), "")


@pytest.mark.parametrize(
    ("words", "rhythm"),
    [
        ("elke zes weken", "FREQ=WEEKLY;INTERVAL=6"),
        ("om de week", "FREQ=WEEKLY;INTERVAL=2"),
        ("om de drie maanden", "FREQ=MONTHLY;INTERVAL=3"),
        ("eens in de twee maanden", "FREQ=MONTHLY;INTERVAL=2"),
        ("iedere maand", "FREQ=MONTHLY"),
        ("6-wekelijks", "FREQ=WEEKLY;INTERVAL=6"),
        ("per kwartaal", "FREQ=MONTHLY;INTERVAL=3"),
        ("elk half jaar", "FREQ=MONTHLY;INTERVAL=6"),
        ("halfjaarlijks", "FREQ=MONTHLY;INTERVAL=6"),
        ("jaarlijkse", "FREQ=YEARLY"),
        ("elke werkdag", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("vier keer per jaar", "FREQ=MONTHLY;INTERVAL=3"),
        ("één keer per jaar", "FREQ=YEARLY"),
        ("op dinsdag- en donderdagochtend", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("elke vrijdagmiddag", "FREQ=WEEKLY;BYDAY=FR"),
        ("de eerste woensdag van de maand", "FREQ=MONTHLY;BYDAY=1WE"),
        ("de laatste vrijdag van elke maand", "FREQ=MONTHLY;BYDAY=-1FR"),
        (
            "de eerste werkdag van elke maand",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
        ),
        ("elk jaar in november", "FREQ=YEARLY;BYMONTH=11"),
        ("twee keer per jaar, in april en oktober", "FREQ=YEARLY;BYMONTH=4,10"),
    ],
)
def test_a_rhythm_is_read_as_a_calendar_writes_it(words: str, rhythm: str) -> None:
    term = read_term(f"Wij overleggen {words} met u.", ON)

    assert term is not None
    assert term.rhythm == checked_rhythm(rhythm)


@pytest.mark.parametrize(
    ("words", "doubt"),
    [
        ("zodra de raad besluit", Doubt.EVENT),
        ("binnen tien werkdagen na melding", Doubt.EVENT),
        ("voor de begrotingsbehandeling", Doubt.EVENT),
        ("zo spoedig mogelijk", Doubt.VAGUE),
        ("zeven keer per jaar", Doubt.VAGUE),
        ("na de herfstvakantie", Doubt.HOLIDAY),
        ("voor het zomerreces", Doubt.RECESS),
    ],
)
def test_what_cannot_be_read_is_asked_and_not_guessed(words: str, doubt: Doubt) -> None:
    term = read_term(f"Wij komen {words} bij u terug.", ON)

    assert term is not None
    assert (term.due, term.rhythm, term.doubt) == (None, "", doubt)


@pytest.mark.parametrize(
    "words",
    [
        "In uw brief van 9 december schrijft u dat.",
        "Op 4 maart schreef u ons.",
        "Op 3 februari 2025 spraken wij elkaar.",
        "Jan belt u.",
        "Op 31 februari zou het klaar zijn.",
        "Bel 020-12/13-14.",
        "Wij denken aan u.",
    ],
)
def test_what_is_over_or_no_day_is_no_term(words: str) -> None:
    assert terms_in(words, ON) == []


def test_a_rhythm_goes_with_the_day_on_which_it_starts() -> None:
    term = read_term("Elke acht weken, voor het eerst op 11 juni.", ON)

    assert term is not None
    assert (term.rhythm, term.due) == ("FREQ=WEEKLY;INTERVAL=8", date(2025, 6, 11))


def test_a_term_knows_how_sharp_it_is_and_where_it_stands() -> None:
    text = "U hoort het in mei, of in week 30."

    found = terms_in(text, ON)

    assert [text[it.start : it.end] for it in found] == ["in mei", "week 30"]
    assert [it.precision for it in found] == [Precision.MONTH, Precision.WEEK]


@pytest.mark.wide
@given(st.text(max_size=300), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_any_text_is_read_and_no_term_lies_before_its_date(text: str, on: date) -> None:
    found = terms_in(text, on)

    assert all(0 <= it.start < it.end <= len(text) for it in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_a_rhythm_unfolds_in_days_up_to_the_last() -> None:
    days = occurrences("FREQ=WEEKLY;INTERVAL=6", date(2021, 1, 4), date(2021, 5, 10))

    assert [day.isoformat() for day in days] == [
        "2021-01-04",
        "2021-02-15",
        "2021-03-29",
        "2021-05-10",
    ]
    endless = occurrences("FREQ=DAILY", date(2021, 1, 1), date(2091, 1, 1))
    assert len(endless) == MOST_OCCURRENCES


@pytest.mark.parametrize(
    "words",
    [
        "",
        "elke week",
        "FREQ=SECONDLY",
        "FREQ=WEEKLY;FREQ=DAILY",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;COUNT=3;UNTIL=20250101",
        "FREQ=WEEKLY;UNTIL=20251399",
    ],
)
def test_what_is_no_rhythm_is_refused(words: str) -> None:
    with pytest.raises(NotARhythm):
        checked_rhythm(words)


@pytest.mark.parametrize("on", [date.min, date.max])
@pytest.mark.parametrize(
    "words",
    ["binnen acht weken", "morgen", "volgend jaar oktober", "voor 1 januari", "op 3e"],
)
def test_what_lies_behind_the_calendar_is_no_term(words: str, on: date) -> None:
    term = read_term(words, on)

    assert term is None or term.due is None or term.due >= on


@pytest.mark.wide
@pytest.mark.parametrize("piece", ["Jan de Wit ", "op dinsdag- en ", "morgen of "])
def test_thousands_of_terms_are_read_at_once_and_none_over_another(piece: str) -> None:
    found = terms_in(piece * 10_000, date(2026, 1, 5))

    assert all(one.end <= other.start for one, other in pairwise(found))
