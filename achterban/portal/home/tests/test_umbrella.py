"""The pages by which one joins an umbrella, and what it sees: figures, nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail
from django.test import Client

from achterban.core import clock
from achterban.core.accounts.models import Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.organisations.models import Joining, Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.outbox.actions import deliver_due
from achterban.core.release.actions import release_figure
from achterban.core.release.models import Kind, ReleasedFigure

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
TENS = "in hele tientallen"


@pytest.fixture
def ours() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def koepel() -> Organisation:
    return OrganisationFactory.create(name="Koepel Stille Ziekten", slug="koepel")


def at(organisation: Organisation, role: Role = Role.COORDINATOR) -> Client:
    return login(Client(), member(organisation, role))


def ask(client: Client, organisation: Organisation, **data: str) -> str:
    fields = {"other": "koepel", "we_are": "member", **data}
    address = page(organisation, "umbrella")
    return client.post(address, fields, follow=True).content.decode()


def press(client: Client, organisation: Organisation, act: str) -> str:
    address = page(organisation, "joining", Joining.objects.latest("pk").pk)
    return client.post(address, {"act": act}, follow=True).content.decode()


def released(organisation: Organisation, n: int, month: date) -> None:
    release_figure(organisation, Kind.REPORTS, month, lambda: n, on=date(2030, 1, 1))


@pytest.mark.wide
def test_asked_by_one_and_agreed_by_the_other_it_holds(
    ours: Organisation, koepel: Organisation
) -> None:
    we, they = at(ours), at(koepel, Role.ADMINISTRATOR)
    assert "nog niet afgesproken" in ask(we, ours)
    press(we, ours, "accept")  # not ours to accept
    assert not Joining.objects.standing().exists()

    press(they, koepel, "accept")

    tie = Joining.objects.standing().get()
    assert (tie.member, tie.umbrella) == (ours, koepel)
    privacy = Client().get(page(ours, "privacy")).content.decode()
    assert koepel.name in privacy
    assert TENS in privacy
    assert TENS not in Client().get(page(koepel, "privacy")).content.decode()


@pytest.mark.wide
def test_either_side_ends_it(ours: Organisation, koepel: Organisation) -> None:
    for side in (ours, koepel):
        ask(at(ours), ours)
        press(at(koepel), koepel, "accept")
        press(at(side), side, "end")
        assert not Joining.objects.standing().exists()
        assert koepel.name not in Client().get(page(ours, "privacy")).content.decode()


def test_an_umbrella_may_ask_too(ours: Organisation, koepel: Organisation) -> None:
    ask(at(koepel), koepel, other=ours.slug.upper(), we_are="umbrella")
    press(at(ours), ours, "accept")
    assert Joining.objects.standing().get().umbrella == koepel


@pytest.mark.parametrize("other", ["", "bestaat-niet", "<b>", "ziekte", "a" * 60])
def test_an_organisation_that_is_not_there_is_refused(
    ours: Organisation, other: str
) -> None:
    body = ask(at(ours), ours, other=other)
    assert "errorlist" in body
    assert not Joining.objects.exists()


@pytest.mark.wide
def test_asking_twice_or_oneself_is_refused(
    ours: Organisation, koepel: Organisation
) -> None:
    we = at(ours)
    ask(we, ours)
    assert "al gevraagd" in ask(we, ours)
    assert "al gevraagd" in ask(we, ours, other=ours.slug)


@pytest.mark.wide
def test_an_umbrella_reads_months_in_tens(
    ours: Organisation, koepel: Organisation
) -> None:
    they = at(koepel)
    ask(at(ours), ours)
    press(they, koepel, "accept")
    tie = Joining.objects.get()
    tie.counts_from = date(2026, 1, 1)
    tie.save()
    released(ours, 37, date(2026, 3, 1))
    released(ours, 3, date(2026, 4, 1))

    body = " ".join(they.get(page(koepel, "umbrella")).content.decode().split())

    assert f"mrt 2026</td><td>30</td><td>{ours.name}</td>" in body
    assert "minder dan 10" in body
    assert ">37<" not in body
    assert "mrt 2026" not in at(ours).get(page(ours, "umbrella")).content.decode()


@pytest.mark.wide
def test_ten_thousand_figures_come_by_the_page(
    ours: Organisation, koepel: Organisation, django_assert_max_num_queries: object
) -> None:
    ask(at(ours), ours)
    press(at(koepel), koepel, "accept")
    Joining.objects.update(counts_from=date(1000, 1, 1))
    ReleasedFigure.objects.bulk_create(
        ReleasedFigure(
            organisation=ours,
            kind=Kind.REPORTS,
            month=date(1000 + n // 12, n % 12 + 1, 1),
            n_tens=n,
            released_on=date(2026, 1, 1),
        )
        for n in range(10_000)
    )
    they = at(koepel)
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        answer = they.get(page(koepel, "umbrella"), {"page": "onzin"})
    assert answer.content.decode().count("<tr>") == 51
    assert len(answer.content) < 30_000


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.ADVOCATE])
def test_others_have_no_say(
    ours: Organisation, koepel: Organisation, role: Role
) -> None:
    ask(at(ours), ours)
    client = at(koepel, role)
    assert client.get(page(koepel, "umbrella")).status_code == 404
    address = page(koepel, "joining", Joining.objects.get().pk)
    assert client.post(address, {"act": "accept"}).status_code == 404


def test_a_tie_of_others_is_not_there(ours: Organisation, koepel: Organisation) -> None:
    ask(at(ours), ours)
    other = OrganisationFactory.create()
    address = page(other, "joining", Joining.objects.get().pk)
    assert at(other).get(address).status_code == 404
    assert at(other).post(address, {"act": "end"}).status_code == 404
    assert Joining.objects.get().ended_on is None


def test_who_decides_on_the_other_side_gets_a_letter_that_names_nobody(
    ours: Organisation, koepel: Organisation
) -> None:
    decide = [member(koepel, it).email for it in (Role.COORDINATOR, Role.ADMINISTRATOR)]
    member(koepel, Role.VOLUNTEER)
    ask(at(ours), ours)

    while deliver_due(at=clock.now(), on=clock.today()):
        pass

    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(decide)
    for letter in mail.outbox:
        sent = letter.message().as_string()
        assert ours.name not in sent
        assert koepel.name not in sent
        assert "/werk/" in sent
