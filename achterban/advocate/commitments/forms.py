"""A promise, its term, and what became of it, as somebody types it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import MAXYEAR, date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from achterban.advocate.commitments.actions.keeping import When
from achterban.advocate.commitments.models import Commitment, OccurrenceState, State
from achterban.advocate.commitments.models.occurrences import TOOK_PLACE
from achterban.advocate.commitments.states import next_states
from achterban.advocate.dossiers.models import Meeting, Rank
from achterban.advocate.issues.models import Document
from achterban.core.organisations.forms import LineField
from achterban.rules.recurrence import (
    Days,
    Doubt,
    around_recess,
    occurrences,
    read_term,
)

UNKNOWN = ("", _("we do not know"))
MOST_DOCUMENTS = 50
YEARS = 3  # in which the first time of a rhythm must lie


NO_DAY = _("We read no day in those words. Choose one, or tick below.")
NO_RECESS = _(
    "The recess is on other days each year. Choose the day; or write the recess down "
    "under Promises, then we read it."
)


def _day(label: Any, **more: Any) -> forms.DateField:
    picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=picker, **more)


class WhenForm(forms.Form):
    """When something is due: their words, read here; a day where they cannot be."""

    use_required_attribute = False

    words = LineField(
        label=_("When or how often, in their words? (may stay empty)"),
        help_text=_("For instance: every six weeks, before 1 May, in the autumn."),
        max_length=200,
        required=False,
    )
    due = _day(
        _("On which day at the latest? (may stay empty)"),
        help_text=_("Of what comes back: the first day."),
        required=False,
    )
    no_day = forms.BooleanField(label=_("No day was agreed"), required=False)

    read_on: date | None = None  # where no other field says when it was said
    recesses: Sequence[Days] = ()

    def clean(self) -> dict[str, Any]:
        """Read the words with the day on which they were said; ask what they lack."""
        given = super().clean() or self.cleaned_data
        words, due = given.get("words", ""), given.get("due")
        self.when = When(words, due)
        on = given.get("said_on") or self.read_on
        if not words or on is None:
            return given
        term = read_term(words, on)
        rhythm = term.rhythm if term else ""
        first = due or (term.due if term else None)
        is_recess = term is not None and term.doubt is Doubt.RECESS
        if first is None and is_recess:
            first = around_recess(words, self.recesses, on)
        if rhythm and first is None:
            days = occurrences(rhythm, on, _years_after(on))
            first = next((day for day in days if day > on), None)
        if first is None and not given.get("no_day"):
            self.add_error("due", NO_RECESS if is_recess else NO_DAY)
        self.when = When(words, first, rhythm if first else "")
        return given


def _years_after(on: date) -> date:
    return date(min(on.year + YEARS, MAXYEAR), 12, 31)


class CommitmentForm(WhenForm):
    """What was said, where it stands, and how each side reads it."""

    who = forms.ChoiceField(label=_("Who said it?"), widget=forms.RadioSelect)
    verbatim = forms.CharField(
        label=_("What was promised, word for word?"),
        help_text=_("Does a name stand in it? Put the function there: [alderman]."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    said_on = _day(_("When was it said or written?"))
    source = LineField(
        label=_("Where does it stand?"),
        help_text=_("For instance: letter to us, page 2. Or: by telephone."),
        max_length=200,
    )
    address = forms.URLField(
        label=_("Where does it stand on the web? (may stay empty)"),
        max_length=300,
        required=False,
        assume_scheme="https",
    )
    to_whom = LineField(
        label=_("To whom? (may stay empty)"), max_length=140, required=False
    )
    level = forms.ChoiceField(
        label=_("Who would do it or come?"),
        choices=[UNKNOWN, *Rank.choices],
        required=False,
    )
    conditions = LineField(
        label=_("On what condition? (may stay empty)"), max_length=300, required=False
    )
    ours = forms.CharField(
        label=_("How do we read it? (may stay empty)"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    theirs = forms.CharField(
        label=_("Do they read it otherwise? How? (may stay empty)"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    theirs_source = LineField(
        label=_("Where do they say so? (may stay empty)"),
        max_length=200,
        required=False,
    )

    field_order = [
        "who",
        "verbatim",
        "said_on",
        "source",
        "address",
        "words",
        "due",
        "no_day",
        "to_whom",
        "level",
        "conditions",
        "ours",
        "theirs",
        "theirs_source",
    ]

    def __init__(
        self,
        *args: Any,
        known: list[tuple[str, str]],
        is_new: bool,
        today: date,
        **kwargs: Any,
    ) -> None:
        """Offer the party and who works there; the term of a known one moves apart."""
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["who"].choices = known  # type: ignore[attr-defined]
        if not is_new:
            del self.fields["words"], self.fields["due"], self.fields["no_day"]

    def clean_said_on(self) -> date:
        """Refuse a day that has not come: nothing was said on it."""
        day: date = self.cleaned_data["said_on"]
        if day > self.today:
            raise forms.ValidationError(_("That day has not come yet."))
        return day

    def fill(self, row: Commitment) -> Commitment:
        """Put what was filled in into a promise, but who said it."""
        for name in KEPT_FIELDS:
            setattr(row, name, self.cleaned_data[name])
        return row


KEPT_FIELDS = (
    "verbatim",
    "said_on",
    "source",
    "address",
    "to_whom",
    "level",
    "conditions",
    "ours",
    "theirs",
    "theirs_source",
)


class ReadForm(forms.Form):
    """A document or a text in which something may be promised."""

    use_required_attribute = False

    document = forms.ModelChoiceField(
        Document.objects.none(),
        label=_("Which document?"),
        required=False,
        empty_label=_("a text that I paste below"),
    )
    text = forms.CharField(
        label=_("Or paste the letter, mail or report"),
        help_text=_("We look for promises in it, and do not keep it."),
        max_length=30_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    said_on = _day(_("What date is on it?"))
    source = LineField(
        label=_("What is it? (may stay empty with a document)"),
        help_text=_("For instance: letter of the ministry to us."),
        max_length=200,
        required=False,
    )

    def __init__(
        self, *args: Any, documents: QuerySet[Document], **kwargs: Any
    ) -> None:
        """Offer the documents that were brought in, the newest first."""
        super().__init__(*args, **kwargs)
        newest = documents.select_related("key")[:MOST_DOCUMENTS]
        keys = [row.pk for row in newest]
        offered = documents.filter(pk__in=keys).select_related("key")
        self.fields["document"].queryset = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a document, or a text and what it is."""
        given = super().clean() or self.cleaned_data
        if given.get("document") or "document" in self.errors:
            return given
        if not given.get("text") and "text" not in self.errors:
            self.add_error("text", _("Choose a document, or paste a text."))
        if not given.get("source") and "source" not in self.errors:
            self.add_error("source", _("Say what it is."))
        return given


