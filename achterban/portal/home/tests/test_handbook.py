"""The handbook on the Werkplek."""

from __future__ import annotations

import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from achterban.core.accounts.models import Role
from achterban.core.accounts.tests.factories import login, member
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.web.preferences import COOKIE
from achterban.portal.home.handbook import CHAPTERS, as_html, chapter_as_html

pytestmark = pytest.mark.django_db


def shown(query: str = "", role: Role = Role.ADVOCATE) -> str:
    organisation = OrganisationFactory.create()
    account = member(organisation, role)
    page = login(Client(), account).get(f"/o/{organisation.slug}/werk/hulp/{query}")
    return page.content.decode()


def test_a_volunteer_finds_their_own_chapter_first() -> None:
    page = shown(role=Role.VOLUNTEER)
    assert "<h1" in page
    assert "Ik neem dit signaal" in page
    assert 'href="?hoofdstuk=coordinator"' in page


@pytest.mark.wide
def test_each_chapter_can_be_chosen_and_an_unknown_one_is_the_first() -> None:
    assert "Iemand uitnodigen" in shown("?hoofdstuk=coordinator")
    assert "Ik neem dit signaal" in shown("?hoofdstuk=../../../README")


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_pictures_are_there_and_links_stay_within_the_page(chapter: str) -> None:
    text = chapter_as_html(chapter)
    pictures = re.findall(r'<img src="/static/([^"]+)"', text)
    assert pictures
    assert [name for name in pictures if finders.find(name) is None] == []
    links = re.findall(r'<a href="([^"]*)"', text)
    assert [it for it in links if not it.startswith(("?hoofdstuk=", "#"))] == []
    ids = set(re.findall(r' id="([^"]+)"', text))
    assert {it[1:] for it in links if it.startswith("#")} <= ids


def test_html_in_a_text_stays_text_and_what_is_not_shown_here_is_only_named() -> None:
    text = as_html(
        "# <b>Kop</b>\n\n<script>alert(1)</script>\n\n"
        "[de README](../../README.md), [klik](javascript:alert(1)), "
        "[rollen](coordinator.md#iemand-uitnodigen), [elders](https://x.example)"
    )
    assert "<script" not in text
    assert "<b>" not in text
    assert 'href="?hoofdstuk=coordinator#iemand-uitnodigen"' in text
    assert text.count("<a ") == 1
    assert "de README, " in text


def test_who_reads_english_is_told_that_it_is_in_dutch() -> None:
    organisation = OrganisationFactory.create()
    client = login(Client(), member(organisation, Role.ADVOCATE))
    path = f"/o/{organisation.slug}/werk/hulp/"
    assert "alleen in het Nederlands" not in client.get(path).content.decode()

    client.cookies[COOKIE] = "language:en"
    assert "This handbook is in Dutch only." in client.get(path).content.decode()
