"""What others go through: who has it too says so, without a new text."""

from __future__ import annotations

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from achterban.core import clock
from achterban.core.organisations.middleware import organisation_of
from achterban.core.web.failures import slowed, wait_words
from achterban.core.web.middleware import is_choice
from achterban.core.web.preferences import preferences_of
from achterban.listen.reports import limits
from achterban.listen.reports.actions import telling
from achterban.listen.reports.actions.counting import how_many
from achterban.listen.reports.models import Summary, Telling
from achterban.listen.reports.views.public import code_page
from achterban.listen.reports.views.shared import (
    not_stored_words,
    unavailable,
    without_cookies,
)

log = logging.getLogger(__name__)


@without_cookies
@require_http_methods(["GET", "HEAD", "POST"])
def same(request: HttpRequest) -> HttpResponse:
    """What is public, newest first, each with a button for who has it too."""
    organisation = organisation_of(request)
    if request.method != "POST" or is_choice(request):
        return _page(request)
    try:
        code = telling.code_of(request.POST.get("token", ""))
    except telling.NotOurToken:
        return _page(request, _("This page was too old. Press the button once more."))
    if wait := limits.intake_wait(request):
        return slowed(_page(request, wait_words(wait)), wait)
    asked = request.POST.get("summary", "")
    public = Summary.objects.published_by(organisation)
    summary = get_object_or_404(public, pk=int(asked) if asked.isdecimal() else 0)
    words = " ".join(filter(None, [summary.title, summary.text]))
    try:
        kept = telling.send_report(
            code,
            organisation,
            Telling(same={"summary": summary.pk, "words": words}),
            consent=telling.Yes(_consent_words(), preferences_of(request).language),
            on=clock.today(),
            is_suspect=limits.is_flood(request),
        )
    except telling.Gone:
        return redirect("reports:same")
    except (DatabaseError, OSError) as error:
        log.error("not stored: %s", type(error).__name__)
        return unavailable(_page(request, not_stored_words()))
    return code_page(request, "reports/receipt.html", code, kept)


def _consent_words() -> str:
    return " ".join(
        [
            _("I have this too"),
            _("We count you, and read nothing else."),
            _("We do nothing more without your yes. You can always take it back."),
        ]
    )


def _page(request: HttpRequest, refusal: str = "") -> HttpResponse:
    summaries = list(Summary.objects.published_by(organisation_of(request)))
    counts = how_many(summaries)
    context = {
        "summaries": [(summary, counts.get(summary.pk)) for summary in summaries],
        "token": telling.token_of(telling.fresh_code()),
        "refusal": refusal,
        "main_form": "same",
    }
    return TemplateResponse(request, "reports/same.html", context)
