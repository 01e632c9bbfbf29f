"""The Werkplek: where something stands out, and what may fool."""

from __future__ import annotations

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from achterban.advocate.issues.standing_out import of_places, of_terms
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, work_page
from achterban.core.vocabulary.models import TermKind
from achterban.listen.reports.models import Report


@work_page("reports.read_all")
@require_GET
def standing_out(request: WorkRequest) -> HttpResponse:
    """Municipalities beside their inhabitants, themes and parties beside before."""
    ours, on = request.organisation, clock.today()
    reports = Report.objects.visible_to(request.user, ours)
    context = {
        "municipalities": of_places(reports, ours, on=on),
        "themes": of_terms(reports, ours, TermKind.THEME, on=on),
        "parties": of_terms(reports, ours, TermKind.PARTY, on=on),
        "may_write": "issues.write" in request.may,
    }
    return TemplateResponse(request, "issues/standing_out.html", context)
