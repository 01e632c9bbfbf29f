"""Three forms of one paper: whole, tagged, the same each time, and harmless."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from time import perf_counter
from typing import Any

import pypdfium2
import pytest
from docx import Document

from achterban.advocate.publications.composing import (
    Note,
    Paper,
    Shown,
    ShownFigure,
    Stamp,
    _part,
)
from achterban.advocate.publications.models import Form, Kind, Words
from achterban.advocate.publications.rendering import CannotShow, render
from achterban.advocate.publications.rendering.docx import NO_DAY_PACKED
from achterban.advocate.publications.rendering.plain import Plain, plain
from achterban.core.organisations.models import Organisation
from achterban.listen.reports.actions.quoting import Quoted, Standing
from achterban.rules.papers import read_text

OURS = Organisation(name="Stille Kracht", email="hallo@stille-kracht.example")
HOSTILE = (
    '#eval("1") = $a$ `raw` \\ <x> @y // #read("/etc/passwd") </p>'
    "<script>alert(1)</script> {{ it }} \x00\x0b &amp; --- '''"
)
TEXT = f"""## Wat er misgaat

Terugbellen duurt te lang. [1] Dat **moet** anders.
Iemand zegt: [citaat 2] {HOSTILE}

- eerst
- dan [1]

7. zeven
8. acht

En verder:

