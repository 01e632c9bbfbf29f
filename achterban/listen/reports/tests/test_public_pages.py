import re
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client

from achterban.core import clock
from achterban.core.accounts.tests.factories import page
from achterban.core.consent.models import ConsentText
from achterban.core.database import rows
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.web.preferences import COOKIE
from achterban.listen.reports import limits
from achterban.listen.reports.actions import returning, telling
from achterban.listen.reports.models import Report
from achterban.listen.reports.statuses import Status
from achterban.listen.reports.tests.factories import WORDS, report_behind, told
from achterban.rules.receipts import read_code

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("intake", "ordinary", "guesses", "tor_guesses"):
        limit = getattr(limits, name)
        monkeypatch.setattr(limit, "_buckets", {})


def hidden(body: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', body)
    assert found is not None
    return found[1]


def code_in(body: str) -> str:
    groups = re.findall(r"<span>([0-9A-Z]{4})</span>", body)[-4:]
    return read_code("".join(groups))


def tell(client: Client, organisation: Organisation, **data: str) -> str:
    address = page(organisation, "reports:tell")
    token = hidden(client.get(address).content.decode(), "token")
    answer = client.post(address, {"token": token, "text": WORDS, **data})
    return answer.content.decode()


def open_code(client: Client, organisation: Organisation, code: str) -> str:
    answer = client.post(page(organisation, "reports:code"), {"code": code})
    return answer.content.decode()


@pytest.mark.slow
def test_the_line_from_telling_to_withdrawing_without_script(
    client: Client, organisation: Organisation
) -> None:
    code = code_in(tell(client, organisation))
    assert WORDS in open_code(client, organisation, code)

    more = page(organisation, "reports:say-more")
    body = open_code(client, organisation, code)
    data = {"code": code, "entry": hidden(body, "entry"), "text": "En nog dit."}
    for _ in range(2):  # a double click
        assert "En nog dit." in client.post(more, data).content.decode()
    assert Report.objects.get().entries.count() == 1

    withdraw = page(organisation, "reports:withdraw")
    assert client.post(withdraw, {"code": code}).status_code == 200
    assert Report.objects.get().status == Status.RECEIVED
    client.post(withdraw, {"code": code, "sure": "yes"})
    assert Report.objects.get().status == Status.WITHDRAWN
    assert WORDS not in open_code(client, organisation, code)


def test_no_cookie_is_set_on_the_way(
    client: Client, organisation: Organisation
) -> None:
    code = code_in(tell(client, organisation))
    open_code(client, organisation, code)
    client.post(page(organisation, "reports:paper"), {"code": code})
    assert not client.cookies


def test_a_double_click_shows_the_same_code(
    client: Client, organisation: Organisation
) -> None:
    address = page(organisation, "reports:tell")
    token = hidden(client.get(address).content.decode(), "token")
    data = {"token": token, "text": WORDS}
    codes = {code_in(client.post(address, data).content.decode()) for _ in range(3)}
    assert len(codes) == 1
    assert Report.objects.count() == 1


def test_what_is_kept_goes_on_with_the_code(
    client: Client, organisation: Organisation
) -> None:
    code = code_in(tell(client, organisation, act="keep", text="Half verhaal"))
    body = open_code(Client(), organisation, code)
    assert "Half verhaal" in body
    assert telling.code_of(hidden(body, "token")) == code

    address = page(organisation, "reports:tell")
    client.post(address, {"token": hidden(body, "token"), "text": "Heel verhaal"})
    report = Report.objects.select_related("key").get()
    assert report.open_telling().text == "Heel verhaal"


def test_a_pause_in_typing_is_kept_and_a_bsn_masked(
    client: Client, organisation: Organisation
) -> None:
    token = telling.token_of(telling.fresh_code())
    answer = client.post(
        page(organisation, "reports:keep"), {"token": token, "text": "bsn 111222333"}
    )
    assert answer.json()["kept"] is True
    assert answer.json()["kind_word"]
    report = Report.objects.select_related("key").get()
    assert "111222333" not in report.open_telling().text


def test_nothing_written_is_a_kind_sentence_and_no_report(
    client: Client, organisation: Organisation
) -> None:
    body = tell(client, organisation, text="  ")
    assert "notice error" in body
    assert not Report.objects.exists()


def test_an_old_page_keeps_the_words_and_gives_a_new_token(
    client: Client, organisation: Organisation
) -> None:
    address = page(organisation, "reports:tell")
    answer = client.post(address, {"token": "verlopen", "text": WORDS})
    body = answer.content.decode()
    assert WORDS in body
    client.post(address, {"token": hidden(body, "token"), "text": WORDS})
    assert Report.objects.count() == 1


def test_a_choice_of_display_loses_no_word_and_sends_nothing(
    client: Client, organisation: Organisation
) -> None:
    body = tell(client, organisation, preference="calm:1", text="Half")
    assert 'data-calm="1"' in body
    assert "Half" in body
    assert "notice error" not in body
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "😴" * 1000,
        "אני עייפה מאוד " * 50,
        "x" * 100_000,
        "<script>alert(1)</script> & 'aanhalingstekens\"",
        "regel een\r\nregel twee",
        "nul\0teken",
    ],
    ids=["emoji", "right to left", "long", "markup", "lines", "nul"],
)
def test_any_text_comes_back_as_it_went_in(
    client: Client, organisation: Organisation, text: str
) -> None:
    tell(client, organisation, text=text)
    report = Report.objects.select_related("key").get()
    expected = text.replace("\r\n", "\n").replace("\0", "")
    assert report.open_telling().text == expected


