"""What somebody fills in about a publication."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from achterban.advocate.dossiers.models import Dossier, Rank
from achterban.advocate.issues.models import Issue
from achterban.advocate.publications.first_words import GAPS, PROMISES, unknown_gaps
from achterban.advocate.publications.models import Aim, Kind
from achterban.core.accounts.models import Account
from achterban.core.database.fields import keys_among
from achterban.core.organisations.forms import LineField
from achterban.core.organisations.models import Organisation
from achterban.rules.papers import MOST_CHARACTERS

MOST_TYPED = 90  # of a word to find
MOST_OFFERED, MOST_FOUND = 50, 200  # issues and dossiers to choose from
ROOM_FOR_TEXT = 2 * MOST_CHARACTERS  # what is too long to send is kept all the same


class LinesField(forms.CharField):
    """Words in lines."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """Return the words with plain line breaks."""
        words = str(super().to_python(value) or "")
        return words.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


class _AboutForm(forms.Form):
    """What it is about."""

    use_required_attribute = False

    title = LineField(
        label=_("What is it about? This becomes the title"), max_length=120
    )
    issues = forms.ModelMultipleChoiceField(
        Issue.objects.none(),
        label=_("Which issues is it about? Their claims stand ready for you"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    dossier = forms.ModelChoiceField(
        Dossier.objects.none(),
        label=_("Which dossier does it belong to?"),
        required=False,
        empty_label=_("none"),
    )

    find = LineField(
        label=_("Does it not stand there? Type a word of its title"),
        max_length=MOST_TYPED,
        required=False,
        help_text=_("Press Find, and what has it stands with the others."),
    )

    def for_whom(self, account: Account, organisation: Organisation) -> Self:
        """Return it with the issues and dossiers of whoever writes."""
        n_most = max(
            self._offer("issues", Issue.objects.visible_to(account, organisation)),
            self._offer("dossier", Dossier.objects.workable_by(account, organisation)),
        )
        if n_most <= MOST_OFFERED:
            del self.fields["find"]
        return self

    @property
    def may_find(self) -> bool:
        """Return whether there are more than stand there."""
        return "find" in self.fields

    def _offer(self, name: str, rows: QuerySet[Any]) -> int:
        """Let all be chosen, show the chosen, the found and the first; count all."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows
        n = rows.count()
        if n > MOST_OFFERED:
            stands = self[name].value() or []
            chosen = stands if isinstance(stands, list) else [stands]
            found = Q(pk__in=keys_among(str(getattr(it, "pk", it)) for it in chosen))
            # Typed, and not yet cleaned: it may be anything, of any length.
            typed = self.fields["find"].to_python(self["find"].value())
            if word := str(typed or "")[:MOST_TYPED]:
                found |= Q(title__icontains=word)
            # What was chosen stands on top, and so does what was found.
            shown = {row.pk: str(row) for row in rows.filter(found)[:MOST_FOUND]}
            shown |= {row.pk: str(row) for row in rows[:MOST_OFFERED]}
            none = [] if field.empty_label is None else [("", field.empty_label)]
            field.widget.choices = [*none, *shown.items()]
        return n


class NewForm(_AboutForm):
    """What it becomes, and what it is about."""

    kind = forms.ChoiceField(
        label=_("What do you want to make?"),
        choices=[(Kind.LETTER, _("A letter")), (Kind.POSITION, _("A position paper"))],
        widget=forms.RadioSelect,
    )
    field_order = ("kind", "title", "issues", "dossier", "find")


