"""Decisions, steps of execution and motions, as somebody types them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from achterban.advocate.commitments.models import (
    Adherence,
    Execution,
    Followed,
    Progress,
    Recess,
)
from achterban.advocate.commitments.models.recesses import SeasonChoice
from achterban.core.organisations.forms import LineField

PICKER = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOST_TYPED = 30_000  # of one motion


class AdherenceForm(forms.ModelForm):  # type: ignore[type-arg]
    """A decision, and whether they held to what was agreed."""

    use_required_attribute = False

    decision = LineField(
        label=_("What was decided?"),
        help_text=_("For instance: the new rules for home help."),
        max_length=200,
    )
    followed = forms.ChoiceField(
        label=_("Did they hold to it?"),
        choices=Followed.choices,
        widget=forms.RadioSelect,
    )
    note = LineField(
        label=_("How do you know? (may stay empty)"), max_length=200, required=False
    )

    class Meta:
        model = Adherence
        fields = ["decision", "on", "followed", "note"]
        labels = {"on": _("When was it decided?")}
        widgets = {"on": PICKER}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Know today: nothing was decided in the future."""
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date:
        """Refuse a day that has not come."""
        return _past(self.cleaned_data["on"], self.today)


class ExecutionForm(forms.ModelForm):  # type: ignore[type-arg]
    """One thing that has to be done, and how far it is."""

    use_required_attribute = False

    what = LineField(label=_("What has to be done?"), max_length=300)
    state = forms.ChoiceField(
        label=_("How far is it?"),
        choices=[("", _("not done yet")), *Progress.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    note = LineField(
        label=_("How do you know? (may stay empty)"), max_length=200, required=False
    )

    class Meta:
        model = Execution
        fields = ["what", "due", "state", "ended_on", "note"]
        labels = {
            "due": _("By which day? (may stay empty)"),
            "ended_on": _("Since when is it done, or off? (only then)"),
        }
        widgets = {"due": PICKER, "ended_on": PICKER}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Know today: nothing was done in the future."""
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Ask for the day of what ended; drop that of what did not."""
        given = super().clean() or self.cleaned_data
        if not given.get("state"):
            given["ended_on"] = None
        elif given.get("ended_on") is None and "ended_on" not in self.errors:
            self.add_error("ended_on", _("Choose the day."))
        elif "ended_on" not in self.errors:
            try:
                _past(given["ended_on"], self.today)
            except forms.ValidationError as refusal:
                self.add_error("ended_on", refusal)
        return given


def _past(day: date, today: date) -> date:
    if day > today:
        raise forms.ValidationError(_("That day has not come yet."))
    return day


class MotionsForm(forms.Form):
    """A motion that is pasted, or a list of them to look in."""

    use_required_attribute = False

    text = forms.CharField(
        label=_("Paste the text of one motion"),
        max_length=MOST_TYPED,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    words = LineField(
        label=_("Or which words stand in the ones you want?"),
        help_text=_("All of them. For instance: long covid."),
        max_length=100,
        required=False,
    )


class RecessForm(forms.ModelForm):  # type: ignore[type-arg]
    """Which recess, and its days."""

    use_required_attribute = False

    season = forms.ChoiceField(
        label=_("Which recess?"),
        choices=SeasonChoice.choices,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Recess
        fields = ["season", "first", "last"]
        labels = {
            "first": _("What is its first day?"),
            "last": _("And its last?"),
        }
        widgets = {"first": PICKER, "last": PICKER}

    def clean(self) -> dict[str, Any]:
        """Refuse one that ends before it begins."""
        given = super().clean() or self.cleaned_data
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day comes before the first."))
        return given
