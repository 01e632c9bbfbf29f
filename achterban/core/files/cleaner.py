"""Make a file anew in a process of its own: out comes what can be seen or heard.

Photos and pages are drawn again, sound is put in a fresh container, of a text document
the words are taken over. No place, owner, thumbnail, script or earlier version can
come along. Run as a script: the original on stdin, on stdout a line with the new
extension and the new file; or exit 3 and the reason on stderr.

It has no Django, no keys and no network, may write no file, and gets little memory and
time: whoever breaks a decoder is alone in here.
"""

from __future__ import annotations

import io
import json
import re
import resource
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

MOST_MEMORY = 1500 << 20  # bytes of address space; the libraries map several hundred
MOST_SECONDS = 30  # of the processor
LONGEST_EDGE = 2400  # pixels: an A4 in small print can be read
MOST_PIXELS = 50_000_000  # the largest photo of a telephone
MOST_PIXELS_JPEG = 200_000_000  # these are read at a smaller size at once
PHOTO_QUALITY = 82
PAGE_QUALITY = 75
MOST_PAGES = 40
PAGE_DPI = 150
MOST_READ_PAGES_OF_WORDS = 500  # of a PDF of which the words alone are taken
PAGE_END = "\f"
FEWEST_BESIDE_A_PICTURE = 100  # letters on a page that is mostly picture
HIDDEN_SCALE = 1.5  # of a page that is drawn to see which of its letters show
LEAST_CONTRAST = 12  # of 255, between a letter and what is around it
FEWEST_HIDDEN = 3  # letters that nobody sees
# A letter without a name; what stands alone is a bullet of some font, and U+FFFE is a
# hyphen at the end of a line.
_NAMELESS = "[\0\ufffd\ue000-\uf8ff]"
_LOST = re.compile(rf"(?<=[^\W\d_]){_NAMELESS}|{_NAMELESS}(?=[^\W\d_]|{_NAMELESS})")
MOST_READ_PAGES = 5  # of a PDF, for numbers that we may not keep; each takes seconds
MOST_READING = 20  # seconds for one picture
PROGRAMS = "/usr/local/bin:/usr/bin:/bin"
TSV_COLUMNS = 12  # of tesseract: level, page, block, paragraph, line, word, box, …
SOME_DAY = b"/CreationDate(D:20000101000000"
MOST_WORD_BYTES = 5_000_000  # of the text part of a document
SPEECH_BITS = 32_000  # a second
LOGO_SIZE = (480, 144)  # pixels: three for each of the screen
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BLACK = frozenset({"auto", "black", "000000"})
REFUSED = 3  # exit code
BLANKS = {"tab": " ", "s": " ", "br": "\n", "line-break": "\n"}  # in documents


class Refused(Exception):
    """The file cannot be made anew; the message is a ``Reason``."""


