"""The Werkplek: write down what was told at a gathering, also without a line."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from django import forms
from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods

from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.organisations.forms import LineField
from achterban.core.places.forms import municipality_code
from achterban.core.web.middleware import is_choice
from achterban.listen.reports.actions import gathering as acts
from achterban.listen.reports.actions import telling
from achterban.listen.reports.forms import TOO_LONG, WordsField
from achterban.listen.reports.views.shared import not_stored_words, unavailable
from achterban.people.gatherings.actions import keep_gathering
from achterban.people.gatherings.models import Gathering
from achterban.rules.receipts import in_groups

SHOWN = 30


class GatheringForm(forms.ModelForm):  # type: ignore[type-arg]
    """When, where, and what was said about consent."""

    use_required_attribute = False

    name = LineField(label=_lazy("What was it?"), max_length=80)
    place = forms.CharField(
        label=_lazy("Municipality or postcode"), required=False, max_length=60
    )
    consent = LineField(
        label=_lazy("What did you say about it, and what did they agree to?"),
        help_text=_lazy("These words stand with each story as the yes."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Gathering
        fields = ["name", "held_on", "consent"]
        widgets = {
            "held_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        }

    field_order = ["name", "held_on", "place", "consent"]

    def clean_place(self) -> str:
        """Return the code of the municipality, empty for none."""
        return municipality_code(str(self.cleaned_data["place"]))


class StoriesForm(forms.Form):
    """Stories, an empty line between them."""

    use_required_attribute = False

    text = WordsField(
        label=_lazy("What did people tell?"),
        help_text=_lazy("An empty line between two stories. No names."),
        widget=forms.Textarea(attrs={"rows": 12, "autocomplete": "off"}),
        error_messages={"required": _lazy("Nothing is written here yet.")},
    )


@work_page("reports.enter")
@require_GET
def gathering_list(request: WorkRequest) -> HttpResponse:
    """Where people met, newest first."""
    rows = Gathering.objects.visible_to(request.user, request.organisation)[:SHOWN]
    return TemplateResponse(request, "reports/gathering_list.html", {"rows": rows})


@work_page("reports.enter")
@require_http_methods(["GET", "POST"])
def new_gathering(request: WorkRequest) -> HttpResponse:
    """Say that people met, before writing down what they told."""
    row = Gathering(organisation=request.organisation, held_on=clock.today())
    usual = {
        "consent": _(
            "We told at the beginning that we write stories down without names, to "
            "read and count them. Who did not want that said so."
        )
    }
    form = GatheringForm(
        request.POST or None, instance=row, initial=unsent(request) or usual
    )
    if request.method == "POST" and is_choice(request):
        form = GatheringForm(instance=row, initial=request.POST.dict())
    elif request.method == "POST" and form.is_valid():
        row.municipality = form.cleaned_data["place"]
        keep_gathering(row, by=request.user, at=clock.now())
        return redirect("reports:gathering", row.pk)
    context = {"form": form, "main_form": "gathering"}
    return TemplateResponse(request, "reports/new_gathering.html", context)


@work_page("reports.enter")
@require_http_methods(["GET", "POST"])
def gathering(request: WorkRequest, pk: int) -> HttpResponse:
    """Write down many short stories at once."""
    visible = Gathering.objects.visible_to(request.user, request.organisation)
    row = get_object_or_404(visible.select_related("organisation"), pk=pk)
    if request.method != "POST":
        return _page(request, row, StoriesForm(initial=unsent(request) or {}))
    batch = request.POST.get("batch", "")
    if is_choice(request):
        form = StoriesForm(initial={"text": request.POST.get("text", "")})
        return _page(request, row, form, batch=batch)
    form = StoriesForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, batch=batch)
    try:
        kept = acts.store_stories(
            row, form.cleaned_data["text"], batch, by=request.user, on=clock.today()
        )
    except telling.NotOurToken:
        form.add_error(None, _("This page was too old. Press the button once more."))
        return _page(request, row, form)
    except (acts.TooMany, telling.TooLong) as error:
        many = _("These are more than fifty stories. Send them in two parts.")
        form.add_error(None, TOO_LONG if isinstance(error, telling.TooLong) else many)
        return _page(request, row, form, batch=batch)
    except (DatabaseError, OSError):
        form.add_error(None, not_stored_words())
        return unavailable(_page(request, row, form, batch=batch))
    messages.success(request, _("Kept. Thank you for writing it all down."))
    context = {
        "gathering": row,
        "kept": [(in_groups(code), report) for code, report in kept],
    }
    return TemplateResponse(request, "reports/gathering_kept.html", context)


def _page(
    request: WorkRequest, row: Gathering, form: StoriesForm, *, batch: str = ""
) -> HttpResponse:
    context: dict[str, Any] = {
        "gathering": row,
        "form": form,
        "batch": batch or acts.fresh_batch(),
        "device_key": b64encode(acts.device_key(row, request.user)).decode(),
        "main_form": "stories",
    }
    return TemplateResponse(request, "reports/gathering.html", context)
