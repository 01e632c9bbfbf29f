"""C and N2: a stolen disk or backup says nothing, and what is erased is gone."""

from __future__ import annotations

import hashlib
import json
import random
import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest
import requests

from achterban.rules.receipts import ALPHABET
from tests import driver
from tests.trust.conftest import Figure, Places
from tests.trust.tools import (
    BEHIND_PROXY,
    Visitor,
    all_bytes,
    canary,
    code_in,
    csrf_of,
    hits,
    meanwhile,
    peer,
    percentile,
    press,
    report_id,
    rows,
    shown_code,
    timed,
)

pytestmark = pytest.mark.trust


@dataclass
class Planted:
    """Words that were planted, and the codes behind which they stand.

    Attributes:
        words: by what they are.
        codes: by what will happen to them.
        work: session of the volunteer who wrote some of them.
    """

    work: requests.Session
    words: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    def word(self, name: str) -> str:
        """Return a new word for something."""
        return self.words.setdefault(name, canary())


def plant(server: driver.Server) -> Planted:
    """Leave a word wherever anybody can write one."""
    planted, visitor = Planted(server.login("volunteer")), Visitor(server)
    work = planted.work
    planted.codes["draft"] = visitor.keep(planted.word("draft"))
    for fate in ("erased", "withdrawn", "kept"):
        code = shown_code(visitor.send(planted.word(f"report {fate}")))
        planted.codes[fate] = code
        page = server.page(f"werk/signalen/{report_id(server, code)}/")
        for act in ("note", "ask"):
            text = planted.word(f"{act} {fate}")
            assert press(work, page, f"{page}schrijf/", act=act, text=text).ok
        assert visitor.add(code, planted.word(f"reply {fate}")).ok
        text = planted.word(f"answer {fate}")
        assert press(work, page, f"{page}schrijf/", act="answer", text=text).ok
    planted.codes["call"] = enter_call(server, work, planted)
    call = server.page(f"werk/signalen/{report_id(server, planted.codes['call'])}/")
    colleague = rows(server, "SELECT id FROM accounts_account WHERE name LIKE 'Hann%'")
    note = planted.word("handover")
    to = str(colleague[0][0])
    assert press(work, call, f"{call}geef-door/", to=to, note=note).ok
    return planted


def enter_call(server: driver.Server, work: requests.Session, planted: Planted) -> str:
    """Write down a call with everything that one can hold; return its code."""
    page = server.page("werk/signalen/gesprek/")
    from tests.trust.tools import TOKEN

    token = TOKEN.findall(work.get(page, timeout=60).text)[0]
    answer = press(
        work,
        page,
        page,
        token=token,
        act="send",
        yes="on",
        text=planted.word("call"),
        name=planted.word("name"),
        phone=planted.word("phone"),
        when=planted.word("when"),
        place="Utrecht",
    )
    code = shown_code(answer)
    assert code == code_in(token)
    return code


def key_material(server: driver.Server, code: str) -> list[bytes]:
    """Return what would open a report, or is sealed with it, as it stands in files."""
    key = report_id(server, code)
    found = rows(server, f"SELECT wrapped FROM vault_datakey WHERE id = {key}")
    found += rows(server, f"SELECT sealed FROM reports_report WHERE id = {key}")
    found += rows(server, f"SELECT sealed FROM reports_entry WHERE report_id = {key}")
    material = [bytes(value) for (value,) in found if value]
    assert len(material) >= 2
    return material


def test_words_are_nowhere_and_what_is_erased_is_gone(
    places: Places, figure: Figure
) -> None:
    server = places.start()
    planted = plant(server)
    folders = places.files(server)
    found = hits(planted.words.values(), *folders)
    for code in (planted.codes["kept"], planted.codes["call"]):
        assert any(
            m in c for m in key_material(server, code) for _p, c in all_bytes(*folders)
        )

    gone = {
        fate: key_material(server, planted.codes[fate])
        for fate in ("erased", "withdrawn")
    }
    gone["call"] = key_material(server, planted.codes["call"]) + [
        bytes(value) for (value,) in rows(server, "SELECT sealed FROM persons_person")
    ]
    server.erase(planted.codes["erased"])
    server.erase(planted.codes["call"])
    at_once_left = left(gone["erased"] + gone["call"], folders)
    server.withdraw(planted.codes["withdrawn"], "read")
    withdrawn_left = left(gone["withdrawn"], folders)
    server.jobs()
    after_jobs = left([part for parts in gone.values() for part in parts], folders)
    figure(
        f"{places.kind}: {len(planted.words)} words in 16 forms, {len(found)} hits; "
        f"key or sealed words left after erase: {at_once_left}, after withdrawing: "
        f"{withdrawn_left}, after the nightly round: {after_jobs}"
    )
    assert found == []
    assert planted.words["report kept"] in server.open_receipt(planted.codes["kept"])
    for fate in ("erased", "withdrawn"):
        assert planted.words[f"report {fate}"] not in server.open_receipt(
            planted.codes[fate]
        )
    if places.kind == "sqlite":  # PostgreSQL keeps its log of writes; see the figure
        assert at_once_left == after_jobs == []


