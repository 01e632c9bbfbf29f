"""Who may come by: an organisation with its people, and one report in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any

from django.test import Client
from django.urls import (
    URLPattern,
    URLResolver,
    get_resolver,
    reverse,
    set_script_prefix,
)

from achterban.advocate.publications.models import Aim
from achterban.core import clock
from achterban.core.accounts import actions as accounts
from achterban.core.accounts.models import Account, Invitation, Membership, Role
from achterban.core.accounts.tests.factories import (
    enrol,
    login,
    login_with_one_factor,
    member,
)
from achterban.core.database.fields import random_key
from achterban.core.files.actions import Taken
from achterban.core.mine.models import OwnAccount
from achterban.core.mine.tests.factories import logged_in, own_account
from achterban.core.organisations.models import Organisation
from achterban.core.organisations.tests.factories import OrganisationFactory
from achterban.core.web.preferences import COOKIE
from achterban.listen.reports.actions import (
    attaching,
    hearing,
    owning,
    telling,
    updating,
)
from achterban.listen.reports.hearing import Hearing, UpdateKind
from achterban.listen.reports.models import (
    Attachment,
    Report,
    SavedView,
    Summary,
    Telling,
    Update,
    UpdateWords,
)
from achterban.people.persons import actions as persons
from achterban.people.persons.models import Mailbox, NotificationAddress
from achterban.rules.filetypes import Kind
from tests.own_commitments import make_commitments, own_commitments
from tests.own_dossiers import diary_token, make_dossiers, own_dossiers
from tests.own_issues import own_issues
from tests.own_publications import make_joint, make_publications, own_publications
from tests.own_redactions import make_redactions, own_redactions
from tests.own_things import (
    bad_row,
    branch,
    campaign,
    claim,
    gathering,
    imported,
    issue,
    joining,
    make_imports,
    make_own_things,
    make_stakeholders,
    own_question,
    own_stakeholders,
)

VISITORS = (
    "anonymous",
    "one factor",  # a coordinator who gave a password only
    "outsider",  # a coordinator of another organisation, the umbrella of this one
    "volunteer",
    "advocate",
    "coordinator",
    "administrator",
    "patient",  # who told the report, and put it in Mijn
)
TOLD = "Wij wachten al een jaar op een rolstoel."
ADDRESS = "els@voorbeeld.test"  # of whoever told it
OF_A_PAGE = {
    "colour": "005ea5",
    "form": "csv",
    "aim": Aim.REMIND,
    "n": 1,
    "soort": "awb-bezwaar",
    "jaar": "2026",
}
AN_ARGUMENT = {"n": 1, "form": "pdf"}
A_TERM = {
    **{"kind": "theme", "code": "transport"},
    **{"safe": date(2025, 12, 31), "last": date(2026, 1, 5)},
}
CLAIMS = (
    "issues:claim",
    "issues:change-claim",
    "issues:cite",
    "issues:cite-source",
    "issues:cite-figure",
    "issues:cite-document",
)
ISSUES = (
    "issues:issue",
    "issues:change-issue",
    "issues:new-claim",
    "issues:figure",
    "issues:new-persona",
)
NOBODY = 999_999_999_999


@dataclass(frozen=True)
class World:
    """One organisation, seen from all sides.

    Attributes:
        organisation: whose pages are visited.
        report: what somebody told it, with the volunteer.
        file: a document that belongs to the report.
        draft: a telephone note that the volunteer has not sent.
        update: one that is still being written, and
        told_back: one that was sent, both for the report.
        address: where a mail goes that something waits.
        code: what opens the report.
        invitation: an open one.
        people: account by kind of visitor.
        patient: the account of whoever told the report.
    """

    organisation: Organisation
    report: Report
    file: Attachment
    draft: Report
    update: Update
    told_back: Update
    address: NotificationAddress
    code: str
    invitation: Invitation
    people: dict[str, Account]
    patient: OwnAccount

    def client(self, visitor: str) -> Client:
        """Return the browser of a visitor, logged in where there is something to."""
        if visitor == "anonymous":
            return Client()
        if visitor == "patient":
            return logged_in(Client(), self.patient)
        enter = login_with_one_factor if visitor == "one factor" else login
        return enter(Client(), self.people[visitor])

    def answers(
        self,
        visitor: str,
        method: str,
        names: Iterable[str],
        fields: dict[str, str] | None = None,
        *,
        language: str = "",
    ) -> Iterator[tuple[str, Any]]:
        """Ask for one address after another; yield the name of each and its answer.

        Whoever was logged out by the one before, or in, comes in anew.
        """
        paths = {name: self.path(name) for name in names}
        client = None
        for name, path in paths.items():
            if client is None:
                client = self.client(visitor)
                if language:
                    client.cookies[COOKIE] = f"language:{language}"
            answer = getattr(client, method)(path, fields)
            yield name, answer
            if answer.cookies:
                client = None

    def path(self, name: str, **arguments: Any) -> str:
        """Return the path of a page, by default about the things of this world."""
        set_script_prefix("/")
        arguments = arguments or self.arguments(name)
        return f"/o/{self.organisation.slug}{reverse(name, kwargs=arguments)}"

    @cached_property
    def _things(self) -> dict[str, int]:
        """What an address is about, where that is not the report."""
        volunteer = self.people["volunteer"]
        return {
            "reports:own-question": own_question(self.organisation).pk,
            "joining": joining(self.organisation).pk,
            "branch": branch(self.organisation).pk,
            "remove-branch": branch(self.organisation).pk,
            "reports:continue-call": self.draft.pk,
            "reports:work-file": self.file.pk,
            "reports:type-out": self.file.pk,
            "reports:update": self.update.pk,
            "reports:check-update": self.update.pk,
            "reports:drop-update": self.update.pk,
            "reports:undo-update": self.told_back.pk,
            "reports:publish-update": self.told_back.pk,
            "reports:campaign": campaign(self.organisation).pk,
            "reports:import": imported(self.organisation, is_read=False).pk,
            "reports:import-rows": imported(self.organisation, is_read=True).pk,
            "reports:import-row": bad_row(self.organisation).pk,
            "reports:undo-import": imported(self.organisation, is_read=True).pk,
            "team-withdraw": self.invitation.pk,
            "team-remove": Membership.objects.get(account=volunteer).pk,
            "team-reset-factor": volunteer.pk,
            "reports:beat": volunteer.pk,
            "reports:gathering": gathering(self.organisation).pk,
            "reports:summary": Summary.objects.get(organisation=self.organisation).pk,
            **dict.fromkeys(ISSUES, issue(self.organisation).pk),
            **own_dossiers(self.organisation),
            **own_commitments(self.organisation),
            **own_issues(self.organisation),
            **dict.fromkeys(CLAIMS, claim(self.organisation).pk),
            **own_stakeholders(self.organisation),
            **own_publications(self.organisation),
            **own_redactions(self.organisation),
            "reports:drop-view": SavedView.objects.get(account=volunteer).pk,
            "mfa_remove_webauthn": NOBODY,  # nobody here has a passkey
            "mfa_edit_webauthn": NOBODY,
        }

    def arguments(self, name: str) -> dict[str, Any]:
        """Return what the address of a page takes."""
        match argument_names(name):
            case []:
                return {}
            case ["token"]:
                return {"token": self._token(name)}
            case ["kind" | "safe", *_] as names:
                return {name: A_TERM[name] for name in names}
            case [("colour" | "form" | "aim" | "n" | "soort" | "jaar") as one]:
                return {one: OF_A_PAGE[one]}
            case ["name"]:
                return {"name": self.organisation.logo}
            case ["pk", *more]:
                key = self._things.get(name, self.report.pk)
                return {"pk": key} | {it: AN_ARGUMENT[it] for it in more}
            case other:
                raise AssertionError(f"{name}: say in visitors.py what fits {other}")

    def _token(self, name: str) -> str:
        match name:
            case "reports:mail":
                return persons.token_of(self.address)
            case "dossiers:feed":
                return diary_token(self.organisation)
            case _:
                return accounts.token_of(self.invitation)


def make_world() -> World:
    """Return an organisation with one of each."""
    organisation, other = OrganisationFactory.create(), OrganisationFactory.create()
    make_own_things(organisation, umbrella=other)
    people = {role.value: member(organisation, role) for role in Role}
    people["one factor"] = member(organisation, Role.COORDINATOR)
    people["outsider"] = member(other, Role.COORDINATOR)
    for account in people.values():
        enrol(account)
    make_stakeholders(organisation, by=people["coordinator"])
    make_dossiers(organisation, umbrella=other, by=people["coordinator"])
    make_commitments(organisation, by=people["coordinator"])
    make_publications(
        organisation, by=people["volunteer"], second=people["coordinator"]
    )
    make_redactions(organisation, by=people["volunteer"], second=people["coordinator"])
    make_joint(organisation, umbrella=other, by=people["outsider"])
    on = clock.today()
    code, volunteer = telling.fresh_code(), people["volunteer"]
    report = _send(code, organisation, on)
    Report.objects.filter(pk=report.pk).update(handler=volunteer)
    SavedView.objects.create(
        account=volunteer, organisation=organisation, name="Van mij"
    )
    Summary.objects.create(organisation=organisation, title="Wachten op antwoord")
    draft = telling.keep_draft(
        telling.fresh_code(), organisation, Telling("half"), on=on, by=volunteer
    ).report
    paper = Taken(Kind.DOCUMENT, "txt", b"Uw bezwaar", is_scanned=True)
    attaching.attach(report, paper, attachment_id=random_key(), on=on)
    invitation = accounts.invite(
        organisation,
        email="nieuw@voorbeeld.test",
        role=Role.VOLUNTEER,
        by=people["coordinator"],
        at=clock.now(),
    )
    file = report.attachments.get()
    patient = own_account(organisation, on=on)
    owning.own_report(report, patient, on=on)
    update, told_back = _update(report, volunteer), _update(report, volunteer)
    updating.send_update(told_back.pk, by=volunteer, at=clock.now())
    told_back.refresh_from_db()
    make_imports(organisation, report)
    address = _hear(report, on)
    return World(
        organisation,
        report,
        file,
        draft,
        update,
        told_back,
        address,
        code,
        invitation,
        people,
        patient,
    )


def _hear(report: Report, on: date) -> NotificationAddress:
    hearing.choose_hearing(
        report,
        hearing.Choice(Hearing.EVERY_STEP, Mailbox(ADDRESS, "nl")),
        wording="Wilt u horen wat ermee gebeurt?",
        language="nl",
        on=on,
    )
    return NotificationAddress.objects.get(organisation=report.organisation)


def _update(report: Report, by: Account) -> Update:
    update = updating.begin_update(
        report.organisation, [report.pk], by=by, at=clock.now()
    )
    return updating.keep_update(
        update.pk,
        UpdateWords("De wachttijd is korter geworden."),
        kind=UpdateKind.RESULT,
        wants_public=True,
        by=by,
        at=clock.now(),
    )


def _send(code: str, organisation: Organisation, on: date) -> Report:
    consent = telling.Yes("Verstuur: lees dit en tel het mee", "nl")
    return telling.send_report(
        code, organisation, Telling(TOLD), consent=consent, on=on
    ).report


def url_patterns(
    patterns: list[URLPattern | URLResolver] | None = None, space: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Yield every address that the program answers to, by name."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from url_patterns(pattern.url_patterns, inner)
        else:
            assert pattern.name, f"{pattern} has no name"
            yield f"{space}{pattern.name}", pattern


def url_names() -> list[str]:
    """Return the names of all addresses, in order."""
    return sorted({name for name, _pattern in url_patterns()})


@cache
def argument_names(name: str) -> list[str]:
    """Return what an address takes."""
    found = next(pattern for each, pattern in url_patterns() if each == name)
    return list(found.pattern.converters)


def every_path(pk: int) -> list[str]:
    """Return the path of every page of the program, about one thing."""
    set_script_prefix("/")
    fitting: dict[str, Any] = {"pk": pk, "token": "x", "name": "x"}
    fitting |= A_TERM | OF_A_PAGE | AN_ARGUMENT
    return sorted(
        {
            reverse(name, kwargs={it: fitting[it] for it in argument_names(name)})[1:]
            for name in url_names()
        }
    )
