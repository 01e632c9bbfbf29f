"""Keep an installation of today, for versions to come to upgrade.

python scripts/keep_version.py 0.1.0    at each release; writes tests/versions/0.1.0

The example with something of every kind in it: a backup, the folder with its keys, and
what was told, how many rows there were and when.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from achterban.core.files.tests import samples  # noqa: E402
from tests import driver  # noqa: E402
from tests.trust.test_confidentiality import Planted, plant  # noqa: E402
from tests.trust.test_durability import settle  # noqa: E402
from tests.trust.tools import Visitor, canary, counts  # noqa: E402
from tests.versions import BACKUP, FACTS, KEYS, VERSIONS, Facts, Receipt  # noqa: E402

N_SEEDS = 6
LASTING = ("keys.json", "erasures.log", "withdrawals.log", "audit.anchor")
CALL = "call"
SAID = ("report", "ask", "reply", "answer")


def main(arguments: list[str]) -> int:
    """Keep one; return the exit code."""
    if len(arguments) != 1 or (VERSIONS / arguments[0]).exists():
        print(__doc__, file=sys.stderr)
        return 2
    with program() as server:
        keep(server, VERSIONS / arguments[0])
    return 0


@contextmanager
def program() -> Iterator[driver.Server]:
    """Serve the example, and clean up."""
    folder = Path(tempfile.mkdtemp(prefix="achterban-version-"))
    server = driver.start(folder / "data")
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


def keep(server: driver.Server, folder: Path) -> None:
    """Fill an installation, and write down what there is to find again."""
    receipts = told(server)
    settle(server)
    server.stop()
    folder.mkdir()
    server.backup(folder / BACKUP)
    (folder / KEYS).mkdir()
    for name in LASTING:
        shutil.copyfile(server.keys / name, folder / KEYS / name)
    facts = Facts(
        kept_at=datetime.now(UTC).isoformat(timespec="seconds"),
        receipts=receipts,
        rows=counts(server),
    )
    (folder / FACTS).write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")


def told(server: driver.Server) -> list[Receipt]:
    """Tell something of every kind; return what must open again."""
    planted = plant(server)
    server.erase(planted.codes["erased"])
    server.withdraw(planted.codes["withdrawn"], "read")
    yes = {"code": planted.codes["kept"], "act": "save", "yes": "quote"}
    Visitor(server).post("code/toestemming/erbij/", **yes).raise_for_status()
    server.withdraw(planted.codes["kept"], "quote")
    word = canary()
    photo = {"file": ("foto.jpg", samples.photo(), "image/jpeg")}
    with_file = server.send_report({"text": f"Met een foto erbij: {word}"}, photo)
    return [
        _receipt(planted, "kept", *(f"{what} kept" for what in SAID)),
        _receipt(planted, CALL, CALL),
        Receipt(code=with_file, organisation=driver.ORGANISATION, words=[word]),
        *(
            Receipt(code=code, organisation=organisation, words=[word])
            for code, organisation, word in server.seed(N_SEEDS).values()
        ),
    ]


def _receipt(planted: Planted, fate: str, *names: str) -> Receipt:
    return Receipt(
        code=planted.codes[fate],
        organisation=driver.ORGANISATION,
        words=[planted.words[name] for name in names],
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
