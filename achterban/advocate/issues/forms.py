"""What somebody fills in about an issue."""

from __future__ import annotations

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from achterban.advocate.issues.models import (
    Citation,
    Claim,
    Document,
    Figure,
    Issue,
    Level,
    Persona,
    Strength,
)
from achterban.core.organisations.forms import LineField


class IssueForm(forms.ModelForm):  # type: ignore[type-arg]
    """What goes wrong, how far we are, and where it can be solved."""

    use_required_attribute = False

    title = LineField(label=_("What goes wrong, in one sentence"), max_length=90)

    level = forms.ChoiceField(
        label=_("Where can it be solved?"),
        choices=[("", _("we do not know yet")), *Level.choices],
        required=False,
    )

    class Meta:
        model = Issue
        fields = ["title", "text", "state", "level"]
        labels = {
            "text": _("A little more (may stay empty)"),
            "state": _("How far are we?"),
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}


class BundleForm(forms.Form):
    """In which issue the chosen reports come: one that is there, or a new one."""

    use_required_attribute = False

    issue = forms.ModelChoiceField(
        Issue.objects.none(),
        label=_("In this issue"),
        required=False,
        empty_label=_("a new one"),
    )
    title = LineField(
        label=_("A new one: what goes wrong, in one sentence"),
        max_length=90,
        required=False,
    )

    def clean(self) -> None:
        """Ask for a name where a new issue is meant."""
        asked = self.cleaned_data
        if "issue" in asked and not asked["issue"] and not asked.get("title"):
            self.add_error(
                "title", _("Choose an issue, or type what goes wrong in one sentence.")
            )


class ClaimForm(forms.ModelForm):  # type: ignore[type-arg]
    """What we say, and how strong the proof is."""

    use_required_attribute = False

    sentence = LineField(label=_("What do we say, in one sentence?"), max_length=200)

    strength = forms.ChoiceField(
        label=_("What kind of proof is there?"),
        choices=Strength.choices,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Claim
        fields = ["sentence", "strength"]


class PassageForm(forms.Form):
    """The words of a report that prove it."""

    use_required_attribute = False

    words = forms.CharField(
        label=_("Paste the words that prove it, as they stand here"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DocumentForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a document is; its file comes beside it."""

    use_required_attribute = False

    title = LineField(label=_("What is it called?"), max_length=120)
    author = LineField(
        label=_("Who wrote it (may stay empty)"), max_length=80, required=False
    )
    dated = LineField(
        label=_("Of when (may stay empty)"), max_length=30, required=False
    )
    address = forms.URLField(
        label=_("Where it stands on the web (may stay empty)"),
        max_length=300,
        required=False,
        assume_scheme="https",
    )

    class Meta:
        model = Document
        fields = ["title", "author", "dated", "address"]


class PersonaForm(forms.ModelForm):  # type: ignore[type-arg]
    """Somebody who does not exist; from which reports is ticked beside it."""

    use_required_attribute = False

    name = LineField(
        label=_("An invented name"),
        help_text=_("One that stands in no report."),
        max_length=40,
    )
    story = forms.CharField(
        label=_("The story, in your own words"),
        help_text=_("No words of one report, and nothing that only one person has."),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    class Meta:
        model = Persona
        fields = ["name", "age_band", "story"]
        labels = {"age_band": _("About how old?")}


class FigureForm(forms.Form):
    """What a number counts, and whom it does not."""

    use_required_attribute = False

    counted = LineField(
        label=_("What is counted? Say it as everybody may read it"),
        help_text=_("It stands behind the number: at least 30 people told us …"),
        max_length=200,
    )
    missing = LineField(
        label=_("Who is missing?"),
        help_text=_("Such as: children, elderly, and people who are too ill to tell."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class FigureChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice between figures, as they were released."""

    def label_from_instance(self, obj: Figure) -> str:
        """Return number, month and what is counted."""
        return _("At least %(n)d people, up to and including %(month)s: %(what)s") % {
            "n": obj.n_least,
            "month": date_format(obj.month, "F Y"),
            "what": obj.counted,
        }


class CiteFigureForm(forms.Form):
    """Which figure proves it."""

    use_required_attribute = False

    figure = FigureChoice(
        Figure.objects.none(),
        label=_("Which figure proves it?"),
        widget=forms.RadioSelect,
        empty_label=None,
    )


class SourceForm(forms.ModelForm):  # type: ignore[type-arg]
    """A source outside of what people told."""

    use_required_attribute = False

    source = LineField(
        label=_("Which source? Author, title, year and page"), max_length=200
    )
    address = forms.URLField(
        label=_("Where it stands on the web (may stay empty)"),
        max_length=300,
        required=False,
        assume_scheme="https",
    )

    class Meta:
        model = Citation
        fields = ["source", "address"]
