"""Send requests over kept-alive connections, as fast as they are answered."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}


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
    port: int, path: str, bodies: list[dict[str, str] | None], *, clients: int = 8
) -> Outcome:
    """Send every body once (None is a GET), shared over a number of clients.

    Args:
        port: on this machine.
        path: of the page.
        bodies: fields of each form.
        clients: connections at the same time.
    """
    encoded = [None if body is None else urlencode(body).encode() for body in bodies]
    times: list[float] = []
    failed: list[int] = []

    def client(mine: list[bytes | None]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for body in mine:
            start = time.perf_counter()
            method = "GET" if body is None else "POST"
            connection.request(method, path, body, HEADERS if body else {})
            answer = connection.getresponse()
            answer.read()
            times.append(time.perf_counter() - start)
            if answer.status != 200:
                failed.append(answer.status)

    start = time.perf_counter()
    _together(client, [encoded[i::clients] for i in range(clients)])
    elapsed = time.perf_counter() - start
    return Outcome(len(times) / elapsed, sorted(times), len(failed))


def _together(
    work: Callable[[list[bytes | None]], None], shares: list[list[bytes | None]]
) -> None:
    threads = [threading.Thread(target=work, args=(share,)) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
