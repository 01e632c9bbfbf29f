"""What came of it, for everybody: updates that a second person published."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from achterban.core.organisations.mail import address_of
from achterban.core.organisations.middleware import organisation_of
from achterban.core.web.preferences import preferences_of
from achterban.listen.reports.models import Update

A_PAGE, A_FEED = 10, 20


@require_safe
def what_happened(request: HttpRequest) -> HttpResponse:
    """Show what is public, newest first: the sentence, then the rest."""
    published = Update.objects.published_by(organisation_of(request))
    page = Paginator(published, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "shown": [(update, update.open_words()) for update in page],
    }
    return TemplateResponse(request, "reports/what_happened.html", context)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Return the newest for a reader of feeds."""
    organisation = organisation_of(request)
    address = address_of("reports:what-happened", organisation)
    channel = Rss201rev2Feed(
        title=f"{organisation.name} – {_('What came of it')}",
        link=address,
        description=_("What came of what people told us."),
        language=preferences_of(request).language,
    )
    for update in Update.objects.published_by(organisation)[:A_FEED]:
        words = update.open_words()
        assert update.published_on is not None
        channel.add_item(
            title=words.lead,
            link=f"{address}#u{update.pk}",
            description=words.rest,
            pubdate=datetime.combine(update.published_on, time(), UTC),
            unique_id=str(update.pk),
            unique_id_is_permalink=False,
        )
    content = channel.writeString("utf-8")
    return HttpResponse(content, content_type="application/rss+xml; charset=utf-8")
