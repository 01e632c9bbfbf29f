"""What was taken out is gone, however it was written and wherever it stands."""

from __future__ import annotations

import base64
import io
import quopri
import unicodedata
import zipfile
from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achterban.rules.redaction import (
    USUAL,
    Decision,
    Ground,
    Part,
    Surplus,
    Where,
    block,
    coded,
    parts_of,
    propose,
    redacted,
    removals,
    surplus,
    traces,
)

NAME = "Zoë van Leeuwenhorst"
LETTER = f"""Van: {NAME} <z.vanleeuwenhorst@voorbeeld.test>
Aan: Groep Beleid <beleid@voorbeeld.test>; "Tuin, Bas" <bas@voorbeeld.test>
CC: info@voorbeeld.test
Onderwerp: overleg

Beste Bas en Mirjam,

De minister Van Dalen komt ook. Bel mij op 06-12345678, of mevrouw Okkersen.

Met vriendelijke groet,

{NAME}
Beleidsmedewerker
Postbus 12, 1234 AB Voorbeeld"""

GONE = [Decision(NAME, USUAL), Decision("06-12345678", USUAL)]


def out(text: str, *decisions: Decision) -> str:
    return redacted(text, removals(text, decisions or GONE))


def found_in(words: str, *decisions: Decision) -> list[str]:
    return [it.words for it in traces([Part(Where.TEXT, words)], decisions or GONE)]


def test_grounds_are_those_of_the_law() -> None:
    assert {str(it) for it in Ground} == {
        *(f"5.1.1{it}" for it in "abcde"),
        *(f"5.1.2{it}" for it in "abcdefghi"),
        "5.1.5",
    }


WAYS: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "small": str.lower,
    "no accents": lambda it: it.replace("ë", "e"),
    "accents apart": lambda it: unicodedata.normalize("NFD", it),
    "hyphen at a line end": lambda it: it.replace("wen", "wen-\n"),
    "line end in an answer": lambda it: it.replace(" ", "\n> > "),
    "soft hyphen": lambda it: it.replace("leeuwen", "leeuwen\u00ad").replace(
        "Leeuwen", "Leeuwen\u00ad"
    ),
    "no-break space": lambda it: it.replace(" ", "\u00a0"),
    "no width": lambda it: "\u200b".join(it),
    "letter by letter": " ".join,
    "of her": lambda it: f"{it}s",
}


@pytest.mark.parametrize("way", WAYS)
def test_words_go_out_however_they_are_written(way: str) -> None:
    text = f"Gisteren sprak {WAYS[way](NAME)} met ons."

    gone = out(text)

    assert gone.startswith(f"Gisteren sprak {block(USUAL)}")
    assert not found_in(gone)


@pytest.mark.parametrize(
    "written",
    [
        "06 12 34 56 78",
        "0612345678",
        "+31 6 1234 5678",
        "0031-6-12345678",
        "(06)12345678",
    ],
)
def test_a_number_goes_out_from_wherever_it_is_dialled(written: str) -> None:
    assert found_in(f"Bel {written} vandaag.")
    assert out(f"Bel {written} vandaag.") == f"Bel {block(USUAL)} vandaag."


def test_what_is_left_tells_no_length_and_no_number_of_words() -> None:
    short, long = Decision("Bo Ek", USUAL), Decision(NAME, USUAL)

    one, other = out("Dag Bo Ek.", short), out(f"Dag {NAME}.", long)

    assert one == other == "Dag [5.1.2e]."
    two = [Decision("Zoë", USUAL), Decision("van Leeuwenhorst", Ground.SAFETY)]
    assert out(f"Dag {NAME}.", *two) == "Dag [5.1.2e]."


@pytest.mark.parametrize(
    "left",
    [
        "mevrouw Van Leeuwenhorst",
        "Zoë",
        "Z. van Leeuwenhorst",
        "ZVL",
        "zoe.vanleeuwenhorst@elders.test",
        "zvanleeuwenhorst",
        "www.voorbeeld.test/leeuwenhorst",
        "zoë zei het",
        "de Leeuwenhorstkwestie",
        "foto-zoevanleeuwenhorst2.jpg@x",
    ],
)
def test_a_part_of_a_name_that_was_forgotten_is_found(left: str) -> None:
    assert found_in(f"Ook {left} was er.")


