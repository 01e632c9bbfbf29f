"""What becomes of the columns of a file, and rows that are corrected."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from achterban.listen.reports.forms import WordsField
from achterban.listen.reports.models import Plan
from achterban.rules.tables import ENCODINGS, Kind, Target, Trouble

SAMPLE = 60  # characters of a cell beside its heading
TARGETS = {
    Target.NOTHING: _("do not take along"),
    Target.WORDS: _("what was told, in words"),
    Target.DAY: _("the day"),
    Target.PLACE: _("municipality or postcode"),
    Target.PARTIES: _("who it is about"),
    Target.CONDITION: _("the illness"),
    Target.ROLE: _("who goes through it"),
    Target.ANSWER: _("an answer, under this heading"),
    Target.NAME: _("name of who told it"),
    Target.PHONE: _("telephone number"),
    Target.MAIL: _("mail address"),
    Target.QUOTE: _("may be quoted: yes or no"),
}
ENCODING_NAMES = dict(
    zip(
        ENCODINGS,
        (
            _("Of today (UTF-8)"),
            _("Unicode of Excel (UTF-16)"),
            _("Old Windows (1252)"),
            _("Old Windows, Turkish (1254)"),
            _("Old Mac (Roman)"),
            _("DOS (850)"),
        ),
        strict=True,
    )
)
ONCE = (Target.DAY, Target.PLACE, Target.QUOTE)
TROUBLES = {
    Trouble.EMPTY: _("There is nothing in this file."),
    Trouble.NO_ROWS: _("There are headings in this file, and no rows below them."),
    Trouble.UNKNOWN: _(
        "This is no table and no mail. Choose a CSV, Excel, .eml or .mbox file."
    ),
    Trouble.OLD_OFFICE: _(
        "This is an old spreadsheet, or one with a password. Open it and keep it as "
        ".xlsx without a password."
    ),
    Trouble.OTHER_OFFICE: _(
        "This is no Excel file. Open it, and keep it as .xlsx or CSV."
    ),
    Trouble.BROKEN: _("This file is broken. Open it, and keep it anew."),
    Trouble.LARGE: _(
        "This is too much at once: 50 MB for Excel, 250 MB for others. Cut it in parts."
    ),
}


class PlanForm(forms.Form):
    """A choice for each column, and what people agreed to."""

    use_required_attribute = False

    def __init__(self, *args: Any, plan: Plan, kind: str, **kwargs: Any) -> None:
        """Make a field of each column, with the first words of the file beside it."""
        super().__init__(*args, **kwargs)
        self.plan = plan
        choices = [(target.value, label) for target, label in TARGETS.items()]
        for n, heading in enumerate(plan.headings):
            self.fields[f"column{n}"] = forms.ChoiceField(
                label=heading,
                choices=choices,
                required=False,
                initial=plan.targets[n],
                help_text=_sample(plan, n),
            )
        self.fields["wording"] = WordsField(
            label=_("With which words did they agree to be quoted?"),
            help_text=_("Copy the sentence of then. Empty: we only read and count."),
            required=False,
            max_length=1000,
            initial=plan.wording,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.fields["is_for_all"] = forms.BooleanField(
            label=_("Everybody in this file agreed to that"),
            required=False,
            initial=plan.is_for_all,
        )
        if kind == Kind.TEXT:
            self.fields["encoding"] = forms.ChoiceField(
                label=_("Letters wrong in the example? Choose another kind."),
                choices=list(ENCODING_NAMES.items()),
                required=False,
                initial=plan.encoding,
            )

    @property
    def columns(self) -> list[forms.BoundField]:
        """Return the fields of the columns."""
        return [self[f"column{n}"] for n in range(len(self.plan.headings))]

    @property
    def rest(self) -> list[forms.BoundField]:
        """Return the other fields."""
        return [self[name] for name in self.fields if not name.startswith("column")]

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot be: no words, two days, a yes without its words."""
        data: dict[str, Any] = super().clean() or {}
        chosen = self._targets(data)
        if Target.WORDS not in chosen:
            self.add_error(None, _("Say which column has the words that were told."))
        for target in ONCE:
            if chosen.count(target.value) > 1:
                name = TARGETS[target]
                error = _("Two columns are “%(name)s”. Choose one.") % {"name": name}
                self.add_error(None, error)
        says_yes = data.get("is_for_all") or Target.QUOTE in chosen
        if says_yes and not str(data.get("wording", "")).strip():
            self.add_error(
                "wording", _("Write here to what they agreed, in the words of then.")
            )
        return data

    def chosen_plan(self) -> Plan:
        """Return the plan as it is chosen here."""
        data = self.cleaned_data
        return replace(
            self.plan,
            targets=self._targets(data),
            wording=data["wording"].strip(),
            is_for_all=data["is_for_all"],
        )

    def _targets(self, data: dict[str, Any]) -> list[str]:
        return [str(data.get(f"column{n}", "")) for n in range(len(self.plan.headings))]


def _sample(plan: Plan, n: int) -> str:
    filled = (row[n] for row in plan.samples if row[n].strip())
    words = " ".join(next(filled, "").split())
    return words if len(words) <= SAMPLE else f"{words[:SAMPLE]} …"


class RowForm(forms.Form):
    """The cells of one row, to correct."""

    use_required_attribute = False

    def __init__(self, *args: Any, plan: Plan, cells: list[str], **kwargs: Any) -> None:
        """Make a field of each column that is taken along."""
        super().__init__(*args, **kwargs)
        self._cells = cells[: len(plan.headings)]
        for n, heading in enumerate(plan.headings):
            if not plan.targets[n]:
                continue
            is_long = plan.targets[n] == Target.WORDS
            widget = forms.Textarea(attrs={"rows": 6}) if is_long else forms.TextInput()
            self.fields[f"cell{n}"] = WordsField(
                label=heading, required=False, initial=cells[n], widget=widget
            )

    def cells(self) -> list[str]:
        """Return all cells, those that are not taken along as they were."""
        return [
            str(self.cleaned_data.get(f"cell{n}", cell))
            for n, cell in enumerate(self._cells)
        ]
