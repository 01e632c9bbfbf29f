"""Files as people send them, each with a secret that must not come along."""

from __future__ import annotations

import base64
import io
import zipfile
from typing import Any

import av
from PIL import Image, PngImagePlugin

SECRET = "CANARY-EIGENAAR"
GPS, ARTIST, ORIENTATION = 0x8825, 0x013B, 0x0112

# 64 by 48 pixels, with a place and the secret as artist.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAb5tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0"
    "AAAAAAAAAAAAAAAAAAAAADRpbG9jAAAAAERAAAIAAQAAAAAB4gABAAAAAAAAAFUAAgAAAAACNwABAAAA"
    "AAAAAIIAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlm"
    "AAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAA"
    "DwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq"
    "5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAA"
    "AAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAAEHBpeGkAAAAA"
    "AwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAAABppcmVmAAAAAAAAAA5jZHNjAAIAAQABAAAA321k"
    "YXQAAABRKAGvE4DlMff/2i1EE64+nJmTqDEKL5Ep/288tZgsQbjdkuk/vsN/9DcN+jd6YLB6r/7MILPD"
    "QklxJm+Vu7Bsgr/jpLI/eGfr8+NvsUrZX89kAAAABkV4aWYAAE1NACoAAAAIAAMBEgADAAAAAQABAAAB"
    "OwACAAAAEAAAADKIJQAEAAAAAQAAAEIAAAAAQ0FOQVJZLUVJR0VOQUFSAAACAAEAAgAAAAJOAAAAAAIA"
    "BQAAAAMAAABgAAAAAAAAADQAAAABAAAABQAAAAEAAAABAAAAAQ=="
)


def _canvas(width: int = 60, height: int = 40) -> Image.Image:
    picture = Image.new("RGB", (width, height), "#8a3b1e")
    picture.paste("#1c1511", (0, 0, width // 2, height // 2))
    return picture


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[ARTIST], exif[ORIENTATION] = SECRET, 6
    exif.get_ifd(GPS).update({1: "N", 2: (52.0, 5.0, 1.0)})
    return exif


def photo(name: str = "JPEG", **size: int) -> bytes:
    """Return a photo that lies on its side, with a place, an owner and a comment."""
    out = io.BytesIO()
    more: dict[str, Any] = {"comment": SECRET} if name == "JPEG" else {}
    if name == "PNG":
        more["pnginfo"] = PngImagePlugin.PngInfo()
        more["pnginfo"].add_text("Author", SECRET)
    _canvas(**size).save(out, name, exif=_exif(), **more)
    return out.getvalue()


def pdf(n_pages: int = 1, text: str = "Uw uitkering stopt") -> bytes:
    """Return a PDF with a script, a file and an owner in it."""
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(n_pages))
    parts = {
        1: b"<</Type/Catalog/Pages 2 0 R/OpenAction 5 0 R/Names<</EmbeddedFiles "
        b"<</Names[(x) 6 0 R]>>>>>>",
        2: f"<</Type/Pages/Count {n_pages}/Kids[{kids}]>>".encode(),
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        4: f"<</Author({SECRET})/Title({SECRET})>>".encode(),
        5: f"<</S/JavaScript/JS(app.alert('{SECRET}'))>>".encode(),
        6: f"<</Type/Filespec/F({SECRET}.txt)>>".encode(),
    }
    stream = f"BT /F1 24 Tf 72 700 Td ({text}) Tj ET".encode()
    for n in range(n_pages):
        page = (
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 "
            f"R>>>>/Contents {11 + 2 * n} 0 R>>"
        )
        parts[10 + 2 * n] = page.encode()
        parts[11 + 2 * n] = (
            f"<</Length {len(stream)}>>stream\n".encode() + stream + b"\nendstream"
        )
    out, places = io.BytesIO(b"%PDF-1.4\n"), {}
    out.seek(0, 2)
    for number, body in parts.items():
        places[number] = out.tell()
        out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 1\n0000000000 65535 f \n")
    for number, place in places.items():
        out.write(f"{number} 1\n{place:010} 00000 n \n".encode())
    size = max(parts) + 1
    out.write(f"trailer<</Root 1 0 R/Info 4 0 R/Size {size}>>\n".encode())
    out.write(f"startxref\n{start}\n%%EOF".encode())
    return out.getvalue()


def sound(container: str = "webm", codec: str = "libopus", seconds: int = 1) -> bytes:
    """Return a recording with a title, a place and, where it can, a comment."""
    out = io.BytesIO()
    with av.open(out, "w", format=container) as target:
        target.metadata.update({"title": SECRET, "comment": SECRET, "location": SECRET})
        stream: Any = target.add_stream(codec, rate=48_000)
        stream.layout = "mono"
        for n in range(seconds * 50):
            frame = av.AudioFrame(format="s16", layout="mono", samples=960)
            frame.planes[0].update(bytes([n % 7, 0]) * 960)
            frame.sample_rate, frame.pts = 48_000, n * 960
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return out.getvalue()


def film() -> bytes:
    """Return a film of a second."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as target:
        stream = target.add_stream("mpeg4", rate=10)
        stream.width, stream.height = 64, 48
        for _ in range(10):
            target.mux(stream.encode(av.VideoFrame.from_image(_canvas(64, 48))))
        target.mux(stream.encode(None))
    return out.getvalue()


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def parcel(**parts: str | bytes) -> bytes:
    """Return a zip; ``__`` in a name stands for a slash, ``_`` for a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            path = name.replace("__", "/").replace("_", ".")
            zipped.writestr(path, content)
    return out.getvalue()


def word_document(*paragraphs: str, **more: str | bytes) -> bytes:
    """Return a Word document."""
    body = "".join(f"<w:p><w:r><w:t>{p}</w:t></w:r></w:p>" for p in paragraphs)
    xml = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    core = f"<creator>{SECRET}</creator>"
    return parcel(word__document_xml=xml, docProps__core_xml=core, **more)


def open_document(*paragraphs: str) -> bytes:
    """Return an OpenDocument text."""
    body = "".join(f"<text:p>{p} <text:span>!</text:span></text:p>" for p in paragraphs)
    xml = (
        f'<office:document-content xmlns:office="{OFFICE}" xmlns:text="{TEXT}">'
        f"<office:body>{body}</office:body></office:document-content>"
    )
    return parcel(content_xml=xml, meta_xml=f"<creator>{SECRET}</creator>")
