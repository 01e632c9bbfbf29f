"""What somebody fills in about parties and contacts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from achterban.advocate.issues.models import Level
from achterban.advocate.stakeholders.models import (
    ContactWords,
    Function,
    Party,
    PartyKind,
)
from achterban.core.accounts.models import Account
from achterban.core.organisations.forms import LineField
from achterban.core.organisations.models import Organisation
from achterban.core.places.forms import municipality_code
from achterban.core.places.models import Municipality, searchable

MOST_NAMED = 5
UNKNOWN = "unknown_party"


def day(label: Any, help_text: Any = "") -> forms.DateField:
    """Return a field for a day that may stay empty."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def named_party(typed: str, account: Account, organisation: Organisation) -> Party:
    """Return the party that somebody typed the name of.

    Raises:
        ValidationError: there is none, or more than one.
    """
    visible = Party.objects.visible_to(account, organisation)
    letters = searchable(typed)
    found = list(visible.filter(search=letters)[:2]) if letters else []
    if len(found) != 1:
        found = list(visible.named(typed)[: MOST_NAMED + 1]) if letters else []
    if len(found) == 1:
        return found[0]
    if not found:
        raise forms.ValidationError(
            _("We know no party of this name yet. Look once more, or tick it as new."),
            code=UNKNOWN,
        )
    names = " · ".join(party.name for party in found[:MOST_NAMED])
    raise forms.ValidationError(
        _("Which one is it: %(names)s?"), params={"names": names}
    )


class PartyForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who it is, where it stands, and since when."""

    use_required_attribute = False

    name = LineField(label=_("What is it called?"), max_length=160)
    kind = forms.ChoiceField(label=_("What is it?"), choices=PartyKind.choices)
    level = forms.ChoiceField(
        label=_("At which level does it decide?"),
        choices=[("", _("we do not know yet")), *Level.choices],
        required=False,
    )
    where = LineField(
        label=_("In which municipality? (may stay empty)"),
        max_length=60,
        required=False,
    )
    above = LineField(
        label=_("Of which party is it a part? (may stay empty)"),
        max_length=160,
        required=False,
    )
    website = forms.URLField(
        label=_("Where it stands on the web (may stay empty)"),
        max_length=300,
        required=False,
        assume_scheme="https",
    )
    matters = forms.BooleanField(
        label=_("This party matters: we want to know somebody there"), required=False
    )
    from_on = day(_("There since (may stay empty)"))
    until_on = day(_("There until (may stay empty)"))

    class Meta:
        model = Party
        fields = ["name", "kind", "level", "website", "note", "matters"]
        fields += ["from_on", "until_on"]
        labels = {"note": _("What else do we know? (may stay empty)")}
        help_texts = {"note": _("About the party. Nothing about a person.")}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    field_order = ["name", "kind", "level", "where", "above", "matters", "website"]

    def __init__(
        self, *args: Any, by: Account, organisation: Organisation, **kwargs: Any
    ) -> None:
        """Show where it lies and what it belongs to by their names."""
        super().__init__(*args, **kwargs)
        self._by, self._organisation = by, organisation
        if self.instance.place_id:
            self.initial.setdefault("where", self.instance.place.name)
        if self.instance.part_of_id:
            self.initial.setdefault("above", self.instance.part_of.name)

    def clean_name(self) -> str:
        """Refuse a name that another party has: which one would be meant?"""
        name = str(self.cleaned_data["name"])
        visible = Party.objects.visible_to(self._by, self._organisation)
        others = visible.exclude(pk=self.instance.pk)
        if others.filter(search=searchable(name)).exists():
            raise forms.ValidationError(
                _("There is a party of this name. Put something behind it, or use it.")
            )
        return name

    def clean_where(self) -> Municipality | None:
        """Return the municipality."""
        code = municipality_code(self.cleaned_data["where"])
        return Municipality.objects.get(code=code) if code else None

    def clean_above(self) -> Party | None:
        """Return the party that it is a part of."""
        typed = self.cleaned_data["above"]
        return named_party(typed, self._by, self._organisation) if typed else None

    def clean(self) -> None:
        """Put what was found by its name where it belongs."""
        check_days(self)
        self.instance.place = self.cleaned_data.get("where")
        self.instance.part_of = self.cleaned_data.get("above")


def check_days(form: forms.Form | forms.ModelForm) -> None:  # type: ignore[type-arg]
    """Say it where the last day lies before the first."""
    first, last = (form.cleaned_data.get(name) for name in ("from_on", "until_on"))
    if first and last and last < first:
        form.add_error("until_on", _("This lies before the first day. Look at both."))


class PartyOrNewForm(forms.Form):
    """A party by its name; one that is not there can be made at once."""

    use_required_attribute = False

    party = LineField(label=_("At which party?"), max_length=160)
    is_new_party = forms.BooleanField(
        label=_("It is a new party: put it in the list"),
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(
        self, *args: Any, by: Account, organisation: Organisation, **kwargs: Any
    ) -> None:
        """Keep who asks."""
        super().__init__(*args, **kwargs)
        self._by, self._organisation = by, organisation

    def clean(self) -> None:
        """Find the party; offer to make it where there is none."""
        typed = self.cleaned_data.get("party")
        if not typed:
            return
        try:
            found = named_party(typed, self._by, self._organisation)
        except forms.ValidationError as error:
            if error.code == UNKNOWN:
                self.fields["is_new_party"].widget = forms.CheckboxInput()
                if self.cleaned_data.get("is_new_party"):
                    found = Party(
                        organisation=self._organisation,
                        name=typed,
                        kind=PartyKind.OTHER,
                    )
                    self.cleaned_data["party"] = found
                    return
            self.add_error("party", error)
        else:
            self.cleaned_data["party"] = found


class ContactForm(forms.Form):
    """Who somebody is and how we reach them."""

    use_required_attribute = False

    name = LineField(label=_("What is the name?"), max_length=120)
    mail = forms.EmailField(
        label=_("Mail address at work (may stay empty)"), required=False
    )
    phone = LineField(
        label=_("Telephone number at work (may stay empty)"),
        max_length=40,
        required=False,
    )
    note = forms.CharField(
        label=_("What helps in the contact? (may stay empty)"),
        help_text=_("Such as: rather call in the morning. No judgement."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    matters = forms.BooleanField(
        label=_("This person matters: we want to know them"), required=False
    )
    is_ours = forms.BooleanField(label=_("This is one of us"), required=False)

    @property
    def words(self) -> ContactWords:
        """Return what was filled in, to seal it."""
        given = self.cleaned_data
        return ContactWords(
            *(given[part] for part in ("name", "mail", "phone", "note"))
        )


class FirstFunctionForm(PartyOrNewForm):
    """What somebody new does, where that is known."""

    title = LineField(
        label=_("What does this person do? (may stay empty)"),
        max_length=120,
        required=False,
    )
    field_order = ["title", "party", "is_new_party"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Let the party stay empty too."""
        super().__init__(*args, **kwargs)
        self.fields["party"].required = False
        self.fields["party"].label = _("At which party? (may stay empty)")

    def clean(self) -> None:
        """Ask for the party where a function was filled in."""
        super().clean()
        given = self.cleaned_data
        if given.get("title") and "party" in given and not given["party"]:
            self.add_error("party", _("Say at which party."))


class FunctionForm(PartyOrNewForm):
    """What somebody does where, from when until when."""

    title = LineField(label=_("What does this person do?"), max_length=120)
    from_on = day(_("Since (may stay empty)"))
    until_on = day(
        _("Until (may stay empty)"), _("The last day. It stays readable after that.")
    )
    field_order = ["title", "party", "is_new_party", "from_on", "until_on"]

    def clean(self) -> None:
        """Look at the days too."""
        super().clean()
        check_days(self)

    def fill(self, function: Function) -> Function:
        """Put what was filled in into a function."""
        for name in ("title", "from_on", "until_on", "party"):
            setattr(function, name, self.cleaned_data[name])
        return function


class NamesakeForm(forms.Form):
    """Whether somebody of a known name is the same person."""

    who = forms.ChoiceField(
        label=_("We know this name already. Who is it?"), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, known: list[tuple[str, str]], **kwargs: Any) -> None:
        """Show who is known."""
        super().__init__(*args, **kwargs)
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*known, ("other", _("somebody else, of the same name"))]
