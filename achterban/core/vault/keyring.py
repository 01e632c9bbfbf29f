"""The keys that live outside the data directory, and the arithmetic on them.

One folder, never in a backup: ``keys.json`` (master keys and the keys of hashes),
``erasures.log`` (which data keys were destroyed), ``withdrawals.log`` (which consents
were taken back) and ``audit.anchor``.
No Django here: the settings themselves need the keys.
"""

from __future__ import annotations

import base64
import errno
import fcntl
import hashlib
import hmac
import json
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
FORMAT = b"\x01"  # AES-256-GCM: format, nonce, ciphertext with tag
PURPOSES = ("audit", "django", "receipt")
WITHDRAWN = re.compile(r"^(\d+) (\d{4}-\d\d-\d\d)$", re.MULTILINE)


class KeysMissing(Exception):
    """There is data, but the folder with keys is empty or gone."""


class WrongKey(Exception):
    """The key does not fit what it should open."""


@dataclass(frozen=True)
class KeyRing:
    """All keys of one installation.

    Attributes:
        current: name of the master key that wraps new data keys.
        masters: master keys by name, 32 bytes each; more than one during a rotation.
        hash_keys: keys of HMACs and signatures by purpose, 32 bytes each.
    """

    current: str
    masters: dict[str, bytes]
    hash_keys: dict[str, bytes]

    def digest(self, purpose: str, value: bytes) -> bytes:
        """Return the HMAC-SHA256 of a value, 32 bytes, with the key of a purpose."""
        return hmac.digest(self.hash_keys[purpose], value, hashlib.sha256)

    def derive(self, purpose: str) -> bytes:
        """Return a key of 32 bytes for one purpose, from the current master key."""
        return hmac.digest(self.masters[self.current], purpose.encode(), hashlib.sha256)


def seal(key: bytes, words: bytes, *, context: bytes) -> bytes:
    """Return ``words`` under AES-256-GCM, bound to the place where they belong.

    Args:
        key: 32 bytes.
        words: what to seal.
        context: where it belongs; opening asks for the same, so that sealed words
            cannot be moved to another row.
    """
    nonce = secrets.token_bytes(NONCE_BYTES)
    return FORMAT + nonce + AESGCM(key).encrypt(nonce, words, context)


def unseal(key: bytes, sealed: bytes, *, context: bytes) -> bytes:
    """Return the words that ``seal`` put away.

    Raises:
        WrongKey: the key or the context is another one, or the bytes were changed.
    """
    nonce, rest = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        if sealed[:1] != FORMAT or len(nonce) < NONCE_BYTES:
            raise WrongKey
        return AESGCM(key).decrypt(nonce, rest, context)
    except InvalidTag as error:
        raise WrongKey from error


def new_key_ring() -> KeyRing:
    """Return fresh random keys for a new installation."""
    return KeyRing(
        current="m1",
        masters={"m1": secrets.token_bytes(KEY_BYTES)},
        hash_keys={purpose: secrets.token_bytes(KEY_BYTES) for purpose in PURPOSES},
    )


def load_key_ring(folder: Path) -> KeyRing:
    """Read the keys.

    Raises:
        KeysMissing: there is no such file, or it is not whole.
    """
    try:
        raw = json.loads((folder / "keys.json").read_text(encoding="utf-8"))
        ring = KeyRing(
            current=raw["current"],
            masters={k: base64.b64decode(v) for k, v in raw["masters"].items()},
            hash_keys={p: base64.b64decode(raw["hash_keys"][p]) for p in PURPOSES},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeysMissing(folder) from error
    keys = [*ring.masters.values(), *ring.hash_keys.values()]
    if ring.current not in ring.masters or any(len(key) != KEY_BYTES for key in keys):
        raise KeysMissing(folder)
    return ring


def store_key_ring(folder: Path, ring: KeyRing) -> None:
    """Write the keys so that a crash leaves either the old file or the new one."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    raw = {
        "current": ring.current,
        "masters": {k: base64.b64encode(v).decode() for k, v in ring.masters.items()},
        "hash_keys": {
            k: base64.b64encode(v).decode() for k, v in ring.hash_keys.items()
        },
    }
    replace_file(folder / "keys.json", json.dumps(raw, indent=1).encode())


def replace_file(path: Path, content: bytes) -> None:
    """Put a file in the place of another, on disk before this returns."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with open(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Let no other process or thread change what is in the folder meanwhile."""
    handle = os.open(folder / "lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def ensure_key_ring(folder: Path, *, may_create: bool) -> KeyRing:
    """Read the keys, or make them for a new installation.

    Args:
        folder: where keys live.
        may_create: False where data exists already: new keys would open none of it.

    Raises:
        KeysMissing: no keys, and they may not be made.
    """
    try:
        return load_key_ring(folder)
    except KeysMissing:
        if not may_create or (folder / "keys.json").exists():
            raise
    ring = new_key_ring()
    store_key_ring(folder, ring)
    return ring


def record_erasures(folder: Path, key_ids: list[int]) -> None:
    """Add destroyed data keys to the ledger, on disk before this returns.

    A restore reads the ledger, so that an old backup cannot bring anybody back.
    """
    _record(folder / "erasures.log", [str(key_id) for key_id in key_ids])


def _record(path: Path, lines: list[str]) -> None:
    handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    # A line of its own, also after one that a full disk cut short.
    with open(handle, "ab", buffering=0) as ledger:
        content = "".join(f"\n{line}" for line in lines).encode() + b"\n"
        if ledger.write(content) != len(content):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(handle)
    sync_folder(path.parent)


def recorded_erasures(folder: Path) -> list[int]:
    """Return the ids of all data keys that were ever destroyed."""
    path = folder / "erasures.log"
    if not path.exists():
        return []
    lines = path.read_text(encoding="ascii").splitlines()
    return [int(line) for line in lines if line]


def record_withdrawal(folder: Path, consent_id: int, *, on: date) -> None:
    """Add a consent that is taken back to the ledger, on disk before this returns."""
    _record(folder / "withdrawals.log", [f"{consent_id} {on.isoformat()}"])


def recorded_withdrawals(folder: Path) -> dict[int, date]:
    """Return every consent that was ever taken back, with the day."""
    path = folder / "withdrawals.log"
    if not path.exists():
        return {}
    found = WITHDRAWN.findall(path.read_text(encoding="ascii"))
    return {int(consent_id): date.fromisoformat(on) for consent_id, on in found}
