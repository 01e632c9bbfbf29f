"""D, I and J: a stranger learns nothing, and is not helped by a trick."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests import driver
from tests.trust.conftest import Figure, Places
from tests.trust.test_durability import settle
from tests.trust.tools import (
    BEHIND_PROXY,
    Sink,
    Visitor,
    canary,
    code_in,
    csrf_of,
    peer,
    press,
    rows,
    shown_code,
)
from tests.visitors import every_path

pytestmark = pytest.mark.trust
READERS = {"volunteer", "coordinator"}
OTHER = "spierkring"


# D4


def sessions(server: driver.Server) -> Iterator[tuple[str, str, requests.Session]]:
    """Log in everybody of the example, and last a stranger."""
    for one in server.example["personas"]:
        session = server.login(one["role"], one["organisation"])
        session.headers["X-CSRFToken"] = session.cookies["csrf"]
        yield one["role"], one["organisation"], session
    yield "nobody", "nowhere", requests.Session()


def test_no_foreign_canary_on_any_page(places: Places, figure: Figure) -> None:
    server = places.start()
    planted = server.seed(8)
    n_answers, seen = 0, 0
    leaks: list[Any] = []
    changed: list[Any] = []
    for role, organisation, session in sessions(server):
        may_read = {organisation} if role in READERS else set()
        for here in (driver.ORGANISATION, OTHER):
            for path, theirs, answer in walk(session, server, here, planted):
                is_own = here == theirs and theirs in may_read
                n_answers += 1
                if theirs and not is_own:
                    reply = post(session, server, here, path)
                    n_answers += 1
                    asks = role == "nobody" or path.startswith("mijn/")
                    refused = {302, 403} if asks else {404}
                    if reply.status_code not in refused | {405}:
                        changed.append((role, here, path, reply.status_code))
                    answer += reply.text
                owners = [o for _code, o, word in planted.values() if word in answer]
                seen += len(owners)
                leaks += [(role, here, path, o) for o in owners if o not in may_read]
    figure(
        f"{places.kind}: {n_answers} answers, {seen} canaries seen by who may, "
        f"{len(leaks)} by who may not"
    )
    assert seen > 0
    assert leaks == []
    assert changed == []
    for code, organisation, word in planted.values():  # nothing was erased
        assert word in server.open_receipt(code, organisation)


def walk(
    session: requests.Session,
    server: driver.Server,
    here: str,
    planted: dict[str, tuple[str, str, str]],
) -> Iterator[tuple[str, str, str]]:
    """Visit every page; yield its path, whose thing it is about, what it says."""
    some = next(iter(planted))
    for path in every_path(int(some)):
        if f"/{some}/" not in path and path != "inloggen/uit/":
            yield path, "", get(session, server, here, path).text
    for key, (_code, owner, _word) in planted.items():
        for path in every_path(int(key)):
            if f"/{key}/" in path:
                yield path, owner, get(session, server, here, path).text


def get(
    session: requests.Session, server: driver.Server, organisation: str, path: str
) -> requests.Response:
    return session.get(
        server.page(path, organisation), timeout=60, allow_redirects=False
    )


def post(
    session: requests.Session, server: driver.Server, organisation: str, path: str
) -> requests.Response:
    address = server.page(path, organisation)
    fields = {"text": "vreemd", "act": "answer", "status": "closed", "sure": "yes"}
    headers = {"Referer": address, "Origin": server.url}
    return session.post(
        address, fields, headers=headers, timeout=60, allow_redirects=False
    )


# D6


def test_one_factor_reaches_nothing(sqlite: Places, figure: Figure) -> None:
    sink = Sink()
    with sink.open():
        server = sqlite.start(ACHTERBAN_SMTP_URL=sink.url)
        planted = server.seed(6)
        with_password = requests.Session()
        address = server.page("inloggen/")
        persona = server.persona("coordinator")
        fields = {"login": persona["email"], "password": persona["password"]}
        assert press(with_password, address, address, **fields).url.endswith(
            "controle/"
        )
        with_mail = requests.Session()
        address = server.page("inloggen/code/")
        press(with_mail, address, address, email=persona["email"])
        settle(server)
        letters = [x for x in sink.letters if x["To"] == persona["email"]]
        letter = next(x for x in letters if "code" in str(x["Subject"]).lower())
        body = letter.get_payload(decode=True)
        assert isinstance(body, bytes)
        confirm = server.page("inloggen/code/invullen/")
        code = re.findall(r": (\S+)\s*$", body.decode(), re.M)[0]
        answer = press(with_mail, confirm, confirm, code=code)
        assert answer.url.endswith("controle/"), answer.url
    reached, n_answers = [], 0
    for session in (with_password, with_mail):
        for key, (_code, organisation, _word) in planted.items():
            for path in every_path(int(key)):
                if path == "inloggen/uit/" or not path.startswith(
                    ("werk", "inloggen/acc")
                ):
                    continue
                for act in (get, post):
                    answer = act(session, server, organisation, path)
                    n_answers += 1
                    words = [word for _c, _o, word in planted.values()]
                    if answer.status_code == 200 or any(
                        w in answer.text for w in words
                    ):
                        reached.append((path, answer.status_code))
    changed = n_entries(server)
    figure(f"{n_answers} answers to one factor (password, mailed code): {reached}")
    assert reached == []
    assert changed == 0


def n_entries(server: driver.Server) -> int:
    return len(rows(server, "SELECT 1 FROM reports_entry WHERE before LIKE '%vreemd%'"))


# I5


def test_letters_carry_only_our_own_address(sqlite: Places, figure: Figure) -> None:
    sink = Sink()
    with sink.open():
        server = sqlite.start(
            ACHTERBAN_SMTP_URL=sink.url, ACHTERBAN_HOSTS="kracht.example,post.example"
        )
        poison = {
            "Host": "post.example",
            "X-Forwarded-Host": "evil.test",
            "X-Forwarded-Server": "evil.test",
            "X-Forwarded-Port": "6666",
            "Forwarded": "host=evil.test",
            "X-Original-URL": "https://evil.test/",
        }
        refused = requests.get(
            server.page("vertel/"), headers={"Host": "evil.test"}, timeout=60
        ).status_code
        visitor = Visitor(server, poison)
        code = shown_code(visitor.send("Iets gebeurd"))
        assert visitor.add(code, "en nog iets").ok
        paper = visitor.post("code/papier/", code=code).text
        stranger = requests.Session()
        stranger.headers.update(poison)
        address = server.page("inloggen/code/")
        ours = {"Referer": "http://post.example/", "Origin": "http://post.example"}
        persona = server.persona("volunteer")
        for email in (persona["email"], f"{persona['email']}\r\nBcc: evil@evil.test"):
            data = {"csrfmiddlewaretoken": csrf_of(stranger, address), "email": email}
            stranger.post(address, data, headers=ours, timeout=60)
        coordinator = server.login("coordinator")
        cookies = "; ".join(f"{c.name}={c.value}" for c in coordinator.cookies)
        coordinator.headers.update({**poison, "Cookie": cookies})
        team = server.page("werk/team/uitnodigen/")
        for email in ("nieuw@mens.example", "a@b.example\r\nBcc: evil@evil.test"):
            data = {"csrfmiddlewaretoken": csrf_of(coordinator, team), "email": email}
            data["role"] = "volunteer"
            coordinator.post(team, data, headers=ours, timeout=60)
        settle(server)
    letters = [letter.as_string() for letter in sink.letters]
    links = [link for text in letters for link in re.findall(r"https?://[^/\s]+", text)]
    headers = {name for letter in sink.letters for name in letter.keys()}  # noqa: SIM118
    figure(f"{len(letters)} letters, links to {set(links)}, headers {sorted(headers)}")
    assert refused == 400
    assert "nieuw@mens.example" in [letter["To"] for letter in sink.letters]
    assert set(links) == {"http://kracht.example"}
    assert not any("evil" in text or ":6666" in text for text in [*letters, paper])
    assert "Bcc" not in headers
    assert all(str(i).endswith("@kracht.example>") for i in sink.ids)


# J4

TOKENS = re.compile(r'value="[\w-]{64}"|nonce-\w+')


def test_nobody_learns_who_has_an_account(sqlite: Places, figure: Figure) -> None:
    server = sqlite.start(**BEHIND_PROXY)
    emails = [persona["email"] for persona in server.example["personas"]]
    seconds: dict[bool, list[float]] = {True: [], False: []}
    looks: dict[bool, set[Any]] = {True: set(), False: set()}
    order = [True, False] * 400
    random.shuffle(order)
    for n, is_known in enumerate(order):
        known = random.choice(emails)
        unknown = f"{canary()[-6:]}@{known.partition('@')[2]}"
        email = known if is_known else unknown
        spent, look = ask_for_code(server, email, n)
        seconds[is_known].append(spent)
        looks[is_known].add(look)
    from scipy.stats import mannwhitneyu  # seconds, in each worker of every run

    area = float(mannwhitneyu(seconds[True], seconds[False]).statistic / (400 * 400))
    median = {k: sorted(v)[200] * 1000 for k, v in seconds.items()}
    figure(
        f"400 known, 400 unknown addresses: AUC {area:.3f}, median {median[True]:.1f} "
        f"and {median[False]:.1f} ms, {len(looks[True] | looks[False])} kind of answer"
    )
    assert looks[True] == looks[False]
    assert len(looks[True]) == 1
    assert 0.45 < area < 0.55


def ask_for_code(server: driver.Server, email: str, n: int) -> tuple[float, Any]:
    """Ask for a code; return the seconds of both answers, and how they look."""
    session = requests.Session()
    session.headers.update(peer(n))
    address = server.page("inloggen/code/")
    data = {"csrfmiddlewaretoken": csrf_of(session, address), "email": email}
    headers = {"Referer": address, "Origin": server.url}
    began = time.perf_counter()
    sent = session.post(
        address, data, headers=headers, timeout=60, allow_redirects=False
    )
    page = session.get(server.page("inloggen/code/invullen/"), timeout=60)
    spent = time.perf_counter() - began
    body = TOKENS.sub("", page.text).replace(email, "")
    looks = [
        (a.status_code, frozenset(a.headers) - {"date"}, a.headers.get("Location"))
        for a in (sent, page)
    ]
    return spent, (*looks, body, len(sent.content))


def test_a_code_of_another_organisation_is_as_good_as_none(
    sqlite: Places, figure: Figure
) -> None:
    server = sqlite.start()
    code = shown_code(Visitor(server).send("Bij ons verteld"))
    answers = {
        (answer.status_code, len(answer.content), answer.text.replace(one, ""))
        for one in (code, code_in(Visitor(server).token()))
        for answer in [Visitor(server, organisation=OTHER).post("code/", code=one)]
    }
    figure(f"{len(answers)} kind of answer")
    assert len(answers) == 1


# J5


def test_an_invented_forwarder_gains_nothing(sqlite: Places, figure: Figure) -> None:
    plain = sqlite.start(ACHTERBAN_WORKERS="1")
    named = sqlite.start(ACHTERBAN_WORKERS="1", **BEHIND_PROXY)
    code = shown_code(Visitor(named).send("Van een ander"))

    def tries(server: driver.Server, **headers: str) -> list[int]:
        return [
            Visitor(server, {k: v.format(n) for k, v in headers.items()})
            .post("code/", code=code_in(token))
            .status_code
            for n in range(40)
            for token in [fresh_code(server)]
        ]

    nobody_named = tries(plain, **{"X-Forwarded-For": "198.51.100.{}"})
    others = tries(plain, **{"X-Real-IP": "198.51.100.{}", "Forwarded": "for={}"})
    own_part = tries(named, **{"X-Forwarded-For": "198.51.100.{}, 203.0.113.9"})
    whole_home = tries(named, **{"X-Forwarded-For": "2001:db8:1:2::{}"})
    right = Visitor(named, {"X-Forwarded-For": "203.0.113.10"}).post("code/", code=code)
    let_through = [
        sum(status != 429 for status in statuses)
        for statuses in (nobody_named, others, own_part, whole_home)
    ]
    figure(
        f"of 40 guesses let through {let_through}; a neighbour gets {right.status_code}"
    )
    assert max(let_through) <= 12
    assert let_through[1] <= 2  # the same peer as before
    assert "Van een ander" in right.text


def fresh_code(server: driver.Server) -> str:
    """Return a code that is right in itself, and behind which nothing stands."""
    return Visitor(server).token()


def test_words_typed_by_a_stranger_stand_in_no_log(
    sqlite: Places, figure: Figure
) -> None:
    server = sqlite.start()
    word = canary()
    for path in (f"{word}/", f"vertel/?q={word}", f"%0d%0a{word}", f"code/{word}"):
        requests.get(server.page(path), timeout=60)
        requests.post(server.page(path), {word: word}, timeout=60)
    server.stop()
    figure(f"{sum(word in line for line in sqlite.said)} lines of the log hold it")
    assert not any(word in line for line in sqlite.said)