def test_usual_words_are_no_part_of_a_name_unless_with_a_capital() -> None:
    gone = Decision("Jan de Wit", USUAL)

    assert found_in("Het is wit, en ook de rest.", gone) == []
    assert found_in("Volgens Wit is dat zo.", gone) == ["Wit"]
    assert found_in("wit@voorbeeld.test", gone) == ["wit"]


def test_a_first_name_of_two_letters_is_found_with_its_capital() -> None:
    assert found_in("Zei Bo dat? Ja, bo.", Decision("Bo Okkersen", USUAL)) == ["Bo"]


def test_what_somebody_left_is_no_trace_but_all_of_it_always_is() -> None:
    gone, left = Decision("Els Bos", USUAL), Decision("Bos", None)

    assert found_in("Bos en Lommer", gone, left) == []
    assert found_in("Els Bos", gone, left) == ["Els Bos"]


def test_a_longer_word_that_stays_hides_no_other() -> None:
    gone, left = Decision("Tjalling Hoekema", USUAL), Decision("Hoekemastate", None)

    assert found_in("In Hoekemastate zei Hoekema niets.", gone, left) == ["Hoekema"]


@pytest.mark.parametrize(
    ("gone", "written"),
    [
        ("NL91ABNA0417164300", "NL91 ABNA 0417 1643 00"),
        ("NL91 ABNA 0417 1643 00", "nl91abna0417164300"),
        ("1234AB", "1234 AB"),
        ("Søren Åkerlød", "Soren Akerlod"),
        ("06-12345678", "０６１２３４５６７８"),
        ("Zandlopersweg 5", "op de Zandlopersweg"),
    ],
)
def test_codes_streets_and_strokes_are_found_as_others_write_them(
    gone: str, written: str
) -> None:
    assert found_in(f"Het is {written}.", Decision(gone, USUAL))


def test_a_sentence_that_was_taken_out_is_found_by_six_words_of_it() -> None:
    gone = Decision("Zij is al drie jaar ziek en kan niet meer werken", USUAL)

    assert found_in("> al drie jaar ziek en\n> kan", gone)
    assert not found_in("Zij is al drie jaar lid", gone)


def test_a_mail_address_is_found_by_who_it_is_of() -> None:
    gone = Decision("m.okkersen@voorbeeld.test", USUAL)

    assert found_in("volgens Okkersen", gone) == ["Okkersen"]
    assert not found_in("info", Decision("info@voorbeeld.test", USUAL))


def _docx(words: str) -> bytes:
    made = io.BytesIO()
    runs = "".join(f"<w:r><w:t>{it}</w:t></w:r>" for it in (words[:3], words[3:]))
    with zipfile.ZipFile(made, "w") as parcel:
        parcel.writestr("word/document.xml", f"<w:p>{runs}</w:p>")
    return made.getvalue()


def _in_zip(words: str) -> bytes:
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as parcel:
        parcel.writestr("x.xml", f"<a><b>{words}</b></a>")
    with zipfile.ZipFile(outer, "w") as parcel:
        parcel.writestr("embedded.docx", inner.getvalue())
    return outer.getvalue()


CORNERS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "tags in between": ("html", lambda it: f"<p>{it[:4]}<b>{it[4:]}</b>".encode()),
    "entities": ("html", lambda it: "".join(f"&#{ord(c)};" for c in it).encode()),
    "a remark": ("html", lambda it: f"<p>a</p><!-- {it} -->".encode()),
    "an attribute": ("html", lambda it: f'<p title="{it}">a</p>'.encode()),
    "two runs": ("docx", _docx),
    "a file in a file": ("docx", _in_zip),
    "utf-16": ("txt", lambda it: it.encode("utf-16-le")),
    "base64": ("eml", lambda it: base64.encodebytes(f"ab {it} cd".encode())),
    "base64 in lines": (
        "eml",
        lambda it: base64.encodebytes(b"a " * 40 + it.encode()),
    ),
    "base64 behind a letter": (
        "txt",
        lambda it: b"x" + base64.b64encode(f"ab {it} cd".encode()),
    ),
    "quoted-printable": ("eml", lambda it: quopri.encodestring(f"{it} {it}".encode())),
    "hexadecimals": ("txt", lambda it: f"x {it.encode().hex()} y".encode()),
    "an address": ("txt", lambda it: f"http://x.test/{quote(it)}".encode()),
}


