"""What the example organisation works at: one national dossier with three mirrors."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from achterban.advocate.dossiers.actions import working
from achterban.advocate.dossiers.models import Dossier, Strategy, Task
from achterban.advocate.issues.actions import keep_issue
from achterban.advocate.issues.models import Bundled, Issue
from achterban.core.accounts.models import Account, Role
from achterban.core.organisations.models import Organisation
from achterban.core.places.models import Municipality
from achterban.listen.reports.models import Report

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
    return dossier