class MoveForm(WhenForm):
    """Another term, and why."""

    why = LineField(
        label=_("Why does it move? (may stay empty)"), max_length=200, required=False
    )
    field_order = ["words", "due", "no_day", "why"]

    def __init__(self, *args: Any, read_on: date, **kwargs: Any) -> None:
        """Read the words with a day."""
        super().__init__(*args, **kwargs)
        self.read_on = read_on

    def clean(self) -> dict[str, Any]:
        """Ask for words, a day, or a tick."""
        given = super().clean()
        if not (given.get("words") or given.get("due") or given.get("no_day")):
            self.add_error("words", _("Say when it is due now, or tick below."))
        return given


class StepForm(forms.Form):
    """What became of it."""

    use_required_attribute = False

    state = forms.ChoiceField(label=_("What became of it?"), widget=forms.RadioSelect)
    why = LineField(
        label=_("How do you know? (may stay empty)"), max_length=200, required=False
    )

    def __init__(self, *args: Any, now_at: str, **kwargs: Any) -> None:
        """Offer the steps that are allowed from here."""
        super().__init__(*args, **kwargs)
        choices = [(state.value, State(state).label) for state in next_states(now_at)]
        self.fields["state"].choices = choices  # type: ignore[attr-defined]


class TalkField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A talk, told from others of the same name by its day."""

    def label_from_instance(self, obj: Meeting) -> str:
        """Return its day and name."""
        day = date_format(timezone.localdate(obj.starts_at), "j F Y")
        return f"{day}: {obj}"


class OccurrenceForm(forms.Form):
    """What took place of one time."""

    use_required_attribute = False

    state = forms.ChoiceField(
        label=_("Did it take place?"),
        choices=OccurrenceState.choices,
        widget=forms.RadioSelect,
    )
    held_on = _day(_("On which day? (only if it took place)"), required=False)
    level = forms.ChoiceField(
        label=_("Who came, at which level?"),
        choices=[UNKNOWN, *Rank.choices],
        required=False,
    )
    note = LineField(
        label=_("How do you know? (may stay empty)"), max_length=200, required=False
    )

    def __init__(
        self, *args: Any, on: date, talks: QuerySet[Meeting], **kwargs: Any
    ) -> None:
        """Know today: nothing took place in the future; offer the talks it may be."""
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["meeting"] = TalkField(
            talks,
            label=_("Which talk was it? (may stay empty)"),
            required=False,
            empty_label=_("none of these"),
        )

    def clean(self) -> dict[str, Any]:
        """Ask for the day of what took place."""
        given = super().clean() or self.cleaned_data
        day = given.get("held_on")
        if given.get("state") in TOOK_PLACE and "held_on" not in self.errors:
            if day is None:
                self.add_error("held_on", _("Choose the day on which it took place."))
            elif day > self.on:
                self.add_error("held_on", _("That day has not come yet."))
        return given
