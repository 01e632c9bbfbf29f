"""Who comes in, who leaves, and what they may do."""

from __future__ import annotations

from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.core.signing import BadSignature, Signer
from django.db import models, transaction
from django.utils.timezone import localdate

from achterban.core.accounts.models import Account, Invitation, Membership, Role
from achterban.core.accounts.permissions import roles_that_may
from achterban.core.audit.actions import record
from achterban.core.organisations.mail import address_of, queue_letters, write_letter
from achterban.core.organisations.models import Organisation

SALT = "accounts.invitation"
FIRST_ROLES = (Role.ADMINISTRATOR, Role.COORDINATOR)


class OwnAddress(Exception):
    """Nobody gives a role to themselves."""


class HasRole(Exception):
    """Whoever has this address has the role already, or an open invitation to it."""


class NotValid(Exception):
    """The invitation was used, withdrawn, has expired, or never was."""


class OtherAccount(Exception):
    """The address has an account, and somebody else or nobody is logged in."""


class LastManager(Exception):
    """Nobody would be left who manages accounts."""


class OwnFactor(Exception):
    """Another manager must do it: else a stolen session could."""


class HasManager(Exception):
    """Somebody manages accounts there already; they can invite."""


@transaction.atomic
def invite(
    organisation: Organisation, *, email: str, role: Role, by: Account, at: datetime
) -> Invitation:
    """Invite an address to a role, and queue the letter with the link.

    The others who manage accounts hear that something changed, so that nobody brings
    in a second self unseen.

    Args:
        organisation: for whom.
        email: the address; the link in the letter proves that it is theirs.
        role: what they will do.
        by: who invites. Permission is checked by the caller.
        at: now; the invitation is valid for seven days.

    Raises:
        OwnAddress: the address is that of ``by``.
        HasRole: whoever has it has the role, or an open invitation to it.
    """
    email = email.strip().lower()
    on = localdate(at)
    _lock(organisation)
    if email == by.email:
        raise OwnAddress
    has_role = organisation.memberships.filter(account__email=email, role=role)
    invited = Invitation.objects.open(on=on).filter(
        organisation=organisation, email=email, role=role
    )
    if has_role.exists() or invited.exists():
        raise HasRole
    invitation = _new_invitation(organisation, email, role, by.pk, at)
    link = {"link": link_of(invitation)}
    letter = write_letter(email, "accounts/mail/invitation.txt", link, organisation)
    queue_letters(letter, on=on)
    _tell_managers(organisation, on=on, but=by)
    return invitation


def link_of(invitation: Invitation) -> str:
    """Return the address in the letter.

    It names the installation and not the organisation, whose short name or host may
    name an illness; the page itself goes on to the organisation.
    """
    return address_of("invitation", None, token_of(invitation))


def token_of(invitation: Invitation) -> str:
    """Return the signed id and nonce of an invitation."""
    return Signer(salt=SALT).sign_object([invitation.pk, invitation.nonce])


def find_invitation(token: str, *, on: date) -> Invitation:
    """Return the open invitation that a link speaks of.

    Raises:
        NotValid: it was used, withdrawn, has expired, or never was.
    """
    try:
        pk, nonce = Signer(salt=SALT).unsign_object(token)
    except (BadSignature, ValueError) as error:
        raise NotValid from error
    found = (
        Invitation.objects.open(on=on)
        .select_related("organisation")
        .filter(pk=pk, nonce=nonce)
        .first()
    )
    if found is None:
        raise NotValid
    return found


@transaction.atomic
def accept_invitation(
    token: str, *, name: str, password: str | None, by: Account | None, at: datetime
) -> Account:
    """Accept an invitation, and every other open one to the same address there.

    Args:
        token: from the link in the letter.
        name: of a new account.
        password: of a new account; None to log in by mailed code.
        by: who is logged in, None for nobody.
        at: now.

    Raises:
        NotValid: the link is worth nothing, or was used a moment ago.
        OtherAccount: the address has an account, and ``by`` is not it; or ``by`` has
            another address than the invited one.
    """
    on = localdate(at)
    invitation = find_invitation(token, on=on)
    organisation = _lock(invitation.organisation)
    invitation = find_invitation(token, on=on)  # it may have been used meanwhile
    account = Account.objects.filter(email=invitation.email).first()
    if by != account:
        raise OtherAccount
    if account is None:
        account = Account.objects.create_user(invitation.email, password, name=name)
    for one in Invitation.objects.open(on=on).together_with(invitation):
        _take_up(one, account, at)
    _tell_managers(organisation, on=on, but=account)
    return account


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Account, at: datetime) -> None:
    """Make the link of an invitation worthless: the row goes.

    Permission is checked by the caller, through ``Invitation.objects.visible_to(by)``.
    """
    organisation = invitation.organisation_id
    _record("accounts.invitation.withdrawn", invitation, by.pk, organisation, at)
    invitation.delete()


