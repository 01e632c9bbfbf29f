"""What a report is about: suggested, and set by a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from achterban.core.accounts.models import Account
from achterban.core.organisations.models import Organisation
from achterban.core.places.forms import municipality_code
from achterban.core.places.models import Municipality
from achterban.core.vocabulary.models import Term, TermKind, terms_of
from achterban.listen.reports.models import Beat, Group, Severity, Triaged
from achterban.listen.reports.queries import readers_of
from achterban.listen.reports.statuses import SET_BY_HAND
from achterban.rules.sorting import Suggestion

FIELDS = {
    TermKind.THEME: ("themes", _("What is it about?")),
    TermKind.PARTY: ("parties", _("Who is it about?")),
    TermKind.CONDITION: ("conditions", _("Which illness?")),
}
GROUPS = "groups"
Suggested = Mapping[TermKind, Sequence[Suggestion]]


class TriageForm(forms.Form):
    """Choices of each kind, what is likely already ticked."""

    use_required_attribute = False

    def __init__(
        self, *args: Any, terms: Sequence[Term], triaged: Triaged, **kwargs: Any
    ) -> None:
        """Offer what is offered, and what was chosen before."""
        super().__init__(*args, **kwargs)
        for kind, (name, label) in FIELDS.items():
            chosen = triaged.codes(kind)
            offered = [
                (term.code, str(term))
                for term in terms
                if term.kind == kind and (term.is_on or term.code in chosen)
            ]
            self.fields[name] = forms.MultipleChoiceField(
                label=label,
                choices=offered,
                initial=chosen,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        self.fields[GROUPS] = forms.MultipleChoiceField(
            label=_("Is it about somebody we seldom hear? Only colleagues see this."),
            choices=Group.choices,
            initial=triaged.groups,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        place = Municipality.objects.filter(code=triaged.municipality).first()
        self.fields["municipality"] = forms.CharField(
            label=_("Municipality or postcode"),
            max_length=60,
            required=False,
            initial=str(place or ""),
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
        self.fields["severity"] = forms.TypedChoiceField(
            label=_(
                "How heavy does it weigh? Colleagues see it; who told it in a copy."
            ),
            choices=Severity.choices,
            coerce=int,
            empty_value=None,
            initial=triaged.severity,
            required=False,
            widget=forms.RadioSelect,
        )

    def clean_municipality(self) -> str:
        """Return the code of the municipality, empty for none."""
        return municipality_code(str(self.cleaned_data["municipality"]))

    def triaged(self) -> Triaged:
        """Return what was decided."""
        severity = self.cleaned_data["severity"] or Severity.UNKNOWN
        return Triaged(**{**self.cleaned_data, "severity": int(severity)})


class BeatForm(forms.ModelForm):  # type: ignore[type-arg]
    """Where somebody works, on what, and who stands in."""

    use_required_attribute = False

    places = forms.CharField(
        label=_("Municipalities, one a line"),
        help_text=_("Empty: all. A name, or a postcode that lies in it."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    class Meta:
        model = Beat
        fields = ["themes", "stand_in", "away_until"]
        labels = {
            "stand_in": _("Stand-in"),
            "away_until": _("Away up to and including"),
        }
        widgets = {
            "away_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        }

    field_order = ["places", "themes", "stand_in", "away_until"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the themes and the colleagues of the organisation."""
        super().__init__(*args, **kwargs)
        beat = self.instance
        themes = [
            (term.code, str(term))
            for term in terms_of(beat.organisation)
            if term.kind == TermKind.THEME and (term.is_on or term.code in beat.themes)
        ]
        self.fields["themes"] = forms.MultipleChoiceField(
            label=_("Themes"),
            help_text=_("None ticked: all."),
            choices=themes,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        stand_in = self.fields["stand_in"]
        assert isinstance(stand_in, forms.ModelChoiceField)
        stand_in.queryset = readers_of(beat.organisation).exclude(pk=beat.account_id)
        stand_in.empty_label = str(_("nobody"))
        names = dict(
            Municipality.objects.filter(code__in=beat.municipalities).values_list(
                "code", "name"
            )
        )
        lines = [names[code] for code in beat.municipalities if code in names]
        self.initial.setdefault("places", "\n".join(lines))

    def clean_places(self) -> list[str]:
        """Return the codes of the municipalities.

        Raises:
            ValidationError: a line is none; all such lines are named.
        """
        codes, wrong = [], []
        for line in str(self.cleaned_data["places"]).split("\n"):
            try:
                codes.append(municipality_code(line))
            except forms.ValidationError as error:
                wrong.append(f"{line.strip()}: {' '.join(error.messages)}")
        if wrong:
            raise forms.ValidationError(wrong)
        return sorted({code for code in codes if code})


class TogetherForm(forms.Form):
    """What is done with several reports at once."""

    use_required_attribute = False

    to = forms.ModelChoiceField(
        label=_("Colleague"), queryset=Account.objects.none(), required=False
    )
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    status = forms.ChoiceField(label=_("New status"), required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        """Offer colleagues, themes and statuses."""
        super().__init__(*args, **kwargs)
        to, theme, status = (self.fields[name] for name in ("to", "theme", "status"))
        assert isinstance(to, forms.ModelChoiceField)
        assert isinstance(theme, forms.ChoiceField)
        assert isinstance(status, forms.ChoiceField)
        to.queryset = readers_of(organisation)
        to.empty_label = str(_("Choose a colleague"))
        themes = [term for term in terms_of(organisation) if term.is_on]
        theme.choices = [
            ("", _("Choose a theme")),
            *((t.code, str(t)) for t in themes if t.kind == TermKind.THEME),
        ]
        status.choices = [
            ("", _("Choose a status")),
            *((one.value, one.label) for one in SET_BY_HAND),
        ]


class SavedViewForm(forms.Form):
    """What a list is called."""

    use_required_attribute = False

    name = forms.CharField(label=_("Name of this list"), max_length=60)
