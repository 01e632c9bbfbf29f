"""Terms: those of everybody, and what an organisation makes of them."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import translation

from achterban.core import clock
from achterban.core.accounts.models import Account, Role
from achterban.core.accounts.tests.factories import login, member, page
from achterban.core.audit.models import AuditEvent
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.vocabulary.actions import (
    MOST_OWN_TERMS,
    EnoughTerms,
    NameTaken,
    keep_term,
)
from achterban.core.vocabulary.models import OwnTerm, TermKind, common_terms, terms_of
from achterban.rules.sorting import Label, Vocabulary, folded

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def by(organisation: Organisation) -> Account:
    return member(organisation, Role.COORDINATOR)


def named(organisation: Organisation) -> list[str]:
    return [str(term) for term in terms_of(organisation)]


def keep(organisation: Organisation, by: Account, name: str, **rest: object) -> OwnTerm:
    term = OwnTerm(organisation=organisation, kind=TermKind.THEME, name=name, **rest)
    return keep_term(term, by=by, at=clock.now())


def test_the_common_terms_are_whole() -> None:
    terms = common_terms()
    keys = [(term.kind, term.code) for term in terms]
    assert len(keys) == len(set(keys))
    for term in terms:
        assert term.name
        assert term.words
        found = Vocabulary([Label(term.code, term.words)])
        for word in term.words:  # each word finds itself
            text = f"Zo, {word.rstrip('.')} dus"
            assert found.found_in(text, folded(text)), word


def test_a_term_is_named_in_the_language_of_who_reads(
    organisation: Organisation,
) -> None:
    assert "Vervoer en parkeren" in named(organisation)
    with translation.override("en"):
        assert "Transport and parking" in named(organisation)


def test_an_own_term_stands_with_the_others_of_its_organisation_only(
    organisation: Organisation, by: Account
) -> None:
    term = keep(organisation, by, "Slaap en nacht", words=["slaap"])
    assert term.code == "own-slaap-en-nacht"
    assert "Slaap en nacht" in named(organisation)
    assert "Slaap en nacht" not in named(OrganisationFactory.create())
    event = AuditEvent.objects.get(kind="vocabulary.term.changed")
    assert "Slaap" not in str(event.facts)


def test_a_common_term_is_changed_or_left_out_for_one_organisation(
    organisation: Organisation, by: Account
) -> None:
    keep(organisation, by, "Reizen", code="transport", is_on=False)
    (changed,) = [t for t in terms_of(organisation) if t.code == "transport"]
    assert (changed.name, changed.is_on, changed.is_own) == ("Reizen", False, True)
    others = terms_of(OrganisationFactory.create())
    assert "Vervoer en parkeren" in [term.name for term in others]


def test_two_terms_of_a_kind_have_two_names(
    organisation: Organisation, by: Account
) -> None:
    for name in ("mantelzorg", "Mantelzorg"):
        with pytest.raises(NameTaken):
            keep(organisation, by, name)
    first, second = (
        keep(organisation, by, name, words=[]) for name in ("Slaap!", "Slaap?")
    )
    assert first.code != second.code
    keep_term(first, by=by, at=clock.now())  # its own name is free


def test_a_hundred_is_enough(organisation: Organisation, by: Account) -> None:
    OwnTerm.objects.bulk_create(
        OwnTerm(organisation=organisation, kind="theme", code=f"own-{n}", name=str(n))
        for n in range(MOST_OWN_TERMS)
    )
    with pytest.raises(EnoughTerms):
        keep(organisation, by, "Nog een")


@pytest.mark.wide
def test_the_pages_make_change_and_refuse(
    organisation: Organisation, by: Account
) -> None:
    client = login(Client(), by)
    new = page(organisation, "new-term", "theme")
    data = {"name": "Slaap", "lines": "slaap\r\n\r\nnacht\r\nslaap", "is_on": "on"}
    body = client.post(new, data, follow=True).content.decode()
    assert "Bewaard. Vanaf nu sorteren wij hierop." in body
    assert re.search(r"Slaap</a>.*?2 woorden · van ons", body, re.S)
    assert OwnTerm.objects.get().words == ["slaap", "nacht"]

    body = client.post(new, data).content.decode()
    assert "Er is er al een met deze naam" in body
    assert "nacht" in body  # what was typed stays
    body = client.post(new, {**data, "name": "X", "lines": "a" * 61}).content.decode()
    assert "hooguit 80 regels" in body

    common = page(organisation, "term", "theme", "transport")
    assert "regiotaxi" in client.get(common).content.decode()
    client.post(common, {"name": "Vervoer", "lines": "taxi"})
    assert not OwnTerm.objects.get(code="transport").is_on
    for gone in (("party", "school"), ("theme", "onzin"), ("onzin", "onzin")):
        assert client.get(page(organisation, "term", *gone)).status_code == 404
    assert client.get(page(organisation, "new-term", "party")).status_code == 404
