"""What the example organisation works at: one national dossier with three mirrors."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from achterban.advocate.dossiers.actions import meetings, positions, working
from achterban.advocate.dossiers.actions.materials import keep_material
from achterban.advocate.dossiers.actions.positions import Standing
from achterban.advocate.dossiers.models import (
    Dossier,
    EstimateWords,
    Material,
    Meeting,
    Rank,
    Strategy,
    Task,
)
from achterban.advocate.issues.actions import keep_issue
from achterban.advocate.issues.models import Bundled, Issue
from achterban.advocate.stakeholders.actions.contacts import add_contact
from achterban.advocate.stakeholders.actions.parties import keep_party
from achterban.advocate.stakeholders.models import ContactWords, Function, Party
from achterban.core.accounts.models import Account, Role
from achterban.core.organisations.models import Organisation
from achterban.core.places.models import Municipality
from achterban.listen.reports.models import Report
from achterban.portal.demo.promises import make_promises
from achterban.portal.demo.public_letters import make_letters_public

# Parties with somebody there: how much power and interest, first and now.
STANDS = (
    (
        "Gemeente Utrecht",
        "municipality",
        "wethouder zorg",
        3,
        2,
        "unclear",
        "rather_for",
    ),
    ("Vereniging van Wijkteams", "other", "voorzitter", 2, 3, "for", "for"),
    ("Ministerie van Zorg", "ministry", "", 3, 1, "rather_against", "unclear"),
    ("Zorgverzekeraar Zilverlinde", "insurer", "", 1, 1, "against", "against"),
)
MATERIALS = (  # and for whom
    ("Blad: zo gaat een gesprek in delen", "Eén bladzijde voor de gemeente.", ""),
    ("Wat een cliëntenraad kan vragen", "Vier vragen voor de raad.", "council"),
)
PEOPLE = {"wethouder zorg": "Roos van Duinen", "voorzitter": "Karel Bergsma"}
MIRRORS = {"GM0307": "advocate", "GM0344": "council", "GM0106": "network"}
TASKS = (  # what, by whom, in how many days; done where that is over and said so
    ("Vraag de wethouder van Utrecht om een gesprek", "coordinator", -20, True),
    ("Zoek uit wat Assen al doet", "volunteer", -30, True),
    ("Tel bij hoeveel mensen een gesprek te lang was", "volunteer", -3, False),
    ("Schrijf op hoe een gesprek in drie delen gaat", "coordinator", 12, False),
    ("Zoek een ervaringsdeskundige voor het verhaal", None, None, False),
)


def open_dossiers(
    organisation: Organisation, stories: list[Report], *, at: datetime
) -> Dossier:
    """Open the dossiers of an organisation, with an issue that two stories tell of."""
    team = {
        role.value: Account.objects.get(
            memberships__organisation=organisation, memberships__role=role
        )
        for role in Role
    }
    by, then = team["coordinator"], at - timedelta(days=60)
    issue = keep_issue(
        Issue(organisation=organisation, title="Een gesprek duurt te lang"),
        by=by,
        at=then,
    )
    Bundled.objects.bulk_create(
        Bundled(issue=issue, report=story, added_by=by, added_on=timezone.localdate(at))
        for story in stories
    )
    dossier = working.keep_dossier(
        Dossier(
            organisation=organisation,
            title="Keukentafelgesprek in delen",
            demand="Gemeenten bieden het gesprek aan in delen van twintig minuten.",
            goal="Niemand ligt na het gesprek dagen plat.",
            strategy=Strategy.INFORM,
            level="national",
            owner=by,
        ),
        by=by,
        at=then,
    )
    working.link_issues(dossier, [issue.pk], by=by, at=then)
    working.take_step(
        dossier, "running", "Twee gemeenten willen praten", by=by, at=then
    )
    for code, form in MIRRORS.items():
        places = list(Municipality.objects.filter(pk=code))
        moment = then + timedelta(days=7)
        working.mirror(dossier, places, form, by=by, at=moment)
    for what, who, days, is_done in TASKS:
        day = None if days is None else timezone.localdate(at + timedelta(days=days))
        task = Task(dossier=dossier, what=what, by_when=day, who=team.get(who or ""))
        working.keep_task(task, by=by, at=then)
        if is_done:
            working.finish_task(task, by=by, at=at - timedelta(days=21))
    for title, sentence, form in MATERIALS:
        material = Material(
            organisation=organisation,
            title=title,
            sentence=sentence,
            form=form,
            level="" if form else "national",
        )
        keep_material(material, by=by, at=then)
    _stand(dossier, by=by, at=at)
    _talk(dossier, by=by, at=at)
    make_promises(dossier, by=team["volunteer"], second=by, at=at)
    make_letters_public(dossier, by=team["volunteer"], second=by, at=at)
    return dossier


def _stand(dossier: Dossier, *, by: Account, at: datetime) -> None:
    """Say where some stand: what we thought two months ago, and now."""
    for name, kind, title, power, interest, first, now in STANDS:
        party = _party(dossier.organisation, name, kind, by=by, at=at)
        function = _function(party, title, by=by, at=at) if title else None
        for stance, days in ((first, 55), (now, 12)):
            words = EstimateWords("", "Een gesprek aan de telefoon")
            standing = Standing(power, interest, stance, words)
            moment = at - timedelta(days=days)
            positions.estimate(dossier, party, function, standing, by=by, at=moment)


def _party(
    organisation: Organisation, name: str, kind: str, *, by: Account, at: datetime
) -> Party:
    known = Party.objects.filter(organisation=organisation, name=name).first()
    new = Party(organisation=organisation, name=name, kind=kind)
    return known or keep_party(new, by=by, at=at)


def _function(party: Party, title: str, *, by: Account, at: datetime) -> Function:
    known = Function.objects.filter(party=party, title=title).first()
    if known is None:
        words, known = ContactWords(PEOPLE[title]), Function(party=party, title=title)
        add_contact(party.organisation, words, function=known, by=by, at=at)
    return known


def _talk(dossier: Dossier, *, by: Account, at: datetime) -> None:
    """Hold one talk, at a lower level than promised, and plan another."""
    function = Function.objects.select_related("party").get(
        party__organisation=dossier.organisation, title="wethouder zorg"
    )
    for title, days in (("Kennismaken in Utrecht", -15), ("Gesprek in delen", 13)):
        begins = timezone.localtime(at + timedelta(days=days)).replace(
            hour=14, minute=0, second=0, microsecond=0
        )
        meeting = meetings.keep_meeting(
            Meeting(
                organisation=dossier.organisation,
                title=title,
                starts_at=begins,
                place="stadhuis",
                promised=Rank.ALDERMAN,
            ),
            [dossier],
            [by],
            by=by,
            at=at,
        )
        meetings.invite(meeting, function.party, [function], by=by, at=at)
        meetings.put_on_agenda(meeting, list(dossier.issues.all()), by=by, at=at)
        if days < 0:
            point = meeting.points.get()
            point.asked = "Kan het gesprek in drie delen?"
            point.answered = "Misschien. Het systeem kent nu één afspraak."
            point.decided = "De gemeente vraagt het na, voor 1 januari."
            meetings.keep_point(point, by=by, at=at)
            meetings.tell_how_it_went(
                meeting, "held", Rank.CIVIL_SERVANT, "", by=by, at=at
            )
