"""What goes out of somebody's words before others read them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from achterban.listen.reports.forms import WordsField
from achterban.listen.reports.models import Looked
from achterban.rules.deidentify import Kind, Span

AROUND = 24  # characters on each side of what was found
STAYS = "stays"  # said, never guessed from a field that did not arrive
NAMES = {
    Kind.PERSON: _("name of somebody"),
    Kind.ADDRESS: _("address"),
    Kind.POSTCODE: _("postcode"),
    Kind.PLACE: _("place"),
    Kind.INSTITUTION: _("practice, school or employer"),
    Kind.DATE: _("date"),
    Kind.AGE: _("age"),
    Kind.PHONE: _("telephone number"),
    Kind.EMAIL: _("mail address"),
    Kind.BSN: _("citizen service number"),
    Kind.IBAN: _("bank account"),
    Kind.FILE_NUMBER: _("number of a file or case"),
    Kind.UNIQUE_ROLE: _("only one person does this"),
    Kind.USERNAME: _("user name"),
    Kind.BIRTH_DATE: _("date of birth"),
    Kind.URL: _("web address"),
    Kind.LICENCE_PLATE: _("number plate"),
}


class ReviewForm(forms.Form):
    """A choice for each thing that was found, and room for what was not."""

    use_required_attribute = False

    def __init__(self, *args: Any, looked: Looked, **kwargs: Any) -> None:
        """Make a choice of each span; the label shows it among its neighbours."""
        super().__init__(*args, **kwargs)
        self.looked = looked
        goes_out = [(kind.value, name) for kind, name in NAMES.items()]
        for n, span in enumerate(looked.spans):
            self.fields[f"span{n}"] = forms.ChoiceField(
                label=among_neighbours(looked.text, span),
                choices=[*goes_out, (STAYS, _("stays"))],
                required=False,  # it has a value always; see clean
                initial=span.kind.value,
                widget=forms.Select(attrs={} if n else {"accesskey": "v"}),
            )
        self.fields["more"] = WordsField(
            label=_("Something else that must go out"),
            help_text=_("Type the words as they stand there."),
            required=False,
            max_length=200,
            widget=forms.TextInput(attrs={"autocomplete": "off", "accesskey": "e"}),
        )
        self.fields["more_kind"] = forms.ChoiceField(
            label=_("What is it?"), choices=goes_out, required=False
        )

    def clean_more(self) -> str:
        """Return words that stand in the text."""
        more = str(self.cleaned_data["more"]).strip()
        if more and not occurrences(self.looked.text, more):
            raise forms.ValidationError(
                _("These words do not stand there. Type them just as they are.")
            )
        return more

    def clean(self) -> dict[str, Any]:
        """Refuse a form that lost a choice on its way: it would let words through."""
        data: dict[str, Any] = super().clean() or {}
        for n in range(len(self.looked.spans)):
            if data.get(f"span{n}") == "":
                self.add_error(f"span{n}", _("Choose what this is, or that it stays."))
        return data

    def spans(self) -> list[Span]:
        """Return what goes out, in order; what was added takes in what it overlaps."""
        spans = [
            Span(span.start, span.end, Kind(kind))
            for n, span in enumerate(self.looked.spans)
            if (kind := self.cleaned_data[f"span{n}"]) != STAYS
        ]
        if more := self.cleaned_data["more"]:
            kind = Kind(self.cleaned_data["more_kind"] or Kind.PERSON)
            for start, end in occurrences(self.looked.text, more):
                spans = _with(Span(start, end, kind), spans)
        return spans


def among_neighbours(text: str, span: Span) -> str:
    """Return what was found with a little of the text on both sides."""
    start, end = max(0, span.start - AROUND), span.end + AROUND
    before = text[start : span.start].split("\n")[-1]
    after = text[span.end : end].split("\n")[0]
    dots = "… " if start and before == text[start : span.start] else ""
    rest = " …" if end < len(text) and after == text[span.end : end] else ""
    return f"{dots}{before}“{text[span.start : span.end]}”{after}{rest}"


def occurrences(text: str, words: str) -> list[tuple[int, int]]:
    """Return where words stand, whatever their capitals; they do not overlap."""
    found, at = [], 0
    folded, sought = text.lower(), words.lower()
    if len(folded) != len(text):  # İ becomes two letters: then only as it stands
        folded, sought = text, words
    while (at := folded.find(sought, at)) >= 0:
        found.append((at, at + len(sought)))
        at += len(sought)
    return found


def _with(new: Span, spans: list[Span]) -> list[Span]:
    """Return spans with one more, grown over those that it touches."""
    touched = [s for s in spans if s.start < new.end and new.start < s.end]
    start = min([new.start, *(s.start for s in touched)])
    end = max([new.end, *(s.end for s in touched)])
    whole = Span(start, end, new.kind)
    return sorted(
        [*(s for s in spans if s not in touched), whole], key=lambda s: s.start
    )


def pieces(looked: Looked) -> list[tuple[str, str]]:
    """Return the text in pieces: words, and what they are when they go out."""
    cuts = [0]
    for span in looked.spans:
        cuts += [span.start, span.end]
    names = {span.start: str(NAMES[span.kind]) for span in looked.spans}
    cuts.append(len(looked.text))
    return [
        (looked.text[start:end], names.get(start, "") if n % 2 else "")
        for n, (start, end) in enumerate(pairwise(cuts))
    ]
