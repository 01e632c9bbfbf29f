"""Who works here."""

from __future__ import annotations

from dataclasses import dataclass, field

from allauth.mfa.models import Authenticator

from achterban.core.accounts.models import Account, Membership
from achterban.core.organisations.models import Organisation


@dataclass
class TeamMember:
    """Somebody of the team.

    Attributes:
        account: who.
        has_second_factor: whether they have enrolled one.
        memberships: what they do.
    """

    account: Account
    has_second_factor: bool
    memberships: list[Membership] = field(default_factory=list)


def team(by: Account, organisation: Organisation) -> list[TeamMember]:
    """Return the team of an organisation for someone who belongs to it, by name."""
    memberships = (
        Membership.objects.visible_to(by, organisation)
        .select_related("account")
        .order_by("account__name", "account__email", "role")
    )
    enrolled = set(
        Authenticator.objects.filter(user__memberships__in=memberships)
        .exclude(type=Authenticator.Type.RECOVERY_CODES)
        .values_list("user_id", flat=True)
    )
    members: dict[int, TeamMember] = {}
    for membership in memberships:
        account = membership.account
        member = TeamMember(account, account.pk in enrolled)
        members.setdefault(account.pk, member).memberships.append(membership)
    return list(members.values())
