"""What allauth asks of us: where to go, whom to slow down, and which letters leave."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import timedelta
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.translation import gettext as _

from achterban.core.accounts.access import signed_in_lately
from achterban.core.clock import now, today
from achterban.core.organisations.mail import queue_letters, write_letter
from achterban.core.organisations.models import Organisation
from achterban.core.vault.actions import named_key
from achterban.core.web.peers import PeerLimit, peer_of

LETTERS = {
    "account/email/login_code": "accounts/mail/login_code.txt",
    "account/email/unknown_account": "accounts/mail/login_code.txt",
}
NOBODY = {"account/email/unknown_account"}
CONTEXT = "accounts.second_factor"

# Passwords tried; a mailed code or a passkey always remains.
password_limit = PeerLimit(burst=20, per_minute=10)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    """Log-in without sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: accounts come from invitations."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return a name for the peer that means nothing outside this process."""
        return peer_of(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return the Werkplek of the organisation that somebody belongs to."""
        here: Organisation | None = getattr(request, "organisation", None)
        theirs = Organisation.objects.filter(memberships__account=request.user.pk)
        if here is not None and theirs.filter(pk=here.pk).exists():
            return f"{get_script_prefix()}werk/"
        organisation = theirs.first()
        return f"/o/{organisation.slug}/werk/" if organisation else get_script_prefix()

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Return the first page of the organisation."""
        return get_script_prefix()

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Slow a peer that tries passwords; never an address or an organisation."""
        if password_limit.take(peer_of(request)):
            raise self.validation_error("too_many_login_attempts")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Return whether a factor must be given again."""
        return not signed_in_lately(self.request)

    def get_reauthentication_methods(
        self, user: AbstractBaseUser | AnonymousUser
    ) -> list[dict[str, Any]]:
        """Return the second factors, the passkey first; else the password."""
        names = {
            "reauthenticate": _("Use your password"),
            "mfa_reauthenticate": _("Use a code"),
            "mfa_reauthenticate:webauthn": _("Use your passkey"),
        }
        methods = super().get_reauthentication_methods(user)
        for method in methods:
            method["description"] = names[method["id"]]
        second = [row for row in methods if row["id"] != "reauthenticate"]
        return second[::-1] or methods

    def add_message(
        self, request: HttpRequest, level: int, *args: Any, **kwargs: Any
    ) -> None:
        """Pass on what went wrong; what went well, the next page shows itself."""
        if kwargs.get("message"):
            super().add_message(request, level, *args, **kwargs)

    def send_mail(self, template_prefix: str, email: str, context: Any) -> None:
        """Queue a letter; to an unknown address one that goes nowhere.

        That one takes as long. Everything but a code becomes "something changed": a
        mail holds no content.
        """
        template = LETTERS.get(template_prefix, "accounts/mail/login_changed.txt")
        if template_prefix in NOBODY:
            email, context = "", {"code": self.generate_login_code()}
        organisation = getattr(self.request, "organisation", None)
        code = {"code": context.get("code")}
        letter = write_letter(email, template, code, organisation)
        if code["code"]:
            last = now() + timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
            letter = replace(letter, until=last.isoformat())
        queue_letters(letter, on=today())


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth has no types
    """Second factors: sealed, and neutral on somebody's telephone."""

    def encrypt(self, text: str) -> str:
        """Return a secret, sealed."""
        sealed = named_key("second-factor").seal(text, context=CONTEXT)
        return base64.b64encode(sealed).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret that ``encrypt`` put away."""
        sealed = base64.b64decode(encrypted_text)
        secret: str = named_key("second-factor").unseal(sealed, context=CONTEXT)
        return secret

    def get_totp_issuer(self) -> str:
        """Return a name that tells nobody which organisation this is."""
        return self._get_site_name()

    def build_totp_svg(self, url: str) -> str:
        """Return the square to scan: dark on light in every mode, no inline style."""
        svg: str = segno.make(url).svg_inline(scale=5, border=4, light="#fff")
        return svg

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:  # noqa: A002 - allauth's word
        """Return a name for a new passkey."""
        return _("My passkey")

    def _get_site_name(self) -> str:
        organisation = getattr(allauth_context.request, "organisation", None)
        return organisation.mail_name if organisation else "Achterban"
