"""What is asked for a term; nothing of it is kept."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from achterban.rules.deadlines import By, Court, NotCovered, Payer, length_in
from achterban.rules.tables import NotADay, read_day
from achterban.support.helpline.matters import Matter, Shape

_NO_DAY = _("That day does not exist. Look once more. Type it like this: 21-11-2025.")
_MAY_BE_EMPTY = _("May stay empty.")
_LENGTH = re.compile(r"\d+ [a-z]+")


class DayField(forms.CharField):
    """A day: chosen in the browser, or typed as people write it."""

    widget = forms.DateInput(attrs={"type": "date"})

    def to_python(self, value: Any) -> Any:
        """Return the day that was typed."""
        typed = str(value or "").strip()
        if not typed:
            return None
        try:
            return read_day(typed)
        except NotADay:
            raise ValidationError(_NO_DAY) from None

    def validate(self, value: Any) -> None:
        """Ask for a day that is needed."""
        if self.required and value is None:
            raise ValidationError(self.error_messages["required"])

    def run_validators(self, value: Any) -> None:
        """Leave out those of text."""


class LengthField(forms.CharField):
    """How long a term is, such as 6 weken, and nothing beside it."""

    def clean(self, value: Any) -> Any:
        """Return it as a length."""
        typed = " ".join(super().clean(value).lower().split())
        try:
            return length_in(typed if _LENGTH.fullmatch(typed) else "")
        except NotCovered:
            raise ValidationError(_("Type it like this: 6 weken.")) from None


def _day(label: Any, help_text: Any = "", *, needed: bool = False) -> DayField:
    return DayField(label=label, help_text=help_text, required=needed)


class TermForm(forms.Form):
    """The questions about one letter."""

    use_required_attribute = False  # what lacks is said in our own words

    def __init__(self, matter: Matter, *args: Any, **kwargs: Any) -> None:
        """Ask what this letter needs."""
        super().__init__(*args, **kwargs)
        self.fields |= _fields(matter)


def _fields(matter: Matter) -> dict[str, forms.Field]:
    begun: dict[str, forms.Field] = {"begun": _day(matter.begins, needed=True)}
    still = {
        "asked": _day(
            _("Did they ask you for more? On which day?"), _("Empty if they did not.")
        ),
        "answered": _day(_("When did you send that?")),
    }
    match matter.shape:
        case Shape.LETTER:
            return {
                "dated": _day(_("Which day stands on the letter?")),
                "postmark": _day(
                    _("Which day stands on the envelope?"),
                    _("Only if it is another day."),
                ),
                "came": _day(_("When did the letter come?"), _MAY_BE_EMPTY),
            }
        case Shape.SENT:
            return {**begun, **still}
        case Shape.OBJECTION:
            label = _("Which day stands on the decision that you object to?")
            later = _("Or the day on the envelope, if that is later.")
            return {"begun": _day(label, later, needed=True), **still}
        case Shape.NOTICE:
            return {
                "ended": _day(_("Until which day could they decide?"), needed=True),
                "begun": _day(_("When did they get your letter?"), needed=True),
                "decided": _day(
                    _("Which day stands on their decision?"),
                    _("Empty if there is none yet."),
                ),
            }
        case Shape.HEARING:
            return begun
        case Shape.FEE:
            courts = [
                (Court.APPEAL, _("Appeal")),
                (Court.HIGHER_APPEAL, _("Higher appeal")),
            ]
            payers = [
                (Payer.REDUCED, _("I myself: benefits, Wmo or Wlz")),
                (Payer.PERSON, _("I myself: something else")),
                (Payer.ORGANISATION, _("An organisation")),
            ]
            return {
                **begun,
                "court": _choice(_("For what?"), courts),
                "payer": _choice(_("Who pays?"), payers),
            }
        case Shape.FREE:
            help_text = _("For example: 6 weken, 10 dagen or 1 maand.")
            return {
                **begun,
                "length": LengthField(
                    label=_("How long is it?"), help_text=help_text, max_length=40
                ),
            }


def _choice(label: Any, choices: list[tuple[Any, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[(str(value), name) for value, name in choices],
        widget=forms.RadioSelect,
    )


class SentForm(forms.Form):
    """How and when it went, to see whether that was in time."""

    use_required_attribute = False

    by = forms.ChoiceField(
        label=_("How did it go?"),
        choices=[
            (By.POST.value, _("By post")),
            (By.UNMARKED.value, _("By post, without a postmark that can be read")),
            (By.DIGITAL.value, _("By internet")),
            (By.COUNTER.value, _("At the counter")),
        ],
        widget=forms.RadioSelect,
    )
    sent = _day(_("On which day did it go?"))
    received = _day(_("On which day did they get it?"), _MAY_BE_EMPTY)


def days_in(cleaned: dict[str, Any]) -> dict[str, date]:
    """Return the days that were given, by the name of their field."""
    return {name: it for name, it in cleaned.items() if isinstance(it, date)}
