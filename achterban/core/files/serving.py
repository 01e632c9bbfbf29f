"""Send a file as something to keep, never as a page: whatever is in it stays inert."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from achterban.core.files.models import StoredFile
from achterban.core.web.middleware import CONTENT_SECURITY_POLICY

NOTHING_RUNS = f"{CONTENT_SECURITY_POLICY}; sandbox"  # which allows no script at all
PIECE_BYTES = 16 << 10  # the server takes 32 ahead, which cannot be called back
_RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})$")


def download(
    request: HttpRequest, file: StoredFile, name: str, *, may: Callable[[], bool]
) -> HttpResponse:
    """Return a file, or the part of it that a player asks for (RFC 9110, 14.2).

    Args:
        request: with or without a ``Range``.
        file: what to send.
        name: of the file for who keeps it, without extension; letters, digits, ``-``.
        may: whether whoever asks may have it; asked again before each block.
    """
    start, stop, status = 0, file.n_bytes, 200
    if asked := _RANGE.match(request.headers.get("Range", "")):
        start = int(asked[1])
        stop = min(int(asked[2]) + 1, stop) if asked[2] else stop
        status = 206
        if start >= stop:
            return HttpResponse(
                status=416, headers={"Content-Range": f"bytes */{file.n_bytes}"}
            )
    response = StreamingHttpResponse(
        as_long_as(may, file.open_bytes(start, stop)),
        status=status,
        content_type=file.media_type,
    )
    response["Content-Length"] = str(stop - start)
    response["Content-Disposition"] = f'attachment; filename="{name}.{file.extension}"'
    response["Content-Security-Policy"] = NOTHING_RUNS
    response["Accept-Ranges"] = "bytes"
    if status == 206:
        response["Content-Range"] = f"bytes {start}-{stop - 1}/{file.n_bytes}"
    return response  # type: ignore[return-value]  # layers look at ``streaming``


def as_long_as(may: Callable[[], bool], blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield blocks in small pieces, until they are destroyed or may no longer be had.

    What was promised by ``Content-Length`` then does not come: the line is cut, and the
    browser says that it failed.
    """
    try:
        while may():
            block = next(blocks)
            for start in range(0, len(block), PIECE_BYTES):
                yield block[start : start + PIECE_BYTES]
    except (StopIteration, ObjectDoesNotExist):
        return
