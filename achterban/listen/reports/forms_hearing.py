"""What somebody wants to hear, and whether a mail may say that something waits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from achterban.listen.reports.hearing import WANTS, Hearing


class HearForm(forms.Form):
    """How much, and how. The address is never shown again, to nobody."""

    use_required_attribute = False

    hear = forms.ChoiceField(
        label=_("How much?"),
        choices=Hearing.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    address = forms.EmailField(
        label=_("Mail me too"),
        required=False,
        help_text=_("Then you are confidential, not anonymous. Readers never see it."),
        error_messages={"invalid": _("Look at this mail address again.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    remind = forms.BooleanField(label=_("Remind me of a question"), required=False)

    def __init__(self, *args: Any, has_address: bool = False, **kwargs: Any) -> None:
        """Say that an address was left, where one was."""
        super().__init__(*args, **kwargs)
        self.has_address = has_address
        if has_address:
            kept = _("You left an address. Leave this empty and it stays.")
            self.fields["address"].help_text = kept

    def clean(self) -> dict[str, Any]:
        """Return a choice that can be kept: a mail needs something to tell.

        Who leaves an address and ticks nothing answered the question too: every step.
        """
        data: dict[str, Any] = super().clean() or {}
        address = data.get("address")
        if address and "hear" in data:
            data["hear"] = data["hear"] or Hearing.EVERY_STEP.value
        wants = data.get("hear") in WANTS
        if address and not wants:
            self.add_error("hear", _("Choose what we may mail you about."))
        elif data.get("remind") and wants and not (address or self.has_address):
            self.add_error("address", _("To remind you we need a mail address."))
        return data
