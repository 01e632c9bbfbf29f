"""Places as somebody types them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from achterban.core.organisations.forms import LineField
from achterban.core.places.models import Branch, Municipality


def municipality_code(typed: str) -> str:
    """Return the code of the municipality that somebody typed, empty for none.

    Raises:
        ValidationError: it is none, or more than one.
    """
    typed = typed.strip()
    if not typed:
        return ""
    found = list(Municipality.objects.matching(typed)[:6])
    exact = [m for m in found if m.name.casefold() == typed.casefold()]
    if len(exact or found) == 1:
        return (exact or found)[0].code
    if not found:
        raise forms.ValidationError(
            _(
                "We know no municipality with this name or postcode. Look once more, "
                "or type the four digits of a postcode."
            )
        )
    names = ", ".join(m.name for m in found[:5])
    raise forms.ValidationError(
        _("Which one is it: %(names)s?"), params={"names": names}
    )


class BranchForm(forms.ModelForm):  # type: ignore[type-arg]
    """A branch and where it works."""

    use_required_attribute = False

    name = LineField(label=_("Name of the branch"), max_length=80)
    places = forms.CharField(
        label=_("Its municipalities, one a line"),
        help_text=_("A name, or a postcode that lies in it."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    class Meta:
        model = Branch
        fields = ["name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show the municipalities one a line."""
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            names = self.instance.municipalities.values_list("name", flat=True)
            self.initial.setdefault("places", "\n".join(names))

    def clean_places(self) -> list[str]:
        """Return the codes of the municipalities, once each."""
        codes, wrong = [], []
        for line in filter(str.strip, self.cleaned_data["places"].splitlines()):
            try:
                codes.append(municipality_code(line))
            except forms.ValidationError as error:
                wrong.append(f"{line.strip()}: {' '.join(error.messages)}")
        if wrong:
            raise forms.ValidationError(wrong)
        return list(dict.fromkeys(codes))