def test_too_long_a_text_is_shown_again(
    client: Client, organisation: Organisation
) -> None:
    text = "y" * (telling.MOST_CHARACTERS + 1)
    body = tell(client, organisation, text=text)
    assert text in body
    assert not Report.objects.exists()


def test_in_english_who_reads_is_marked_as_dutch(
    client: Client, organisation: Organisation
) -> None:
    organisation.readers = "Vier vrijwilligers"
    organisation.save()
    client.cookies[COOKIE] = "language:en"
    shown = client.get(page(organisation, "reports:tell")).content.decode()
    assert '<span lang="nl">Vier vrijwilligers</span>' in shown


@pytest.mark.differs
def test_a_full_disk_gives_no_receipt_and_keeps_the_words(
    client: Client, organisation: Organisation
) -> None:
    address = page(organisation, "reports:tell")
    token = hidden(client.get(address).content.decode(), "token")
    full = OperationalError("database or disk is full")
    with patch.object(rows.Ready, "insert", side_effect=full):
        answer = client.post(address, {"token": token, "text": WORDS})
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert WORDS in answer.content.decode()
    assert not Report.objects.exists()
    assert client.post(address, {"token": token, "text": WORDS}).status_code == 200


def test_a_wrong_code_and_a_withdrawn_one_are_told_apart(
    client: Client, organisation: Organisation
) -> None:
    code, _report = told(organisation)
    elsewhere, _report = told(OrganisationFactory.create())
    returning.withdraw_report(report_behind(code, organisation), on=clock.today())

    unknown = open_code(client, organisation, telling.fresh_code())
    foreign = open_code(client, organisation, elsewhere)
    withdrawn = open_code(client, organisation, code)

    assert "notice error" in unknown
    assert "notice error" in foreign
    assert "notice error" not in withdrawn
    assert WORDS not in unknown + foreign + withdrawn


@pytest.mark.parametrize("typed", ["", "kort", "A" * 17, "!!!!", "0000 0000 0000 0001"])
def test_a_mistyped_code_says_what_to_look_at(
    client: Client, organisation: Organisation, typed: str
) -> None:
    body = open_code(client, organisation, typed)
    assert "notice error" in body


@pytest.mark.wide
def test_guessing_is_slowed_for_the_peer_and_for_nobody_else(
    client: Client, organisation: Organisation
) -> None:
    code, _report = told(organisation)
    address = page(organisation, "reports:code")
    guesser = Client(REMOTE_ADDR="198.51.100.7")
    answers = [
        guesser.post(address, {"code": telling.fresh_code()}).status_code
        for _ in range(14)
    ]
    assert answers[0] == 200
    assert answers[-1] == 429
    slowed = guesser.post(address, {"code": code})
    assert slowed.status_code == 429
    assert int(slowed["Retry-After"]) > 0
    assert WORDS in open_code(client, organisation, code)


