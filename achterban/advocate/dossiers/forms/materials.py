"""A material or example, as somebody describes it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from achterban.advocate.dossiers.models import Form, Material, MaterialKind
from achterban.advocate.issues.models import Level
from achterban.core.organisations.forms import LineField
from achterban.core.vocabulary.models import TermKind, terms_of

ANY = ("", _("for all"))


class MaterialForm(forms.ModelForm):  # type: ignore[type-arg]
    """What it is, where it is, and where it fits."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=_("What is it?"), choices=MaterialKind.choices, widget=forms.RadioSelect
    )
    title = LineField(label=_("How is it called?"), max_length=90)
    sentence = LineField(
        label=_("What is it good for, in one sentence?"), max_length=250
    )
    address = forms.URLField(
        label=_("Where it stands on the web (may stay empty)"),
        max_length=300,
        required=False,
        assume_scheme="https",
    )
    level = forms.ChoiceField(
        label=_("Where can it be solved?"),
        choices=[ANY, *Level.choices],
        required=False,
    )
    form = forms.ChoiceField(
        label=_("For whom?"), choices=[ANY, *Form.choices], required=False
    )

    class Meta:
        model = Material
        fields = ["kind", "title", "sentence", "address", "theme", "form", "level"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the themes of the organisation."""
        super().__init__(*args, **kwargs)
        row = self.instance
        themes = [
            (term.code, str(term))
            for term in terms_of(row.organisation)
            if term.kind == TermKind.THEME and (term.is_on or term.code == row.theme)
        ]
        self.fields["theme"] = forms.ChoiceField(
            label=_("For which theme?"), choices=[ANY, *themes], required=False
        )
        self.order_fields(self.Meta.fields)
