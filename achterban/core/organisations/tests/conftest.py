"""What the tests of this room start from."""

from __future__ import annotations

import pytest

from achterban.core.organisations import middleware


@pytest.fixture(autouse=True)
def _no_organisation_remembered() -> None:
    """Forget which organisations were found a moment ago."""
    middleware._remembered.clear()
