"""The Werkplek: what goes by itself, and when."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, work_page
from achterban.listen.reports.actions.retaining import over_time

AHEAD_DAYS = (0, 30, 90, 365)


@work_page("organisations.change")
@require_GET
def keeping(request: WorkRequest) -> HttpResponse:
    """How many reports lose their words, a look ahead; nothing is erased here."""
    today = clock.today()
    days = [today + timedelta(days=n) for n in AHEAD_DAYS]
    context = {
        "ahead": [(day, over_time(day, request.organisation).count()) for day in days]
    }
    return TemplateResponse(request, "reports/keeping.html", context)
