"""Accounts of volunteers and staff, their roles, and invitations."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from achterban.core.database.fields import RandomKey
from achterban.core.organisations.models import Organisation

INVITATION_DAYS = 7


def new_nonce() -> str:
    """Return what makes the link of one invitation unlike any other, 32 characters."""
    return secrets.token_hex(16)


class Role(models.TextChoices):
    """What somebody does for an organisation."""

    VOLUNTEER = "volunteer", _("Volunteer")
    ADVOCATE = "advocate", _("Advocate")
    COORDINATOR = "coordinator", _("Coordinator")
    ADMINISTRATOR = "administrator", _("Administrator")


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts."""

    def create_user(self, email: str, password: str | None = None, **rest: Any) -> Any:
        """Return a saved account; without a password it logs in by mailed code."""
        account = self.model(email=email.strip().lower(), **rest)
        account.set_password(password)
        account.save()
        return account


class Account(AbstractBaseUser):
    """Someone who may log in. What they may see, their roles say."""

    id = RandomKey()
    email = models.EmailField(_("mail address"), unique=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    is_active = models.BooleanField(default=True)
    session_round = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "email"
    objects = AccountManager()

    class Privacy:
        """Volunteers are often ill themselves."""

        personal = frozenset({"email", "name", "password"})
        neutral = frozenset({"id", "is_active", "last_login", "session_round"})

    def __str__(self) -> str:
        return self.name or self.email

    def has_perm(self, permission: str, organisation: Organisation | None) -> bool:
        """Return whether a role of this account allows a verb (``reports.read``)."""
        from achterban.core.accounts.permissions import roles_that_may

        return (
            self.is_active
            and organisation is not None
            and self.memberships.filter(
                organisation=organisation, role__in=roles_that_may(permission)
            ).exists()
        )

    def get_session_auth_hash(self) -> str:
        """Return what a session must match: a new round ends every session at once."""
        salt = "achterban.core.accounts.session"
        return salted_hmac(
            salt, f"{self.password}:{self.session_round}", algorithm="sha256"
        ).hexdigest()


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Who does what for whom."""

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return the team of an organisation for someone who belongs to it."""
        return self.filter(
            organisation=organisation, organisation__memberships__account=account
        ).distinct()


class Membership(models.Model):
    """A role of an account in an organisation; one account may have several."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)

    objects = MembershipQuerySet.as_manager()

    class Privacy:
        """That someone works for an organisation tells about them."""

        personal = frozenset({"account", "role"})
        neutral = frozenset({"id", "organisation"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "organisation", "role"], name="membership_once"
            ),
            models.CheckConstraint(
                name="membership_known_role", condition=Q(role__in=Role.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.get_role_display()}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Which invitations."""

    def open(self, *, on: date) -> Self:
        """Return what can still be accepted."""
        return self.filter(accepted_on=None, expires_on__gte=on)

    def together_with(self, invitation: Invitation) -> Self:
        """Return those to the same address in the same organisation."""
        return self.filter(
            organisation=invitation.organisation_id, email=invitation.email
        )

    def visible_to(self, account: Account, organisation: Organisation) -> Self:
        """Return the invitations of an organisation for someone who belongs to it."""
        return self.filter(
            organisation=organisation, organisation__memberships__account=account
        ).distinct()


class Invitation(models.Model):
    """An invitation to a role: the link in the letter carries a signed id and nonce."""

    id = RandomKey()
    organisation = models.ForeignKey(Organisation, models.CASCADE)
    email = models.EmailField(_("mail address"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    nonce = models.CharField(max_length=32, default=new_nonce, editable=False)
    expires_on = models.DateField(editable=False)
    accepted_on = models.DateField(null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Privacy:
        """Somebody's address."""

        personal = frozenset({"email"})
        neutral = frozenset(
            {"id", "organisation", "role", "nonce", "expires_on", "accepted_on"}
        )

    def __str__(self) -> str:
        return f"{self.email}: {self.get_role_display()}"

    @staticmethod
    def expiry(on: date) -> date:
        """Return the last day of an invitation made today."""
        return on + timedelta(days=INVITATION_DAYS)
