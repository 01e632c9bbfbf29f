"""The diary behind an address that only its owner knows."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from achterban.advocate.dossiers.models import Feed
from achterban.advocate.dossiers.queries.diary import diary
from achterban.core import clock
from achterban.core.organisations.middleware import organisation_of


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Return it for a calendar program; who may not come in any more gets 404."""
    ours = organisation_of(request)
    row = Feed.objects.behind_code(token, ours).select_related("account").first()
    if row is None or not row.account.has_perm("dossiers.read", ours):
        raise Http404
    row.organisation = ours
    with translation.override("nl"):
        content = diary(row, at=clock.now())
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