@pytest.mark.parametrize("corner", CORNERS)
def test_every_corner_of_a_file_is_searched(corner: str) -> None:
    form, hide = CORNERS[corner]

    assert traces(parts_of(hide(NAME), form), GONE)
    assert not traces(parts_of(hide("niemand hier te zien"), form), GONE)


def test_a_form_that_is_not_searched_is_refused() -> None:
    with pytest.raises(ValueError, match="xls"):
        parts_of(b"", "xls")


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        (b"/Type /OCG", Surplus.LAYER),
        (b"/EmbeddedFiles 3 0 R", Surplus.ATTACHMENT),
        (b"/Subtype /Image", Surplus.PICTURE),
        (b"/JavaScript (x)", Surplus.SCRIPT),
        (b"/Subtype/FreeText", Surplus.REMARK),
        (b"startxref 9", Surplus.REVISION),
    ],
)
def test_what_a_file_made_anew_never_has_is_named(inside: bytes, what: Surplus) -> None:
    assert surplus(b"%PDF-1.7 startxref 1") == []
    assert surplus(b"%PDF-1.7 startxref 1 " + inside) == [what]


def test_names_numbers_and_addresses_are_proposed_and_offices_stay() -> None:
    proposed = [it.words for it in propose(LETTER)]

    assert proposed == [
        NAME,
        "z.vanleeuwenhorst@voorbeeld.test",
        "Tuin, Bas",
        "bas@voorbeeld.test",
        "Bas",
        "Mirjam",
        "06-12345678",
        "Okkersen",
    ]


def test_an_unknown_word_with_a_capital_in_a_sentence_may_be_a_name() -> None:
    text = "Dat zei Tjoukje gisteren, in Zutphen en bij de Zorgbelangclub op Internet."

    assert [it.words for it in propose(text)] == ["Tjoukje"]


def test_a_text_in_a_code_is_known() -> None:
    assert coded(base64.encodebytes(bytes(range(200))).decode())
    assert not coded(LETTER)


WORDS = st.sampled_from(
    [
        "de",
        "brief",
        "kwam",
        "niet",
        "aan,",
        "en",
        "toen",
        "belde",
        "ik",
        "maar",
        "eens",
        "op.",
    ]
)


@pytest.mark.wide
@given(
    st.lists(st.sampled_from([NAME, "Bas Tuin", "06-12345678"]), min_size=1),
    st.lists(WORDS),
    st.sampled_from(list(WAYS)),
)
def test_nothing_that_went_out_is_found_and_the_rest_stays(
    gone: list[str], rest: list[str], way: str
) -> None:
    pieces = [*gone, *rest]
    text = "\n\n".join(WAYS[way](it) if it in gone else it for it in pieces)
    decisions = [Decision(it, USUAL) for it in gone]

    left = out(text, *decisions)

    assert not found_in(left, *decisions)
    assert [it for it in left.split() if block(USUAL) not in it] == rest


@pytest.mark.wide
@given(st.text(), st.text())
def test_any_text_can_be_looked_through(text: str, gone: str) -> None:
    decisions = [*propose(text), Decision(gone, USUAL)]

    left = out(text, *decisions)

    assert not [it for it in found_in(left, *decisions) if it == gone]


@pytest.mark.wide
@pytest.mark.parametrize("piece", ["\n", ">\n", " \n", "> "])
def test_a_hundred_thousand_empty_lines_are_looked_through_at_once(piece: str) -> None:
    assert propose(piece * 100_000) == []


def test_a_name_below_empty_lines_is_still_proposed() -> None:
    text = "\n\n> \n> Van: Saskia Roodenburg\n\n\n  Beste Tjeerd,\n"

    assert [it.words for it in propose(text)] == ["Saskia Roodenburg", "Tjeerd"]
