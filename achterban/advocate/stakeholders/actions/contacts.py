"""Write down who somebody is and what they do; look, and erase."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from achterban.advocate.stakeholders.actions.parties import (
    SomethingHangs,
    keep_party,
    log,
)
from achterban.advocate.stakeholders.models import Contact, ContactWords, Function
from achterban.advocate.stakeholders.models.parties import pointed_at
from achterban.core.accounts.models import Account
from achterban.core.audit.actions import Act, append
from achterban.core.audit.models import label_of
from achterban.core.organisations.models import Organisation
from achterban.core.outbox.receivers import receiver
from achterban.core.vault.actions import destroy_keys
from achterban.core.vault.models import DataKey


@transaction.atomic
def add_contact(
    organisation: Organisation,
    words: ContactWords,
    *,
    is_ours: bool = False,
    matters: bool = False,
    account: Account | None = None,
    function: Function | None = None,
    by: Account,
    at: datetime,
) -> Contact:
    """Store who somebody is under a data key of their own.

    Whether it is somebody we know already was asked before (``queries.namesakes``).

    Args:
        organisation: who gets to know them.
        words: name and how to reach them.
        is_ours: whether this is one of us.
        matters: whether we want to know them.
        account: of one of us who works with this program.
        function: what they do, where that is known.
        by: who wrote it down.
        at: now.
    """
    contact = Contact(
        organisation=organisation,
        key=DataKey.fresh(),
        account=account,
        is_ours=is_ours,
        matters=matters,
        added_on=timezone.localdate(at),
        used_on=timezone.localdate(at),
        added_by=by,
    )
    contact.seal_words(words)
    contact.key.save(force_insert=True)
    contact.save(force_insert=True)
    log("contact.added", contact, by=by, at=at)
    if function is not None:
        function.contact = contact
        keep_function(function, by=by, at=at)
    return contact


@transaction.atomic
def change_contact(
    contact: Contact,
    words: ContactWords,
    *,
    is_ours: bool,
    matters: bool,
    by: Account,
    at: datetime,
) -> Contact:
    """Store who somebody is, as it was written anew."""
    contact.seal_words(words)
    contact.is_ours, contact.matters = is_ours, matters
    contact.save(update_fields=["sealed", "tokens", "is_ours", "matters"])
    use([contact.pk], on=timezone.localdate(at))
    log("contact.changed", contact, by=by, at=at)
    return contact


@transaction.atomic
def add_to_contact(
    contact: Contact,
    words: ContactWords,
    *,
    function: Function | None,
    by: Account,
    at: datetime,
) -> Contact:
    """Put what was written anew about somebody with what we knew.

    What was known stays; what was empty is filled, and a new note comes below the old.

    Args:
        contact: who is meant.
        words: as they were typed for somebody of this name.
        function: what they do, where that was typed.
        by: who wrote it down.
        at: now.
    """
    known = contact.open_words()
    contact.seal_words(together(known, words))
    contact.save(update_fields=["sealed", "tokens"])
    use([contact.pk], on=timezone.localdate(at))
    log("contact.changed", contact, by=by, at=at)
    if function is not None:
        function.contact = contact
        keep_function(function, by=by, at=at)
    return contact


def use(contacts: Iterable[int], *, on: date) -> None:
    """Remember that contacts were used on a day: the term begins anew.

    Args:
        contacts: their keys.
        on: the day; a later one that is known stays.
    """
    rows = Contact.objects.filter(pk__in=list(contacts), used_on__lte=on)
    rows.update(used_on=on, named_on=None)


def together(known: ContactWords, more: ContactWords) -> ContactWords:
    """Return what is known of somebody, with what more was written; nothing is lost."""
    extra = [
        value
        for mine, value in ((known.mail, more.mail), (known.phone, more.phone))
        if mine and value and mine != value
    ]
    notes = dict.fromkeys(filter(None, [known.note, more.note, *extra]))
    return ContactWords(
        known.name,
        mail=known.mail or more.mail,
        phone=known.phone or more.phone,
        note="\n\n".join(notes),
    )


@transaction.atomic
def contact_of(
    account: Account, organisation: Organisation, *, by: Account, at: datetime
) -> Contact:
    """Return the contact that one of the team is, made the first time."""
    known = Contact.objects.filter(organisation=organisation, account=account).first()
    return known or add_contact(
        organisation,
        ContactWords(str(account)),
        is_ours=True,
        account=account,
        by=by,
        at=at,
    )


def opened(
    contacts: Iterable[Contact],
    *,
    by: Account,
    organisation: Organisation,
    at: datetime,
) -> dict[int, ContactWords]:
    """Return who some contacts are, by key; each look is in the log before it is shown.

    Args:
        contacts: of this organisation, with ``key`` and ``account`` selected.
        by: who looks.
        organisation: for whom.
        at: now.
    """
    once = {contact.pk: contact for contact in contacts}
    if once:
        append(
            *(
                Act(
                    "stakeholders.contact.read",
                    label_of(contact),
                    by.pk,
                    organisation.pk,
                    at,
                    {},
                )
                for contact in once.values()
            )
        )
    return {pk: words_of(contact) for pk, contact in once.items()}


def words_of(contact: Contact) -> ContactWords:
    """Return who a contact is; of one of the team the name is that of the account."""
    words = contact.open_words()
    return replace(words, name=str(contact.account)) if contact.account else words


@transaction.atomic
def keep_function(function: Function, *, by: Account, at: datetime) -> Function:
    """Store what somebody does, or did, at a party; a new party comes with it.

    Sent twice it is stored once.
    """
    if function.party._state.adding:
        function.party = keep_party(function.party, by=by, at=at)
    elif function._state.adding and (twin := _twin(function)):
        return twin
    function.save()
    if function.contact_id:
        use([function.contact_id], on=timezone.localdate(at))
    log("function.kept", function.party, by=by, at=at, function=function.pk)
    return function


def _twin(function: Function) -> Function | None:
    return Function.objects.filter(
        contact=function.contact,
        party=function.party,
        title=function.title,
        from_on=function.from_on,
        until_on=function.until_on,
    ).first()


@transaction.atomic
def remove_function(function: Function, *, by: Account, at: datetime) -> None:
    """Take away a function that was written down by mistake; one that ends, ends.

    Raises:
        SomethingHangs: a dossier speaks of it.
    """
    if Function.objects.filter(pointed_at(Function), pk=function.pk).exists():
        raise SomethingHangs
    log("function.removed", function.party, by=by, at=at, function=function.pk)
    function.delete()


@transaction.atomic
def erase_contact(contact: Contact, *, by: Account, at: datetime) -> None:
    """Destroy the key of somebody and remove the row, for good.

    What somebody did at a party stays without their name. All else of them goes.
    """
    log("contact.erased", contact, by=by, at=at)
    erase_rows([contact.key_id])
    destroy_keys([contact.key_id], on=timezone.localdate(at))


def erase_rows(key_ids: Collection[int]) -> None:
    """Remove the rows of contacts with these keys."""
    Contact.objects.filter(key_id__in=key_ids).delete()


@receiver("vault.destroyed")
def remove_contact(payload: dict[str, int], row_id: int) -> None:
    """Remove the rows of somebody whose key was destroyed, after a restore too."""
    erase_rows([payload["key"]])
