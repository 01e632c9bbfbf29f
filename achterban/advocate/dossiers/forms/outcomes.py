"""What a dossier brought, as somebody types it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from achterban.advocate.dossiers.models import Outcome, Result, Share
from achterban.core.organisations.forms import LineField


class OutcomeForm(forms.ModelForm):  # type: ignore[type-arg]
    """What changed, for whom, by whose doing, and how we know."""

    use_required_attribute = False

    result = forms.ChoiceField(
        label=_("Was it achieved?"),
        choices=Result.choices,
        widget=forms.RadioSelect,
    )
    what = LineField(
        label=_("What came of it, in one sentence?"),
        help_text=_("Who told of it reads this sentence first."),
        max_length=200,
    )
    for_whom = LineField(
        label=_("For whom? (may stay empty)"), max_length=200, required=False
    )
    why = LineField(
        label=_("Why not, or not all? (needed if it was not achieved)"),
        max_length=300,
        required=False,
    )
    evidence = LineField(
        label=_("How do we know? (needed if it was achieved)"),
        help_text=_("For instance: decision of the council, item 4."),
        max_length=200,
        required=False,
    )
    address = forms.URLField(
        label=_("Where does it stand on the web? (may stay empty)"),
        max_length=300,
        required=False,
        assume_scheme="https",
    )
    share = forms.ChoiceField(
        label=_("How much of it is our work?"),
        choices=[("", _("we do not say")), *Share.choices],
        required=False,
    )

    class Meta:
        model = Outcome
        fields = ["result", "what", "for_whom", "why", "on", "evidence", "address"]
        labels = {"on": _("Since when, or when did we hear it?")}
        widgets = {"on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    field_order = (
        *("result", "what", "for_whom", "why", "on", "evidence", "address", "share"),
    )

    def clean(self) -> dict[str, Any]:
        """Ask why not, or how we know."""
        given = super().clean() or self.cleaned_data
        is_not = given.get("result") == Result.NOT
        if is_not and not given.get("why") and "why" not in self.errors:
            self.add_error("why", _("Say why it was not achieved."))
        lacks = given.get("result") and not is_not and not given.get("evidence")
        if lacks and "evidence" not in self.errors:
            self.add_error("evidence", _("Say how we know."))
        return given

    def filled(self) -> Outcome:
        """Return the outcome with all that was filled in."""
        row: Outcome = self.instance
        row.share = self.cleaned_data["share"]
        return row
