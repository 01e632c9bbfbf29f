"""The command line: what it says, and with which number it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from achterban.core.files.scanner import scanner_address

pytestmark = [pytest.mark.server, pytest.mark.slow]


@pytest.fixture
def office(tmp_path: Path, new_database: Callable[[], dict[str, str]]) -> Path:
    """A folder for an installation of its own."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name != "DATABASE_URL" and not name.startswith("ACHTERBAN_")
    }
    environment |= {"ACHTERBAN_PLAIN_HTTP": "1", **new_database()}
    (tmp_path / "environment.json").write_text(json.dumps(environment))
    return tmp_path


def achterban(office: Path, *arguments: str) -> tuple[int, str, str]:
    """Run a command; return its exit code and what it said."""
    folders = ["--data", str(office / "data"), "--keys", str(office / "keys")]
    done = subprocess.run(
        [sys.executable, "-m", "achterban.config.cli", *folders, *arguments],
        env=json.loads((office / "environment.json").read_text()),
        cwd=Path(__file__).parents[4],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout, done.stderr


@pytest.mark.once
@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["help"]])
def test_help_names_every_command(office: Path, arguments: list[str]) -> None:
    code, said, _ = achterban(office, *arguments)
    assert code == 0
    for name in ("serve", "work", "check", "backup", "restore", "audit", "rotate-keys"):
        assert f"\n  {name} " in said


@pytest.mark.once
@pytest.mark.parametrize("name", ["backup", "restore", "check", "work", "audit"])
def test_every_command_explains_itself(office: Path, name: str) -> None:
    code, said, _ = achterban(office, name, "--help")
    assert code == 0
    assert "usage" in said.lower()


@pytest.mark.once
@pytest.mark.parametrize(
    "arguments",
    [[], ["nonsense"], ["backup"], ["audit", "nonsense"], ["work", "--nonsense"]],
)
def test_wrong_use_ends_with_2(office: Path, arguments: list[str]) -> None:
    assert achterban(office, *arguments)[0] == 2


def test_an_office_is_set_up_checked_copied_and_put_back(office: Path) -> None:
    assert achterban(office, "django", "migrate", "--verbosity", "0")[0] == 0
    assert achterban(office, "work", "--once")[:2] == (0, "gedaan: 0\n")
    code, said, _ = achterban(office, "check", "--json")
    assert json.loads(said)["wrong"].keys() <= {"ruimte"}
    said = achterban(office, "check")[1]
    assert ("virusscanner" in said) is not bool(scanner_address())
    assert achterban(office, "audit", "verify")[0] == 0
    copy = str(office / "copy")
    assert achterban(office, "backup", copy)[0] == 0
    code, _, reason = achterban(office, "restore", copy)
    assert code == 1
    assert "alleen in een lege map of database" in reason


def test_a_refusal_ends_with_1_and_a_sentence(office: Path) -> None:
    code, _, reason = achterban(office, "restore", str(office / "nowhere"))
    assert code == 1
    assert reason.strip().endswith(".")


def test_a_restore_without_keys_makes_none(office: Path) -> None:
    code, _, reason = achterban(office, "restore", str(office / "nowhere"))
    assert code == 1
    assert "De sleutels ontbreken" in reason
    assert not (office / "keys").exists()


def test_a_damaged_copy_is_told(office: Path) -> None:
    assert achterban(office, "django", "migrate", "--verbosity", "0")[0] == 0
    copy = office / "copy"
    assert achterban(office, "backup", str(copy))[0] == 0
    copy.write_bytes(copy.read_bytes()[:-9])
    code, _, reason = achterban(office, "backup", "--verify", str(copy))
    assert code == 1
    assert "beschadigd of afgekapt" in reason


@pytest.mark.once
def test_a_text_is_measured(office: Path) -> None:
    (office / "brief.txt").write_text("Indien u komt. Dan praten wij.", "utf-8")
    code, said, _ = achterban(office, "rules", "readability", str(office / "brief.txt"))
    assert code == 0
    answer = json.loads(said)
    assert (answer["n_sentences"], answer["words_per_sentence"]) == (2, 3)
    assert answer["problems"] == [
        {"sentence": "Indien u komt.", "word": "indien", "instead": "als"}
    ]


@pytest.mark.once
def test_what_is_no_text_is_not_measured(office: Path) -> None:
    (office / "brief.txt").write_bytes(b"\xff\xfe\x00")
    for name in ("brief.txt", "nowhere.txt"):
        code, _, reason = achterban(office, "rules", "readability", str(office / name))
        assert code == 1
        assert "geen tekstbestand" in reason


@pytest.mark.once
@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "Regel 2 is geen JSON."),
        ('["a"]', "Regel 2 heeft geen id."),
        ('{"text": "a"}', "Regel 2 heeft geen id."),
        ('{"id": 1, "text": 2}', "Regel 2 heeft geen text"),
        (r'{"id": 1, "text": "\ud800"}', "Regel 2 heeft een half teken"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(
    office: Path, line: str, reason: str
) -> None:
    source = office / "in.jsonl"
    source.write_text('{"id": 1, "text": "Dag."}\n' + line, "utf-8")
    target = str(office / "out.jsonl")
    code, _, said = achterban(office, "rules", "deidentify", str(source), target)
    assert code == 1
    assert reason in said
    assert not (office / "out.jsonl").exists()


@pytest.mark.once
@pytest.mark.parametrize(
    "arguments", [("deidentify", "in.jsonl"), ("readability", "a.txt", "b.txt"), ("x",)]
)
def test_a_calculation_with_the_wrong_files_is_wrong_use(
    office: Path, arguments: tuple[str, ...]
) -> None:
    assert achterban(office, "rules", *arguments)[0] == 2
