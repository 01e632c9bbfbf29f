"""What may be looked for among reports."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from achterban.core.organisations.models import Organisation
from achterban.core.places.forms import municipality_code
from achterban.core.vocabulary.models import TermKind, terms_of
from achterban.listen.reports.statuses import Status

SINCE = {
    "30": _("the last 30 days"),
    "92": _("the last 3 months"),
    "365": _("the last year"),
}
SHOWN = [s for s in Status if s not in {Status.DRAFT, Status.WITHDRAWN}]


class SearchForm(forms.Form):
    """Words, and what narrows them."""

    use_required_attribute = False

    words = forms.CharField(
        label=_("Words to look for"),
        help_text=_(
            "All of them are looked for. Words in “quotes” stand together; with a - "
            "before it a word may not be there."
        ),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
    )
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    place = forms.CharField(
        label=_("Municipality or postcode"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("all")), *((s.value, s.label) for s in SHOWN)],
    )
    since = forms.ChoiceField(
        label=_("When it came in"),
        required=False,
        choices=[("", _("any day")), *SINCE.items()],
    )
    before = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        """Offer the themes of the organisation."""
        super().__init__(*args, **kwargs)
        theme = self.fields["theme"]
        assert isinstance(theme, forms.ChoiceField)
        theme.choices = [
            ("", _("all")),
            *(
                (term.code, str(term))
                for term in terms_of(organisation)
                if term.kind == TermKind.THEME
            ),
        ]

    def clean_words(self) -> str:
        """Return the words on one line."""
        return " ".join(str(self.cleaned_data["words"]).split())

    def clean_place(self) -> str:
        """Return the code of the municipality that was meant, empty for none."""
        return municipality_code(self.cleaned_data["place"])
