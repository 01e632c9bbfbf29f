"""What differs from one installation to the next comes from the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def env_str(name: str, default: str | None = None) -> str:
    """Return a variable, or the contents of the file that ``NAME_FILE`` points to.

    Raises:
        ImproperlyConfigured: it is absent and there is no default.
    """
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(
                f"{name}_FILE wijst naar {path}; dat bestand is niet te lezen."
            ) from error
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Zet {name}; docs/operations.md zegt hoe.")
    return value


def env_bool(name: str, *, default: bool = False) -> bool:
    """Return whether a variable is switched on: 1 or 0."""
    value = env_str(name, "1" if default else "0")
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} is {value!r}; het moet 0 of 1 zijn.")
    return value == "1"


def env_int(name: str, default: int) -> int:
    """Return a variable that is a whole number of 0 or more."""
    value = env_str(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is {value!r}; het moet een getal zijn.")
    return int(value)


def env_list(name: str) -> list[str]:
    """Return a variable that is a list with commas, empty when it is absent."""
    return [part.strip() for part in env_str(name, "").split(",") if part.strip()]


def database_settings(url: str) -> dict[str, Any]:
    """Return Django's settings for ``sqlite:///PATH`` or ``postgres://…``.

    Both wait for the disk before a commit returns: a receipt that was shown is kept.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "achterban.core.database.sqlite",
            "NAME": unquote(url.removeprefix("sqlite:///")),
            "CONN_MAX_AGE": None,  # closing the last one empties the WAL, each time
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    # Random keys lie far apart: small pages are a small log.
                    "PRAGMA page_size=2048; "
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                    "PRAGMA secure_delete=ON; PRAGMA cache_size=-4000; "
                    # The background empties the log; this is for when there is none.
                    "PRAGMA wal_autocheckpoint=16000;"
                ),
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": parts.port or "",
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    raise ImproperlyConfigured(
        "DATABASE_URL begint met sqlite:/// of postgres://; dit adres niet."
    )


def smtp_settings(url: str) -> dict[str, Any]:
    """Return Django's mail settings for ``smtp://user:secret@host:port?tls=starttls``.

    ``tls`` is ``starttls``, ``tls`` (from the first byte) or ``none``.
    """
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    tls = options.get("tls", "starttls" if parts.username else "none")
    if parts.scheme != "smtp" or not parts.hostname:
        raise ImproperlyConfigured("ACHTERBAN_SMTP_URL begint met smtp://host.")
    if tls not in {"starttls", "tls", "none"}:
        raise ImproperlyConfigured("ACHTERBAN_SMTP_URL: tls is starttls, tls of none.")
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if tls == "tls" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": tls == "starttls",
        "EMAIL_USE_SSL": tls == "tls",
        "EMAIL_TIMEOUT": 15,
    }
