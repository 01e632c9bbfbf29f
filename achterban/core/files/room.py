"""How much all that is kept of files may take together."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db.models import Sum

from achterban.core.files.models import StoredFile

_others: dict[str, Callable[[], int]] = {}


def add_taken(name: str, n_bytes: Callable[[], int]) -> None:
    """Let what another room keeps of files count as well; twice changes nothing.

    Args:
        name: ``room.model``.
        n_bytes: how many bytes it keeps.
    """
    _others[name] = n_bytes


def is_room_for(n_bytes: int) -> bool:
    """Return whether the installation has room for so many bytes more."""
    stored = StoredFile.objects.aggregate(total=Sum("n_bytes"))["total"] or 0
    elsewhere = sum(count() for count in _others.values())
    return bool(stored + elsewhere + n_bytes <= settings.MOST_FILES_MB << 20)
