"""What somebody fills in about who knows whom, and what we say of somebody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from achterban.advocate.stakeholders.forms import check_days, day
from achterban.advocate.stakeholders.models import (
    Relation,
    RelationKind,
    RelationWords,
    RemarkWords,
    Warmth,
)
from achterban.core.organisations.forms import LineField

NEW = "new"  # somebody who is not there yet


class OtherForm(forms.Form):
    """Another contact: one of us, or somebody by name, who may be new."""

    use_required_attribute = False

    us = forms.ChoiceField(label=_("One of us"), required=False)
    name = LineField(
        label=_("Or somebody else, by name"), max_length=120, required=False
    )

    def __init__(self, *args: Any, us: list[tuple[str, str]], **kwargs: Any) -> None:
        """Show who of us there are."""
        super().__init__(*args, **kwargs)
        field = self.fields["us"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("nobody of us")), *us]

    def ask_which(self, known: list[tuple[str, str]]) -> None:
        """Ask who is meant, of some with that name; or somebody new."""
        self.fields["which"] = forms.ChoiceField(
            label=_("Who is meant?"),
            choices=[*known, (NEW, _("somebody new, of this name"))],
            widget=forms.RadioSelect,
        )

    def clean(self) -> None:
        """Ask for one of the two."""
        given = self.cleaned_data
        if "us" in given and not given["us"] and not given.get("name"):
            self.add_error("name", _("Choose one of us, or type a name."))


class RelationForm(forms.ModelForm):  # type: ignore[type-arg]
    """What two people are to each other, and how we know."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=_("What are they to each other?"), choices=RelationKind.choices
    )
    warmth = forms.TypedChoiceField(
        label=_("How warm is it?"),
        choices=Warmth.choices,
        coerce=int,
        widget=forms.RadioSelect,
    )
    source = LineField(
        label=_("How do we know this?"),
        help_text=_("Who said it and when, or where it stands."),
        max_length=300,
        error_messages={
            "required": _("Write how we know this. Without a source it is a rumour.")
        },
    )
    address = forms.URLField(
        label=_("Where it stands on the web (may stay empty)"),
        max_length=300,
        required=False,
        assume_scheme="https",
    )
    from_on = day(_("Since (may stay empty)"))
    until_on = day(_("Until (may stay empty)"))

    class Meta:
        model = Relation
        fields = ["kind", "warmth", "from_on", "until_on"]

    field_order = ["kind", "warmth", "source", "address", "from_on", "until_on"]

    def clean(self) -> None:
        """Look at the days."""
        check_days(self)

    @property
    def words(self) -> RelationWords:
        """Return the source, to seal it."""
        return RelationWords(self.cleaned_data["source"], self.cleaned_data["address"])


class RemarkForm(forms.Form):
    """What somebody did or said in their function, and how we know."""

    use_required_attribute = False

    text = forms.CharField(
        label=_("What did this person do or say?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    source = LineField(
        label=_("How do we know this?"),
        help_text=_("Who said it and when, or where it stands."),
        max_length=300,
        error_messages={
            "required": _("Write how we know this. Without a source it is a rumour.")
        },
    )
    address = forms.URLField(
        label=_("Where it stands on the web (may stay empty)"),
        max_length=300,
        required=False,
        assume_scheme="https",
    )

    @property
    def words(self) -> RemarkWords:
        """Return what was filled in, to seal it."""
        return RemarkWords(**self.cleaned_data)


class MergeForm(forms.Form):
    """Who is the same person."""

    use_required_attribute = False

    name = LineField(label=_("What is the name of the other?"), max_length=120)
