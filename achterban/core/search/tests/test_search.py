"""Things are found by their words, and only by who they belong to."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.search import queries
from achterban.core.search.actions import Thing, forget, index, set_facet, wipe
from achterban.core.search.models import Indexed, first_order
from achterban.core.search.queries import Found, NoWords, find
from achterban.core.vault.actions import wipe_free_space

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
TEXTS = {
    1: "De aanvraag voor een rolstoel werd afgewezen.",
    2: "Mijn rolstoelaanvraag duurt al een jaar.",
    3: "De huisartsen zeggen: wacht de kuering af.",
    4: "Niet thuis toen de traplift kwam, de rolstoel wel.",
}


@pytest.fixture
def ours() -> Organisation:
    """Return an organisation with four things, the last one the newest."""
    organisation = OrganisationFactory.create()
    things = [
        Thing(
            key,
            MONDAY + timedelta(days=key),
            text,
            {"place": "GM0014" if key % 2 else "GM0363", "status": "received"},
        )
        for key, text in TEXTS.items()
    ]
    index(organisation.pk, "report", things)
    return organisation


def keys(organisation: Organisation, typed: str, **how: object) -> list[int]:
    found: Found = find(organisation, "report", typed, **how)  # type: ignore[arg-type]
    return found.keys


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("rolstoel", [4, 2, 1]),
        ("rolstoelen", [4, 2, 1]),
        ("ROLSTOEL aanvraag", [2, 1]),
        ("rolstoelaanvraag", [2]),
        ('"rolstoel aanvraag"', [2]),
        ("huisarts", [3]),
        ("arts", [3]),  # part of a compound
        ("keuring", [3]),  # misspelt in the text
        ("rolstool", [4, 2, 1]),  # misspelt by who looks
        ('"niet thuis"', [4]),
        ('"thuis niet"', []),
        ("rolstoel -traplift", [2, 1]),
        ('rolstoel -"niet thuis"', [2, 1]),
        ("fiets", []),
    ],
)
def test_what_is_typed_finds_what_is_meant(
    ours: Organisation, typed: str, expected: list[int]
) -> None:
    assert keys(ours, typed) == expected


def test_facts_narrow_what_is_found(ours: Organisation) -> None:
    assert keys(ours, "rolstoel", facets={"place": "GM0363"}) == [4, 2]
    assert keys(ours, "", facets={"place": "GM0014"}) == [3, 1]
    assert keys(ours, "rolstoel", since=MONDAY + timedelta(days=2)) == [4, 2]


def test_one_of_some_facts_is_enough_and_none_is_nothing(ours: Organisation) -> None:
    both = [("place", "GM0014"), ("place", "GM0363")]
    assert keys(ours, "rolstoel", any_of=both) == [4, 2, 1]
    assert keys(ours, "rolstoel", any_of=both[:1]) == [1]
    assert keys(ours, "rolstoel", any_of=[]) == []


def test_synonyms_are_looked_for_too(ours: Organisation) -> None:
    rings = [{"gps", "huisarts"}, {"weg zijn", "niet thuis"}]
    found = find(ours, "report", "gps", synonyms=rings)
    assert (found.keys, found.also) == ([3], ("huisarts",))
    assert keys(ours, "weg zijn", synonyms=rings) == [4]


def test_a_fact_changes_without_the_words(ours: Organisation) -> None:
    among = ["received", "closed"]
    set_facet(ours.pk, "report", [1, 4], "status", "closed", among=among)
    assert keys(ours, "rolstoel", facets={"status": "closed"}) == [4, 1]
    assert keys(ours, "rolstoel", facets={"status": "received"}) == [2]


def test_words_that_tell_nothing_are_refused(ours: Organisation) -> None:
    for typed in ("", "  ", "de het", '"', "-rolstoel"):
        with pytest.raises(NoWords):
            find(ours, "report", typed)


@pytest.mark.parametrize(
    "typed", ["a' OR 1=1", "x & !y | (z", 'NEAR("a" b)', "a\x00b*"]
)
def test_signs_of_a_database_are_no_orders(ours: Organisation, typed: str) -> None:
    assert keys(ours, typed) == []


def test_nobody_finds_what_belongs_to_another_organisation(ours: Organisation) -> None:
    other = OrganisationFactory.create()
    index(other.pk, "report", [Thing(9, MONDAY, "Een rolstoel")])
    assert keys(other, "rolstoel") == [9]
    assert 9 not in keys(ours, "rolstoel")
    tokens = dict(Indexed.objects.values_list("thing", "tokens"))
    assert not set(tokens[9].split()) & set(tokens[4].split())


def test_what_is_forgotten_leaves_nothing(ours: Organisation) -> None:
    gone = Indexed.objects.get(thing=4).tokens.split()
    kept = set(
        " ".join(
            Indexed.objects.exclude(thing=4).values_list("tokens", flat=True)
        ).split()
    )
    forget("report", [4])
    assert keys(ours, "rolstoel") == [2, 1]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE VIRTUAL TABLE temp.seen USING fts5vocab"
                "(main, search_tokens, row)"
            )
            cursor.execute("SELECT term FROM temp.seen")
            left = {term for (term,) in cursor.fetchall()}
            cursor.execute("DROP TABLE temp.seen")
            cursor.execute(
                "INSERT INTO search_tokens(search_tokens) VALUES ('integrity-check')"
            )
        assert left == kept
        assert set(gone) - kept


def test_put_in_again_it_is_found_by_its_new_words_on_its_old_place(
    ours: Organisation,
) -> None:
    before = Indexed.objects.get(thing=4).order
    index(ours.pk, "report", [Thing(4, MONDAY + timedelta(days=4), "Een fiets")])
    assert keys(ours, "fiets") == [4]
    assert keys(ours, "rolstoel") == [2, 1]
    assert Indexed.objects.get(thing=4).order == before


def test_pages_follow_and_the_count_says_when_it_stops(
    ours: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST_COUNTED", 7)
    things = [Thing(key, MONDAY, "Een lange wachttijd") for key in range(100, 120)]
    index(ours.pk, "report", things)
    seen, before = [], 0
    while True:
        found = find(ours, "report", "wachttijd", before=before, limit=3)
        assert (found.count, found.is_capped) == (7, True)
        seen += found.keys
        before = found.next
        if not before:
            break
    assert sorted(seen) == list(range(100, 120))
    assert len(seen) == 20


def test_within_a_day_the_order_tells_nothing(ours: Organisation) -> None:
    index(ours.pk, "report", [Thing(key, MONDAY, "fiets") for key in range(100, 150)])
    found = find(ours, "report", "fiets", limit=50).keys
    assert sorted(found) == list(range(100, 150))
    assert found not in (sorted(found), sorted(found, reverse=True))


def test_the_index_holds_no_word(ours: Organisation) -> None:
    for row in Indexed.objects.all():
        tokens = row.tokens.split()
        assert tokens == sorted(tokens)
        assert all(len(token) == 8 and token.isalnum() for token in tokens)
        assert not {"rolstoel", "huisarts", "traplift"} & set(tokens)


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_a_forgotten_thing_is_in_no_file_of_the_database() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its files elsewhere")
    organisation = OrganisationFactory.create()
    index(organisation.pk, "report", [Thing(4, MONDAY, TEXTS[4])])
    tokens = Indexed.objects.get(thing=4).tokens
    path = Path(connection.settings_dict["NAME"])

    def on_the_disk() -> int:
        files = [file.read_bytes() for file in path.parent.glob(f"{path.name}*")]
        return sum(token.encode() in file for file in files for token in tokens.split())

    wipe_free_space()
    assert on_the_disk() == len(tokens.split())
    forget("report", [4])
    wipe_free_space()
    assert on_the_disk() == 0


@pytest.mark.django_db(transaction=True)
def test_what_is_forgotten_is_wiped_on_both_databases() -> None:
    wipe()


@pytest.mark.parametrize(
    ("begun", "n_found", "likely"),
    [
        (32, 64, 3),  # one a day, 64 wanted and half as many again: 96 days
        (1, 33, 4),  # as many a day, in a stretch that has one day yet
        (1, 4, 26),  # little in 33 days: not as if it were little in one
        (1, 0, 199),  # nothing: more than is asked in parts
    ],
)
def test_a_stretch_that_has_hardly_begun_tells_little(
    begun: int, n_found: int, likely: int
) -> None:
    begin = first_order(date.fromordinal(32 * 23_000 + begun - 1))

    assert queries._likely_enough(begin, 2, n_found, 64) == likely


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite walks down")
def test_the_newest_stretches_are_asked_first_and_no_more_than_needed(
    ours: Organisation,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: Any,
) -> None:
    monkeypatch.setattr(queries, "MOST_COUNTED", 20)
    first = date.fromordinal(32 * 23_900)  # of a stretch
    things = [Thing(10, first, "Fiets.")] + [
        Thing(10 + n, first - timedelta(days=n), "Fiets.") for n in range(1, 60)
    ]
    index(ours.pk, "report", things)

    # The newest and two stretches, for the page and for the count; which things.
    with django_assert_num_queries(5):
        assert keys(ours, "fiets", limit=10) == list(range(10, 20))


def test_a_usual_word_is_counted_in_days_that_are_over(
    ours: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "ENOUGH", 20)
    queries._n_then.cache_clear()
    over = date.fromordinal(32 * 23_900)  # first day of a stretch
    texts = ["Lamp." if n % 2 else "Trap." for n in range(20)]
    then = [Thing(100 + n, over, text) for n, text in enumerate(texts)]
    now = Thing(200, over + timedelta(days=32), "Een lamp op tafel.")
    index(ours.pk, "report", [*then, now])

    often = queries.how_often(
        ours, "report", ["lamp", "tafel", "stoel"], most=5, among=1000
    )

    assert often == {"lamp": 500, "tafel": 1, "stoel": 0}


def test_of_few_things_a_word_is_counted_as_far_as_it_matters(
    ours: Organisation,
) -> None:
    often = queries.how_often(ours, "report", ["rolstoel"], most=2, among=4)

    assert often == {"rolstoel": 2}
