"""The command line: what it says, and with which number it ends."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from achterban.config import cli

pytestmark = [pytest.mark.server, pytest.mark.slow]
Here = Callable[..., tuple[int, str, str]]


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


@pytest.fixture
def here(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run a command that asks for no data in this process: to start one takes long."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["achterban", *arguments])
        try:
            cli.main()
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
        return (code, *capsys.readouterr())

    return run


@pytest.mark.once
@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["help"]])
def test_help_names_every_command(here: Here, arguments: list[str]) -> None:
    code, said, _ = here(*arguments)
    assert code == 0
    for name in ("serve", "work", "check", "backup", "restore", "audit", "rotate-keys"):
        assert f"\n  {name} " in said


@pytest.mark.once
@pytest.mark.parametrize("name", ["backup", "restore", "check", "work", "audit"])
def test_every_command_explains_itself(here: Here, name: str) -> None:
    code, said, _ = here(name, "--help")
    assert code == 0
    assert "usage" in said.lower()


@pytest.mark.once
@pytest.mark.parametrize(
    "arguments",
    [[], ["nonsense"], ["backup"], ["audit", "nonsense"], ["work", "--nonsense"]],
)
def test_wrong_use_ends_with_2(here: Here, arguments: list[str]) -> None:
    assert here(*arguments)[0] == 2


@pytest.mark.wide
@pytest.mark.alike
def test_an_office_is_set_up_checked_and_copied(office: Path) -> None:
    """Each command is a process; ``work`` and ``audit`` are in ``test_driver.py``."""
    assert achterban(office, "django", "migrate", "--verbosity", "0")[0] == 0
    code, said, _ = achterban(office, "check", "--json")
    assert json.loads(said)["wrong"].keys() <= {"ruimte"}
    copy = office / "copy"
    assert achterban(office, "backup", str(copy))[0] == 0
    code, _, reason = achterban(office, "restore", str(copy))
    assert code == 1
    assert "alleen in een lege map of database" in reason
    copy.write_bytes(copy.read_bytes()[:-9])
    code, _, reason = achterban(office, "backup", "--verify", str(copy))
    assert code == 1
    assert "beschadigd of afgekapt" in reason


@pytest.mark.wide
@pytest.mark.alike
def test_a_refusal_ends_with_1_and_a_sentence(office: Path) -> None:
    code, _, reason = achterban(office, "restore", str(office / "nowhere"))
    assert code == 1
    assert reason.strip().endswith(".")


@pytest.mark.wide
@pytest.mark.alike
def test_a_restore_without_keys_makes_none(office: Path) -> None:
    code, _, reason = achterban(office, "restore", str(office / "nowhere"))
    assert code == 1
    assert "De sleutels ontbreken" in reason
    assert not (office / "keys").exists()


@pytest.mark.once
def test_a_text_is_measured(here: Here, tmp_path: Path) -> None:
    text = tmp_path / "brief.txt"
    text.write_text("Indien u komt. Dan praten wij.", "utf-8")
    code, said, _ = here("rules", "readability", str(text))
    assert code == 0
    answer = json.loads(said)
    assert (answer["n_sentences"], answer["words_per_sentence"]) == (2, 3)
    assert answer["problems"] == [
        {"sentence": "Indien u komt.", "word": "indien", "instead": "als"}
    ]


@pytest.mark.once
def test_what_is_no_text_is_not_measured(here: Here, tmp_path: Path) -> None:
    (tmp_path / "brief.txt").write_bytes(b"\xff\xfe\x00")
    for name in ("brief.txt", "nowhere.txt"):
        code, _, reason = here("rules", "readability", str(tmp_path / name))
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
    here: Here, tmp_path: Path, line: str, reason: str
) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": 1, "text": "Dag."}\n' + line, "utf-8")
    code, _, said = here("rules", "deidentify", str(source), str(target))
    assert code == 1
    assert reason in said
    assert not target.exists()


@pytest.mark.once
def test_promises_are_found_in_a_file(here: Here, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    text = "Beste Roos,\nWij sturen u uiterlijk 14 maart het verslag.\nGroet, Kim"
    row = {"id": 7, "text": text, "date": "2025-03-01"}
    source.write_text(json.dumps(row), "utf-8")

    code, said, _ = here("rules", "commitments", str(source), str(target))

    assert (code, said.strip()) == (0, "1 teksten gelezen. Lees zelf na wat er staat.")
    [promise] = json.loads(target.read_text("utf-8"))["commitments"]
    words = text[promise["start"] : promise["end"]]
    assert words == promise["what"] == "Wij sturen u uiterlijk 14 maart het verslag."
    assert (promise["due"], promise["rrule"]) == ("2025-03-14", None)
    assert (promise["promiser"], promise["strength"]) == ("Wij", "firm")


@pytest.mark.once
@pytest.mark.parametrize("date", [None, 7, "14 maart", "2025-02-30"])
def test_promises_need_the_date_of_their_text(
    here: Here, tmp_path: Path, date: object
) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps({"id": 7, "text": "Dag.", "date": date}), "utf-8")

    code, _, reason = here("rules", "commitments", str(source), str(target))

    assert code == 1
    assert "De date van 7 is er niet of is geen dag (2026-03-01)." in reason
    assert not target.exists()


@pytest.mark.once
def test_terms_of_law_are_counted_in_a_file(here: Here, tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "uit.csv"
    head = "id;regime;bekendmaking_datum"
    lines = [head, "1;awb_bezwaar;2025-11-21", "2;awb_bezwaar;2026-02-30", "3;;"]
    source.write_text("\ufeff" + "\n".join(lines), "utf-8")

    code, said, _ = here("rules", "deadlines", str(source), str(target))

    assert code == 0
    assert "3 termijnen gerekend." in said
    with target.open(encoding="utf-8", newline="") as file:
        first, second, third = csv.DictReader(file)
    assert (first["id"], first["last_day"]) == ("1", "2026-01-05")
    assert first["rolled"] == "ja"
    assert "Awb 6:8 lid 1" in first["articles"]
    assert "is geen dag" in second["not_covered"]
    assert third["not_covered"]


@pytest.mark.once
def test_a_table_of_terms_needs_its_head(here: Here, tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "uit.csv"
    source.write_text("nummer,regime\n1,awb_bezwaar\n", "utf-8")

    code, _, reason = here("rules", "deadlines", str(source), str(target))

    assert code == 1
    assert "De kop mist: id." in reason
    assert not target.exists()


@pytest.mark.once
@pytest.mark.parametrize(
    "arguments", [("deidentify", "in.jsonl"), ("readability", "a.txt", "b.txt"), ("x",)]
)
def test_a_calculation_with_the_wrong_files_is_wrong_use(
    here: Here, arguments: tuple[str, ...]
) -> None:
    assert here("rules", *arguments)[0] == 2
