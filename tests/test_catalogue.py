"""The Dutch of the screen is whole: nothing untranslated, doubtful or left over."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog

from scripts import catalogue


@pytest.mark.slow
def test_every_text_is_translated() -> None:
    assert list(catalogue.find_problems(catalogue.read_catalogue())) == []


def test_the_catalogue_is_as_update_leaves_it() -> None:
    known = catalogue.read_catalogue()
    assert catalogue.as_text(catalogue.updated(known)) == catalogue.PO.read_text(
        encoding="utf-8"
    )


def test_a_lost_placeholder_is_seen() -> None:
    broken = Catalog(locale="nl")
    broken.add("%(name)s has this one", "heeft dit signaal")
    problems = "\n".join(catalogue.find_problems(broken))
    assert "andere invulplekken: '%(name)s has this one'" in problems
