"""The way in to Mijn: ask for a link, follow it, press the button."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_safe

from achterban.core import clock
from achterban.core.accounts.access import staff
from achterban.core.mine import access, actions, passkeys
from achterban.core.mine.forms import AddressForm, LogInCodeForm
from achterban.core.mine.models import OwnAccount
from achterban.core.organisations.mail import address_of
from achterban.core.organisations.middleware import organisation_of
from achterban.core.organisations.models import Organisation
from achterban.core.web.failures import slowed, wait_words
from achterban.core.web.middleware import is_choice
from achterban.core.web.preferences import preferences_of

WHAT_IT_IS = _lazy(
    "Here you see all your reports together, without a code. You may also go on "
    "without an account: your code always works."
)
WHAT_WE_KEEP = _lazy(
    "We keep your address encrypted, and ask for nothing else. No password."
)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for an address, and mail a link to it: the same for every address."""
    organisation = organisation_of(request)
    if request.method != "POST" or is_choice(request):
        form = AddressForm(initial={"email": request.POST.get("email", "")})
        return _enter_page(request, form)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _enter_page(request, form)
    email, code = form.cleaned_data["email"], actions.fresh_code()
    if wait := access.letter_wait(request, email):
        form.add_error(None, wait_words(wait))
        return slowed(_enter_page(request, form), wait)
    until = actions.mail_link(organisation, email, code, at=clock.now())
    response = _mailed_page(request, LogInCodeForm())
    access.wait_for(email, code, until, request, response)
    return response


@staff
@require_safe
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button to whoever asked for this link; a link scanner presses none."""
    try:
        organisation_id, code = actions.read_link(token)
    except actions.NotOurLink:
        return _link_over(request)
    here: Organisation | None = getattr(request, "organisation", None)
    if here is None or here.pk != organisation_id:
        there = Organisation.objects.filter(pk=organisation_id).first()
        if there is None:
            return _link_over(request)
        return redirect(address_of("mine:link", there, token))
    if access.address_behind(request, code) is None:
        return _link_over(request)
    return TemplateResponse(request, "mine/come_in.html", {"code": code})


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def come_in(request: HttpRequest) -> HttpResponse:
    """Log in with the code of a letter, in the browser that asked for it."""
    organisation = organisation_of(request)
    if request.method != "POST":
        return redirect("mine:enter")
    form = LogInCodeForm(request.POST)
    form.is_valid()
    if is_choice(request):
        return _mailed_page(request, LogInCodeForm())
    # No limit here: a code of 75 bits works in one browser, and a stranger who uses up
    # the tries of everybody on Tor would lock them out.
    email = access.address_behind(request, request.POST.get("code", ""))
    if email is None:
        form.add_error(
            None,
            _(
                "This code does not work here. It works once, for half an hour, on "
                "the device where you asked for it."
            ),
        )
        return _mailed_page(request, form)
    account = actions.come_in(
        organisation,
        email,
        wording=f"{WHAT_IT_IS} {WHAT_WE_KEEP}",
        language=preferences_of(request).language,
        on=clock.today(),
    )
    return access.log_in(request, account)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def passkey(request: HttpRequest) -> HttpResponse:
    """Ask for a passkey, for the script of the page; log in with its answer."""
    organisation = organisation_of(request)
    host = access.host_of(request)
    if request.method != "POST":
        if wait := access.slow_down(request):
            return slowed(JsonResponse({"why": wait_words(wait)}), wait)
        options, state = passkeys.ask_for_one(host)
        response = JsonResponse({"request_options": options})
        access.ask(request, state)
        access.keep(access.session_of(request), response)
        return response
    answer = request.POST.get("credential", "")
    try:
        state = access.asked(request) or {}
        credential_id = passkeys.id_in(answer)
        account = (
            OwnAccount.objects.behind_passkey(credential_id, organisation)
            .select_related("key")
            .get()
        )
        passkeys.check(host, state, answer, account.credential_of(credential_id))
    except (passkeys.NotAPasskey, OwnAccount.DoesNotExist):
        return _enter_page(request, AddressForm(), is_no_passkey=True)
    return access.log_in(request, account)


def _enter_page(
    request: HttpRequest, form: AddressForm, *, is_no_passkey: bool = False
) -> HttpResponse:
    context = {
        "form": form,
        "main_form": "enter",
        "is_no_passkey": is_no_passkey,
        "what_it_is": WHAT_IT_IS,
        "what_we_keep": WHAT_WE_KEEP,
    }
    return TemplateResponse(request, "mine/enter.html", context)


def _mailed_page(request: HttpRequest, form: LogInCodeForm) -> HttpResponse:
    context = {"form": form, "main_form": "come-in"}
    return TemplateResponse(request, "mine/mailed.html", context)


def _link_over(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "mine/link_over.html", status=404)
