"""Terms: what everybody sorts by, and what an organisation made of it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from achterban.core.organisations.models import Organisation

TERMS = Path(__file__).parent / "data" / "terms.toml"


class TermKind(models.TextChoices):
    """What a term names."""

    THEME = "theme", _("Theme")
    PARTY = "party", _("Who it is about")
    CONDITION = "condition", _("Illness")


@dataclass(frozen=True)
class Term:
    """Something to sort by (Dutch: begrip).

    Attributes:
        kind: what it names.
        code: what it is called in data; it never changes.
        name: what it is called on screen.
        name_en: the same in English; empty where it is the same, or nobody wrote it.
        words: what people say when they mean it, as ``rules.sorting.Label`` reads them.
        is_on: whether it is offered.
        is_own: whether the organisation made or changed it.
    """

    kind: TermKind
    code: str
    name: str
    name_en: str = ""
    words: tuple[str, ...] = ()
    is_on: bool = True
    is_own: bool = False

    def __str__(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name


@cache
def common_terms() -> tuple[Term, ...]:
    """Return the terms that come with the program, in their order."""
    kinds = _read()
    return tuple(
        Term(
            TermKind(kind), code, it["name"], it.get("name_en", ""), tuple(it["words"])
        )
        for kind in TermKind
        for code, it in kinds[kind].items()
    )


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(TERMS.read_text(encoding="utf-8"))


def synonyms_of(organisation: Organisation) -> list[set[str]]:
    """Return words that mean the same: who looks for one finds the others.

    Those of the program, and the names and words of each illness.
    """
    illnesses = [
        {term.name, *(word.rstrip(".") for word in term.words)}
        for term in terms_of(organisation)
        if term.kind == TermKind.CONDITION
    ]
    return [*map(set, _read()["synonyms"]), *illnesses]


def terms_of(organisation: Organisation) -> list[Term]:
    """Return the terms of an organisation by kind, those not offered too.

    Those of everybody come first, changed where the organisation changed them.
    """
    rows = {(row.kind, row.code): row for row in OwnTerm.objects.of(organisation)}
    terms = []
    for term in common_terms():
        own = rows.pop((term.kind, term.code), None)
        terms.append(own.term if own else term)
    terms += [row.term for row in rows.values()]
    order = list(TermKind)
    return sorted(terms, key=lambda term: order.index(term.kind))


class OwnTermQuerySet(models.QuerySet["OwnTerm"]):
    """Which terms."""

    def of(self, organisation: Organisation) -> Self:
        """Return those that an organisation made or changed."""
        return self.filter(organisation=organisation)


class OwnTerm(models.Model):
    """A term of an organisation itself, or its own version of a common one."""

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    kind = models.CharField(_("kind"), max_length=10, choices=TermKind.choices)
    code = models.SlugField(max_length=40, editable=False)
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=60, blank=True)
    words = models.JSONField(default=list)
    is_on = models.BooleanField(_("offer it"), default=True)

    objects = OwnTermQuerySet.as_manager()

    class Privacy:
        """Words of a language are of nobody."""

        personal: frozenset[str] = frozenset()
        neutral = frozenset(
            {
                "id",
                "organisation",
                "kind",
                "code",
                "name",
                "name_en",
                "words",
                "is_on",
            }
        )

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "code"], name="term_once"
            ),
            models.CheckConstraint(
                name="term_known_kind", condition=Q(kind__in=TermKind.values)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def term(self) -> Term:
        """Return what it says."""
        told = Term(TermKind(self.kind), self.code, self.name, is_own=True)
        return replace(
            told, name_en=self.name_en, words=tuple(self.words), is_on=self.is_on
        )
