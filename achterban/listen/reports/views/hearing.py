"""What somebody wants to hear: chosen behind the code, and the links in letters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from achterban.core import clock
from achterban.core.organisations.mail import address_of
from achterban.core.web.failures import slowed, wait_words
from achterban.core.web.middleware import is_choice
from achterban.core.web.preferences import preferences_of
from achterban.listen.reports import limits
from achterban.listen.reports.actions import hearing
from achterban.listen.reports.forms_hearing import HearForm
from achterban.listen.reports.hearing import Hearing
from achterban.listen.reports.models import Report
from achterban.listen.reports.questions import HEAR_TITLE
from achterban.listen.reports.views.shared import without_cookies
from achterban.listen.reports.views.ways import Way
from achterban.people.persons import actions as persons
from achterban.people.persons.models import Mailbox

ONE_CLICK = ("List-Unsubscribe", "One-Click")  # RFC 8058


def choice_of(request: HttpRequest, form: HearForm) -> hearing.Choice:
    """Return what a form that is valid says."""
    data, language = form.cleaned_data, preferences_of(request).language
    mailbox = Mailbox(data["address"], language) if data["address"] else None
    return hearing.Choice(data["hear"], mailbox, data["remind"])


def address_wait(request: HttpRequest, form: forms.Form) -> float:
    """Return the seconds this peer must wait before it leaves one more address."""
    has_address = bool(form.cleaned_data.get("address"))
    return limits.address_wait(request) if has_address else 0.0


def hear(request: HttpRequest, report: Report, way: Way) -> HttpResponse:
    """Show what was chosen, and take in another choice."""
    act, on = request.POST.get("act", ""), clock.today()
    if is_choice(request) or act not in {"keep", "forget"}:
        return _page(request, report, way)
    if act == "forget":
        report = hearing.stop_mail(report, on=on)
        return _page(request, report, way, said=_("Your address is erased."))
    form = HearForm(request.POST, has_address=_has_address(report))
    if not form.is_valid():
        return _page(request, report, way, form)
    if wait := address_wait(request, form):
        form.add_error(None, wait_words(wait))
        return slowed(_page(request, report, way, form), wait)
    choice = choice_of(request, form)
    wording = f"{HEAR_TITLE} {Hearing(choice.hearing).label}" if choice.hearing else ""
    language = preferences_of(request).language
    report = hearing.choose_hearing(
        report, choice, wording=wording, language=language, on=on
    )
    said = _("Kept.")
    if choice.mailbox:
        said = _("Kept. We sent a mail: press the button in it once.")
    return _page(request, report, way, said=said)


def _has_address(report: Report) -> bool:
    return persons.find_address(report.open_telling().notify) is not None


def _page(
    request: HttpRequest,
    report: Report,
    way: Way,
    form: HearForm | None = None,
    **more: Any,
) -> HttpResponse:
    has_address = _has_address(report)
    if form is None:
        initial = {"hear": report.hearing, "remind": report.open_telling().remind}
        if is_choice(request):
            initial |= {
                name: request.POST.get(name, "") for name in HearForm.base_fields
            }
        form = HearForm(initial=initial, has_address=has_address)
    context = {
        "form": form,
        "way": way,
        "has_address": has_address,
        "title": HEAR_TITLE,
        "main_form": "hear",
        **more,
    }
    return TemplateResponse(request, "reports/hear.html", context)


@without_cookies
@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link of a letter: say yes, go and read, or stop.

    Looking changes nothing, as scanners of mail look too.
    """
    try:
        address = persons.address_behind(token)
    except persons.NotOurLink as error:
        raise Http404 from error
    act = _act(request)
    if address is None:
        return TemplateResponse(request, "reports/mail_over.html", {})
    if act == "stop":
        persons.forget_address(address.pk, on=clock.today())
        return TemplateResponse(request, "reports/mail_over.html", {"just_now": True})
    question, yes = _("May we mail you here when a message waits?"), _("Yes, mail me")
    if act == "yes":
        language = preferences_of(request).language
        persons.confirm_address(
            address.pk,
            wording=f"{question} {yes}",
            language=language,
            on=clock.today(),
        )
    context = {
        "is_confirmed": act == "yes" or address.confirmed_on is not None,
        "just_now": act == "yes",
        "question": question,
        "yes": yes,
        "read": address_of("reports:code", address.organisation),
        "main_form": "mail",
    }
    return TemplateResponse(request, "reports/mail.html", context)


def _act(request: HttpRequest) -> str:
    if is_choice(request):
        return ""
    name, value = ONE_CLICK
    return "stop" if request.POST.get(name) == value else request.POST.get("act", "")
