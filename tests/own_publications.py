"""What an organisation of a world writes, and what it sent."""

from __future__ import annotations

from achterban.advocate.commitments.models import Commitment
from achterban.advocate.dossiers.models import Coalition, Dossier, Partner
from achterban.advocate.issues.models import Claim, Issue
from achterban.advocate.publications.actions.sending import freeze
from achterban.advocate.publications.actions.writing import begin_publication
from achterban.advocate.publications.composing import Stamp, content_of, paper_of
from achterban.advocate.publications.joint import reading_to_sign
from achterban.advocate.publications.models import (
    Aim,
    Form,
    Kind,
    Mark,
    PromiseLetter,
    Publication,
    Signing,
    Version,
    Words,
)
from achterban.advocate.publications.queries import draft_of
from achterban.core import clock
from achterban.core.accounts.models import Account
from achterban.core.organisations.models import Organisation

OPEN = (
    "publication",
    "write",
    "keep",
    "facts",
    "drop",
    "ask",
    "draft",
    "send",
    "ask-to-sign",
)
SENT = ("version", "file", "trace")


def make_publications(
    organisation: Organisation, *, by: Account, second: Account
) -> None:
    """Let an organisation write one letter and have sent another."""
    at, on = clock.now(), clock.today()
    issue = Issue.objects.get(organisation=organisation)
    words = Words(text="Hulp komt te laat. [1]")
    for title in ("Hulp die te laat komt", "Hulp die nooit kwam"):
        row = begin_publication(
            organisation, Kind.LETTER, title, [issue], by=by, at=at, words=words
        )
        claim = Claim.objects.get(issue=issue)
        Mark.objects.create(publication=row, n=1, claim=claim)
    speak_of_a_promise(organisation)
    row.year, row.number, row.asked_by, row.asked_on = on.year, 1, by, on
    # No files are laid out: that takes a second, and their content is tested elsewhere.
    files = dict.fromkeys(Form, b"%PDF-")
    content = content_of(row)
    paper = paper_of(content, on=on, stamp=Stamp(row.shown_number, 1, on))
    freeze(row, paper, content, files, by=second, at=at)


def speak_of_a_promise(organisation: Organisation) -> None:
    """Let the letter that is being written be about what was promised."""
    promise = Commitment.objects.get(dossier__organisation=organisation)
    letter = PromiseLetter.objects.create(
        publication=Publication.objects.filter(organisation=organisation)[0],
        party=promise.party,
        aim=Aim.REMIND,
    )
    letter.commitments.add(promise)


def make_joint(
    organisation: Organisation, *, umbrella: Organisation, by: Account
) -> None:
    """Let each of two organisations ask the other to sign: the other way is open."""
    at, on = clock.now(), clock.today()
    whole = Coalition.objects.create(title="Sooner", demand="Call", begun_on=on)
    facts = {"coalition": whole, "asked_by": umbrella, "asked_on": on, "joined_on": on}
    place = Partner.objects.create(organisation=organisation, **facts)
    theirs = Dossier.objects.create(organisation=umbrella, title="Sooner")
    Partner.objects.create(organisation=umbrella, dossier=theirs, **facts)
    text = begin_publication(
        umbrella, Kind.LETTER, "Sooner", [], by=by, at=at, dossier=theirs
    )
    reading = reading_to_sign(draft_of(text, on=on), umbrella)
    Signing.objects.create(
        publication=text,
        partner=place,
        title=text.title,
        reading=reading,
        asked_on=on,
        until=on,
    )
    ours = Partner.objects.standing().get(dossier__organisation=organisation)
    Partner.objects.create(
        coalition=ours.coalition,
        organisation=umbrella,
        asked_by=organisation,
        asked_on=on,
        joined_on=on,
    )
    mine = Publication.objects.filter(organisation=organisation, is_open=True)
    mine.update(dossier=ours.dossier_id)


def own_publications(organisation: Organisation) -> dict[str, int]:
    """Return what each address of the publications is about."""
    ours = Publication.objects.filter(organisation=organisation)
    being_written = ours.get(is_open=True).pk
    promise = Commitment.objects.get(dossier__organisation=organisation)
    sent = Version.objects.get(publication__organisation=organisation)
    issue = Issue.objects.get(organisation=organisation)
    claim = Claim.objects.get(issue=issue)
    return {
        **{f"publications:{name}": being_written for name in OPEN},
        **{f"publications:{name}": sent.pk for name in SENT},
        "publications:sign": Signing.objects.get(partner__organisation=organisation).pk,
        "publications:correct": sent.publication_id,
        "publications:with-dossier": Dossier.objects.get(organisation=organisation).pk,
        "publications:with-issue": issue.pk,
        "publications:with-promise": promise.pk,
        "publications:with-party": promise.party_id,
        "publications:with-claim": claim.pk,
        "publications:sheet": issue.pk,
    }
