"""What may come in with an update."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from achterban.listen.reports.forms import WordsField
from achterban.listen.reports.hearing import UpdateKind

MOST_IN_LEAD, MOST_IN_REST = 200, 20_000


class UpdateForm(forms.Form):
    """One sentence first, then the rest."""

    use_required_attribute = False

    kind = forms.ChoiceField(label=_("What is it?"), choices=UpdateKind.choices)
    lead = WordsField(
        label=_("One sentence that says it"),
        help_text=_("Who has little energy reads only this."),
        max_length=MOST_IN_LEAD,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    rest = WordsField(
        label=_("The rest, for who wants to know more"),
        max_length=MOST_IN_REST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 9}),
    )
    wants_public = forms.BooleanField(
        label=_("Also on the public page, after a second person looked"),
        required=False,
    )

    def clean_kind(self) -> UpdateKind:
        """Return the kind."""
        return UpdateKind(self.cleaned_data["kind"])
