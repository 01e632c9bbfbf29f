"""Send requests as fast as they are answered, each over a connection of its own.

Everybody who reports has their own; over a few that stay open one worker may get most
of the work. Over bare sockets: the clients share the machine with what they measure.
"""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

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
            with socket.create_connection(("127.0.0.1", port), timeout=60) as door:
                door.sendall(request)
                status = _status_of(door)
            times.append(time.perf_counter() - start)
            if status != b"200":
                failed.append(status)

    start = time.perf_counter()
    _together(client, [requests[i::clients] for i in range(clients)])
    elapsed = time.perf_counter() - start
    return Outcome(len(times) / elapsed, sorted(times), len(failed))


def _request(port: int, path: str, body: dict[str, str] | None) -> bytes:
    method = "GET" if body is None else "POST"
    content = urlencode(body or {}).encode()
    head = [
        f"{method} {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(content)}",
    ]
    return "\r\n".join([*head, "", ""]).encode() + content


def _status_of(door: socket.socket) -> bytes:
    """Read an answer whole; return its status."""
    answer = _more(door)
    while not _is_whole(answer):
        answer += _more(door)
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


def _together(work: Callable[[list[bytes]], None], shares: list[list[bytes]]) -> None:
    threads = [threading.Thread(target=work, args=(share,)) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
