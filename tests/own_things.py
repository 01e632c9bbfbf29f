"""What the organisation of a world has of its own."""

from __future__ import annotations

import io

from achterban.advocate.issues.models import Claim, Issue
from achterban.advocate.stakeholders.actions.contacts import add_contact
from achterban.advocate.stakeholders.actions.importing import take_bodies
from achterban.advocate.stakeholders.actions.relations import relate
from achterban.advocate.stakeholders.actions.remarks import write_remark
from achterban.advocate.stakeholders.models import (
    ContactWords,
    Function,
    Party,
    PartyImport,
    Relation,
    RelationWords,
    Remark,
    RemarkWords,
)
from achterban.core import clock
from achterban.core.accounts.models import Account
from achterban.core.organisations.actions import (
    accept_joining,
    ask_to_join,
    change_logo,
)
from achterban.core.organisations.models import Joining, Organisation
from achterban.core.organisations.tests.factories import PICTURE
from achterban.core.places.models import Branch
from achterban.listen.reports.actions import importing
from achterban.listen.reports.actions.comparing import compare_reports
from achterban.listen.reports.models import (
    BadRow,
    Campaign,
    Import,
    Likeness,
    OwnQuestion,
    Report,
)
from achterban.people.gatherings.models import Gathering
from tests.own_issues import make_proofs

FILE = b"date;text;n\n2-3-2024;;1\n"  # one row, without words


def make_own_things(organisation: Organisation, *, umbrella: Organisation) -> None:
    """Give an organisation a logo, an unasked question, a branch and an umbrella."""
    Branch.objects.create(organisation=organisation, name="Zuid")
    change_logo(organisation, PICTURE, by=0, at=clock.now())
    OwnQuestion.objects.create(
        organisation=organisation, n=1, title="Waarheen?", kind="words", is_on=False
    )
    Gathering.objects.create(
        organisation=organisation,
        name="Café",
        held_on=clock.today(),
        consent="Wij schrijven het op.",
    )
    wrong = Issue.objects.create(
        organisation=organisation, title="Wachten op hulp", opened_on=clock.today()
    )
    said = Claim.objects.create(
        issue=wrong,
        sentence="Hulp komt te laat.",
        strength="experience",
        written_on=clock.today(),
    )
    make_proofs(said)
    tie = ask_to_join(organisation, umbrella, asked_by=umbrella, by=0, at=clock.now())
    accept_joining(tie, accepted_by=organisation, by=0, at=clock.now())


def make_stakeholders(organisation: Organisation, *, by: Account) -> None:
    """Let an organisation know somebody, who does something somewhere."""
    party = Party(organisation=organisation, name="Zorgland", kind="insurer")
    noor = add_contact(
        organisation,
        ContactWords("Noor Zandpad"),
        function=Function(party=party, title="Inkoop"),
        by=by,
        at=clock.now(),
    )
    said = RemarkWords("Spreekt vaak.", "Noor")
    write_remark(Remark(contact=noor), said, by=by, at=clock.now())
    take_bodies(organisation, b"[{}]", by=by, at=clock.now())
    relate(
        Relation(one=noor, kind="knows", warmth=2),
        RelationWords("Noor"),
        by,
        by=by,
        at=clock.now(),
    )


def own_stakeholders(organisation: Organisation) -> dict[str, int]:
    """Return what each address of the stakeholders is about."""
    party = Party.objects.get(organisation=organisation).pk
    relation = Relation.objects.get(organisation=organisation)
    about = {
        "party": ("party", "change-party", "remove-party"),
        "contact": (
            "contact",
            "change-contact",
            "erase-contact",
            "looks",
            "copy",
            "new-function",
            "new-relation",
            "merge",
            "new-remark",
        ),
        "function": ("function",),
        "relation": ("relation",),
        "import": ("import",),
        "remark": ("remark",),
    }
    keys = {
        "party": party,
        "contact": relation.one_id,
        "relation": relation.pk,
        "remark": Remark.objects.get(contact=relation.one_id).pk,
        "import": PartyImport.objects.get(organisation=organisation).pk,
        "function": Function.objects.get(party=party).pk,
    }
    return {
        f"stakeholders:{name}": keys[thing]
        for thing, names in about.items()
        for name in names
    }


def issue(organisation: Organisation) -> Issue:
    """Return what goes wrong there."""
    return Issue.objects.get(organisation=organisation)


def claim(organisation: Organisation) -> Claim:
    """Return what is said of it."""
    return Claim.objects.get(issue__organisation=organisation)


def gathering(organisation: Organisation) -> Gathering:
    """Return its evening."""
    return Gathering.objects.get(organisation=organisation)


def joining(organisation: Organisation) -> Joining:
    """Return its tie with the umbrella."""
    return Joining.objects.get(member=organisation)


def branch(organisation: Organisation) -> Branch:
    """Return its branch."""
    return Branch.objects.get(organisation=organisation)


def own_question(organisation: Organisation) -> OwnQuestion:
    """Return its question."""
    return OwnQuestion.objects.get(organisation=organisation)


def make_imports(organisation: Organisation, report: Report) -> None:
    """Read one file, look at another, and let a report belong to a campaign."""
    for content in (FILE, FILE + FILE):
        imported = importing.take_import(
            organisation,
            "lijst.csv",
            io.BytesIO(content),
            by=None,
            at=clock.now(),
        )
        if content == FILE:
            importing.start_import(imported.pk, by=None, at=clock.now())
            importing.run_import(imported.pk, at=clock.now())
    compare_reports()
    campaign = Campaign.objects.create(organisation=organisation)
    Likeness.objects.filter(report=report).update(campaign=campaign, who=b"who")


def imported(organisation: Organisation, *, is_read: bool) -> Import:
    """Return the file that was read, or the one that was looked at."""
    return Import.objects.get(
        organisation=organisation, state="done" if is_read else "looked_at"
    )


def bad_row(organisation: Organisation) -> BadRow:
    """Return the row that did not get in."""
    return BadRow.objects.get(imported__organisation=organisation)


def campaign(organisation: Organisation) -> Campaign:
    """Return its campaign."""
    return Campaign.objects.get(organisation=organisation)
