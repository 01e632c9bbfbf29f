"""A file that is read in, killed again and again: every row once (A1)."""

from __future__ import annotations

import json
import random
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests import driver
from tests.program import PROGRAM
from tests.trust.conftest import Figure, Places

pytestmark = pytest.mark.trust
N_ROWS = 12_000
LONGEST = 240  # seconds
LOOK = """
import json
from achterban.listen.reports.models import Import, Report
one = Import.objects.order_by("begun_on").first()
texts = []
if one and one.state == "done":
    reports = Report.objects.filter(imported=one).select_related("key")
    texts = [report.open_telling().text for report in reports]
state = {"state": one and one.state, "n": one and one.n_read, "texts": texts}
print("LOOK" + json.dumps(state))
"""


def look(server: driver.Server) -> dict[str, Any]:
    """Return how far the import is, and all texts once it is done."""
    printed = server.run("django", "shell", "-c", LOOK)
    found: dict[str, Any] = json.loads(printed.rpartition("LOOK")[2])
    return found


def texts() -> list[str]:
    return [f"Verhaal nummer {n} over wachten op een antwoord." for n in range(N_ROWS)]


def test_killed_again_and_again_every_row_is_there_once(
    places: Places, tmp_path: Path, figure: Figure
) -> None:
    file = tmp_path / "lijst.csv"
    file.write_text("\n".join(["tekst", *texts()]), encoding="utf-8")
    server = places.start()
    arguments = ["import", str(file), "--organisation", "stille-kracht"]
    began = subprocess.Popen(
        [*PROGRAM, *arguments],
        env=server._environment(),
        stdout=subprocess.DEVNULL,
    )
    while look(server)["state"] != "running":
        assert began.poll() is None, "it ended before anybody looked"
    began.kill()
    began.wait()

    kills, at, dice = 1, time.monotonic(), random.Random(7)
    while (far := look(server))["state"] == "running":
        assert time.monotonic() - at < LONGEST, far
        reader = subprocess.Popen(
            [*PROGRAM, "importer", "--once"], env=server._environment()
        )
        try:
            reader.wait(dice.uniform(1, 3))
        except subprocess.TimeoutExpired:
            reader.kill()
            reader.wait()
            kills += 1
        if kills == 3:  # and all else with it
            server.kill9()
            server.start()

    assert sorted(look(server)["texts"]) == sorted(texts())
    figure(f"{places.kind}: {kills} kills, {N_ROWS} rows, each once")
