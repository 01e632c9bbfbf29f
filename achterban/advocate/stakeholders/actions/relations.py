"""Write down who knows whom, and bring two rows of one person together."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from achterban.advocate.stakeholders.actions.contacts import (
    add_contact,
    contact_of,
    together,
    use,
)
from achterban.advocate.stakeholders.actions.parties import log
from achterban.advocate.stakeholders.models import (
    Contact,
    ContactWords,
    Relation,
    RelationWords,
    Remark,
)
from achterban.core.accounts.models import Account
from achterban.core.vault.actions import destroy_keys


class NoSource(Exception):
    """A relation without a source is a rumour."""


class WithThemselves(Exception):
    """Both are the same person."""


class CannotMerge(Exception):
    """Both stand in one place where only one may."""


@transaction.atomic
def keep_relation(
    relation: Relation, words: RelationWords, *, by: Account, at: datetime
) -> Relation:
    """Store who knows whom, with how we know it.

    Args:
        relation: new or changed, of two contacts of one organisation.
        words: the source.
        by: who wrote it down.
        at: now.

    Raises:
        NoSource: it does not say how we know.
        WithThemselves: both are one.
    """
    if not words.source.strip():
        raise NoSource
    if relation.one_id == relation.other_id:
        raise WithThemselves
    if relation._state.adding:
        relation.noted_on, relation.noted_by = timezone.localdate(at), by
    relation.seal_words(words)
    relation.save()
    use([relation.one_id, relation.other_id], on=timezone.localdate(at))
    log("relation.kept", relation, by=by, at=at)
    return relation


@transaction.atomic
def relate(
    relation: Relation,
    words: RelationWords,
    other: Contact | Account | str,
    *,
    by: Account,
    at: datetime,
) -> Relation:
    """Store a new relation with a contact, one of the team, or somebody new by name.

    Sent twice it is stored once.

    Args:
        relation: with ``one`` set.
        words: the source.
        other: who; a contact is made of an account or a name where there is none.
        by: who wrote it down.
        at: now.

    Raises:
        NoSource: it does not say how we know.
        WithThemselves: both are one.
    """
    organisation = relation.one.organisation
    if isinstance(other, Account):
        other = contact_of(other, organisation, by=by, at=at)
    elif isinstance(other, str):
        other = add_contact(organisation, ContactWords(other), by=by, at=at)
    relation.organisation, relation.other = organisation, other
    alike = Relation.objects.filter(
        one=relation.one, other=other, kind=relation.kind, warmth=relation.warmth
    ).select_related("one__key")
    twin = next((row for row in alike if row.open_words() == words), None)
    return twin or keep_relation(relation, words, by=by, at=at)


@transaction.atomic
def remove_relation(relation: Relation, *, by: Account, at: datetime) -> None:
    """Take a relation away that was a mistake; one that ends, ends."""
    log("relation.removed", relation, by=by, at=at)
    relation.delete()


@transaction.atomic
def merge_contacts(
    kept: Contact, gone: Contact, *, by: Account, at: datetime
) -> Contact:
    """Make one of two contacts that are the same person.

    All that points to ``gone`` points to ``kept`` from here on, in rooms above this
    one too; relations between the two go. The words of both stay, and the longer of the
    names. The key of ``gone`` is destroyed.

    Args:
        kept: who stays.
        gone: who goes up in the other; of the same organisation.
        by: who says that they are one.
        at: now.

    Raises:
        WithThemselves: it is one row.
        Contact.DoesNotExist: one of them was erased meanwhile.
        CannotMerge: both stand in one place of a room above where only one may, or
            both are of the team.
    """
    if kept.pk == gone.pk:
        raise WithThemselves
    rows = Contact.objects.select_related("key", "organisation", "account")
    rows = rows.select_for_update(of=("self",))
    kept, gone = rows.get(pk=kept.pk), rows.get(pk=gone.pk)
    if kept.account_id and gone.account_id:
        raise CannotMerge
    Relation.objects.of(kept).of(gone).delete()
    for relation in Relation.objects.filter(one=gone).select_related("one__key"):
        words = relation.open_words()
        relation.one = kept
        relation.seal_words(words)
        relation.save(update_fields=["one", "sealed"])
    for remark in Remark.objects.filter(contact=gone).select_related("contact__key"):
        said = remark.open_words()
        remark.contact = kept
        remark.seal_words(said)
        remark.save(update_fields=["contact", "sealed"])
    ours, theirs = kept.open_words(), gone.open_words()
    fuller = max(ours.name, theirs.name, key=len)
    kept.seal_words(replace(together(ours, theirs), name=fuller))
    kept.is_ours |= gone.is_ours
    kept.matters |= gone.matters
    account, gone.account = gone.account, None
    gone.save(update_fields=["account"])
    kept.account = kept.account or account
    kept.used_on, kept.named_on = timezone.localdate(at), None
    kept.save()
    _point_at(kept, gone)
    log("contact.merged", kept, by=by, at=at, gone=gone.pk)
    gone.delete()
    destroy_keys([gone.key_id], on=timezone.localdate(at))
    return kept


def _point_at(kept: Contact, gone: Contact) -> None:
    """Let every row that points to one contact point to another."""
    ties = Contact._meta.get_fields(include_hidden=True)  # of a related_name "+" too
    for tie in ties:
        if not isinstance(tie, models.ManyToOneRel):
            continue
        rows = tie.related_model._base_manager.filter(**{tie.field.name: gone})
        try:
            with transaction.atomic():
                rows.update(**{tie.field.name: kept})
        except IntegrityError as error:
            raise CannotMerge from error
