"""Make the example, and make canaries for tests."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from string import ascii_lowercase

from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction
from django.utils import timezone

from achterban.core.accounts.models import Account, Membership
from achterban.core.database.fields import random_key
from achterban.core.organisations.models import Organisation
from achterban.listen.reports.actions import (
    handling,
    returning,
    telling,
    updating,
)
from achterban.listen.reports.models import (
    EntryKind,
    Report,
    Telling,
    UpdateKind,
    UpdateWords,
)
from achterban.portal.demo.circle import make_circle
from achterban.portal.demo.content import (
    CIRCLE_OF,
    ORGANISATIONS,
    STORIES,
    UPDATES,
    Story,
    ToldBack,
)
from achterban.portal.demo.dossiers import open_dossiers
from achterban.portal.demo.furnishing import furnish
from achterban.portal.demo.letters import write_letters
from achterban.portal.demo.personas import (
    Persona,
    load_example,
    new_personas,
    store_example,
)

YES = telling.Yes(
    "Verstuur: lees dit en tel het mee",
    "nl",
    {"quote": "Een zin in een brief, zonder mijn naam (2 jaar)"},
)
CHUNK = 500
WORKS_AT = "stille-kracht"  # which of the organisations has dossiers


@dataclass(frozen=True)
class Canary:
    """One planted report.

    Attributes:
        report: key of the row.
        owner: receipt code, the only tie to whoever told it.
        organisation: short name.
        word: random, occurs nowhere else.
    """

    report: int
    owner: str
    organisation: str
    word: str


@transaction.atomic
def make_example(*, at: datetime) -> list[Persona]:
    """Make the example organisations with people and stories; once.

    Returns who can log in, also when it stood there already.
    """
    if Organisation.objects.filter(is_example=True).exists():
        return load_example()[0]
    personas, codes = new_personas(), {}
    for slug, facts in ORGANISATIONS.items():
        organisation = Organisation.objects.create(slug=slug, is_example=True, **facts)
        team = {
            persona.role: _account(persona, organisation)
            for persona in personas
            if persona.organisation == slug
        }
        made = [_tell(story, organisation, team, at=at) for story in STORIES[slug]]
        for told_back in UPDATES.get(slug, []):
            _tell_back(told_back, organisation, made, by=team["coordinator"], at=at)
        codes[slug] = made[0]
        if slug == CIRCLE_OF:
            make_circle(organisation, team, at=at)
        if slug == WORKS_AT:
            told = [
                Report.objects.behind_code(code, organisation).get()
                for code in made[:2]
            ]
            open_dossiers(organisation, told, at=at)
            by, second = team["volunteer"], team["coordinator"]
            write_letters(organisation, told, by=by, second=second, at=at)
    furnish(at=at)
    store_example(personas, codes)
    return personas


def _account(persona: Persona, organisation: Organisation) -> Account:
    account: Account = Account.objects.create_user(
        persona.email, persona.password, name=persona.name
    )
    Membership.objects.create(
        account=account, organisation=organisation, role=persona.role
    )
    TOTP.activate(account, persona.secret)
    return account


def _tell(
    story: Story, organisation: Organisation, team: dict[str, Account], *, at: datetime
) -> str:
    code = telling.fresh_code()
    moment = at - timedelta(days=story.days_ago)
    kept = telling.send_report(
        code,
        organisation,
        Telling(story.text, **story.facts),
        consent=YES,
        on=timezone.localdate(moment),
        by=team["volunteer"] if story.by_phone else None,
    )
    for who, kind, words in story.course:
        if who == "reporter":
            returning.say_more(
                kept.report,
                words,
                entry_id=random_key(),
                on=timezone.localdate(moment),
            )
        else:
            handling.write_entry(
                kept.report.pk, EntryKind(kind), words, by=team[who], at=moment
            )
    return code


def _tell_back(
    told: ToldBack,
    organisation: Organisation,
    codes: list[str],
    *,
    by: Account,
    at: datetime,
) -> None:
    reports = [
        Report.objects.behind_code(codes[n], organisation).get() for n in told.stories
    ]
    update = updating.begin_update(organisation, [r.pk for r in reports], by=by, at=at)
    updating.keep_update(
        update.pk,
        UpdateWords(told.lead, told.rest),
        kind=UpdateKind(told.kind),
        wants_public=False,
        by=by,
        at=at,
    )
    if told.is_sent:
        updating.send_update(update.pk, by=by, at=at)


def _word() -> str:
    """Return a word of its own, without digits: those could pass for a BSN."""
    return "kanarie" + "".join(secrets.choice(ascii_lowercase) for _ in range(16))


def plant_canaries(n: int, *, at: datetime) -> Iterator[list[Canary]]:
    """Send ``n`` reports with a unique word each, spread over all organisations.

    Yields what was planted, in chunks of 500 that are on disk.
    """
    organisations = list(Organisation.objects.order_by("pk"))
    on = timezone.localdate(at)
    for start in range(0, n, CHUNK):
        chunk = []
        with transaction.atomic():
            for i in range(start, min(start + CHUNK, n)):
                organisation = organisations[i % len(organisations)]
                code, word = telling.fresh_code(), _word()
                kept = telling.send_report(
                    code,
                    organisation,
                    Telling(f"Een proefverhaal met het woord {word} erin."),
                    consent=YES,
                    on=on,
                )
                chunk.append(Canary(kept.report.pk, code, organisation.slug, word))
        yield chunk
