"""Promises, for everybody: the page and the open data, as two people saw them."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from achterban.advocate.commitments.models import Showing
from achterban.advocate.commitments.queries.public import (
    FIELDS,
    as_open_data,
    as_shown,
)
from achterban.core import clock
from achterban.core.organisations.mail import address_of
from achterban.core.organisations.middleware import organisation_of
from achterban.core.web.preferences import preferences_of
from achterban.rules.signs import printable
from achterban.rules.spreadsheets import as_csv

A_PAGE, A_FEED = 20, 50
LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/deed.nl"


@require_safe
def promise_list(request: HttpRequest) -> HttpResponse:
    """What was promised, and what became of it; what was looked at last first."""
    rows = Showing.objects.published_by(organisation_of(request))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    on = clock.today()
    context = {"page": page, "rows": [as_shown(row, on=on) for row in page]}
    return TemplateResponse(request, "commitments/public_list.html", context)


@require_safe
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    """One promise with both readings, by the key of the promise: it stays the same."""
    rows = Showing.objects.published_by(organisation_of(request))
    row = get_object_or_404(rows, commitment=pk)
    context = {"it": as_shown(row, on=clock.today())}
    return TemplateResponse(request, "commitments/public.html", context)


@require_safe
def open_data(request: HttpRequest, form: str) -> HttpResponse:
    """Return all of them for a program: ``csv``, ``json`` or ``rss``."""
    rows = Showing.objects.published_by(organisation_of(request))
    on = clock.today()
    match form:
        case "csv":
            lines = [list(as_open_data(row, on=on).values()) for row in rows]
            content = "\ufeff" + as_csv([FIELDS, *lines])
            return HttpResponse(content, content_type="text/csv; charset=utf-8")
        case "json":
            found = [as_open_data(row, on=on) for row in rows]
            return JsonResponse(
                {
                    "organisatie": str(organisation_of(request)),
                    "licentie": LICENCE,
                    "op": on.isoformat(),
                    "toezeggingen": found,
                }
            )
        case "rss":
            return _feed(request)
        case _:
            raise Http404


def _feed(request: HttpRequest) -> HttpResponse:
    organisation = organisation_of(request)
    channel = Rss201rev2Feed(
        title=f"{organisation.name} – {_('What was promised')}",
        link=address_of("commitments:public-list", organisation),
        description=_("What was promised to us, and what became of it."),
        language=preferences_of(request).language,
    )
    on = clock.today()
    for row in Showing.objects.published_by(organisation)[:A_FEED]:
        it = as_shown(row, on=on)
        assert row.released_on is not None
        channel.add_item(
            title=printable(f"{it['state'].label}: {it['party']}"),
            link=address_of("commitments:public", organisation, row.commitment_id),
            description=printable(it["verbatim"]),
            pubdate=datetime.combine(row.released_on, time(), UTC),
            unique_id=str(row.pk),
            unique_id_is_permalink=False,
        )
    content = channel.writeString("utf-8")
    return HttpResponse(content, content_type="application/rss+xml; charset=utf-8")
