"""What people fill in about accounts. Checks shape; actions check the rules."""

from __future__ import annotations

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from achterban.core.accounts.models import Account, Role


class NameForm(forms.Form):
    """How colleagues see somebody."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        help_text=_("This is how colleagues see you."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class PasswordForm(forms.Form):
    """A new password, typed once: whoever makes a slip asks for a mailed code."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=200,
        help_text=_(
            "At least twelve characters. Four words in a row are easy to keep."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        """Return a password that is hard enough to guess."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class AcceptForm(NameForm):
    """What a new account needs: a name, and a password for who wants one."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        required=False,
        max_length=200,
        help_text=_(
            "You may leave this empty: each time you log in we mail you a code. "
            "A password has at least twelve characters."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str | None:
        """Return a password that is hard enough to guess, None for no password."""
        password: str = self.cleaned_data["password"]
        if password:
            validate_password(password)
        return password or None


class InviteForm(forms.Form):
    """Who is invited, and for what."""

    email = forms.EmailField(
        label=_("Mail address"),
        max_length=Account._meta.get_field("email").max_length,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.TypedChoiceField(
        label=_("What will they do?"),
        choices=Role.choices,
        coerce=Role,
        widget=forms.RadioSelect,
    )
