"""B: nothing that is kept tells who reported, or when, or after whom."""

from __future__ import annotations

import ipaddress
import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

from tests import driver
from tests.trust.conftest import Figure, Places
from tests.trust.tools import (
    BEHIND_PROXY,
    Visitor,
    all_bytes,
    canary,
    hits,
    is_postgres,
    report_id,
    rows,
    shown_code,
    tables,
)

pytestmark = pytest.mark.trust

# B1

OPEN_EVERYTHING = """
from achterban.core.organisations.mail import CONTEXT
from achterban.core.outbox.models import OutboxRow
from achterban.core.vault.actions import named_key
from achterban.listen.reports.models import Report
import base64
for report in Report.objects.select_related("key"):
    print(report.open_telling())
    for entry in report.entries.all():
        print(entry.open_words(report.key))
for row in OutboxRow.objects.filter(kind="mail.send"):
    sealed = base64.b64decode(row.payload["letter"])
    print(named_key("outbox").unseal(sealed, context=CONTEXT))
"""


def test_nothing_keeps_who_was_on_the_line(
    places: Places, figure: Figure, tmp_path: Path
) -> None:
    server = places.start(**BEHIND_PROXY)
    address, home = "203.0.113.77", "2001:db8:77:abcd:9f3e:1c2d:3e4f:5a6b"
    words = {name: canary() for name in ("agent", "referer", "language", "client")}
    for peer in (address, home):
        walk_the_whole_line(server, words, peer)
    backup = tmp_path / "backup"
    server.jobs()
    server.backup(backup)
    restored = places.restore(server, backup)
    server.stop()

    opened = tmp_path / "opened"
    opened.write_text(server.run("django", "shell", "-c", OPEN_EVERYTHING))
    log = tmp_path / "log"
    log.write_text("".join(places.said))
    wanted = [*words.values(), address, home]
    places_to_look = [*places.files(server), restored.data, backup, opened, log]
    found = hits(wanted, *places_to_look)
    packed = ipaddress.ip_address(home).packed
    found += [f"{p}: packed" for p, c in all_bytes(*places_to_look) if packed in c]
    n_bytes = sum(len(c) for _p, c in all_bytes(*places_to_look))
    figure(
        f"{places.kind}: {len(wanted)} canaries in 16 forms, {n_bytes >> 20} MB of "
        f"files read, {len(found)} hits"
    )
    assert "Ik word gevolgd" in opened.read_text()  # it did open what is sealed
    assert found == []


def walk_the_whole_line(
    server: driver.Server, words: dict[str, str], address: str
) -> None:
    """Tell, keep, open, add, ask for paper, take back, and go wrong in each way."""
    headers = {
        "User-Agent": f"Mozilla {words['agent']}",
        "Referer": f"https://{words['referer']}.example/{words['referer']}",
        "Accept-Language": words["language"],
        "X-Forwarded-For": f"{words['client']}, {address}",
        "X-Real-IP": address,
        "Forwarded": f"for={words['client']}",
    }
    visitor = Visitor(server, headers)
    for path in ("", "privacy/", "ik-stop/", f"bestaat-niet/{words['client']}"):
        visitor.session.get(server.page(path), timeout=60)
    visitor.keep("nog niet klaar")
    code = shown_code(visitor.send("Ik word gevolgd"))
    assert code
    assert visitor.add(code, "en nog iets").ok
    visitor.post("code/", code="AAAA BBBB CCCC DDDD")
    visitor.post("code/papier/", code=code)
    gone = shown_code(visitor.send("Dit gaat weg"))
    visitor.post("code/intrekken/", code=gone, sure="yes")
    # What goes wrong is what gets logged.
    for wrong in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Host": f"{words['client']}.example"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Cookie": f"werk={words['client']}; weergave={words['client']}"},
    ):
        # The server may hang up on what it refuses: this line is used no more.
        last = {**wrong, "Connection": "close"}
        visitor.session.post(server.page("vertel/"), b"x", headers=last, timeout=60)
    driver_login = server.page("inloggen/")
    visitor.session.get(driver_login, timeout=60)
    visitor.session.post(driver_login, {"login": words["client"]}, timeout=60)


# B5

FINER_THAN_A_DAY = ("timestamp", "datetime", "time")


def test_days_only_and_no_order(places: Places, figure: Figure) -> None:
    server = places.start()
    visitor = Visitor(server)
    n = 200
    codes = [shown_code(visitor.send(f"verhaal {i}")) for i in range(n)]
    place = {report_id(server, code): i for i, code in enumerate(codes)}

    orders = {name: order_in(server, name, place) for name in tables(server)}
    told = {name: link(order) for name, order in orders.items() if len(order) >= n / 2}
    leaves = leaf_orders(server, place) if places.kind == "sqlite" else {}
    fine = finer_than_a_day(server, place)
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    server.stop()
    server.run("work", "--once", env={"ACHTERBAN_CLOCK": tomorrow.isoformat()})
    log = order_in(server, "audit_auditevent", place)
    told["log of the next day"] = link(log)
    after = {name: link(order_in(server, name, place)) for name in orders}
    hours = finer_than_a_day(server, place)
    figure(
        f"{places.kind}: rank correlation of the order of rows with that of sending "
        f"{ {k: round(v, 2) for k, v in told.items()} }, after the night "
        f"{ {k: round(v, 2) for k, v in after.items() if k in told} }, within "
        f"a page of the file {leaves}; finer than a day: {fine + hours}"
    )
    assert {"reports_report", "consent_consent", "outbox_outboxrow"} <= set(told)
    assert len(log) == n
    assert fine == hours == []
    assert abs(told.pop("log of the next day")) < 0.2
    if places.kind == "postgres":  # its heap is in order of arrival until the night
        told = {name: after[name] for name in told}
    assert {name: r for name, r in told.items() if abs(r) >= 0.2} == {}


