"""What an organisation says about itself."""

from __future__ import annotations

from django import forms

from achterban.core.organisations.models import Organisation


class DetailsForm(forms.ModelForm):  # type: ignore[type-arg]
    """The facts on the public pages and in the privacy statement."""

    use_required_attribute = False

    class Meta:
        model = Organisation
        fields = [
            "name",
            "controller",
            "email",
            "phone",
            "phone_hours",
            "address",
            "readers",
            "mail_name",
        ]
