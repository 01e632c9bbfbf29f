"""A joint text: what is signed, by whom, and whose names stand below it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace

from achterban.advocate.dossiers.models import Partner
from achterban.advocate.publications.composing import Content, Paper
from achterban.advocate.publications.models import Publication, Signing
from achterban.advocate.publications.rendering.plain import Plain, plain
from achterban.core.organisations.models import Organisation


def text_to_sign(paper: Paper, organisation: Organisation) -> Plain:
    """Return what another organisation reads and signs: the text, never its proof.

    Args:
        paper: as it reads, of a draft or of a version.
        organisation: whose it is.
    """
    return plain(replace(paper, notes=()), organisation)


def reading_to_sign(paper: Paper, organisation: Organisation) -> str:
    """Return by what the text that is signed is known; names below it are no part."""
    bare = replace(paper, stamp=None, cosigners=())
    words = json.dumps(text_to_sign(bare, organisation))
    return hashlib.sha256(words.encode()).hexdigest()


def partners_of(publication: Publication) -> list[Partner]:
    """Return the other organisations in the dossier of a text, by name."""
    if publication.dossier_id is None:
        return []
    own = Partner.objects.standing().filter(
        dossier=publication.dossier_id, organisation=publication.organisation_id
    )
    others = Partner.objects.standing().filter(coalition__in=own.values("coalition"))
    others = others.exclude(organisation=publication.organisation_id)
    return list(others.select_related("organisation").order_by("organisation__name"))


def newcomers_to(publication: Publication) -> list[Partner]:
    """Return who joined since somebody asked to send it, and so did not know them."""
    known = set(publication.asked_circle)
    return [partner for partner in partners_of(publication) if partner.pk not in known]


def hold_partners(publication: Publication) -> None:
    """Let nobody join or leave before the end of the transaction."""
    keys = [partner.pk for partner in partners_of(publication)]
    own = Partner.objects.filter(dossier=publication.dossier_id)
    keys += own.values_list("pk", flat=True) if publication.dossier_id else []
    list(Partner.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def signed(publication: Publication, paper: Paper) -> list[Signing]:
    """Return the signatures that hold for a text as it reads.

    One falls away when the text reads otherwise, and when either organisation left.
    """
    answered = publication.signings.standing().filter(is_signed=True)
    rows = list(answered.select_related("partner__organisation"))
    if not rows:
        return []
    reading = reading_to_sign(paper, publication.organisation)
    there = {partner.pk for partner in partners_of(publication)}
    return [row for row in rows if row.reading == reading and row.partner_id in there]


def with_cosigners(publication: Publication, paper: Paper) -> Paper:
    """Return a paper with the names of who signed it, and of nobody else."""
    names = tuple(str(row.partner) for row in signed(publication, paper))
    return replace(paper, cosigners=names)


def quoted_reports(content: Content, paper: Paper) -> Iterator[int]:
    """Yield the keys of the reports whose words stand in the text itself."""
    in_text = {citation for _claim, citation in content["marks"].values() if citation}
    for note in paper.notes:
        for proof in note.proofs:
            if proof.citation in in_text and proof.report and proof.quoted.words:
                yield proof.report
