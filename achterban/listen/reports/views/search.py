"""The Werkplek: look for words in what was told.

What is looked for tells as much as what is found: it comes by POST only, so that it
stands in no address, no history and no log.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from achterban.core import clock
from achterban.core.accounts.access import (
    WorkRequest,
    ask_again,
    signed_in_lately,
    unsent,
    work_page,
)
from achterban.core.search.queries import MOST_COUNTED, Found, NoWords, find
from achterban.core.vocabulary.models import synonyms_of
from achterban.listen.reports.actions import finding, handling
from achterban.listen.reports.forms_search import SearchForm
from achterban.listen.reports.models import Review
from achterban.rules.search import Piece, dutch, snippet
from achterban.rules.spreadsheets import as_csv, as_xlsx

PAGE_SIZE = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX}
BOM = "\ufeff"  # tells a spreadsheet that the letters are UTF-8


@work_page("reports.read_all")
@require_http_methods(["GET", "POST"])
def search(request: WorkRequest) -> HttpResponse:
    """Words in, reports out: on the page, or as a list for a spreadsheet."""
    if request.method != "POST":
        return _page(
            request,
            SearchForm(initial=unsent(request), organisation=request.organisation),
        )
    form = SearchForm(request.POST, organisation=request.organisation)
    if not form.is_valid():
        return _page(request, form)
    kind = request.POST.get("act", "")
    if kind in KINDS and "reports.export" not in request.may:
        raise Http404
    if kind in KINDS and not signed_in_lately(request):
        return ask_again(request)
    limit = MOST_COUNTED if kind in KINDS else PAGE_SIZE
    try:
        found = _find(request, form.cleaned_data, limit=limit)
    except NoWords:
        form.add_error("words", _("Type a word that tells what it is about."))
        return _page(request, form)
    if kind in KINDS:
        return _list(request, found, kind)
    return _page(request, form, found)


def _find(request: WorkRequest, asked: dict[str, Any], *, limit: int) -> Found:
    facets = {finding.PLACE: asked["place"], finding.STATUS: asked["status"]}
    if theme := asked["theme"]:
        facets[finding.theme_facet(theme)] = finding.YES
    n_days = int(asked["since"] or 0)
    return find(
        request.organisation,
        finding.KIND,
        asked["words"],
        facets={name: value for name, value in facets.items() if value},
        since=clock.today() - timedelta(days=n_days) if n_days else None,
        before=(asked["before"] or 0) if limit == PAGE_SIZE else 0,
        limit=limit,
        synonyms=synonyms_of(request.organisation),
    )


def _reviews(request: WorkRequest, found: Found) -> list[Review]:
    """Return the checked words of what was found and may be read, and log the read."""
    visible = Review.objects.visible_to(request.user, request.organisation).approved()
    rows = visible.filter(report__in=found.keys)
    by_report = {
        row.report_id: row
        for row in rows.select_related("report__key", "report__handler")
    }
    reviews = [by_report[key] for key in found.keys if key in by_report]
    if reviews:
        handling.record_reads(
            [review.report for review in reviews],
            by=request.user,
            organisation=request.organisation,
            at=clock.now(),
        )
    return reviews


def _page(
    request: WorkRequest, form: SearchForm, found: Found | None = None
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "found": found}
    if found is not None:
        rows = [(row.report, _pieces(row, found)) for row in _reviews(request, found)]
        hidden = ("words", "theme", "place", "status", "since")
        context |= {
            "rows": rows,
            "asked": [(name, request.POST.get(name, "")) for name in hidden],
            "is_later": bool(form.cleaned_data["before"]),
            "most": MOST_COUNTED,
            "may_export": "reports.export" in request.may,
        }
    return TemplateResponse(request, "reports/search.html", context)


def _pieces(review: Review, found: Found) -> list[Piece]:
    return snippet(review.open().checked, found.forms, dutch())


def _list(request: WorkRequest, found: Found, kind: str) -> HttpResponse:
    """Return the newest of what was found, as rows; the log says how many."""
    on = clock.today()
    reviews = _reviews(request, found)
    handling.record_export(
        len(reviews),
        kind,
        by=request.user,
        organisation=request.organisation,
        at=clock.now(),
    )
    rows = [[_("Day"), _("Status"), _("Checked words")]]
    rows += [
        [
            f"{review.report.received_on:%Y-%m-%d}",
            review.report.get_status_display(),
            review.open().checked,
        ]
        for review in reviews
    ]
    words = _("Reports")
    body = BOM + as_csv(rows) if kind == "csv" else as_xlsx(rows, title=words, on=on)
    name = f"{words.lower()}-{date_format(on, 'Y-m-d')}.{kind}"
    return HttpResponse(
        body,
        content_type=KINDS[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
