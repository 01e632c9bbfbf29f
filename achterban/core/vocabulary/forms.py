"""A term: its name, and what people say when they mean it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from achterban.core.organisations.forms import LineField
from achterban.core.vocabulary.models import OwnTerm

MOST_WORDS, LONGEST = 80, 60


class TermForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is offered, and by which words it is suggested."""

    use_required_attribute = False

    name = LineField(label=_("Name"), max_length=60)
    name_en = LineField(label=_("Name in English"), max_length=60, required=False)
    lines = forms.CharField(
        label=_("What people say when they mean it, one a line"),
        help_text=_(
            "The program suggests the theme when one of these stands in a report. "
            "“rolstoel” finds “rolstoelen” too."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    class Meta:
        model = OwnTerm
        fields = ["name", "name_en", "is_on"]

    field_order = ["name", "name_en", "lines", "is_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show the words one a line."""
        super().__init__(*args, **kwargs)
        self.initial.setdefault("lines", "\n".join(self.instance.words))

    def clean_lines(self) -> list[str]:
        """Return the words, once each."""
        lines = str(self.cleaned_data["lines"]).replace("\0", "").split("\n")
        words = [" ".join(line.split()) for line in lines if line.strip(" .\r\t")]
        if len(words) > MOST_WORDS or any(len(word) > LONGEST for word in words):
            raise forms.ValidationError(
                _("Make it 80 lines at most, each of 60 characters at most.")
            )
        return list(dict.fromkeys(words))
