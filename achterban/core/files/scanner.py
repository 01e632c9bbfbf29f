"""Ask the virus scanner of the machine (ClamAV), where there is one.

Everything is made anew all the same; a scanner sees what attacks the program that does
so. Protocol: ``INSTREAM`` of clamd(8).
"""

from __future__ import annotations

import socket
from enum import Enum
from pathlib import Path

from django.conf import settings

USUAL_PLACES = (
    "/run/clamav/clamd.ctl",
    "/var/run/clamav/clamd.ctl",
    "/run/clamd.scan/clamd.sock",
)
PATIENCE = 30.0  # seconds
CHUNK = 64 << 10


class Verdict(Enum):
    """What the scanner says."""

    CLEAN = "clean"
    INFECTED = "infected"
    ABSENT = "absent"  # not installed, or it does not answer


def scanner_address() -> str:
    """Return where the scanner listens: a path, or host:port; empty for nowhere."""
    if settings.CLAMD:
        return str(settings.CLAMD)
    return next((place for place in USUAL_PLACES if Path(place).exists()), "")


def scan(content: bytes) -> Verdict:
    """Return what the scanner says of some bytes; ``ABSENT`` when nobody answers."""
    address = scanner_address()
    if not address:
        return Verdict.ABSENT
    try:
        with _connect(address) as line:
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), CHUNK):
                part = content[start : start + CHUNK]
                line.sendall(len(part).to_bytes(4, "big") + part)
            line.sendall(bytes(4))
            answer = line.recv(4096)
    except OSError:
        return Verdict.ABSENT
    if answer.rstrip(b"\0\n").endswith(b"FOUND"):
        return Verdict.INFECTED
    return Verdict.CLEAN if b" OK" in answer else Verdict.ABSENT


def _connect(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(PATIENCE)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), PATIENCE)
