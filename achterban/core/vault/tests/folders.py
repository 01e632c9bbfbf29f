"""Folders with keys for tests that change them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from achterban.core.vault.keyring import new_key_ring, store_key_ring


@pytest.fixture
def own_keys(tmp_path: Path, settings: Settings) -> Path:
    """Give the test a folder with keys of its own."""
    folder = tmp_path / "own-keys"
    store_key_ring(folder, new_key_ring())
    settings.KEYS = folder
    return folder