class FactsForm(_AboutForm):
    """What stands around the text."""

    addressee = LinesField(
        label=_("Whom is it for? Name and address, a line each"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    salutation = LineField(
        label=_("How do you begin?"),
        max_length=120,
        required=False,
        help_text=_("For instance: Dear members of the council,"),
    )
    closing = LinesField(
        label=_("How do you end, and who signs?"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    changes = LinesField(
        label=_("What is other than in the version before?"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field_order = (
        "changes",
        "title",
        "addressee",
        "salutation",
        "closing",
        "issues",
        "dossier",
        "find",
    )

    def of_kind(self, kind: str, *, is_correction: bool) -> FactsForm:
        """Return it with the questions that fit what it is."""
        if kind != Kind.LETTER:
            del self.fields["salutation"], self.fields["closing"]
        if not is_correction:
            del self.fields["changes"]
        return self


class TextForm(forms.Form):
    """The text, and where the cursor stood."""

    use_required_attribute = False

    text = LinesField(
        label=_("The text"),
        max_length=ROOM_FOR_TEXT,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 22}),
        help_text=_(
            "## makes a heading, - a list, **bold** bold. A number such as [3] points "
            "at what proves the sentence."
        ),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
    place = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class PromiseLetterForm(forms.Form):
    """Why one writes about a promise, and of what goes higher how high and why."""

    use_required_attribute = False

    aim = forms.ChoiceField(
        label=_("What is the letter for?"),
        choices=[choice for choice in Aim.choices if choice[0] != Aim.ALL_OPEN],
        widget=forms.RadioSelect,
    )
    rung = forms.ChoiceField(
        label=_("How high does it go? (only one step higher)"), required=False
    )
    why = LineField(
        label=_("Why does it go higher? (only one step higher)"),
        help_text=_("It stands in the letter. For instance: twice no answer."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, rungs: Iterable[Rank], **kwargs: Any) -> None:
        """Offer the steps that are left."""
        super().__init__(*args, **kwargs)
        choices = [(rung.value, rung.label) for rung in rungs]
        self.fields["rung"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask how high and why, of what goes higher."""
        given = super().clean() or self.cleaned_data
        if given.get("aim") == Aim.ESCALATE:
            if not given.get("rung") and "rung" not in self.errors:
                self.add_error("rung", _("Choose how high it goes."))
            if not given.get("why") and "why" not in self.errors:
                self.add_error("why", _("Say why it goes higher."))
        return given


class FirstWordsForm(forms.Form):
    """What a letter begins with; gaps are filled when it is made."""

    use_required_attribute = False

    title = LineField(
        label=_("What is it about? This becomes the title"), max_length=120
    )
    salutation = LineField(label=_("How do you begin?"), max_length=120, required=False)
    text = LinesField(
        label=_("The text"), max_length=4000, widget=forms.Textarea(attrs={"rows": 14})
    )
    closing = LinesField(
        label=_("How do you end, and who signs?"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say that letters are Dutch, for who has them read aloud."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["lang"] = "nl"

    def clean_text(self) -> str:
        """Let no letter go without the promises."""
        text: str = self.cleaned_data["text"]
        if f"{{{PROMISES}}}" not in text:
            raise forms.ValidationError(
                _("Put %(gap)s where the promises must stand.")
                % {"gap": f"{{{PROMISES}}}"}
            )
        return text

    def clean(self) -> dict[str, Any]:
        """Name gaps that nothing fills."""
        given = super().clean() or self.cleaned_data
        for name, words in list(given.items()):
            for gap in unknown_gaps(words):
                known = ", ".join(f"{{{each}}}" for each in GAPS)
                self.add_error(
                    name,
                    _("%(gap)s means nothing here. You can use: %(known)s.")
                    % {"gap": f"{{{gap}}}", "known": known},
                )
        return given


class UntilForm(forms.Form):
    """Until when others can answer."""

    use_required_attribute = False

    until = forms.DateField(
        label=_("Until when can they answer?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Later counts as well, as long as it was not sent."),
    )


class AnswerForm(forms.Form):
    """Why one's organisation does not sign."""

    use_required_attribute = False

    why = LineField(
        label=_("Rather not? Say why"),
        max_length=300,
        required=False,
        help_text=_("The other organisation reads this."),
    )

    def clean_why(self) -> str:
        """Let nobody sign who says why not."""
        why: str = self.cleaned_data["why"]
        if why and "sign" in self.data:
            raise forms.ValidationError(
                _("Here stands why you do not sign. Sign after all? Empty it first.")
            )
        return why


class CheckForm(forms.Form):
    """A file that somebody has, or its checksum."""

    use_required_attribute = False

    file = forms.FileField(label=_("The file"), required=False, allow_empty_file=True)
    line = LineField(
        label=_("Or its checksum, as sha256sum writes it"),
        max_length=400,
        required=False,
    )

    def clean(self) -> None:
        """Ask for one of the two."""
        asked = self.cleaned_data
        if not asked.get("file") and not asked.get("line") and not self.errors:
            self.add_error("file", _("Choose a file, or paste its checksum."))
