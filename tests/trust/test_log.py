"""E: whoever looks is in the log, nobody changes it unseen, and it holds no words."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import driver
from tests.trust.conftest import Figure, Places
from tests.trust.test_confidentiality import Planted, plant
from tests.trust.tools import (
    REPORT_LINK,
    Visitor,
    canary,
    hits,
    press,
    report_id,
    rows,
    shown_code,
)

pytestmark = pytest.mark.trust


# E1


def reads(server: driver.Server, actor: str) -> dict[str, int]:
    """Return how often the log says that an account read each thing."""
    found = rows(
        server,
        "SELECT label, count(*) FROM audit_auditevent WHERE kind IN "
        "('reports.report.read', 'persons.person.looked_up') AND actor = "
        f"(SELECT id FROM accounts_account WHERE email = '{actor}') GROUP BY label",
    )
    return {str(label): int(n) for label, n in found}


def test_every_look_is_in_the_log_before_the_page_leaves(
    places: Places, figure: Figure
) -> None:
    server = places.start()
    server.seed(20)
    planted = plant(server)
    n_looks = 0
    people = {"volunteer": planted.work, "coordinator": server.login("coordinator")}
    for role, session in people.items():
        actor = server.persona(role)["email"]
        addresses = [server.page("werk/"), server.page("werk/signalen/")]
        addresses += [f"{addresses[1]}?page=2", f"{addresses[1]}?status=received"]
        shown = REPORT_LINK.findall(session.get(addresses[1], timeout=60).text)
        addresses += [server.page(f"werk/signalen/{key}/") for key in set(shown)]
        for address in addresses:
            before = reads(server, actor)
            with session.get(address, timeout=60, stream=True) as answer:
                assert answer.status_code == 200
                after = reads(server, actor)  # the body is still to come
                page = answer.text
            told = {
                label for label, n in after.items() if n == before.get(label, 0) + 1
            }
            keys = set(REPORT_LINK.findall(page)) or {address.rsplit("/", 2)[1]}
            own = {f"reports.report:{key}" for key in keys}
            missing = own - told if "signalen/" in address[-40:] or own else set()
            assert missing == set(), address
            assert len(told) == len(own), address
            n_looks += len(own)
    call = report_id(server, planted.codes["call"])
    page = server.page(f"werk/signalen/{call}/")
    coordinator = people["coordinator"]  # it was handed over to her
    actor = server.persona("coordinator")["email"]
    before = reads(server, actor)
    answer = press(coordinator, page, f"{page}wie/")
    assert planted.words["phone"] in answer.text
    looked = {k for k, n in reads(server, actor).items() if n > before.get(k, 0)}
    figure(
        f"{places.kind}: {n_looks} looks, as many lines; contact: {len(looked)} lines"
    )
    assert any(label.startswith("persons.person:") for label in looked)


# E2


def edit(database: sqlite3.Connection, seq: int) -> None:
    database.execute("UPDATE audit_auditevent SET actor = 1 WHERE seq = ?", [seq])


def edit_time(database: sqlite3.Connection, seq: int) -> None:
    database.execute(
        "UPDATE audit_auditevent SET at = '2020-01-01 00:00:00' WHERE seq = ?", [seq]
    )


def delete(database: sqlite3.Connection, seq: int) -> None:
    database.execute("DELETE FROM audit_auditevent WHERE seq = ?", [seq])


def reorder(database: sqlite3.Connection, seq: int) -> None:
    for old, new in ((seq, -1), (seq + 1, seq), (-1, seq + 1)):
        database.execute(
            "UPDATE audit_auditevent SET seq = ? WHERE seq = ?", [new, old]
        )


def insert(database: sqlite3.Connection, seq: int) -> None:
    delete(database, seq)
    database.execute(
        "INSERT INTO audit_auditevent SELECT ?, kind, at, label, actor, responsible, "
        "facts, digest FROM audit_auditevent WHERE seq = ?",
        [seq, seq + 1],
    )


def cut_tail(database: sqlite3.Connection, seq: int) -> None:
    """Cut, and let the head of the chain fit what is left."""
    database.execute("DELETE FROM audit_auditevent WHERE seq > ?", [seq])
    database.execute(
        "UPDATE audit_audithead SET seq = ?, digest = "
        "(SELECT digest FROM audit_auditevent WHERE seq = ?)",
        [seq, seq],
    )


def empty(database: sqlite3.Connection, seq: int) -> None:
    database.execute("DELETE FROM audit_auditevent")
    database.execute("DELETE FROM audit_audithead")


TRICKS: dict[str, Callable[[sqlite3.Connection, int], None]] = {
    "edit": edit,
    "edit time": edit_time,
    "delete": delete,
    "reorder": reorder,
    "replace": insert,
    "cut tail": cut_tail,
    "empty": empty,
}


def test_every_trick_with_the_log_is_seen(sqlite: Places, figure: Figure) -> None:
    server = sqlite.start()
    look_around(server, "volunteer")
    server.stop()
    file = server.data / "achterban.sqlite3"
    earlier = copy_of(server, "earlier")
    server.start()
    look_around(server, "coordinator")
    server.stop()
    assert verdict(server) == ""
    whole = copy_of(server, "whole")
    last = rows(server, "SELECT max(seq) FROM audit_auditevent")[0][0]
    seq = last // 2
    said = {}
    for name, trick in TRICKS.items():
        put(whole, file)
        database = sqlite3.connect(file)
        trick(database, seq)
        database.commit()
        database.close()
        said[name] = verdict(server)
    put(earlier, file)
    said["roll back"] = verdict(server)
    server.start()  # and it is not forgotten by going on
    look_around(server, "volunteer", "spierkring")
    server.stop()
    said["roll back, and on"] = verdict(server)
    put(whole, file)
    figure(f"{sum(map(bool, said.values()))} of {len(said)} seen: {said}")
    assert all(said.values()), said
    named = {name: f"{seq}" in said[name] for name in ("edit", "delete", "reorder")}
    assert all(named.values()), said
    assert str(last) in said["roll back"]
    assert verdict(server) == ""


def look_around(
    server: driver.Server, role: str, organisation: str = driver.ORGANISATION
) -> None:
    session = server.login(role, organisation)
    for _ in range(3):
        page = server.page("werk/signalen/", organisation)
        assert session.get(page, timeout=60).ok


def verdict(server: driver.Server) -> str:
    """Return what ``audit verify`` finds, empty when all is well."""
    try:
        server.run("audit", "verify")
    except driver.DriverError as error:
        status, _, said = str(error).partition(": ")
        return said.strip().splitlines()[0] if status == "exit 1" else ""
    return ""


def copy_of(server: driver.Server, name: str) -> Path:
    """Return a copy of a database that nobody has open."""
    rows(server, "PRAGMA wal_checkpoint(TRUNCATE)")
    file = server.data / "achterban.sqlite3"
    return Path(shutil.copy(file, file.with_name(f"{name}.copy")))


def put(copy: Path, file: Path) -> None:
    for end in ("-wal", "-shm"):
        file.with_name(f"{file.name}{end}").unlink(missing_ok=True)
    shutil.copy(copy, file)


# E3


def test_the_log_holds_ids_and_no_words(
    places: Places, figure: Figure, tmp_path: Path
) -> None:
    server = places.start()
    planted: Planted = plant(server)
    forged = canary()
    visitor, line = Visitor(server), "\r\n2026-01-01 00:00:00 reports.report.read "
    code = shown_code(visitor.send(f"{line}{forged}"))
    visitor.add(code, f"{line}{forged}")
    visitor.session.get(server.page(f"%0d%0a{forged}"), timeout=60)
    visitor.post("code/", code=f"{line}{forged}")
    session = server.login("coordinator")
    team = server.page("werk/team/uitnodigen/")
    press(session, team, team, email=f"{forged}@mens.example", role="volunteer")
    server.withdraw(code, "read")
    server.stop()
    tomorrow = "2026-12-31T12:00"
    server.run("work", "--once", env={"ACHTERBAN_CLOCK": tomorrow})
    lines = rows(server, "SELECT * FROM audit_auditevent")
    table = tmp_path / "table"
    table.write_text(json.dumps([[str(value) for value in line] for line in lines]))
    log = tmp_path / "log"
    log.write_text("".join(places.said))
    anchor = server.keys / "audit.anchor"
    words = [*planted.words.values(), forged]
    found = hits(words, table, anchor, log)
    figure(f"{len(lines)} lines, {len(words)} words, {len(found)} hits")
    assert found == []
    assert server.verify_audit()