def left(material: list[bytes], folders: list[Path]) -> list[str]:
    """Return the names of files in which any of this still stands."""
    return sorted(
        {
            path.name
            for path, content in all_bytes(*folders)
            for part in material
            if part in content
        }
    )


CONTACT = """
from achterban.advocate.stakeholders.actions import contacts
from achterban.advocate.stakeholders.models import ContactWords
from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.organisations.models import Organisation
ours = Organisation.objects.get(slug="stille-kracht")
by = Account.objects.filter(
    memberships__organisation=ours, memberships__role=Role.COORDINATOR
).first()
words = ContactWords("{name}", mail="{mail}", note="{note}")
row = contacts.add_contact(ours, words, by=by, at=clock.now())
print("made", row.pk, row.key.pk)
"""
ERASED = """
from achterban.advocate.stakeholders.actions import contacts
from achterban.advocate.stakeholders.models import Contact
from achterban.core import clock
row = Contact.objects.get(pk={pk})
contacts.erase_contact(row, by=row.added_by, at=clock.now())
"""


def test_who_a_contact_is_stands_nowhere_and_goes_with_the_key(
    places: Places, figure: Figure
) -> None:
    server = places.start()
    words = {"name": "Kwintijn Zeldenthuis", "mail": "kz@zeldenthuis.test"}
    words["note"] = "Luistert liever dan hij spreekt."
    said = server.run("django", "shell", "-c", CONTACT.format(**words))
    pk, key = said.partition("made ")[2].split()[:2]
    folders = places.files(server)
    asked = f"SELECT sealed FROM stakeholders_contact WHERE id = {pk}"
    material = [bytes(value) for (value,) in rows(server, asked)]
    wrapped = rows(server, f"SELECT wrapped FROM vault_datakey WHERE id = {key}")
    material += [bytes(value) for (value,) in wrapped]
    found, before = hits(words.values(), *folders), left(material, folders)

    server.run("django", "shell", "-c", ERASED.format(pk=pk))
    server.jobs()

    after = left(material, folders)
    figure(f"{places.kind}: {len(found)} hits; sealed or key before {before}, {after}")
    assert (found, len(material), bool(before)) == ([], 2, True)
    if places.kind == "sqlite":
        assert after == []


# C2


def test_a_stolen_backup_shows_nothing(
    places: Places, figure: Figure, tmp_path: Path
) -> None:
    server = places.start()
    planted = plant(server)
    emails = [persona["email"] for persona in server.example["personas"]]
    file = tmp_path / "backup"
    server.backup(file)
    found = hits([*planted.words.values(), *emails, "stille-kracht"], file)
    refused = {}
    for name, spoil in SPOILERS.items():
        copy = tmp_path / name
        copy.write_bytes(spoil(file.read_bytes()))
        refused[name] = fails(server, "backup", str(copy), "--verify")
    other = places.start()  # with keys of its own
    empty = driver.Server(tmp_path / "empty", {**places.new_database()})
    empty.env["ACHTERBAN_KEYS"] = str(other.keys)
    refused["wrong key"] = fails(empty, "restore", str(file))
    refused["no key"] = fails(
        driver.Server(tmp_path / "bare", places.new_database()), "restore", str(file)
    )
    figure(
        f"{places.kind}: {file.stat().st_size >> 10} kB, {len(found)} hits; refused: "
        f"{ {name: line.split(':')[0] for name, line in refused.items()} }"
    )
    assert found == []
    assert all(line.startswith("exit 1") for line in refused.values()), refused
    assert not any("Traceback" in line for line in refused.values()), refused


