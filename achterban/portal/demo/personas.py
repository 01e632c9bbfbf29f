"""Who lives in the example: invented people, with secrets made on the spot."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import struct
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from achterban.core.accounts.models import Role
from achterban.core.vault.keyring import replace_file

FILE = "voorbeeld.json"  # beside the keys: it opens accounts
STEP_SECONDS = 30


@dataclass(frozen=True)
class Persona:
    """Somebody who can log in to the example.

    Attributes:
        role: as in ``accounts.Role``.
        organisation: short name of the organisation.
        name: invented.
        email: at an address that does not exist.
        password: random, for this installation only.
        secret: of the second factor (TOTP), base 32.
    """

    role: str
    organisation: str
    name: str
    email: str
    password: str
    secret: str

    @property
    def role_name(self) -> str:
        """Return the role on the screen."""
        return str(Role(self.role).label)

    def code_at(self, at: datetime) -> str:
        """Return the six digits of the second factor at a moment (RFC 6238)."""
        counter = struct.pack(">Q", int(at.timestamp()) // STEP_SECONDS)
        digest = hmac.digest(base64.b32decode(self.secret), counter, hashlib.sha1)
        place = digest[-1] & 15
        number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
        return f"{number % 1_000_000:06d}"


NAMES = {
    "stille-kracht": {
        "volunteer": "Marieke Zandstra",
        "advocate": "Youssef Amrani",
        "coordinator": "Hanneke Vredeveld",
        "administrator": "Ruben Ekelschot",
    },
    "spierkring": {
        "volunteer": "Tineke Oldehand",
        "coordinator": "Boris van Wielink",
        "administrator": "Ilse Roodborst",
    },
    "stille-ziekten": {
        "volunteer": "Liduin Haverkate",
        "coordinator": "Femke Zonderland",
        "administrator": "Joris Wouterlood",
    },
}


def new_personas() -> list[Persona]:
    """Return the people of the example with fresh secrets."""
    return [
        Persona(
            role=role,
            organisation=slug,
            name=name,
            email=f"{name.split()[0].lower()}@{slug}.example",
            password=secrets.token_urlsafe(12),
            secret=base64.b32encode(secrets.token_bytes(20)).decode(),
        )
        for slug, roles in NAMES.items()
        for role, name in roles.items()
    ]


def store_example(personas: list[Persona], codes: dict[str, str]) -> None:
    """Keep who can log in, and the receipt codes of some reports by organisation."""
    content: dict[str, Any] = {
        "personas": [asdict(persona) for persona in personas],
        "codes": codes,
    }
    replace_file(settings.KEYS / FILE, json.dumps(content, indent=1).encode())


def load_example() -> tuple[list[Persona], dict[str, str]]:
    """Return what ``store_example`` kept; empty where there is no example."""
    path = settings.KEYS / FILE
    if not path.exists():
        return [], {}
    content = json.loads(path.read_text(encoding="utf-8"))
    return [Persona(**one) for one in content["personas"]], content["codes"]