@transaction.atomic
def remove_membership(membership: Membership, *, by: Account, at: datetime) -> None:
    """Take a role from somebody, and end their sessions at once.

    Permission is checked by the caller, through ``Membership.objects.visible_to(by)``.

    Raises:
        LastManager: nobody would be left who manages accounts.
    """
    organisation = _lock(membership.organisation)
    if not _managing(organisation).exclude(pk=membership.pk).exists():
        raise LastManager
    account = membership.account
    _record(
        "accounts.membership.removed",
        account,
        by.pk,
        organisation.pk,
        at,
        role=membership.role,
    )
    membership.delete()
    _end_sessions(account)
    if not account.memberships.exists():
        account.delete()  # the log keeps the number; nobody else needs the name


@transaction.atomic
def reset_second_factor(
    account: Account, *, by: Account | None, at: datetime, responsible: int = 0
) -> None:
    """Take away all second factors of somebody who lost them, recovery codes too.

    No back door: the person must log in with the first factor and enrol again before
    seeing anything, and hears of it by letter, as does everybody who manages accounts
    where they work.

    Args:
        account: whose.
        by: another manager, with a fresh sign-in (checked by the caller); None for
            the command on the server.
        at: now.
        responsible: organisation id for the log, 0 for the installation.

    Raises:
        OwnFactor: ``by`` is the account itself.
    """
    if by == account:
        raise OwnFactor
    Authenticator.objects.filter(user_id=account.pk).delete()
    _end_sessions(account)
    _record("accounts.factor.reset", account, by.pk if by else 0, responsible, at)
    on = localdate(at)
    _tell_account(account, on=on)
    for organisation in Organisation.objects.filter(
        memberships__account=account
    ).distinct():
        _tell_managers(organisation, on=on, but=account)


@transaction.atomic
def first_administrator(
    organisation_name: str,
    *,
    slug: str,
    host: str | None,
    email: str,
    at: datetime,
) -> str:
    """Make an organisation where it is not there yet; return the link for its first.

    Whoever comes first both runs the place and coordinates: two invitations, which
    the one link takes up together. Run again, earlier links are worth nothing.

    Raises:
        HasManager: somebody manages accounts there already.
    """
    organisation, _made = Organisation.objects.get_or_create(
        slug=slug, defaults={"name": organisation_name, "host": host}
    )
    _lock(organisation)
    if _managing(organisation).exists():
        raise HasManager
    Invitation.objects.filter(organisation=organisation, accepted_on=None).delete()
    email = email.strip().lower()
    made = [_new_invitation(organisation, email, role, 0, at) for role in FIRST_ROLES]
    return link_of(made[0])


@transaction.atomic
def rename(account: Account, *, name: str, at: datetime) -> None:
    """Let somebody choose how colleagues see them."""
    account.name = name
    account.save(update_fields=["name"])
    _record("accounts.account.renamed", account, account.pk, 0, at)


@transaction.atomic
def change_password(account: Account, *, password: str, at: datetime) -> None:
    """Set a password; every other session of this account ends, and a letter leaves.

    The caller saw a fresh sign-in, so that the old password is not asked: whoever
    forgot it logs in by mailed code and sets a new one.
    """
    account.set_password(password)
    account.save(update_fields=["password"])
    _record("accounts.password.changed", account, account.pk, 0, at)
    _tell_account(account, on=localdate(at))


def _lock(organisation: Organisation) -> Organisation:
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def _managing(organisation: Organisation) -> models.QuerySet[Membership]:
    return Membership.objects.filter(
        organisation=organisation,
        account__is_active=True,
        role__in=roles_that_may("accounts.manage"),
    )


def _new_invitation(
    organisation: Organisation, email: str, role: Role, by: int, at: datetime
) -> Invitation:
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        role=role,
        expires_on=Invitation.expiry(localdate(at)),
    )
    made = "accounts.invitation.made"
    _record(made, invitation, by, organisation.pk, at, role=str(role))
    return invitation


def _take_up(invitation: Invitation, account: Account, at: datetime) -> None:
    organisation, role = invitation.organisation_id, invitation.role
    Membership.objects.get_or_create(
        account=account, organisation_id=organisation, role=role
    )
    invitation.accepted_on = localdate(at)
    invitation.save(update_fields=["accepted_on"])
    accepted = "accounts.invitation.accepted"
    _record(accepted, invitation, account.pk, organisation, at, role=role)


def _end_sessions(account: Account) -> None:
    account.session_round = models.F("session_round") + 1
    account.save(update_fields=["session_round"])
    account.refresh_from_db()


def _tell_account(account: Account, *, on: date) -> None:
    template = "accounts/mail/login_changed.txt"
    queue_letters(write_letter(account.email, template, {}, None), on=on)


def _tell_managers(organisation: Organisation, *, on: date, but: Account) -> None:
    managers = _managing(organisation).exclude(account=but)
    queue_letters(
        *(
            write_letter(email, "accounts/mail/team_changed.txt", {}, organisation)
            for email in managers.values_list("account__email", flat=True).distinct()
        ),
        on=on,
    )


def _record(
    kind: str,
    thing: models.Model,
    by: int,
    responsible: int,
    at: datetime,
    **facts: str,
) -> None:
    record(kind, thing, by=by, responsible=responsible, at=at, **facts)
