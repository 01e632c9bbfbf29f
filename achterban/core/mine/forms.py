"""What may come in through the doors of Mijn."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from achterban.core.mine.actions import clean_address


class AddressForm(forms.Form):
    """Where the link goes."""

    use_required_attribute = False  # our own words, in the language of the page

    email = forms.EmailField(
        label=_("Your mail address"),
        max_length=254,
        error_messages={
            "required": _("Type your mail address."),
            "invalid": _("This is not a whole mail address. Please look once more."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_email(self) -> str:
        """Return the address in one spelling."""
        return clean_address(self.cleaned_data["email"])


class LogInCodeForm(forms.Form):
    """The code of a letter, typed or pasted where the link does not work."""

    code = forms.CharField(
        label=_("The code from the mail"),
        required=False,
        max_length=200,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "code-field",
            }
        ),
    )
