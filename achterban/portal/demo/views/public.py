"""Who can log in to the example, with the code of this moment."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from achterban.core.web.peers import is_local
from achterban.portal.demo.personas import load_example
from achterban.rules.receipts import in_groups


@require_safe
def demo(request: HttpRequest) -> HttpResponse:
    """Show the people of the example, to whoever sits at this machine."""
    if not settings.DEMO or not is_local(request):
        raise Http404
    personas, codes = load_example()
    context = {
        "people": [(one, one.code_at(timezone.now())) for one in personas],
        "codes": [(slug, in_groups(code)) for slug, code in codes.items()],
    }
    return TemplateResponse(request, "demo/demo.html", context)
