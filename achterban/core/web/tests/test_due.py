"""A few things of a day, of which no kind hides another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from achterban.core.web import due
from achterban.core.web.due import Due, add_due, due_for

ON = date(2026, 11, 28)


@pytest.fixture(autouse=True)
def _nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due, "_sources", {})


def source(word: str, *days: int | None) -> None:
    """Let something wait on some days of the month."""

    def find(request: HttpRequest, on: date, n: int) -> Iterator[Due]:
        for day in days[:n]:
            yield Due(word, None if day is None else ON.replace(day=day), "work")

    add_due(word, "may", find)


def shown(*may: str) -> list[tuple[str, int | None]]:
    """Return what stands there, with its day of the month."""
    request = RequestFactory().get("/")
    request.may = frozenset(may)  # type: ignore[attr-defined]
    return [(it.words, it.day.day if it.day else None) for it in due_for(request, ON)]


def test_one_kind_fills_it_when_there_is_no_other() -> None:
    source("task", 3, 1, 2, 4)

    assert shown("may") == [("task", 1), ("task", 2), ("task", 3)]


def test_three_late_things_of_one_kind_hide_nothing_of_another() -> None:
    source("task", 1, 2, 3)
    source("contact", 20)
    source("text", None)

    assert shown("may") == [("task", 1), ("contact", 20), ("text", None)]


def test_what_is_left_is_filled_with_what_is_latest() -> None:
    source("task", 2, 3)
    source("contact", 20, 21)

    assert shown("may") == [("task", 2), ("task", 3), ("contact", 20)]


def test_who_may_not_is_asked_nothing() -> None:
    source("task", 1)

    assert shown() == []