1. opnieuw
"""
FIGURE = ShownFigure(30, date(2026, 10, 1), "Mensen die wachten", "wie niet belt")


def note(*proofs: Shown) -> Note:
    return Note(1, 11, "Terugbellen duurt te lang.", "experience", proofs)


def paper(text: str = TEXT, *, standing: Standing = Standing.HOLDS) -> Paper:
    words = "De gemeente belt niet." if standing is Standing.HOLDS else ""
    told = Shown(5, Quoted(standing, words), report=3)
    source = Shown(6, Quoted(Standing.HOLDS), None, "Richtlijn", "https://x.example/#a")
    number = Shown(7, Quoted(Standing.HOLDS), figure=FIGURE)
    proven = note(told, source, number)
    marks = {"1": [11, None], "2": [11, 5]}
    return Paper(
        kind=Kind.LETTER,
        title="Bel <b>mensen</b> terug",
        words=Words("College\nPostbus 1", "Geacht college,", text, "Groet,\nWij"),
        parts=tuple(_part(it, marks, {11: proven}) for it in read_text(text)),
        notes=(proven,),
        stray=(),
        stamp=Stamp("2026-03", 1, date(2026, 11, 28)),
    )


def words_in(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(" ".join(pages).split())


def made(form: Form, subject: Paper | None = None) -> bytes:
    return render(form, plain(subject or paper(), OURS))


def read(form: Form, content: bytes) -> str:
    """Return all words in a file."""
    if form is Form.PDF:
        return words_in(content)
    if form is Form.HTML:
        return content.decode()
    document: Any = Document(io.BytesIO(content))
    return " ".join(it.text for it in document.paragraphs)


@pytest.mark.parametrize("form", Form)
def test_every_form_holds_all_words_and_what_proves_them(form: Form) -> None:
    found = read(form, made(form))

    for words in (
        "Stille Kracht",
        "nummer 2026-03",
        "versie 1",
        "28 november 2026",
        "Geacht college,",
        "Wat er misgaat",
        "“De gemeente belt niet.”",
        "Wat het bewijst",
        "Richtlijn",
        "Minstens 30 mensen",
        "wie niet belt",
    ):
        assert words in found
    assert "CONCEPT" not in found


def test_between_sentences_stands_one_space() -> None:
    found = made(Form.HTML, paper("Een. [1] Twee  drie.[1]  Vier [1]. [citaat 2] Zes."))

    number = '<sup><a href="#n1">1</a></sup>'
    quote = "“De gemeente belt niet.”"
    expected = f"Een.{number} Twee drie.{number} Vier{number}. {quote}{number} Zes."
    assert expected in found.decode()


@pytest.mark.parametrize("form", Form)
@pytest.mark.wide
def test_the_same_paper_gives_the_same_bytes(form: Form) -> None:
    assert made(form) == made(form)


@pytest.mark.parametrize("form", Form)
@pytest.mark.slow
def test_words_that_were_taken_back_stand_in_no_form(form: Form) -> None:
    taken = read(form, made(form, paper(standing=Standing.TAKEN_BACK)))
    changed = read(form, made(form, paper(standing=Standing.CHANGED)))

    assert taken.count("[ingetrokken]") == 2
    assert changed.count("[intussen veranderd]") == 2


@pytest.mark.parametrize("form", Form)
def test_a_draft_says_that_it_is_one(form: Form) -> None:
    found = read(form, made(form, replace(paper(), stamp=None)))

    assert "CONCEPT" in found
    assert "2026-03" not in found


@pytest.mark.parametrize("form", Form)
def test_a_correction_says_what_it_replaces(form: Form) -> None:
    better = replace(
        paper(),
        stamp=Stamp("2026-03", 2, date(2026, 12, 1)),
        words=Words(changes="De tweede zin klopte niet."),
    )

    found = read(form, made(form, better))

    assert "Dit is versie 2. Deze vervangt versie 1." in found
    assert "De tweede zin klopte niet." in found


def test_hostile_text_is_text_in_a_pdf() -> None:
    found = words_in(made(Form.PDF)).replace(" ", "")  # a line may break anywhere

    assert '#eval("1")=$a$`raw`\\<x>@y//#read("/etc/passwd")' in found
    assert "<script>alert(1)</script>" in found
    assert "Bel<b>mensen</b>terug" in found


def test_hostile_text_is_text_on_a_page() -> None:
    found = made(Form.HTML).decode()

    assert "<script" not in found
    assert "&lt;script&gt;" in found
    assert "<b>mensen" not in found
    assert not re.search(r"""(?:src|@import|url\()\s*=?""", found)


def test_a_pdf_is_tagged_and_names_no_person_or_day() -> None:
    content = made(Form.PDF)

    for sign in (b"/StructTreeRoot", b"/MarkInfo", b"pdfuaid:part", b"(nl)"):
        assert sign in content
    with pypdfium2.PdfDocument(content) as document:
        facts = document.get_metadata_dict()
    assert facts["Title"] == "Bel <b>mensen</b> terug"
    assert facts["Author"] == "Stille Kracht"
    assert facts["CreationDate"] == facts["ModDate"] == ""


def test_a_word_document_has_real_headings_lists_and_links() -> None:
    content = made(Form.DOCX)
    document: Any = Document(io.BytesIO(content))

    styles = [(it.style.name, it.text) for it in document.paragraphs]
    assert ("Heading 1", "Bel <b>mensen</b> terug") in styles
    assert ("Heading 2", "Wat er misgaat") in styles
    assert ("List Bullet", "eerst") in styles
    numbered = [it for it in document.paragraphs if it.style.name == "List Number"]
    lists = [it._p.pPr.numPr.numId.val for it in numbered]
    assert lists[0] == lists[1] != lists[2]
    assert document.core_properties.author == "Stille Kracht"
    assert document.core_properties.created.year == 1980
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        body = parts.read("word/document.xml").decode()
        assert not [name for name in parts.namelist() if "thumbnail" in name]
    assert 'w:anchor="n1"' in body
    assert 'w:name="n1"' in body


def test_no_part_of_a_word_document_tells_when_it_was_made() -> None:
    content = made(Form.DOCX)

    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        entries = parts.infolist()
        assert parts.testzip() is None
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    days = {content[it.header_offset + 10 :][:4] for it in entries}  # before each part
    assert days == {NO_DAY_PACKED}


def test_other_scripts_are_printed_and_a_sign_without_a_font_is_named() -> None:
    both = "أنتظر منذ عام en אני מחכה כבר שנה en Łódź, ĳ ≥ €"
    assert "אני" in words_in(made(Form.PDF, paper(both)))

    with pytest.raises(CannotShow) as refusal:
        made(Form.PDF, paper("Zo 🛏️ dus"))

    assert refusal.value.signs == "🛏"


@pytest.mark.wide
def test_twenty_pages_take_no_longer_than_a_look(figure: Any) -> None:
    text = "\n\n".join(["Wij wachten al heel lang op antwoord. " * 9 + "[1]"] * 200)
    subject: Plain = plain(paper(text), OURS)
    took = {}
    for form in Form:
        began = perf_counter()
        content = render(form, subject)
        took[form.value] = round(perf_counter() - began, 2)
        if form is Form.PDF:
            with pypdfium2.PdfDocument(content) as document:
                n_pages = len(document)

    assert n_pages >= 20
    figure(f"{n_pages} pages: {took} s")


@pytest.mark.slow
def test_who_signed_stands_below_each_form_and_above_the_proof() -> None:
    signed = replace(paper(), cosigners=("Bond Zandbank", "Stichting Overkant"))
    below = "Mede namens Bond Zandbank en Stichting Overkant."
    ours = "Het bewijs is van Stille Kracht."

    forms = {form: render(form, plain(signed, OURS)) for form in Form}

    page = forms[Form.HTML].decode()
    document = Document(io.BytesIO(forms[Form.DOCX]))
    pdf = pypdfium2.PdfDocument(forms[Form.PDF])
    words = " ".join(
        " ".join(each.get_textpage().get_text_range() for each in pdf).split()
    )
    said = f"{below} {ours}"
    assert page.index(said) < page.index("Wat het bewijst")
    assert said in [it.text for it in document.paragraphs]
    assert said in words
    assert plain(replace(signed, notes=()), OURS)["cosigned"] == below