SPOILERS: dict[str, Callable[[bytes], bytes]] = {
    "one bit": lambda c: (
        c[: len(c) // 2] + bytes([c[len(c) // 2] ^ 1]) + c[len(c) // 2 + 1 :]
    ),
    "cut": lambda c: c[: len(c) * 2 // 3],
    "last byte": lambda c: c[:-1],
    "head": lambda c: b"ACHTERBAN-1\n{}\n" + c[100:],
    "other file": lambda c: secrets.token_bytes(1000),
    "nothing": lambda c: b"",
}


def fails(server: driver.Server, *arguments: str) -> str:
    """Return what a command said that had to fail, empty when it did not."""
    try:
        server.run(*arguments)
    except driver.DriverError as error:
        return str(error)
    return ""


# C3


def test_receipts_are_random_and_not_found_from_the_database(
    sqlite: Places, figure: Figure
) -> None:
    from scipy.stats import chisquare, spearmanr  # seconds, in each worker of every run

    server = sqlite.start()
    visitor = Visitor(server)
    codes = [code_in(visitor.token()) for _ in range(2000)]
    chances = [
        float(chisquare([Counter(c[i] for c in codes)[a] for a in ALPHABET]).pvalue)
        for i in range(16)
    ]
    numbers = [[ALPHABET.index(character) for character in code] for code in codes]
    serial = [
        float(spearmanr([n[i] for n in numbers[:-1]], [n[i] for n in numbers[1:]])[0])
        for i in range(16)
    ]
    ordered = sorted(codes)
    prefix = max(
        next(i for i in range(16) if a[i] != b[i]) for a, b in pairwise(ordered)
    )
    sent = [shown_code(visitor.send("een verhaal")) for _ in range(20)]
    guessed = [
        form
        for code in sent
        for form in hashes_without_key(code, server)
        if any(form in content for _path, content in all_bytes(server.data))
    ]
    n_bits = 5 * 15
    figure(
        f"2000 codes of {n_bits} bits: no character out of line (least p of 16 "
        f"{min(chances):.3f}), largest serial correlation {max(map(abs, serial)):.3f}, "
        f"longest common prefix {prefix} of 16, {len(guessed)} of 20 found without key"
    )
    assert len(set(codes)) == 2000
    assert min(chances) > 1e-5
    assert max(map(abs, serial)) < 0.12
    assert prefix <= 7
    assert guessed == []


def hashes_without_key(code: str, server: driver.Server) -> list[bytes]:
    """Return what a thief could look up who has the database and a code."""
    grouped = " ".join(code[i : i + 4] for i in range(0, 16, 4))
    ids = [str(i) for (i,) in rows(server, "SELECT id FROM organisations_organisation")]
    texts = [code, code.lower(), grouped, *(f"{i}:{code}" for i in ids)]
    forms = [text.encode() for text in texts]
    for text in list(forms):
        for name in ("md5", "sha1", "sha256", "sha512", "blake2b"):
            digest = hashlib.new(name, text, usedforsecurity=False)
            forms += [digest.digest(), digest.hexdigest().encode()]
    return forms


# C4


def test_passwords_are_hashed_well_and_block_nobody(
    sqlite: Places, figure: Figure
) -> None:
    server = sqlite.start(**BEHIND_PROXY)
    parameters = json.loads(server.run("check", "--hash"))
    address = server.page("inloggen/")
    email = server.persona("volunteer")["email"]
    statuses: Counter[int] = Counter()

    def log_in(i: int) -> None:
        session = requests.Session()
        session.headers.update(peer(random.randrange(60_000)))
        data = {"login": email, "password": secrets.token_hex(8)}
        data["csrfmiddlewaretoken"] = csrf_of(session, address)
        answer = session.post(address, data, headers={"Referer": address}, timeout=60)
        statuses[answer.status_code] += 1

    visitor, seconds = Visitor(server), list[float]()
    with meanwhile(20, log_in):
        for path in ["", "vertel/", "privacy/", "code/"] * 50:
            with timed(seconds):
                assert visitor.session.get(server.page(path), timeout=60).ok
    figure(
        f"{parameters}; {sum(statuses.values())} log-ins by 20 at once, other "
        f"pages meanwhile p50 {percentile(seconds, 0.5) * 1000:.0f} ms, "
        f"p95 {percentile(seconds, 0.95) * 1000:.0f} ms"
    )
    assert parameters["algorithm"] == "argon2"
    assert parameters["memory_kib"] >= 19 * 1024
    assert parameters["time"] >= 2
    assert sum(statuses.values()) >= 20
    assert set(statuses) == {200}
    assert percentile(seconds, 0.95) < 1


# C5

N_KEYS, MOST_SECONDS = 10_000, 600
OPEN_ALL = """
from datetime import timedelta
from achterban.core import clock
from achterban.core.vault.actions import drop_old_masters
from achterban.core.vault.keyring import WrongKey
from achterban.core.vault.models import DataKey
from achterban.listen.reports.models import Report

def opens(open_it):
    try:
        open_it()
    except WrongKey:
        return False
    return True

old = drop_old_masters(at=clock.now() + timedelta(days=2))
keys = [opens(key.open) for key in DataKey.objects.iterator()]
told = Report.objects.filter(key__isnull=False).select_related("key")
reports = [opens(report.open_telling) for report in told]
print(len(old), len(keys), keys.count(False), len(reports), reports.count(False))
"""


def test_ten_thousand_keys_rotate_and_everything_opens(
    places: Places, figure: Figure
) -> None:
    server = places.start()
    server.seed(N_KEYS)
    sent: dict[str, str] = {}

    def send(i: int) -> None:
        text = f"tijdens het omwisselen {canary()}"
        sent[shown_code(Visitor(server).send(text))] = text

    seconds: list[float] = []
    with meanwhile(2, send), timed(seconds):
        server.run("rotate-keys")

    said = server.run("django", "shell", "-v", "0", "-c", OPEN_ALL)
    n_old, n_keys, n_shut, n_reports, n_unreadable = map(int, said.split())
    lost = [c for c, text in sent.items() if text not in server.open_receipt(c)]
    figure(
        f"{places.kind}: {n_keys} keys in {seconds[0]:.1f} s while {len(sent)} came "
        f"in; {n_shut} keys and {n_unreadable} of {n_reports} reports do not open "
        "without the old one"
    )
    assert n_old == 1
    assert n_keys > N_KEYS
    assert (n_shut, n_unreadable, lost) == (0, 0, [])
    assert seconds[0] <= MOST_SECONDS
