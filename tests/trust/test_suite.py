"""P5: the suite passes in reverse, without asserts of ours, without network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.trust.conftest import Figure

pytestmark = pytest.mark.trust
ROOT = Path(__file__).parents[2]


def names(folder: Path) -> set[str]:
    """Return every file below a folder but caches of Python and git's own."""
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and not {"__pycache__", ".git"} & set(path.parts)
    }


@pytest.mark.skipif(os.geteuid() != 0, reason="cutting off the network takes root")
def test_the_suite_in_reverse_without_asserts_and_network(
    tmp_path: Path, figure: Figure
) -> None:
    copy, scratch = tmp_path / "copy", tmp_path / "scratch"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, copy / name, follow_symlinks=False)
    subprocess.run(["git", "init", "-q"], cwd=copy, check=True)
    compile_catalogue = [sys.executable, "scripts/catalogue.py", "compile"]
    subprocess.run(compile_catalogue, cwd=copy, check=True, stdout=subprocess.DEVNULL)
    scratch.mkdir()
    before = names(copy)
    env = {
        **{k: v for k, v in os.environ.items() if not k.startswith("ACHTERBAN_")},
        "PYTHONOPTIMIZE": "1",
        "PYTHONPATH": str(copy),
        "TMPDIR": str(scratch),
    }
    command = ["unshare", "-n", "sh", "-c", 'ip link set lo up; exec "$@"', "sh"]
    chosen = ["-m", "not browser and not server and not trust", "--reverse"]
    done = subprocess.run(
        [*command, sys.executable, "-m", "pytest", "-q", "-n", "2", *chosen],
        cwd=copy,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    figure(done.stdout.strip().splitlines()[-1])
    assert names(copy) == before
    assert names(scratch) == set()
