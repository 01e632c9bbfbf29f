"""Imports go down the floors, and rooms use each other's front doors only."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
OPEN = {"core", "rules", "outside"}  # floors open to every room, in full
PUBLIC = {"models", "actions", "queries", "events", "tests"}  # what a room shows


@pytest.mark.slow
def test_floors_and_rooms_are_in_order() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_rooms_use_only_each_others_public_modules() -> None:
    graph = grimp.build_graph("achterban", cache_dir=None)
    reached = []
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            source, target = importer.split(".")[1:], imported.split(".")[1:]
            if len(target) < 3 or not source:
                continue
            if target[0] in OPEN or source[0] == "config":
                continue
            if source[:2] != target[:2] and target[2] not in PUBLIC:  # floor.room
                reached.append(f"{importer} reaches into {imported}")
    assert reached == []


WEB = """
import sys
import achterban.config.wsgi
from django.urls import get_resolver
get_resolver().url_patterns
heavy = {"deduce", "docdeid", "ninja"} & set(sys.modules)
assert not heavy, heavy
"""


@pytest.mark.slow
def test_the_website_never_loads_what_takes_a_gigabyte(tmp_path: Path) -> None:
    env = {**os.environ, "ACHTERBAN_DATA": str(tmp_path / "data")}
    env |= {"DJANGO_SETTINGS_MODULE": "achterban.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", WEB],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
