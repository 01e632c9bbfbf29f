"""What the public pages here share: the question, and words for when it fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.signing import Signer
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from achterban.core.database.fields import random_key
from achterban.core.organisations.middleware import organisation_of
from achterban.core.places.models import Municipality
from achterban.core.web.failures import RETRY_SECONDS
from achterban.core.web.peers import is_onion
from achterban.listen.reports import pages
from achterban.listen.reports.actions import telling
from achterban.listen.reports.circumstances import Helper
from achterban.listen.reports.forms import HelperForm, WordsForm
from achterban.listen.reports.models import AnswerKind, Attachment, Telling
from achterban.listen.reports.questions import HEAR, Question, questions_of
from achterban.rules.receipts import in_groups

ATTACHMENT = "reports.attachment"  # salt of the key of a new file, in its form
ENTRY = "reports.entry"
HELPERS = frozenset(Helper.values)
View = Callable[[HttpRequest], HttpResponse]


def without_cookies(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a public form: no CSRF cookie; origin and signed tokens guard it."""
    guarded: Callable[..., HttpResponse] = csrf_exempt(view)
    return guarded


def tell_page(
    request: HttpRequest, form: WordsForm, code: str, *, may_help: bool = False
) -> HttpResponse:
    """Return the page with the one question, for the report of this code.

    Args:
        request: who asks.
        form: with what was typed.
        code: of the report.
        may_help: whether somebody else may have come with the code, to help; a page
            that asked so asks again when it is shown again.
    """
    context = {
        "form": form,
        "token": telling.token_of(code),
        "code": in_groups(code),
        "main_form": "tell",
        "is_anonymous": is_anonymous(request),
    }
    if may_help or "may_help" in request.POST:
        context["helper"] = HelperForm(initial={"helper": helper_said(request)})
    return may_record(TemplateResponse(request, "reports/tell.html", context))


def helper_said(request: HttpRequest) -> str:
    """Return who helps, as the form says; empty where nobody said."""
    said = request.POST.get("helper", "")
    return said if said in HELPERS else ""


def question_page(
    request: HttpRequest,
    code: str,
    told: Telling,
    n: int,
    kept: telling.Kept | None = None,
    form: forms.Form | None = None,
    refusal: str = "",
) -> HttpResponse:
    """Return the page of an optional question, or after the last one: all of it.

    Args:
        request: who asks.
        code: of the draft.
        told: what was told so far.
        n: which question, from 0.
        kept: what was stored just now under this code for the first time.
        form: with what was typed, where it is shown again.
        refusal: why a file was not taken.
    """
    organisation = organisation_of(request)
    questions = questions_of(organisation, asked=request.POST.get("question", ""))
    context: dict[str, Any] = {
        "token": telling.token_of(code),
        "code": in_groups(code),
        "main_form": "question",
        "kind_word": bsn_words() if kept and kept.n_masked else "",
        "files": Attachment.objects.behind_code(code, organisation),
    }
    if n >= len(questions):
        context |= {"told": told, "circumstances": pages.circumstances(told)}
        return may_record(TemplateResponse(request, "reports/ready.html", context))
    question = questions[n]
    context |= {"question": question, "n": n + 1, "n_questions": len(questions)}
    context |= {"is_first": kept is not None or n == 0}
    if question.takes:
        return file_page(request, "reports/show.html", context | {"refusal": refusal})
    context["form"] = form or form_of(question, told)
    return may_record(TemplateResponse(request, "reports/question.html", context))


def form_of(
    question: Question, told: Telling, data: Mapping[str, Any] | None = None
) -> forms.Form:
    """Return the form of a question, with what was told or what is typed now."""
    initial = {question.name: shown_answer(told, question), "remind": told.remind}
    more: dict[str, Any] = {}
    if question.name == HEAR:
        more["has_address"] = bool(told.notify)
    form: forms.Form = question.form(data, initial=initial, **more)
    return form


def entry_token() -> str:
    """Return the key of a new entry, signed: sent twice it is one entry."""
    return Signer(salt=ENTRY).sign(str(random_key()))


def entry_key(request: HttpRequest) -> int:
    """Return the key of the new entry in a form.

    Raises:
        BadSignature: it was not given out here.
    """
    return int(Signer(salt=ENTRY).unsign(request.POST.get("entry", "")))


def file_page(
    request: HttpRequest, template: str, context: dict[str, Any]
) -> HttpResponse:
    """Return a page that takes a file."""
    token = Signer(salt=ATTACHMENT).sign(str(random_key()))
    context = {**context, "file_token": token}
    return may_record(TemplateResponse(request, template, context))


def may_record(response: HttpResponse) -> HttpResponse:
    """Let a page use the microphone, as no other may.

    All pages of telling may: one with the script is all of them, one after the other.
    """
    response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(self)"
    return response


def shown_answer(told: Telling, question: Question) -> Any:
    """Return an answer as its form shows it."""
    if question.own is not None:
        answers = told.own.get(str(question.own.pk), {"answers": []})["answers"]
        is_several = question.own.kind == AnswerKind.SEVERAL
        return answers if is_several else "".join(answers)
    if question.name == "municipality":
        return Municipality.objects.filter(code=told.municipality).first() or ""
    return getattr(told, question.name)


def is_anonymous(request: HttpRequest) -> bool:
    """Return whether nobody on the line can see that this person is here: Tor.

    Everywhere else a provider can see that somebody visits this site, and the page
    says *vertrouwelijk*.
    """
    by_proxy = request.META.get("REMOTE_ADDR", "") in settings.TRUSTED_PROXIES
    return is_onion(request.get_host()) or (
        by_proxy and request.headers.get("X-Tor", "") == "1"
    )


def not_stored_words() -> str:
    """Return what to say when the disk or the database refused."""
    return _(
        "We could not keep this just now. Your text is still here. Wait a little and "
        "press the button again, or copy your text to be sure."
    )


def bsn_words() -> str:
    """Return the kind word about a number that was taken out."""
    return _(
        "There was a citizen service number (BSN) in your text. We took it out: we may "
        "not keep it, and you are safer without it here."
    )


def unavailable(response: HttpResponse) -> HttpResponse:
    """Return an answer as one that says: later."""
    response.status_code = 503
    response["Retry-After"] = RETRY_SECONDS
    return response
