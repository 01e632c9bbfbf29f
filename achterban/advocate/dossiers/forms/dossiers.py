"""A dossier, a step, mirrors and tasks, as somebody types them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from achterban.advocate.dossiers.models import Dossier, Form, State, Strategy, Task
from achterban.advocate.dossiers.queries.people import colleagues_of
from achterban.advocate.dossiers.states import next_states
from achterban.advocate.issues.models import Level
from achterban.core.organisations.forms import LineField
from achterban.core.organisations.models import Organisation
from achterban.core.places.forms import municipality_code
from achterban.core.places.models import Municipality
from achterban.core.vocabulary.models import TermKind, terms_of


class DossierForm(forms.ModelForm):  # type: ignore[type-arg]
    """What we ask, why, and who does it."""

    use_required_attribute = False

    title = LineField(label=_("What is it about, in a few words?"), max_length=90)
    demand = LineField(
        label=_("What do we ask, in one sentence?"),
        help_text=_("Say who has to do what."),
        max_length=250,
    )
    strategy = forms.ChoiceField(
        label=_("How do we go about it?"),
        choices=[("", _("we do not know yet")), *Strategy.choices],
        required=False,
    )
    level = forms.ChoiceField(
        label=_("Where can it be solved?"),
        choices=[("", _("we do not know yet")), *Level.choices],
        required=False,
    )
    where = forms.CharField(
        label=_("In which municipality does it play? (may stay empty)"),
        help_text=_("A name or a postcode. Leave it empty for the whole country."),
        max_length=60,
        required=False,
    )
    form = forms.ChoiceField(
        label=_("Who does it there?"),
        choices=[("", _("we do not know yet")), *Form.choices],
        required=False,
    )

    class Meta:
        model = Dossier
        fields = ["title", "demand", "goal", "strategy", "theme", "level", "form"]
        labels = {"goal": _("What is different when we succeed? (may stay empty)")}
        widgets = {"goal": forms.Textarea(attrs={"rows": 4})}

    field_order = [
        "title",
        "demand",
        "goal",
        "strategy",
        "theme",
        "owner",
        "level",
        "where",
        "form",
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the colleagues and themes of the organisation."""
        super().__init__(*args, **kwargs)
        row = self.instance
        themes = [
            (term.code, str(term))
            for term in terms_of(row.organisation)
            if term.kind == TermKind.THEME and (term.is_on or term.code == row.theme)
        ]
        self.fields["theme"] = forms.ChoiceField(
            label=_("Under which theme does it come?"),
            choices=[("", _("none of these")), *themes],
            required=False,
        )
        self.fields["owner"] = _whom(row.organisation, _("Who sees to it?"))
        if row.owner_id:
            self.initial.setdefault("owner", row.owner_id)
        if row.parent_id:  # a mirror stays in its place
            del self.fields["where"], self.fields["level"]
        elif row.place:
            self.initial.setdefault("where", row.place.name)
        if not row.place_id and row.pk and row.mirrors.exists():
            del self.fields["where"], self.fields["form"]
        self.order_fields(self.field_order)

    def clean_where(self) -> Municipality | None:
        """Return the municipality, if one was typed."""
        code = municipality_code(str(self.cleaned_data["where"]))
        return Municipality.objects.get(pk=code) if code else None

    def filled(self) -> Dossier:
        """Return the dossier with all that was filled in."""
        row: Dossier = self.instance
        row.owner = self.cleaned_data["owner"]
        if "where" in self.fields:
            row.place = self.cleaned_data["where"]
            row.form = row.form if row.place else ""
        return row


class StepForm(forms.Form):
    """How far we are now."""

    use_required_attribute = False

    state = forms.ChoiceField(label=_("How far are we?"), widget=forms.RadioSelect)
    why = LineField(
        label=_("Why, in a few words? (may stay empty)"), max_length=200, required=False
    )

    def __init__(self, *args: Any, now_at: str, **kwargs: Any) -> None:
        """Offer the steps that are allowed from here."""
        super().__init__(*args, **kwargs)
        choices = [(state.value, State(state).label) for state in next_states(now_at)]
        self.fields["state"].choices = choices  # type: ignore[attr-defined]


class MirrorForm(forms.Form):
    """In which municipalities a dossier lives too."""

    use_required_attribute = False

    places = forms.CharField(
        label=_("In which municipalities, one a line?"),
        help_text=_("A name, or a postcode that lies in it."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    form = forms.ChoiceField(
        label=_("Who does it there?"),
        help_text=_("It can differ by place: you change it there later."),
        choices=[("", _("we do not know yet")), *Form.choices],
        required=False,
    )

    def clean_places(self) -> list[Municipality]:
        """Return the municipalities, once each."""
        codes, wrong = [], []
        for line in filter(str.strip, self.cleaned_data["places"].splitlines()):
            try:
                codes.append(municipality_code(line))
            except forms.ValidationError as error:
                wrong.append(f"{line.strip()}: {' '.join(error.messages)}")
        if wrong:
            raise forms.ValidationError(wrong)
        return list(Municipality.objects.filter(pk__in=codes))


class TaskForm(forms.ModelForm):  # type: ignore[type-arg]
    """Something to do."""

    use_required_attribute = False

    what = LineField(label=_("What has to be done?"), max_length=140)

    class Meta:
        model = Task
        fields = ["what", "by_when"]
        labels = {"by_when": _("By when? (may stay empty)")}
        widgets = {
            "by_when": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the colleagues of the organisation."""
        super().__init__(*args, **kwargs)
        row = self.instance
        self.fields["who"] = _whom(row.dossier.organisation, _("Who does it?"))
        if row.who_id:
            self.initial.setdefault("who", row.who_id)
        self.order_fields(["what", "who", "by_when"])

    def filled(self) -> Task:
        """Return the task with all that was filled in."""
        row: Task = self.instance
        row.who = self.cleaned_data["who"]
        return row


def _whom(organisation: Organisation, label: Any) -> Any:
    return forms.ModelChoiceField(
        label=label,
        queryset=colleagues_of(organisation),
        required=False,
        empty_label=_("nobody yet"),
    )