def order_in(server: driver.Server, table: str, place: dict[int, int]) -> list[int]:
    """Return which report each row is about, in the order in which the rows lie."""
    as_they_lie = "ctid" if is_postgres(server) else "rowid"
    lines = rows(server, f'SELECT * FROM "{table}" ORDER BY {as_they_lie}')
    return [place[key] for line in lines if (key := about(line, place))]


def about(line: tuple[object, ...], place: dict[int, int]) -> int:
    """Return the report that a row speaks of, 0 for none."""
    words = (str(value) for value in line if isinstance(value, (int, str, dict)))
    for number in re.findall(r"\d{10,}", " ".join(words)):
        if int(number) in place:
            return int(number)
    return 0


def link(order: list[int]) -> float:
    """Return Spearman's rank correlation of a sequence with its own course."""
    if len(order) < 3:
        return 0.0
    from scipy.stats import spearmanr  # seconds, in each worker of every run

    return float(spearmanr(range(len(order)), order).statistic)


def finer_than_a_day(server: driver.Server, place: dict[int, int]) -> list[str]:
    """Return the columns that hold an hour in a row about one of these reports."""
    found = set()
    for table in tables(server):
        query = (
            "SELECT column_name, data_type FROM information_schema.columns "
            f"WHERE table_schema = 'public' AND table_name = '{table}' "
            "ORDER BY ordinal_position"
            if is_postgres(server)
            else f"SELECT name, type FROM pragma_table_info('{table}')"
        )
        columns = rows(server, query)
        for line in rows(server, f'SELECT * FROM "{table}"'):
            if not about(line, place):
                continue
            for (name, kind), value in zip(columns, line, strict=True):
                has_hour = any(word in kind.lower() for word in FINER_THAN_A_DAY)
                if has_hour and value and " 00:00:00" not in in_utc(value):
                    found.add(f"{table}.{name}")
    return sorted(found)


def in_utc(value: object) -> str:
    """Return a moment as text; SQLite keeps it so."""
    return str(value.astimezone(UTC) if isinstance(value, datetime) else value)


def leaf_orders(server: driver.Server, place: dict[int, int]) -> dict[str, float]:
    """Return how much the place of rows within the pages of the file tells.

    SQLite lays a new row before the ones that lie on the page already, whatever
    their keys. What an examiner of the disk sees, a query does not.
    """
    wait_for_empty_log(server)
    content = (server.data / "achterban.sqlite3").read_bytes()
    size = int.from_bytes(content[16:18], "big")
    places: list[float] = []
    for start in range(0, len(content), size):
        page = content[start : start + size]
        if page[0] != 0x0D:  # a leaf of a table
            continue
        cells = []
        for i in range(int.from_bytes(page[3:5], "big")):
            offset = int.from_bytes(page[8 + 2 * i : 10 + 2 * i], "big")
            key = rowid_at(page, offset)
            if key in place:
                cells.append((-offset, place[key]))
        if len(cells) >= 5:
            places.append(link([sent for _offset, sent in sorted(cells)]))
    return {"mean": round(sum(places) / max(len(places), 1), 2), "pages": len(places)}


def wait_for_empty_log(server: driver.Server) -> None:
    """Wait until the background emptied the log, which stands in order of arrival."""
    log = server.data / "achterban.sqlite3-wal"
    until = time.monotonic() + 15
    while log.exists() and log.stat().st_size:
        assert time.monotonic() < until, "the write-ahead log keeps the order"
        time.sleep(0.2)


def rowid_at(page: bytes, offset: int) -> int:
    """Return the key of a cell: the second of two numbers of variable length."""
    value = 0
    for _number in range(2):
        value = 0
        for n in range(9):
            byte = page[offset]
            offset += 1
            if n == 8:
                value = value << 8 | byte
                break
            value = value << 7 | byte & 0x7F
            if byte < 0x80:
                break
    return value


# B7


def test_the_label_is_true(sqlite: Places, figure: Figure) -> None:
    tor = {"X-Tor": "1", "X-Forwarded-For": "127.0.0.1"}
    onion = "a" * 56 + ".onion"
    server = sqlite.start(ACHTERBAN_HOSTS=f"kracht.example,{onion}", **BEHIND_PROXY)
    cases = [
        ({}, "Vertrouwelijk"),
        ({"X-Tor": "0"}, "Vertrouwelijk"),
        ({"X-Forwarded-For": "203.0.113.5"}, "Vertrouwelijk"),
        (tor, "Anoniem"),
        ({"Host": onion}, "Anoniem"),
        ({"Host": f"{onion}:{server.port}"}, "Anoniem"),
    ]
    right = [label_on(server, headers) == label for headers, label in cases * 20]
    named = sqlite.start()  # nobody says which proxy may be believed
    right += [label_on(named, tor) == "Vertrouwelijk" for _ in range(20)]
    figure(f"{sum(right)} of {len(right)} labels right")
    assert all(right)


def label_on(server: driver.Server, headers: dict[str, str]) -> str:
    page = requests.get(server.page("vertel/"), headers=headers, timeout=60).text
    found = re.findall(r"<strong>(Vertrouwelijk|Anoniem):</strong>", page)
    assert len(found) == 1, page[:500]
    return str(found[0])