@pytest.mark.slow
def test_a_flood_is_set_apart_and_then_slowed_with_the_words_kept(
    client: Client, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits.intake, "burst", 40)
    flood = Client(REMOTE_ADDR="198.51.100.8")
    address = page(organisation, "reports:tell")
    for _ in range(40):
        token = telling.token_of(telling.fresh_code())
        assert (
            flood.post(address, {"token": token, "text": "rommel"}).status_code == 200
        )
    token = telling.token_of(telling.fresh_code())
    answer = flood.post(address, {"token": token, "text": "rommel"})
    assert answer.status_code == 429
    assert "rommel" in answer.content.decode()
    assert Report.objects.filter(is_suspect=True).count() == 10
    tell(client, organisation)
    assert Report.objects.filter(is_suspect=False).count() == 31


@pytest.mark.parametrize(
    ("headers", "anonymous"),
    [
        ({}, False),
        ({"HTTP_X_TOR": "1"}, False),
        ({"HTTP_X_TOR": "1", "REMOTE_ADDR": "192.0.2.9"}, True),
    ],
)
def test_the_page_says_truthfully_how_hidden_one_is(
    organisation: Organisation,
    settings: object,
    headers: dict[str, str],
    anonymous: bool,
) -> None:
    settings.TRUSTED_PROXIES = ["192.0.2.9"]  # type: ignore[attr-defined]
    address = page(organisation, "reports:tell")
    body = Client().get(address, **headers).content.decode()  # type: ignore[arg-type]
    assert ("Anoniem:" in body) is anonymous
    assert ("Vertrouwelijk:" in body) is not anonymous


def test_the_paper_has_the_code_and_a_square_but_no_address_with_it(
    client: Client, organisation: Organisation
) -> None:
    code, _report = told(organisation)
    answer = client.post(page(organisation, "reports:paper"), {"code": code})
    body = answer.content.decode()
    assert code_in(body) == code
    assert "data:image/svg+xml" in body
    assert f"#{code}" not in body


def test_stopping_lets_the_browser_forget(
    client: Client, organisation: Organisation
) -> None:
    answer = client.get(page(organisation, "reports:stop"))
    assert "storage" in answer["Clear-Site-Data"]


def test_the_words_around_the_button_are_what_was_agreed_to(
    client: Client, organisation: Organisation
) -> None:
    form = client.get(page(organisation, "reports:tell")).content.decode()
    tell(client, organisation)
    wording = ConsentText.objects.get().wording
    button, promise = wording.split(" ", 9)[0], wording
    assert button in form
    assert all(sentence in form for sentence in re.split(r"(?<=[.]) ", promise)[1:])


def test_a_public_page_asks_little_of_the_database(
    client: Client,
    organisation: Organisation,
    django_assert_max_num_queries: object,
) -> None:
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        client.get(page(organisation, "reports:tell"))
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        client.get(page(organisation, "home"))


def test_what_was_kept_and_not_sent_can_be_thrown_away(
    client: Client, organisation: Organisation
) -> None:
    code = code_in(tell(client, organisation, act="keep", text="Toch maar niet"))
    withdraw = page(organisation, "reports:withdraw")
    assert Report.objects.get().status == Status.DRAFT
    client.post(withdraw, {"code": code, "sure": "yes"})
    assert Report.objects.get().status == Status.WITHDRAWN
    assert "Toch maar niet" not in open_code(client, organisation, code)


@pytest.mark.wide
def test_over_tor_nobody_is_slowed_by_the_wrong_codes_of_others(
    organisation: Organisation, settings: object
) -> None:
    settings.ALLOWED_HOSTS = ["luister.onion"]  # type: ignore[attr-defined]
    organisation.host = "luister.onion"
    organisation.save()
    code, _report = told(organisation)
    visitor = Client(HTTP_HOST="luister.onion")
    for _ in range(15):
        visitor.post("/code/", {"code": telling.fresh_code()})
    assert WORDS in visitor.post("/code/", {"code": code}).content.decode()
