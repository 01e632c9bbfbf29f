"""A paper as Word document: headings, lists and links to notes that are real ones."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from achterban.advocate.publications.rendering.plain import Plain

NO_DAY = datetime(1980, 1, 1, tzinfo=UTC)  # the first that a zip file knows
NO_DAY_PACKED = bytes((0, 0, 0b00100001, 0))  # midnight, 1 January, 1980 + 0
PICTURE = RELATIONSHIP_TYPE.THUMBNAIL
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML has none


def as_docx(plain: Plain) -> bytes:
    """Return a paper as DOCX; the same paper gives the same bytes.

    Its properties name the organisation and no person, and no day.
    """
    document = Document()
    _set_properties(document, plain)
    _lines(document, plain["organisation"]).runs[0].bold = True
    above = (" · ".join(plain["letterhead"]), plain["draft"], plain["addressee"])
    for words in (*above, " · ".join(plain["facts"])):
        _lines(document, words)
    document.add_heading(_clean(plain["title"]), 1)
    _lines(document, plain["changes"])
    _lines(document, plain["salutation"])
    for part in plain["parts"]:
        _part(document, part)
    _lines(document, plain["closing"])
    _lines(document, plain["cosigned"])
    if plain["notes"]:
        document.add_heading(plain["labels"]["notes"], 2)
    for note in plain["notes"]:
        _note(document, note)
    document.sections[0].footer.paragraphs[0].text = _clean(plain["footer"])
    return _without_days(document)


def _set_properties(document: Any, plain: Plain) -> None:
    properties = document.core_properties
    properties.title = _clean(plain["title"])
    properties.author = properties.last_modified_by = _clean(plain["organisation"])
    properties.language = "nl-NL"
    properties.comments = ""
    properties.created = properties.modified = NO_DAY
    style = document.styles["Normal"]
    style.font.size = Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "nl-NL")
    style.element.get_or_add_rPr().append(language)
    package = document.part.package  # a picture of the library's own empty page
    package.rels.pop(next(k for k, it in package.rels.items() if it.reltype == PICTURE))


def _lines(document: Any, words: str) -> Any:
    return document.add_paragraph(_clean(words)) if words else None


def _part(document: Any, part: dict[str, Any]) -> None:
    match part["kind"]:
        case "heading" | "subheading":
            level = 2 if part["kind"] == "heading" else 3
            _pieces(document.add_heading("", level), part["items"][0])
        case "bullets":
            for item in part["items"]:
                _pieces(document.add_paragraph(style="List Bullet"), item)
        case "numbers":
            numbering = _new_numbering(document, part["start"])
            for item in part["items"]:
                paragraph = document.add_paragraph(style="List Number")
                paragraph.paragraph_format.element.get_or_add_pPr().append(
                    _number_of(numbering)
                )
                _pieces(paragraph, item)
        case _:
            _pieces(document.add_paragraph(), part["items"][0])


def _new_numbering(document: Any, start: int) -> int:
    """Return a numbering of its own for a list: else it would go on with the last."""
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element
    known = style.pPr.numPr.numId.val
    abstract = numbering.num_having_numId(known).abstractNumId.val
    fresh = numbering.add_num(abstract)
    override = fresh.add_lvlOverride(ilvl=0)
    override.add_startOverride(start)
    return int(fresh.numId)


def _number_of(numbering: int) -> Any:
    properties = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", 0), ("w:numId", numbering)):
        element = OxmlElement(name)
        element.set(qn("w:val"), str(value))
        properties.append(element)
    return properties


def _pieces(paragraph: Paragraph, item: list[dict[str, Any]]) -> None:
    for piece in item:
        if piece["note"]:
            _link(paragraph, str(piece["note"]), anchor=f"n{piece['note']}")
        elif piece["lost"]:
            paragraph.add_run(f"[{piece['words']}]")
        elif piece["quote"]:
            paragraph.add_run(f"“{_clean(piece['words'])}”")
        else:
            paragraph.add_run(_clean(piece["words"])).bold = piece["bold"] or None


def _link(paragraph: Paragraph, words: str, *, anchor: str) -> None:
    run = paragraph.add_run(words)
    run.font.superscript = True
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), anchor)
    run._r.addprevious(link)
    link.append(run._r)


def _note(document: Any, note: dict[str, Any]) -> None:
    paragraph = document.add_paragraph()
    _bookmark(paragraph, note["n"])
    paragraph.add_run(_clean(f"{note['n']}. {note['sentence']}")).bold = True
    paragraph.add_run(f" ({note['strength']})")
    for proof in note["proofs"]:
        if proof["lost"]:
            words = f"[{proof['words']}]"
        elif proof["words"]:
            words = f"“{proof['words']}”"
        else:
            words = ", ".join(filter(None, (proof["source"], proof["address"])))
        document.add_paragraph(_clean(words), style="List Bullet")


def _bookmark(paragraph: Paragraph, n: int) -> None:
    for name in ("w:bookmarkStart", "w:bookmarkEnd"):
        element = OxmlElement(name)
        element.set(qn("w:id"), str(n))
        if name == "w:bookmarkStart":
            element.set(qn("w:name"), f"n{n}")
        paragraph._p.append(element)


def _clean(words: str) -> str:
    return _CONTROL.sub("", words)


def _without_days(document: Any) -> bytes:
    """Return the file with the same day on each part, in both places that have it.

    Source: APPNOTE.TXT 6.3, 4.3.7 and 4.3.12. To pack all anew takes as long again.
    """
    made = io.BytesIO()
    document.save(made)
    content = bytearray(made.getvalue())
    with zipfile.ZipFile(made) as source:
        at = source.start_dir
        for entry in source.infolist():
            for day in (entry.header_offset + 10, at + 12):
                content[day : day + len(NO_DAY_PACKED)] = NO_DAY_PACKED
            at += 46 + len(entry.filename) + len(entry.extra) + len(entry.comment)
    return bytes(content)
