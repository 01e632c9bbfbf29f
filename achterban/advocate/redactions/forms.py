"""A correspondence that is brought in, and what goes out of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from achterban.advocate.redactions.actions.deciding import MOST_CHARACTERS
from achterban.advocate.redactions.grounds import NAMES
from achterban.core.organisations.forms import LineField
from achterban.rules.redaction import USUAL, Decision, Ground, Trace, removals, times

STAYS = "stays"  # said, never guessed from a field that did not arrive


def _choices() -> list[tuple[str, Any]]:
    named = [(it.value, _Named(it)) for it in NAMES]
    return [*named, (STAYS, _("stays"))]


class _Named:
    """A ground with its name, in the language of whoever reads."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def __str__(self) -> str:
        return f"{self._ground} {NAMES[self._ground]}"


class _QuickSelect(forms.Select):
    """A choice that stands hundreds of times on a page: no template a line."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,
    ) -> SafeString:
        """Return what the template of Django would."""
        widget = self.get_context(name, value, attrs)["widget"]
        lines = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (it["value"], flatatt({"selected": it["selected"]}), it["label"])
                for _group, options, _n in widget["optgroups"]
                for it in options
            ),
        )
        of_it = flatatt({"name": widget["name"], **widget["attrs"]})
        return format_html("<select{}>{}</select>", of_it, lines)


def _title() -> LineField:
    return LineField(
        label=_("What is it called?"),
        help_text=_("Everybody reads this. No names of people."),
        max_length=120,
    )


class NewForm(forms.Form):
    """Under which title, and the words: a file or what is pasted."""

    use_required_attribute = False

    title = _title()
    text = forms.CharField(
        label=_("Or paste the text (may stay empty)"),
        max_length=MOST_CHARACTERS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class DecisionsForm(forms.Form):
    """A choice for all that was found, and room for what was not."""

    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        text: str,
        decisions: list[Decision],
        found: list[Trace],
        **kwargs: Any,
    ) -> None:
        """Make a choice of each; the label shows it, the help where it stands."""
        super().__init__(*args, **kwargs)
        self.text = text
        also = [Decision(it.words, USUAL) for it in found]
        self.asked = [*also, *decisions]
        often = ["" for _it in also] + _how_often(text, decisions)
        for n, it in enumerate(self.asked):
            self.fields[f"words{n}"] = forms.ChoiceField(
                label=f"{it.words} {often[n]}".strip(),
                help_text=escape(found[n].around) if n < len(found) else "",
                choices=_choices,
                required=False,  # it has a value always; see clean
                initial=it.ground or STAYS,
                widget=_QuickSelect(attrs={} if n else {"accesskey": "v"}),
            )
        self.fields["more"] = LineField(
            label=_("Something else that must go out"),
            help_text=_("Type the words as they stand there."),
            required=False,
            max_length=200,
            widget=forms.TextInput(attrs={"autocomplete": "off", "accesskey": "e"}),
        )
        self.fields["more_ground"] = forms.ChoiceField(
            label=_("On what ground?"),
            choices=lambda: _choices()[:-1],
            required=False,
            initial=USUAL,
        )
        self.fields["title"] = _title()
        self.n_also = len(also)

    def clean_more(self) -> str:
        """Return words that stand in the text."""
        more = str(self.cleaned_data["more"])
        if more and not removals(self.text, [Decision(more, USUAL)]):
            raise forms.ValidationError(
                _("These words do not stand there. Type them just as they are.")
            )
        return more

    def clean(self) -> dict[str, Any]:
        """Refuse a form that lost a choice on its way: it would let words through."""
        data: dict[str, Any] = super().clean() or {}
        for n in range(len(self.asked)):
            if data.get(f"words{n}") == "":
                self.add_error(f"words{n}", _("Choose a ground, or that it stays."))
        return data

    def decisions(self) -> list[Decision]:
        """Return what was decided of all."""
        chosen = [
            (it.words, self.cleaned_data[f"words{n}"])
            for n, it in enumerate(self.asked)
        ]
        if more := self.cleaned_data["more"]:
            chosen.append((more, self.cleaned_data["more_ground"] or USUAL))
        return [
            Decision(words, None if ground == STAYS else Ground(ground))
            for words, ground in chosen
        ]


def _how_often(text: str, decisions: list[Decision]) -> list[str]:
    found = times(text, decisions)
    return [ngettext("(%(n)d time)", "(%(n)d times)", n) % {"n": n} for n in found]


def pieces(text: str, decisions: list[Decision]) -> list[tuple[str, str]]:
    """Return a text in pieces: words, and the ground when they go out."""
    shown, at = [], 0
    for it in removals(text, decisions):
        shown.append((text[at : it.start], ""))
        shown.append((text[it.start : it.end], str(it.ground)))
        at = it.end
    return [*shown, (text[at:], "")]
