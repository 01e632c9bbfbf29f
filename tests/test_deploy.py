"""On the open net: Django's own check, locked cookies, https only (J1, J3)."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ASK = """
import json
from django.test import Client
from django.core.management import call_command
call_command("check", deploy=True, fail_level="WARNING")
call_command("migrate", verbosity=0)
call_command("collectstatic", verbosity=0, interactive=False)
host = {"HTTP_HOST": "signaal.example.org"}
plain = Client().get("/privacy/", **host)
page = Client().get("/inloggen/", secure=True, **host)
choice = Client().post("/weergave/", {"preference": "calm:1"}, secure=True, **host)
print(json.dumps({
    "plain": [plain.status_code, plain["Location"]],
    "hsts": page["Strict-Transport-Security"],
    "cookies": [
        [name, morsel["path"], bool(morsel["secure"]), bool(morsel["httponly"]),
         morsel["samesite"], morsel["domain"]]
        for answer in (page, choice) for name, morsel in answer.cookies.items()
    ],
}))
"""


def run_in_production(folder: Path, *arguments: str) -> str:
    """Run a command as on a server; return what it printed."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ACHTERBAN_")}
    kept.pop("DATABASE_URL", None)
    environment = {
        **kept,
        "ACHTERBAN_DATA": str(folder / "data"),
        "ACHTERBAN_KEYS": str(folder / "keys"),
        "ACHTERBAN_HOSTS": "signaal.example.org",
    }
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "achterban.config.cli", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.wide
def test_the_deploy_check_is_clean_only_https_and_only_locked_cookies(
    tmp_path: Path,
) -> None:
    said = run_in_production(tmp_path, "django", "shell", "-v", "0", "-c", ASK)
    got = json.loads(said.strip().splitlines()[-1])

    assert got["plain"] == [301, "https://signaal.example.org/privacy/"]
    age = int(got["hsts"].partition("max-age=")[2].partition(";")[0])
    assert age >= 365 * 24 * 3600
    assert len(got["cookies"]) == 2
    for name, path, is_secure, is_http_only, same_site, domain in got["cookies"]:
        assert name.startswith("__Host-")
        assert (path, is_secure, is_http_only, domain) == ("/", True, True, "")
        assert same_site in {"Lax", "Strict"}


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")
def test_the_service_of_the_readme_is_understood_and_shut_in(tmp_path: Path) -> None:
    readme = Path(__file__).parents[1] / "README.md"
    found = re.search(r"```ini\n(\[Unit\].*?)```", readme.read_text(), re.S)
    assert found is not None
    unit = tmp_path / "achterban.service"
    program = "/opt/achterban/.venv/bin/achterban"
    unit.write_text(found[1].replace(program, sys.executable))

    for check in (["verify"], ["security", "--offline=true", "--threshold=30"]):
        done = subprocess.run(
            ["systemd-analyze", *check, str(unit)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert check != ["verify"] or done.stderr == ""