def photo(original: bytes) -> tuple[str, bytes]:
    """Draw a picture again as a JPEG without anything around it."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(original)) as picture:
        is_jpeg = picture.format == "JPEG"
        limit = MOST_PIXELS_JPEG if is_jpeg else MOST_PIXELS
        if picture.width * picture.height > limit:
            raise Refused("too_much")
        picture.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))  # JPEG only
        small = picture.convert("RGBA") if picture.mode == "P" else picture
        small.thumbnail((LONGEST_EDGE, LONGEST_EDGE))  # first: each copy costs memory
        plain = _on_white(ImageOps.exif_transpose(small))
    cover_numbers(plain)
    plain.info = {}  # a comment would come along
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=PHOTO_QUALITY, optimize=True)
    return "jpg", out.getvalue()


def logo(original: bytes) -> tuple[str, bytes]:
    """Draw a small picture again as a PNG in few colours; what is clear stays clear."""
    from PIL import Image

    with Image.open(io.BytesIO(original)) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise Refused("too_much")
        plain = picture.convert("RGBA")
    plain.thumbnail(LOGO_SIZE)
    few = plain.quantize(256, Image.Quantize.FASTOCTREE)
    few.info = {}
    out = io.BytesIO()
    few.save(out, "PNG", optimize=True)
    return "png", out.getvalue()


def heif(original: bytes) -> tuple[str, bytes]:
    """Draw a photo of an iPhone again."""
    import pi_heif

    pi_heif.register_heif_opener(thumbnails=False, depth_images=False)
    return photo(original)


def _on_white(picture: Any) -> Any:
    from PIL import Image

    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    ground = Image.new("RGB", layer.size, "white")
    ground.paste(layer, mask=layer.getchannel("A"))
    return ground


def pages(original: bytes) -> tuple[str, bytes]:
    """Draw the pages of a PDF again, as pictures in a fresh PDF."""
    import pypdfium2

    document = _open_pdf(original)
    if len(document) > MOST_PAGES:
        raise Refused("too_much")
    document.init_forms()  # what was filled in is part of the page
    fresh = pypdfium2.PdfDocument.new()
    for page in document:
        _draw_page(page, fresh)
        page.close()
    out = io.BytesIO()
    fresh.save(out)
    # The hour at which it was drawn is that at which it was sent; as long as it was, so
    # that what follows stays in its place.
    return "pdf", re.sub(rb"/CreationDate\(D:\d{14}", SOME_DAY, out.getvalue())


def whole_words(original: bytes) -> tuple[str, bytes]:
    """Return the words of the pages of a PDF, when a person reads just these.

    A page that is a picture of words, whose letters have no names, or with words that
    nobody sees is refused.
    """
    return page_words(original, look=_refuse_half_read)


def _refuse_half_read(page: Any, text: Any) -> None:
    """Refuse a page of which a person reads more than we do, or less."""
    _refuse_pictures(page, text.get_text_range().strip())
    _refuse_hidden(page, text)


def _refuse_hidden(page: Any, text: Any) -> None:
    """Refuse a page with letters under a bar, white on white, or off the sheet."""
    drawn = page.render(scale=HIDDEN_SCALE).to_pil().convert("L")
    n_hidden = 0
    for n, letter in enumerate(text.get_text_range()):
        if not letter.isalnum() or n >= text.count_chars():
            continue
        box = _pixels(page, text.get_charbox(n), drawn.size)
        if box is None:
            continue
        low, high = drawn.crop(box).getextrema()
        n_hidden += high - low < LEAST_CONTRAST
        if n_hidden >= FEWEST_HIDDEN:
            raise Refused("hidden")


def _pixels(
    page: Any, box: tuple[float, ...], size: tuple[int, int]
) -> tuple[int, int, int, int] | None:
    """Return where a letter stands in a picture of its page; None where it has none."""
    left, bottom, right, top = box
    if right <= left or top <= bottom:
        return None
    places = [_place(page, x, y, size) for x, y in ((left, top), (right, bottom))]
    (x1, x2), (y1, y2) = (sorted(it) for it in zip(*places, strict=True))
    return x1 - 1, y1 - 1, x2 + 1, y2 + 1


def _place(page: Any, x: float, y: float, size: tuple[int, int]) -> tuple[int, int]:
    from ctypes import byref, c_int

    from pypdfium2.raw import FPDF_PageToDevice

    across, down = c_int(), c_int()
    FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, byref(across), byref(down))
    return across.value, down.value


def _refuse_pictures(page: Any, words: str) -> None:
    """Refuse a page that is a picture of words, or whose letters have no names."""
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    if _LOST.search(words):
        raise Refused("letters")
    if not words and next(page.get_objects(), None):
        raise Refused("pictures")
    if len(words) < FEWEST_BESIDE_A_PICTURE:
        width, height = page.get_size()
        for picture in page.get_objects([FPDF_PAGEOBJ_IMAGE]):
            left, bottom, right, top = picture.get_bounds()
            if (right - left) * (top - bottom) > width * height / 2:
                raise Refused("pictures")


def page_words(
    original: bytes, look: Callable[[Any, Any], None] | None = None
) -> tuple[str, bytes]:
    """Return the words of the pages of a PDF, each page with an end.

    Args:
        original: the file.
        look: sees each page with its words, and may refuse.
    """
    document = _open_pdf(original)
    if len(document) > MOST_READ_PAGES_OF_WORDS:
        raise Refused("too_much")
    out = io.BytesIO()
    for n in range(len(document)):
        page = document[n]
        text = page.get_textpage()
        words = text.get_text_range()
        if look is not None:
            look(page, text)
        out.write(_as_text(words.replace("\r", "\n")) + PAGE_END.encode())
        page.close()
        if out.tell() > MOST_WORD_BYTES:
            raise Refused("too_much")
    return "txt", out.getvalue()


def _open_pdf(original: bytes) -> Any:
    import pypdfium2
    from pypdfium2.raw import FPDF_ERR_PASSWORD

    try:
        return pypdfium2.PdfDocument(original)
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == FPDF_ERR_PASSWORD
        raise Refused("locked" if is_locked else "broken") from error


def _draw_page(page: Any, fresh: Any) -> None:
    """Add a picture of a page; one at a time, for they are large."""
    import pypdfium2

    width, height = page.get_size()
    scale = min(PAGE_DPI / 72, LONGEST_EDGE / max(width, height, 1))
    jpeg = io.BytesIO()
    drawn = page.render(scale=scale).to_pil().convert("RGB")
    if len(fresh) < MOST_READ_PAGES:
        cover_numbers(drawn)
    drawn.save(jpeg, "JPEG", quality=PAGE_QUALITY)
    picture = pypdfium2.PdfImage.new(fresh)
    picture.load_jpeg(jpeg, inline=True)
    picture.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
    sheet = fresh.new_page(width, height)
    sheet.insert_obj(picture)
    sheet.gen_content()
    sheet.close()


def cover_numbers(picture: Any) -> int:
    """Paint over numbers that pass the check of a BSN, where tesseract can read them.

    Returns how many. Without tesseract, or where it fails, the picture stays as it is:
    a number may be missed on a photo as by an eye.
    """
    found = list(_numbers_in(_read_boxes(picture)))
    if found:
        from PIL import ImageDraw

        draw = ImageDraw.Draw(picture)
        for boxes in found:
            for left, top, width, height in boxes:
                draw.rectangle((left, top, left + width, top + height), fill="black")
    return len(found)


Box = tuple[int, int, int, int]
Line = list[tuple[str, Box]]


def _read_boxes(picture: Any) -> list[Line]:
    """Return the words of a picture by line, each with where it stands."""
    program = shutil.which("tesseract", path=PROGRAMS)
    if program is None:
        return []
    content = io.BytesIO()
    picture.convert("L").save(content, "PPM")
    try:
        done = subprocess.run(  # noqa: S603 - of the distribution, fixed arguments
            [program, "stdin", "stdout", "--psm", "11", "tsv"],
            input=content.getvalue(),
            capture_output=True,
            timeout=MOST_READING,
            env={"OMP_THREAD_LIMIT": "1"},
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return []
    lines: dict[tuple[str, ...], Line] = {}
    for row in done.stdout.decode(errors="replace").splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == TSV_COLUMNS and cells[-1].strip():
            left, top, width, height = map(int, cells[6:10])
            word = (cells[-1].strip(), (left, top, width, height))
            lines.setdefault(tuple(cells[1:5]), []).append(word)
    return list(lines.values())


def _numbers_in(lines: list[Line]) -> Iterator[list[Box]]:
    """Yield the boxes of each number, in one word or in groups on a line."""
    from achterban.rules.deidentify.bsn import is_bsn

    for line in lines:
        words = [(re.sub(r"[.\-]", "", word.strip(":;,()")), box) for word, box in line]
        start = 0
        while start < len(words):
            digits, end = "", start
            while end < len(words) and words[end][0].isdecimal() and len(digits) < 9:
                digits += words[end][0]
                end += 1
                if is_bsn(digits):
                    yield [box for _word, box in words[start:end]]
                    start = end - 1
                    break
            start += 1


def sound(original: bytes) -> tuple[str, bytes]:
    """Put the sound alone in a fresh container; what few players know is recoded."""
    import av

    with av.open(io.BytesIO(original)) as source:
        if any(not _is_cover(stream) for stream in source.streams.video):
            raise Refused("video")
        if not source.streams.audio:
            raise Refused("broken")
        stream = source.streams.audio[0]
        extension = {"opus": "webm", "vorbis": "webm", "aac": "m4a", "mp3": "mp3"}.get(
            stream.codec_context.name.removesuffix("float"), ""
        )
        out = io.BytesIO()
        write = _copy if extension else _recode
        with av.open(
            out,
            "w",
            format={"m4a": "ipod", "mp3": "mp3"}.get(extension, "webm"),
            options={"fflags": "+bitexact", "write_xing": "0", "id3v2_version": "0"}
            if extension == "mp3"
            else {"fflags": "+bitexact"},
        ) as target:
            if not write(source, stream, target):
                raise Refused("broken")
    return extension or "webm", out.getvalue()


def _is_cover(stream: Any) -> bool:
    import av

    return bool(stream.disposition & av.stream.Disposition.attached_pic)


def _copy(source: Any, stream: Any, target: Any) -> int:
    fresh = target.add_stream_from_template(stream)
    fresh.metadata.clear()
    n = 0
    for packet in source.demux(stream):
        if packet.dts is not None:
            packet.stream = fresh
            target.mux(packet)
            n += 1
    return n


def _recode(source: Any, stream: Any, target: Any) -> int:
    import av

    fresh = target.add_stream("libopus", rate=48_000)
    fresh.bit_rate, fresh.layout = SPEECH_BITS, "mono"
    resample = av.AudioResampler(format="s16", layout="mono", rate=48_000)
    n = 0
    for frame in source.decode(stream):
        for part in resample.resample(frame):
            target.mux(fresh.encode(part))
            n += 1
    target.mux(fresh.encode(None))
    return n


def plain_text(original: bytes) -> tuple[str, bytes]:
    """Return the words of a text file, whatever it was written in."""
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        if encoding == "utf-16" and original[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
            continue
        try:
            return "txt", _as_text(original.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise Refused("broken")


def word_document(original: bytes) -> tuple[str, bytes]:
    """Return the words of a Word document."""
    return "txt", _words_in(original, "word/document.xml", {"p"}, {"t"})


def whole_document(original: bytes) -> tuple[str, bytes]:
    """Return the words of a Word document, unless some are hidden in it."""
    root = _opened(original, "word/document.xml")
    if any(_is_hidden(run) for run in root.iter(f"{WORD}rPr")):
        raise Refused("hidden")
    return word_document(original)


def _is_hidden(look: Any) -> bool:
    """Return whether words look black on black, or are marked as hidden."""
    said = {it.tag.removeprefix(WORD): it.attrib for it in look}
    if said.get("vanish", {f"{WORD}val": "0"}).get(f"{WORD}val") not in {"0", "false"}:
        return True
    ink = said.get("color", {}).get(f"{WORD}val", "auto").lower()
    marked = said.get("highlight", {}).get(f"{WORD}val")
    ground = said.get("shd", {}).get(f"{WORD}fill", "").lower()
    # On a black ground Word writes in white by itself; on a black mark it does not.
    return (marked == "black" and ink in BLACK) or (
        ground in BLACK - {"auto"} and ink in BLACK - {"auto"}
    )


def open_document(original: bytes) -> tuple[str, bytes]:
    """Return the words of an OpenDocument text."""
    return "txt", _words_in(
        original, "content.xml", {"p", "h"}, {"p", "h", "a", "span"}
    )


def _words_in(
    original: bytes, part: str, paragraphs: set[str], holders: set[str]
) -> bytes:
    root = _opened(original, part)
    return _as_text("".join(_spoken(root, paragraphs, holders)))


def _opened(original: bytes, part: str) -> Any:
    """Return a part of a document, read."""
    from defusedxml import ElementTree

    with zipfile.ZipFile(io.BytesIO(original)) as parcel:
        names = set(parcel.namelist())
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise Refused("macro")
        if part not in names:
            raise Refused("mismatch")
        with parcel.open(part) as content:
            xml = content.read(MOST_WORD_BYTES + 1)
    if len(xml) > MOST_WORD_BYTES:
        raise Refused("too_much")
    return ElementTree.fromstring(xml, forbid_dtd=True)  # no entities, no bomb


def _spoken(part: Any, paragraphs: set[str], holders: set[str]) -> Iterator[str]:
    """Yield the words in a part of a document, in order."""
    name = part.tag.rpartition("}")[2]
    if name in BLANKS:
        yield BLANKS[name]
    holds_words = name in holders
    if holds_words and part.text:
        yield part.text
    for inside in part:
        yield from _spoken(inside, paragraphs, holders)
        if holds_words and inside.tail:
            yield inside.tail
    if name in paragraphs:
        yield "\n"


def _as_text(words: str) -> bytes:
    words = unicodedata.normalize("NFC", words.replace("\r\n", "\n"))
    kept = (c for c in words if c in "\n\t" or unicodedata.category(c)[0] != "C")
    return "".join(kept).strip().encode()


def mails(original: bytes) -> tuple[str, bytes]:
    """Return the words of a mail or mailbox, or why it cannot be read, as JSON."""
    sys.path.insert(0, str(Path(__file__).parents[3]))  # an isolated script has it not
    from achterban.rules.redaction.mails import Unsafe, read_mails

    facts: dict[str, Any]
    try:
        found = read_mails(original)
    except Unsafe as refusal:
        facts = {"why": refusal.why, "n": refusal.n}
    else:
        facts = {"text": found.text, "left_out": found.left_out, "n": found.n}
    return "json", json.dumps(facts).encode()


WAYS: dict[str, Callable[[bytes], tuple[str, bytes]]] = {
    **dict.fromkeys(["jpeg", "png", "gif", "webp", "tiff", "avif"], photo),
    "heif": heif,
    "logo": logo,
    "pdf": pages,
    "pdf_words": page_words,
    "pdf_whole": whole_words,
    "text": plain_text,
    "docx": word_document,
    "docx_whole": whole_document,
    "odt": open_document,
    "mails": mails,
    **dict.fromkeys(["webm", "ogg", "mp3", "mp4", "aac", "wav", "amr", "flac"], sound),
}


def main(name: str) -> int:
    """Read, make anew, write; return the exit code."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        extension, fresh = WAYS[name](sys.stdin.buffer.read())
    except Refused as refusal:
        sys.stderr.write(str(refusal))
        return REFUSED
    except MemoryError:
        sys.stderr.write("too_much")
        return REFUSED
    except Exception:  # noqa: BLE001 - whatever a broken file makes a decoder do
        sys.stderr.write("broken")
        return REFUSED
    sys.stdout.buffer.write(extension.encode() + b"\n" + fresh)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
