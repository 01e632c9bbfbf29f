"""The driver does what driving.md says, from outside, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from tests import driver

NewDatabase = Callable[[], dict[str, str]]

pytestmark = [pytest.mark.server, pytest.mark.wide, pytest.mark.alike]


@pytest.fixture
def server(tmp_path: Path, new_database: NewDatabase) -> Iterator[driver.Server]:
    server = driver.start(tmp_path / "data", new_database())
    yield server
    server.stop()


def test_the_driver_does_what_it_says(server: driver.Server) -> None:
    """One server for all of it: a start takes as long as the rest."""
    url, fields, file_field = driver.report_form()
    assert url.startswith(server.url)
    assert set(fields) == {"token"}
    assert file_field == "file"

    words = "Wij wachten al een jaar op een rolstoel."
    receipt = driver.send_report({"text": words}, {})
    assert [len(group) for group in receipt.split()] == [4, 4, 4, 4]
    assert words in driver.open_receipt(receipt)

    for role in ("volunteer", "advocate", "coordinator", "administrator"):
        session = driver.login(role, "stille-kracht")
        own = session.get(server.page("inloggen/account/"), timeout=60)
        assert own.url.endswith("/inloggen/account/")
        assert server.persona(role)["email"] in own.text
    with pytest.raises(LookupError):
        driver.login("patient", "stille-kracht")

    driver.jobs()
    assert driver.verify_audit()

    driver.withdraw(receipt, "read")
    assert words not in driver.open_receipt(receipt)

    for address in driver.public_urls():
        assert requests.get(address, timeout=60).status_code == 200, address


def test_what_is_killed_erased_and_put_back(
    server: driver.Server, tmp_path: Path, new_database: NewDatabase
) -> None:
    words = "Dit blijft."
    receipt = driver.send_report({"text": words}, {})
    driver.kill9()
    server.start()
    assert words in driver.open_receipt(receipt)

    seeds_are_found_and_erased(server)
    a_backup_comes_back_with_the_keys(tmp_path, new_database)


def seeds_are_found_and_erased(server: driver.Server) -> None:
    planted = driver.seed(4)
    assert len(planted) == 4
    code, organisation, canary = next(iter(planted.values()))
    assert canary in server.open_receipt(code, organisation)

    driver.erase(code)
    assert canary not in server.open_receipt(code, organisation)


def a_backup_comes_back_with_the_keys(
    tmp_path: Path, new_database: NewDatabase
) -> None:
    kept, gone = (driver.send_report({"text": word}, {}) for word in ("blijf", "weg"))
    driver.backup(tmp_path / "copy")
    driver.erase(gone)

    restored = driver.restore(tmp_path / "copy", new_database())
    restored.start()
    try:
        assert "blijf" in restored.open_receipt(kept)
        assert "weg" not in restored.open_receipt(gone).split()
    finally:
        restored.stop()


def test_a_command_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(driver.DriverError, match="exit 2"):
        driver.Server(tmp_path / "data").run("bestaat-niet")
