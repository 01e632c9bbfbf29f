"""What is made anew shows what it showed, and carries nothing else."""

from __future__ import annotations

import io
import resource
import shutil
import zipfile
import zlib
from collections.abc import Callable
from itertools import pairwise

import av
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from achterban.core import clock
from achterban.core.files import cleaner
from achterban.core.files.actions import Taken, take_in
from achterban.core.files.tests import samples
from achterban.core.files.tests.samples import SECRET
from achterban.rules.filetypes import Kind, NotAccepted, Reason

pytestmark = pytest.mark.slow  # a process each
LATER = pytest.mark.wide


def taken(content: bytes, name: str, declared: str = "") -> Taken:
    return take_in(SimpleUploadedFile(name, content, declared))


def refusal(content: bytes, name: str) -> Reason:
    with pytest.raises(NotAccepted) as caught:
        taken(content, name)
    return caught.value.reason


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda: samples.photo("JPEG"), "IMG_0001.JPG"),
        pytest.param(lambda: samples.photo("PNG"), "schermafdruk.png", marks=LATER),
        pytest.param(lambda: samples.photo("WEBP"), "foto.webp", marks=LATER),
        pytest.param(lambda: samples.photo("TIFF"), "scan.tif", marks=LATER),
        pytest.param(lambda: samples.photo("AVIF"), "foto.avif", marks=LATER),
        (lambda: samples.HEIC, "IMG_0002.HEIC"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_photo_keeps_what_it_shows_and_loses_where_and_whose(
    make: Callable[[], bytes], name: str
) -> None:
    assert SECRET.encode() in make()
    fresh = taken(make(), name)

    picture = Image.open(io.BytesIO(fresh.content))
    assert (fresh.kind, fresh.extension, picture.format) == (
        Kind.PHOTO,
        "jpg",
        "JPEG",
    )
    assert sorted(picture.size) in ([40, 60], [48, 64])
    assert not picture.getexif()
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert SECRET.encode() not in fresh.content


@pytest.mark.wide
def test_a_photo_that_lies_on_its_side_stands_up() -> None:
    picture = Image.open(io.BytesIO(taken(samples.photo("JPEG"), "a.jpg").content))
    assert picture.size == (40, 60)
    dark = picture.convert("RGB").getpixel((36, 4))
    assert isinstance(dark, tuple)
    assert max(dark) < 60  # the dark corner is at the top right now


@pytest.mark.wide
def test_a_large_photo_becomes_small_enough_to_read() -> None:
    large = taken(samples.photo(width=3200, height=1600), "a.jpg").content
    assert max(Image.open(io.BytesIO(large)).size) == 2400


def test_a_pdf_is_drawn_again_without_script_file_or_owner() -> None:
    original = samples.pdf(2)
    fresh = taken(original, "brief.pdf")

    drawn = pypdfium2.PdfDocument(fresh.content)
    page = drawn[0].render(scale=0.2).to_pil().convert("L")
    assert (fresh.kind, fresh.extension, len(drawn)) == (Kind.DOCUMENT, "pdf", 2)
    assert page.getextrema()[0] < 160  # there is ink on it
    assert abs(drawn[0].get_width() - 595) < 2
    for word in (SECRET, "JavaScript", "EmbeddedFiles", f"D:{clock.today():%Y}"):
        assert word.encode() not in fresh.content
    assert drawn.get_metadata_dict(skip_empty=True).keys() <= {
        "Creator",
        "CreationDate",
    }


@pytest.mark.parametrize(
    ("container", "codec", "name", "extension"),
    [
        ("webm", "libopus", "opname.webm", "webm"),
        ("ogg", "libopus", "opname.ogg", "webm"),
        ("mp3", "libmp3lame", "memo.mp3", "mp3"),
        ("ipod", "aac", "memo.m4a", "m4a"),
        ("wav", "pcm_s16le", "memo.wav", "webm"),
        ("flac", "flac", "memo.flac", "webm"),
        ("adts", "aac", "memo.aac", "m4a"),
    ],
)
def test_sound_stays_as_long_as_it_was_and_loses_its_labels(
    container: str, codec: str, name: str, extension: str
) -> None:
    fresh = taken(samples.sound(container, codec), name)

    assert (fresh.kind, fresh.extension) == (Kind.RECORDING, extension)
    assert SECRET.encode() not in fresh.content
    with av.open(io.BytesIO(fresh.content), "r") as source:
        length = (
            sum(int(f.samples) for f in source.decode(source.streams.audio[0])) / 48_000
        )
        assert not {"title", "comment", "location"} & {
            k.lower() for k in source.metadata
        }
    assert 0.9 < length < 1.2


def test_the_words_of_a_document_come_along_and_its_owner_does_not() -> None:
    for content, name in (
        (samples.word_document("Geachte mevrouw,", "Uw bezwaar"), "brief.docx"),
        (samples.open_document("Geachte mevrouw,", "Uw bezwaar"), "brief.odt"),
    ):
        fresh = taken(content, name)
        lines = [line.rstrip(" !") for line in fresh.content.decode().splitlines()]
        assert (fresh.extension, lines) == ("txt", ["Geachte mevrouw,", "Uw bezwaar"])


def test_a_text_file_of_any_age_is_read_and_loses_a_bsn() -> None:
    words = "Één café. Mijn nummer is 111222333."
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        fresh = taken(words.encode(encoding), "tekst.txt").content.decode()
        assert fresh == "Één café. Mijn nummer is [bsn weggehaald]."


@pytest.mark.parametrize(
    ("make", "name", "reason"),
    [
        (lambda: samples.photo()[:200], "half.jpg", Reason.BROKEN),
        (lambda: b"%PDF-1.7\nnothing", "kapot.pdf", Reason.BROKEN),
        (lambda: samples.film(), "filmpje.mp4", Reason.VIDEO),
        (lambda: samples.pdf(41), "dossier.pdf", Reason.TOO_MUCH),
        (
            lambda: samples.word_document("x", word__vbaProject_bin=b"x"),
            "a.docx",
            Reason.MACRO,
        ),
        (lambda: samples.parcel(xl__workbook_xml="<x/>"), "a.docx", Reason.MISMATCH),
        (lambda: b"\x1a\x45\xdf\xa3" + b"\0" * 400, "stil.webm", Reason.BROKEN),
        (lambda: b"", "leeg.jpg", Reason.EMPTY),
        (lambda: b"   \n", "leeg.txt", Reason.EMPTY),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_made_anew_is_refused_with_the_reason(
    make: Callable[[], bytes], name: str, reason: Reason
) -> None:
    assert refusal(make(), name) == reason


def png_of(width: int, height: int) -> bytes:
    """Return a PNG that says it is huge and packs into a few kilobytes."""
    lines = zlib.compress(bytes(width // 8 + 1) * min(height, 2000), 9)

    def chunk(kind: bytes, body: bytes) -> bytes:
        crc = zlib.crc32(kind + body).to_bytes(4, "big")
        return len(body).to_bytes(4, "big") + kind + body + crc

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x01\0\0\0\0"
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", lines)
        + chunk(b"IEND", b"")
    )


def zip_bomb() -> bytes:
    """Return a document of 300 MB in 300 kB, made without ever holding the whole."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parcel,
        parcel.open("word/document.xml", "w") as part,
    ):
        part.write(b"<x>")
        for _ in range(300):
            part.write(bytes(1 << 20))
    return out.getvalue()


BILLION = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefghij"))
    + "]><x>&j;</x>"
)


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda: png_of(50_000, 50_000), "pixels.png"),
        pytest.param(zip_bomb, "zip.docx", marks=LATER),
        (lambda: samples.parcel(word__document_xml=BILLION), "xml.docx"),
        pytest.param(
            lambda: samples.parcel(content_xml="<a>" * 200_000), "diep.odt", marks=LATER
        ),
    ],
    ids=["pixels", "zip", "xml", "deep"],
)
def test_bombs_cost_little(make: Callable[[], bytes], name: str) -> None:
    bomb = make()
    taken(b"Uw bezwaar", "brief.txt")  # what any child counts, a share of ours with it
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert refusal(bomb, name) in {Reason.TOO_MUCH, Reason.BROKEN}
    grown = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss - before
    assert grown < 150_000  # kB


@pytest.mark.wide
def test_speech_is_taken_over_and_not_coded_again() -> None:
    minute = samples.sound("ogg", "libopus", 60)
    fresh = taken(minute, "minuut.ogg").content
    assert 0.8 < len(fresh) / len(minute) < 1.2


TESSERACT = shutil.which("tesseract", path=cleaner.PROGRAMS)
BSN, OTHER = "111222333", "111222334"
SPELLED = "1112.22.333", "111 222 333"


def written(*lines: str) -> bytes:
    """Return a photo of a letter with these lines."""
    picture = Image.new("RGB", (1400, 200 + 160 * len(lines)), "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(size=64)
    for n, line in enumerate(lines):
        draw.text((80, 100 + 160 * n), line, fill="black", font=font)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()


def read(picture: bytes) -> str:
    """Return what tesseract reads on a picture."""
    with Image.open(io.BytesIO(picture)) as opened:
        lines = cleaner._read_boxes(opened)
    return " ".join(word for line in lines for word, _box in line)


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.skipif(TESSERACT is None, reason="tesseract is not on this machine")
@pytest.mark.parametrize(
    "number", [BSN, *(pytest.param(it, marks=LATER) for it in SPELLED)]
)
def test_a_bsn_on_a_photo_is_painted_over(number: str) -> None:
    letter = written(f"BSN: {number}", f"Zaak {OTHER}")
    words = read(taken(letter, "brief.jpg").content)
    assert OTHER in words
    assert "333" not in words
    assert "BSN" in words


@pytest.mark.once
def test_without_tesseract_a_photo_stays_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cleaner, "PROGRAMS", "/nowhere")
    picture = Image.new("RGB", (40, 40), "white")
    assert cleaner.cover_numbers(picture) == 0


@pytest.mark.parametrize(
    ("words", "n"),
    [
        (["BSN:", "111222333."], 1),
        (["111", "222", "333"], 1),
        (["1112.22.333"], 1),
        (list("111222333"), 1),
        (["111222334"], 0),
        (["111", "en", "222333"], 0),
        (["06", "12", "34", "56", "78"], 0),
        (["111222333", "123456782"], 2),
    ],
)
def test_numbers_are_read_in_one_word_or_in_groups(words: list[str], n: int) -> None:
    line = [(word, (10 * k, 0, 8, 8)) for k, word in enumerate(words)]
    assert len(list(cleaner._numbers_in([line]))) == n


def drawn(*streams: str) -> bytes:
    """Return a PDF of one page with what is drawn on it, in order."""
    made, stream = samples.pdf(text="X"), " ".join(streams)
    old = "BT /F1 24 Tf 72 700 Td (X) Tj ET"
    sizes = (f"<</Length {len(it)}>>stream\n{it}" for it in (old, stream))
    before, after = map(str.encode, sizes)
    assert before in made
    return made.replace(before, after)


SAID = "BT /F1 24 Tf 72 700 Td (Tot volgende week Bo) Tj ET"
BAR = "0 g 60 690 500 40 re f"
HIDDEN = "BT /F1 12 Tf 72 600 Td (verborgen) Tj ET"


@pytest.mark.parametrize(
    "streams",
    [
        (SAID, BAR),
        (SAID, f"1 g {HIDDEN}"),
        (SAID, HIDDEN.replace("/F1", "3 Tr /F1")),
        (SAID, HIDDEN.replace("600", "-600")),
    ],
    ids=["under a bar", "white on white", "without ink", "off the sheet"],
)
def test_words_that_nobody_sees_are_refused_where_all_count(
    streams: tuple[str, str],
) -> None:
    with pytest.raises(cleaner.Refused, match="hidden"):
        cleaner.whole_words(drawn(*streams))


@pytest.mark.parametrize(
    "streams",
    [(SAID,), (BAR, f"1 g {SAID}"), (f".85 g {SAID}",), (SAID.replace("24", "5"),)],
    ids=["plain", "white on a bar", "grey", "small"],
)
def test_words_that_show_are_read(streams: tuple[str, ...]) -> None:
    _extension, words = cleaner.whole_words(drawn(*streams))

    assert words.decode().strip("\f") == "Tot volgende week Bo"


@pytest.mark.parametrize(
    ("look", "is_hidden"),
    [
        ('<w:highlight w:val="black"/>', True),
        ('<w:shd w:fill="000000"/><w:color w:val="000000"/>', True),
        ("<w:vanish/>", True),
        ('<w:vanish w:val="0"/>', False),
        ('<w:highlight w:val="black"/><w:color w:val="FFFFFF"/>', False),
        ('<w:shd w:fill="000000"/>', False),
        ("<w:b/>", False),
    ],
)
def test_words_that_are_hidden_in_a_document_are_refused_where_all_count(
    look: str, is_hidden: bool
) -> None:
    made = io.BytesIO()
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    run = f"<w:r><w:rPr>{look}</w:rPr><w:t>Bo</w:t></w:r>"
    with zipfile.ZipFile(made, "w") as parcel:
        words = f"<w:document {space}><w:p>{run}</w:p></w:document>"
        parcel.writestr("word/document.xml", words)

    if is_hidden:
        with pytest.raises(cleaner.Refused, match="hidden"):
            cleaner.whole_document(made.getvalue())
    else:
        assert cleaner.whole_document(made.getvalue()) == ("txt", b"Bo")


AT = "/Rect[72 600 300 640]"
CATALOG, PAGE, END = "/Type/Catalog", "/MediaBox[0 0 595 842]", "%%EOF"
LAYER = "<</Type/OCG/Name(x)>>"
# Where a PDF may hold words beside those of its pages: what to put behind what.
CORNERS = {
    "a note": {PAGE: f"/Annots[<</Subtype/Text{AT}/Contents({SECRET})>>]"},
    "a text box": {PAGE: f"/Annots[<</Subtype/FreeText{AT}/Contents({SECRET})>>]"},
    "a mark to be taken out": {
        PAGE: f"/Annots[<</Subtype/Redact{AT}/OverlayText({SECRET})>>]"
    },
    "a link": {PAGE: f"/Annots[<</Subtype/Link{AT}/A<</S/URI/URI({SECRET})>>>>]"},
    "a form": {CATALOG: f"/AcroForm<</Fields[<</FT/Tx/T(x)/V({SECRET})>>]>>"},
    "an outline": {CATALOG: f"/Outlines<</Count 1/First<</Title({SECRET})>>>>"},
    "a label": {CATALOG: f"/PageLabels<</Nums[0<</P({SECRET})>>]>>"},
    "a language": {CATALOG: f"/Lang({SECRET})"},
    "a piece of a program": {PAGE: f"/PieceInfo<</X<</Private({SECRET})>>>>"},
    "behind the end": {END: f"\n% {SECRET}"},
    "another name of the words": {
        "stream\n": f"/Span<</ActualText({SECRET})>>BDC EMC ",
    },
}


OFF = {
    CATALOG: f"/OCProperties<</OCGs[{LAYER}]/D<</BaseState/OFF>>>>",
    PAGE: f"/Resources<</Properties<</L {LAYER}>>/Font<</F1 3 0 R>>>>",
    "stream\n": f"/OC/L BDC BT 3 Tr /F1 9 Tf 9 9 Td ({SECRET}) Tj ET EMC ",
}


def with_corner(corner: dict[str, str]) -> bytes:
    made = samples.pdf(text="Tot volgende week")
    for behind, more in corner.items():
        assert behind.encode() in made
        made = made.replace(behind.encode(), (behind + more).encode(), 1)
    return made


@pytest.mark.parametrize("corner", CORNERS)
def test_the_words_of_a_pdf_are_those_of_its_pages(corner: str) -> None:
    """What is in no word of a page is in no file that is made of these words."""
    _extension, words = cleaner.whole_words(with_corner(CORNERS[corner]))

    assert words.decode().strip("\f") == "Tot volgende week"


def test_words_of_a_layer_that_is_off_are_refused() -> None:
    with pytest.raises(cleaner.Refused, match="hidden"):
        cleaner.whole_words(with_corner(OFF))
