"""Send requests as fast as they are answered, each over a connection of its own.

Everybody who reports has their own; over a few that stay open one worker may get most
of the work. Over bare sockets: the clients share the machine with what they measure.
"""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

T = TypeVar("T")
NOTHING: Mapping[str, str] = {}
LENGTH = re.compile(rb"(?im)^content-length: *(\d+)")


@dataclass(frozen=True)
class Outcome:
    """What a load gave.

    Attributes:
        per_second: answered requests per second.
        times: seconds of each request, in order of length.
        n_failed: answers that were not 200.
    """

    per_second: float
    times: list[float]
    n_failed: int

    def at(self, share: float) -> float:
        """Return the time in milliseconds that this share of requests stays under."""
        return self.times[min(int(share * len(self.times)), len(self.times) - 1)] * 1000


@dataclass(frozen=True)
class Answer:
    """What came back on one request.

    Attributes:
        status: of HTTP.
        head: all lines above the page.
        body: the page.
    """

    status: int
    head: str
    body: str


def run(
    port: int, path: str, bodies: Sequence[dict[str, str] | None], *, clients: int = 8
) -> Outcome:
    """Send every body once (None is a GET), shared over a number of clients.

    Args:
        port: on this machine.
        path: of the page.
        bodies: fields of each form.
        clients: connections at the same time.
    """
    requests = [_request(port, path, body) for body in bodies]
    times: list[float] = []
    failed: list[bytes] = []

    def client(mine: list[bytes]) -> None:
        for request in mine:
            start = time.perf_counter()
            status = _status_of(_answer_to(port, request))
            times.append(time.perf_counter() - start)
            if status != b"200":
                failed.append(status)

    start = time.perf_counter()
    _together(client, [requests[i::clients] for i in range(clients)])
    elapsed = time.perf_counter() - start
    return Outcome(len(times) / elapsed, sorted(times), len(failed))


def at_pace(
    port: int,
    visits: Sequence[tuple[str, dict[str, str] | None]],
    *,
    per_second: float,
    clients: int = 40,
) -> Outcome:
    """Send one visit after another at a fixed pace, whether answered or not.

    A time begins when the visit was due, so that what waits behind a slow answer
    counts as well.

    Args:
        port: on this machine.
        visits: path and fields of each (None is a GET), in order.
        per_second: visits that begin in a second.
        clients: connections at the same time, at most.
    """
    times: list[float] = []
    failed: list[bytes] = []
    start = time.perf_counter()

    def client(mine: list[tuple[float, bytes]]) -> None:
        for due, request in mine:
            time.sleep(max(0.0, due - time.perf_counter()))
            status = _status_of(_answer_to(port, request))
            times.append(time.perf_counter() - due)
            if status != b"200":
                failed.append(status)

    planned = [
        (start + n / per_second, _request(port, path, body))
        for n, (path, body) in enumerate(visits)
    ]
    _together(client, [planned[i::clients] for i in range(clients)])
    elapsed = time.perf_counter() - start
    return Outcome(len(times) / elapsed, sorted(times), len(failed))


def ramp(
    visit: Callable[[], None], *, most: int, more_per_second: float, seconds: float
) -> None:
    """Let visitors come in, more each second; each comes back as long as it lasts.

    Args:
        visit: what one of them does, pauses included.
        most: visitors at the same time.
        more_per_second: how many come in each second, until all are there.
        seconds: after which nobody begins again.
    """
    start = time.perf_counter()

    def visitor(mine: list[float]) -> None:
        time.sleep(mine[0])
        while time.perf_counter() - start < seconds:
            visit()

    _together(visitor, [[n / more_per_second] for n in range(most)])


def ask(
    port: int,
    path: str,
    body: dict[str, str] | None = None,
    headers: Mapping[str, str] = NOTHING,
) -> Answer:
    """Send one request; return what came back.

    Raises:
        OSError: nothing did.
    """
    answer = _answer_to(port, _request(port, path, body, headers))
    head, _, page = answer.partition(b"\r\n\r\n")
    return Answer(int(_status_of(answer)), head.decode(), page.decode())


def _answer_to(port: int, request: bytes) -> bytes:
    """Send a request over a connection of its own; return all that comes back."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as door:
        door.sendall(request)
        answer = _more(door)
        while not _is_whole(answer):
            answer += _more(door)
        return answer


def _request(
    port: int,
    path: str,
    body: dict[str, str] | None,
    headers: Mapping[str, str] = NOTHING,
) -> bytes:
    method = "GET" if body is None else "POST"
    content = urlencode(body or {}).encode()
    head = [
        f"{method} {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(content)}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join([*head, "", ""]).encode() + content


def _status_of(answer: bytes) -> bytes:
    return answer.split(b" ", 2)[1]


def _is_whole(answer: bytes) -> bool:
    head, ends, body = answer.partition(b"\r\n\r\n")
    if not ends:
        return False
    found = LENGTH.search(head)
    return len(body) >= int(found[1]) if found else body.endswith(b"0\r\n\r\n")


def _more(door: socket.socket) -> bytes:
    received = door.recv(65536)
    if not received:
        raise ConnectionError
    return received


def _together(work: Callable[[list[T]], None], shares: list[list[T]]) -> None:
    threads = [threading.Thread(target=work, args=(share,)) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
