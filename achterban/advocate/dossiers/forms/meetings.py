"""A talk, its agenda and what came of it, as somebody types it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from achterban.advocate.dossiers.models import (
    Dossier,
    Meeting,
    MeetingState,
    Point,
    Rank,
)
from achterban.advocate.dossiers.queries.people import colleagues_of
from achterban.core.accounts.models import Account
from achterban.core.organisations.forms import LineField

LAST = date(2999, 12, 31)  # else a talk ends after the last day there is
UNKNOWN = ("", _("we do not know yet"))


class MeetingForm(forms.ModelForm):  # type: ignore[type-arg]
    """When, where, about what, and who of us comes."""

    use_required_attribute = False

    title = LineField(label=_("What is it about, in a few words?"), max_length=90)
    day = forms.DateField(
        label=_("On which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MaxValueValidator(LAST, _("No calendar knows this year."))],
    )
    time = forms.TimeField(
        label=_("At what time?"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    place = LineField(
        label=_("Where or how? (may stay empty)"),
        help_text=_("For instance: town hall, by video, by telephone."),
        max_length=140,
        required=False,
    )
    promised = forms.ChoiceField(
        label=_("Who did they promise would come?"),
        choices=[UNKNOWN, *Rank.choices],
        required=False,
    )

    class Meta:
        model = Meeting
        fields = ["title", "n_minutes", "place", "promised"]
        labels = {"n_minutes": _("How many minutes?")}

    field_order = [
        "title",
        "day",
        "time",
        "n_minutes",
        "place",
        "promised",
        "ours",
        "about",
    ]

    def __init__(
        self,
        *args: Any,
        may_be_about: list[Dossier],
        about: list[Dossier],
        **kwargs: Any,
    ) -> None:
        """Offer colleagues and dossiers, and what was chosen before."""
        super().__init__(*args, **kwargs)
        row = self.instance
        self.fields["ours"] = forms.ModelMultipleChoiceField(
            label=_("Who of us comes?"),
            queryset=colleagues_of(row.organisation),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self._dossiers = {str(each.pk): each for each in [*about, *may_be_about]}
        self.fields["about"] = forms.MultipleChoiceField(
            label=_("About which dossiers is it?"),
            choices=[
                (key, f"{each}, {each.place}" if each.place else str(each))
                for key, each in self._dossiers.items()
            ],
            widget=forms.CheckboxSelectMultiple,
        )
        self.initial.setdefault("about", [str(each.pk) for each in about])
        if not row._state.adding:
            begins = timezone.localtime(row.starts_at)
            self.initial.setdefault("day", begins.date())
            self.initial.setdefault("time", begins.time())
            go = row.delegates.values_list("account", flat=True)
            self.initial.setdefault("ours", list(go))
        self.order_fields(self.field_order)

    def filled(self) -> Meeting:
        """Return the talk with all that was filled in."""
        row: Meeting = self.instance
        begins = datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"])
        row.starts_at = timezone.make_aware(begins)
        return row

    @property
    def dossiers(self) -> list[Dossier]:
        """Return what it is about."""
        return [self._dossiers[key] for key in self.cleaned_data["about"]]

    @property
    def ours(self) -> list[Account]:
        """Return who of us comes."""
        return list(self.cleaned_data["ours"])


class AttendeeForm(forms.Form):
    """Who comes of a party."""

    use_required_attribute = False

    def __init__(self, *args: Any, known: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer who works there."""
        super().__init__(*args, **kwargs)
        self.fields["who"] = forms.MultipleChoiceField(
            label=_("Who comes?"),
            help_text=_("Choose nobody where you do not know who it will be."),
            choices=known,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )


class HowForm(forms.Form):
    """Whether it was held, at which level, and our notes."""

    use_required_attribute = False

    state = forms.ChoiceField(
        label=_("Was it held?"), choices=MeetingState.choices, widget=forms.RadioSelect
    )
    held = forms.ChoiceField(
        label=_("Who was the highest that came?"),
        choices=[UNKNOWN, *Rank.choices],
        required=False,
    )
    notes = forms.CharField(
        label=_("What do colleagues have to know? (may stay empty)"),
        help_text=_("It is kept sealed, and stands in no report of the meeting."),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class PointForm(forms.ModelForm):  # type: ignore[type-arg]
    """A point with what was said of it."""

    use_required_attribute = False

    title = LineField(label=_("What is it about, in one sentence?"), max_length=140)

    class Meta:
        model = Point
        fields = ["title", "asked", "answered", "decided"]
        labels = {
            "asked": _("What do we ask? (may stay empty)"),
            "answered": _("What was the answer? (may stay empty)"),
            "decided": _("What was decided? (may stay empty)"),
        }
        widgets = dict.fromkeys(
            ["asked", "answered", "decided"], forms.Textarea(attrs={"rows": 3})
        )


class FeedForm(forms.Form):
    """What may stand in the diary outside."""

    shows_parties = forms.BooleanField(
        label=_("Show with which party a talk is."),
        help_text=_("Without this it says only: Meeting."),
        required=False,
    )
