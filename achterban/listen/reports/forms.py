"""What may come in through the pages; the actions know the rules."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from achterban.core.accounts.models import Account
from achterban.core.consent.models import Purpose
from achterban.core.organisations.forms import LineField
from achterban.core.organisations.models import Organisation
from achterban.core.places.forms import municipality_code
from achterban.listen.reports.actions.telling import MOST_CHARACTERS
from achterban.listen.reports.circumstances import (
    Effect,
    Helper,
    PartyKind,
    Role,
    Since,
)
from achterban.listen.reports.consents import OFFERS
from achterban.listen.reports.models import (
    MOST_OWN_QUESTIONS,
    AnswerKind,
    OwnQuestion,
)
from achterban.listen.reports.queries import readers_of
from achterban.listen.reports.statuses import SET_BY_HAND, Status, may_step
from achterban.rules.receipts import NotACode, read_code

MOST_CHOICES, MOST_IN_CHOICE = 8, 60
MOST_WORDS_ASKED = 30  # the page itself has 47, and 80 is the most
CODE_ADVICE = {
    "empty": _("Type the code that is on your paper or photo."),
    "short": _("Something is missing: a code has 16 letters and digits."),
    "long": _("There is something too much: a code has 16 letters and digits."),
    "character": _("Use letters and digits only."),
    "check": _("One of the characters is not right. Please look once more."),
}
TOO_LONG = _(
    "This is too long to send at once. Please make it shorter; your text is still here."
)


CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class WordsField(forms.CharField):
    """Words as somebody typed or pasted them, with the line ends of a text."""

    def to_python(self, value: Any) -> str:
        """Return the words, without what no database and no feed (XML) takes."""
        words = super().to_python(value)
        return CONTROLS.sub("", str(words or "").replace("\r\n", "\n"))


class WordsForm(forms.Form):
    """Words in a large field."""

    text = WordsField(
        label=_("In your own words. One sentence is enough."),
        widget=forms.Textarea(attrs={"rows": 7, "autocomplete": "off"}),
        strip=False,
        required=False,  # for the browser; what it means to be empty is said below
    )
    nothing_yet = _("Nothing is written here yet. One sentence is enough.")

    def __init__(self, *args: Any, may_be_empty: bool = False, **kwargs: Any) -> None:
        """Take no words at all where somebody speaks or shows something instead."""
        super().__init__(*args, **kwargs)
        self.may_be_empty = may_be_empty

    def clean_text(self) -> str:
        """Return the words when there are some, and not too many."""
        text = str(self.cleaned_data["text"])
        if not text.strip() and not self.may_be_empty:
            raise forms.ValidationError(self.nothing_yet, code="required")
        if len(text) > MOST_CHARACTERS:
            raise forms.ValidationError(TOO_LONG, code="long")
        return text


class CorrectionForm(WordsForm):
    """Words in the place of those that were not right."""

    text = WordsField(
        label=_("As it should be"),
        widget=forms.Textarea(attrs={"rows": 7, "autocomplete": "off"}),
        strip=False,
        required=False,
    )


class CodeForm(forms.Form):
    """A receipt code as somebody typed it."""

    code = forms.CharField(
        label=_("Your code"),
        required=False,
        max_length=200,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "placeholder": "ABCD EFGH JKMN PQRS",
                "class": "code-field",
            }
        ),
    )

    def clean_code(self) -> str:
        """Return the code, understood however it was typed."""
        try:
            return read_code(self.cleaned_data["code"])
        except NotACode as error:
            raise forms.ValidationError(
                CODE_ADVICE[error.reason], code=error.reason
            ) from error


class CallForm(WordsForm):
    """What a volunteer writes down during a call."""

    use_required_attribute = False  # our own words, in the language of the page

    text = WordsField(
        label=_("What does the caller tell?"),
        widget=forms.Textarea(attrs={"rows": 9, "autocomplete": "off"}),
        strip=False,
        required=False,
    )
    nothing_yet = _("Write down what the caller tells.")
    place = forms.CharField(
        label=_("Municipality or postcode, if the caller wants to say"),
        required=False,
        max_length=60,
    )
    name = forms.CharField(
        label=_("Name, only if the caller wants to be called back"),
        required=False,
        max_length=80,
    )
    phone = forms.CharField(
        label=_("Telephone number"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    when = forms.CharField(
        label=_("When is calling all right?"), required=False, max_length=80
    )
    yes = forms.BooleanField(
        label=_("The caller says yes: “read this and count it”."),
        error_messages={
            "required": _(
                "Ask the caller for this yes. Without it we may not keep anything."
            )
        },
    )

    def clean_place(self) -> str:
        """Return the code of the municipality that was meant, empty for none."""
        return municipality_code(self.cleaned_data["place"])


# The optional questions: the field has the name that it has in ``Telling``


class MunicipalityForm(forms.Form):
    """Where it happens."""

    municipality = forms.CharField(
        label=_("Municipality or postcode"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_municipality(self) -> str:
        """Return the code of the municipality that was meant, empty for none."""
        return municipality_code(self.cleaned_data["municipality"])


class PartiesForm(forms.Form):
    """Whom it is about."""

    parties = forms.MultipleChoiceField(
        label=_("Choose one or more"),
        choices=PartyKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class ConditionForm(forms.Form):
    """Which illness."""

    condition = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class SinceForm(forms.Form):
    """How long it lasts."""

    since = forms.ChoiceField(
        label=_("Choose what comes near"),
        choices=Since.choices,
        required=False,
        widget=forms.RadioSelect,
    )


class EffectsForm(forms.Form):
    """What it does to daily life."""

    effects = forms.MultipleChoiceField(
        label=_("Choose one or more"),
        choices=Effect.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class RoleForm(forms.Form):
    """On whose behalf it is told."""

    role = forms.ChoiceField(
        label=_("Choose one"),
        choices=Role.choices,
        required=False,
        widget=forms.RadioSelect,
    )


class HelperForm(forms.Form):
    """Who helps; asked of whoever goes on with a code."""

    helper = forms.ChoiceField(
        label=_("Who helps to write this down?"),
        choices=Helper.choices,
        required=False,
        widget=forms.RadioSelect,
    )


class YesForm(forms.Form):
    """What may be done with it."""

    yes = forms.MultipleChoiceField(
        label=_("Every yes stands alone."),
        choices=[
            (offer.purpose.value, offer.words)
            for offer in OFFERS.values()
            if offer.purpose != Purpose.UPDATE  # a question of its own
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, choices: list[tuple[str, Promise]] | None = None, **kw: Any
    ) -> None:
        """Ask for all of it, or for these only."""
        super().__init__(*args, **kw)
        if choices is not None:
            field = self.fields["yes"]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = choices


class AnswerForm(forms.Form):
    """The answer to a question of the organisation itself."""

    def __init__(self, *args: Any, question: OwnQuestion, **kwargs: Any) -> None:
        """Ask it as it is answered, marked as Dutch where it has no English."""
        super().__init__(*args, **kwargs)
        if question.kind == AnswerKind.WORDS:
            self.fields[question.name] = WordsField(
                label=_("In a few words"), required=False, max_length=200
            )
            return
        is_one = question.kind == AnswerKind.ONE
        field = forms.ChoiceField if is_one else forms.MultipleChoiceField
        marked = '<span lang="nl">{}</span>' if question.is_dutch else "{}"
        choices = [
            (choice, format_html(marked, shown))
            for choice, shown in question.shown_choices
        ]
        self.fields[question.name] = field(
            label=_("Choose one") if is_one else _("Choose one or more"),
            choices=choices,
            required=False,
            widget=forms.RadioSelect if is_one else forms.CheckboxSelectMultiple,
        )


class OwnQuestionForm(forms.ModelForm):  # type: ignore[type-arg]
    """A question of the organisation: what it asks, and what may be chosen."""

    use_required_attribute = False

    title = LineField(label=_("The question"), max_length=120)
    lines = WordsField(
        label=_("Answers to choose from, one a line"),
        help_text=_("Two to eight. Not needed for words of their own."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    title_en = LineField(
        label=_("The question in English"),
        help_text=_("Empty: who reads English sees your Dutch, named as such."),
        max_length=120,
        required=False,
    )
    lines_en = WordsField(
        label=_("The answers in English, in the same order"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    n = forms.IntegerField(
        label=_("Which of your questions is it? (1 comes first)"),
        min_value=1,
        max_value=MOST_OWN_QUESTIONS,
    )
    is_on = forms.BooleanField(label=_("Ask this question"), required=False)

    class Meta:
        model = OwnQuestion
        fields = ["title", "kind", "title_en", "n", "is_on"]
        widgets = {"kind": forms.RadioSelect}
        labels = {"kind": _("Answered with")}

    field_order = ["title", "kind", "lines", "title_en", "lines_en", "n", "is_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show the answers one a line."""
        super().__init__(*args, **kwargs)
        self.initial.setdefault("lines", "\n".join(self.instance.choices))
        self.initial.setdefault("lines_en", "\n".join(self.instance.choices_en))
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = AnswerKind.choices  # none of them is "none"

    def clean_lines(self) -> list[str]:
        """Return the answers, once each."""
        return self._choices("lines")

    def clean_lines_en(self) -> list[str]:
        """Return the answers in English, once each."""
        return self._choices("lines_en")

    def _choices(self, name: str) -> list[str]:
        lines = str(self.cleaned_data[name]).split("\n")
        choices = [" ".join(line.split()) for line in lines if line.strip()]
        if any(len(choice) > MOST_IN_CHOICE for choice in choices):
            raise forms.ValidationError(_("Make each answer 60 characters at most."))
        return list(dict.fromkeys(choices))

    def clean(self) -> dict[str, Any]:
        """See that there is something to choose, and not more than a page can hold."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("kind") == AnswerKind.WORDS:
            data["lines"] = data["lines_en"] = []
        elif "lines" in data and not 2 <= len(data["lines"]) <= MOST_CHOICES:
            self.add_error("lines", _("Write two to eight answers, one a line."))
        self._see_that_english_is_whole(data)
        asked = [
            " ".join([data.get(title, ""), *data.get(lines, [])]).split()
            for title, lines in (("title", "lines"), ("title_en", "lines_en"))
        ]
        n_words = max(map(len, asked))
        if n_words > MOST_WORDS_ASKED:
            self.add_error(
                None,
                _(
                    "Together these are %(n)d words. Make it %(most)d at most: who is "
                    "tired must be able to read the page."
                )
                % {"n": n_words, "most": MOST_WORDS_ASKED},
            )
        return data

    def _see_that_english_is_whole(self, data: dict[str, Any]) -> None:
        """See that all is in English or nothing: a page is not in two languages."""
        title, lines = data.get("title_en"), data.get("lines_en", [])
        if lines and not title:
            self.add_error("title_en", _("Write the question in English too."))
        elif title and "lines" in data and len(lines) != len(data["lines"]):
            self.add_error(
                "lines_en",
                _("Write each of the %(n)d answers in English too, one a line.")
                % {"n": len(data["lines"])},
            )


class TypedOutForm(forms.Form):
    """What is said in a recording, or stands in a photo or document."""

    text = WordsField(
        label=_("What is said or stands there"),
        widget=forms.Textarea(attrs={"rows": 9, "autocomplete": "off"}),
        required=False,
        max_length=MOST_CHARACTERS,
        error_messages={"max_length": TOO_LONG},
    )


class StatusForm(forms.Form):
    """Which step a volunteer sets by hand."""

    use_required_attribute = False

    status = forms.ChoiceField(label=_("New status"), choices=[])

    def __init__(self, *args: Any, now_at: str, **kwargs: Any) -> None:
        """Offer only what the table of statuses allows from here."""
        super().__init__(*args, **kwargs)
        field = self.fields["status"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (status.value, status.label)
            for status in SET_BY_HAND
            if status != now_at and may_step(now_at, status)
        ]

    def clean_status(self) -> Status:
        """Return the status."""
        return Status(self.cleaned_data["status"])


class HandoverForm(forms.Form):
    """Who gets it, and what they should know."""

    use_required_attribute = False

    to = forms.ModelChoiceField(
        label=_("Colleague"),
        queryset=Account.objects.none(),
        empty_label=_("Choose a colleague"),
        error_messages={"required": _("Choose who gets it.")},
    )
    note = forms.CharField(
        label=_("What should they know? (may stay empty)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        by: Account | None = None,
        **kwargs: Any,
    ) -> None:
        """Offer those who may read reports here, but for who gives it."""
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)
        others = readers_of(organisation)
        field.queryset = others.exclude(pk=by.pk) if by else others
