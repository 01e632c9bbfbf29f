"""Run a command with a PostgreSQL of its own, that is gone afterwards.

``postgres.py COMMAND …`` sets ``ACHTERBAN_TEST_DATABASE_URL`` for the command and
exits as it did. The cluster lives in a temporary folder and listens on a socket there,
so that two runs, or a PostgreSQL that stands here already, are not in each other's way.
It does not wait for the disk: nothing in it is meant to last.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

PORT = "5432"  # names the socket only
SETTINGS = {
    "port": PORT,
    "listen_addresses": "''",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "64MB",
    "max_connections": "60",
}
STAND_INS = ("postgres", "nobody")  # initdb refuses root


def main(command: list[str]) -> int:
    """Run ``command``; return its exit code."""
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    programs = find_programs()
    if programs is None:
        print("PostgreSQL staat hier niet: apt-get install postgresql", file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with cluster(programs) as url:
        environment = {**os.environ, "ACHTERBAN_TEST_DATABASE_URL": url}
        return subprocess.run(command, env=environment, check=False).returncode


def find_programs() -> Path | None:
    """Return the folder with ``initdb``, the newest where there are more."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda path: _version(path.parent),
    )
    if found := shutil.which("initdb"):
        folders.append(Path(found).resolve().parent)
    return next((path for path in folders[::-1] if (path / "initdb").exists()), None)


def _stand_in() -> pwd.struct_passwd | None:
    """Return as whom PostgreSQL runs where we are root, None where we are not."""
    if os.geteuid():
        return None
    known = {one.pw_name: one for one in pwd.getpwall()}
    return next(known[name] for name in STAND_INS if name in known)


def _version(path: Path) -> float:
    return float(path.name) if path.name.replace(".", "", 1).isdigit() else 0.0


@contextmanager
def cluster(programs: Path) -> Iterator[str]:
    """Start a cluster; yield its address; stop and remove it whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix="achterban-postgres-"))
    who = _stand_in()
    if who:
        os.chown(folder, who.pw_uid, who.pw_gid)

    def run(program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(programs / program), "--pgdata", str(folder / "data"), *arguments],
            user=who.pw_uid if who else None,
            group=who.pw_gid if who else None,
            extra_groups=[] if who else None,
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"PostgreSQL start niet: {done.stdout.strip()}")

    try:
        run("initdb", "--username=achterban", "--auth=trust", "--no-sync", "-E", "UTF8")
        options = {**SETTINGS, "unix_socket_directories": f"'{folder}'"}
        with (folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as out:
            out.writelines(f"{name} = {value}\n" for name, value in options.items())
        run("pg_ctl", "start", "--wait", "--silent", "--log", str(folder / "log"))
        yield f"postgres://achterban@/postgres?host={quote(str(folder))}&port={PORT}"
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            run("pg_ctl", "stop", "--mode=immediate", "--silent")
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
