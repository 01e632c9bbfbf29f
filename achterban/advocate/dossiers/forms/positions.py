"""Where somebody stands, as somebody types it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from achterban.advocate.dossiers.actions.positions import Standing
from achterban.advocate.dossiers.models import EstimateWords, Much, Stance
from achterban.core.organisations.forms import LineField


class PartyForm(forms.Form):
    """Which party is meant, by a part of its name."""

    use_required_attribute = False

    naam = forms.CharField(
        label=_("Which party is it?"),
        help_text=_("A part of the name will do."),
        max_length=160,
    )


class StandingForm(forms.Form):
    """How much somebody decides, cares, and on which side."""

    use_required_attribute = False

    power = forms.TypedChoiceField(
        label=_("How much do they decide?"),
        choices=Much.choices,
        coerce=int,
        widget=forms.RadioSelect,
    )
    interest = forms.TypedChoiceField(
        label=_("How much do they care?"),
        choices=Much.choices,
        coerce=int,
        widget=forms.RadioSelect,
    )
    stance = forms.ChoiceField(
        label=_("On which side are they?"),
        choices=Stance.choices,
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label=_("Why do you think so? (may stay empty)"),
        help_text=_("Colleagues read it, nobody else. Write what you would say aloud."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    source = LineField(
        label=_("How do you know? (may stay empty)"), max_length=200, required=False
    )

    def standing(self) -> Standing:
        """Return what was filled in."""
        given = dict(self.cleaned_data)
        words = EstimateWords(given["why"], given["source"])
        return Standing(given["power"], given["interest"], given["stance"], words)


class NewPositionForm(StandingForm):
    """The same, of the party or of somebody there."""

    field_order = ["who", "power", "interest", "stance", "why", "source"]

    def __init__(self, *args: Any, known: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the party and who works there."""
        super().__init__(*args, **kwargs)
        self.fields["who"] = forms.ChoiceField(
            label=_("Who is it about?"), choices=known, widget=forms.RadioSelect
        )
        self.order_fields(self.field_order)
