"""How much time there is: a few questions, and the last day. Nothing is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from icalendar import Alarm, Calendar, Event

from achterban.core import clock
from achterban.core.web.middleware import is_choice
from achterban.rules.deadlines import By, Deadline, InTime, NotCovered, in_time
from achterban.support.helpline.answers import Answer, answer
from achterban.support.helpline.forms import SentForm, TermForm
from achterban.support.helpline.matters import GROUPS, MATTERS, Matter, matters_in

_MORNING = timedelta(hours=9)
_IN_TIME = timedelta(days=3)  # somebody may have one good day in three


def day_of(text: str) -> date:
    """Return the day in an address; raises ValueError, which means no such page."""
    return date.fromisoformat(text)


@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """What is the matter?"""
    return TemplateResponse(request, "helpline/groups.html", {"groups": GROUPS})


@require_safe
def group(request: HttpRequest, n: int) -> HttpResponse:
    """Which letter is it?"""
    if n not in GROUPS:
        raise Http404
    context = {"title": GROUPS[n], "matters": matters_in(n)}
    return TemplateResponse(request, "helpline/group.html", context)


@csrf_exempt  # changes nothing; SameOrigin guards it
@require_http_methods(["GET", "HEAD", "POST"])
def term(request: HttpRequest, n: int) -> HttpResponse:
    """Ask for the days, and answer; what was typed travels in the form."""
    matter = MATTERS.get(n)
    if matter is None:
        raise Http404
    is_answered = "counted" in request.POST
    if request.method != "POST" or "change" in request.POST:
        return _ask(request, matter, TermForm(matter, initial=request.POST.dict()))
    if is_choice(request) and not is_answered:
        return _ask(request, matter, TermForm(matter, initial=request.POST.dict()))
    form = TermForm(matter, request.POST)
    if not form.is_valid():
        return _ask(request, matter, form)
    is_adjourned = bool(request.POST.get("adjourned"))
    try:
        said = answer(
            matter,
            form.cleaned_data,
            today=clock.today(),
            is_adjourned=is_adjourned,
        )
    except NotCovered as reason:
        return _answered(request, matter, form, {"reason": str(reason)})
    context = {"answer": said, "is_adjourned": is_adjourned}
    return _answered(request, matter, form, context | _sent(request, said))


def _ask(request: HttpRequest, matter: Matter, form: TermForm) -> HttpResponse:
    context = {"matter": matter, "group": GROUPS[matter.group], "form": form}
    context["main_form"] = "term"
    return TemplateResponse(request, "helpline/term.html", context)


def _answered(
    request: HttpRequest, matter: Matter, form: TermForm, context: dict[str, Any]
) -> HttpResponse:
    typed = {name: request.POST.get(name, "") for name in form.fields}
    if request.POST.get("adjourned"):
        typed["adjourned"] = "1"
    context |= {"matter": matter, "typed": typed, "main_form": "again"}
    return TemplateResponse(request, "helpline/answer.html", context)


def _sent(request: HttpRequest, said: Answer) -> dict[str, Any]:
    """Return the form about what was sent, and whether that was in time."""
    if said.found is None or not said.found.term.by_post:
        return {}
    is_asked = "by" in request.POST or "check" in request.POST
    form = SentForm(request.POST if is_asked else None)
    if not is_asked or not form.is_valid():
        return {"form": form}
    return {"form": form, "in_time": _in_time(said.found, form.cleaned_data)}


def _in_time(found: Deadline, given: dict[str, Any]) -> InTime:
    by = By(given["by"])
    return in_time(found, by, sent=given["sent"], received=given["received"])


@require_safe
def diary(request: HttpRequest, safe: date, last: date) -> HttpResponse:
    """Two days for one's own diary; they do not say what they are about."""
    calendar = Calendar()
    calendar.add("prodid", "-//Achterban//NL")
    calendar.add("version", "2.0")
    titles = {safe: _("To be safe: do it today"), last: _("Last day")}
    if safe > last:
        titles = {safe: _("From today on you can go on")}
    for day, title in titles.items():
        event = Event()
        event.add("uid", f"termijn-{day}@achterban")
        event.add("dtstamp", datetime.combine(day, time(), UTC))
        event.add("dtstart", day)
        if day < date.max:
            event.add("dtend", day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        event.add("class", "PRIVATE")
        event.add("summary", title)
        for before in (_IN_TIME, timedelta()):
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("trigger", _MORNING - before)
            alarm.add("description", title)
            event.add_component(alarm)
        calendar.add_component(event)
    answer = HttpResponse(calendar.to_ical(), content_type="text/calendar")
    answer["Content-Disposition"] = 'attachment; filename="dag.ics"'
    return answer
