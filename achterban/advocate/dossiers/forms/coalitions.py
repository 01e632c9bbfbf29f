"""Whom to ask, and with which dossier to join."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from achterban.advocate.dossiers.models import Dossier


class AskForm(forms.Form):
    """Which organisation."""

    use_required_attribute = False

    other = forms.CharField(
        label=_("Short name of the other organisation"),
        help_text=_("As in its address, after /o/."),
        max_length=50,
    )


class JoinForm(forms.Form):
    """With which dossier of one's own."""

    use_required_attribute = False

    def __init__(self, *args: Any, dossiers: QuerySet[Dossier], **kwargs: Any) -> None:
        """Offer the dossiers that belong to no coalition."""
        super().__init__(*args, **kwargs)
        self.fields["dossier"] = forms.ModelChoiceField(
            label=_("With which dossier of yours?"),
            queryset=dossiers,
            required=False,
            empty_label=_("a new dossier"),
        )
