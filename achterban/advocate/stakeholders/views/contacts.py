"""The Werkplek: people with whom we speak."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from achterban.advocate.stakeholders.actions import contacts as actions
from achterban.advocate.stakeholders.forms import (
    ContactForm,
    FirstFunctionForm,
    NamesakeForm,
)
from achterban.advocate.stakeholders.models import (
    Contact,
    ContactWords,
    Function,
    Party,
    Relation,
    RelationWords,
    Remark,
    RemarkWords,
)
from achterban.advocate.stakeholders.queries import (
    functions_now,
    looks_at,
    namesakes,
)
from achterban.advocate.stakeholders.views.parties import PAGE_SIZE, query_of
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.database.fields import keys_among
from achterban.core.web.middleware import is_choice

BOTH = ("one__key", "one__account", "other__key", "other__account")


@dataclass(frozen=True)
class Known:
    """A relation, seen from one of the two.

    Attributes:
        relation: the row.
        other: the other of the two, and
        name: who that is.
        label: what the one is to the other.
    """

    relation: Relation
    other: Contact
    name: str
    label: str

    @property
    def words(self) -> RelationWords:
        """Return how we know it."""
        return self.relation.open_words()


@work_page("stakeholders.read")
@require_GET
def contact_list(request: WorkRequest) -> HttpResponse:
    """People we speak with: the newest first, or those of a name."""
    asked = {name: request.GET.get(name, "") for name in ("name", "show")}
    rows = Contact.objects.visible_to(request.user, request.organisation)
    found = rows.named(asked["name"], request.organisation)
    if asked["show"] == "matters":
        found = found.filter(matters=True)
    elif asked["show"] == "ours":
        found = found.ours()
    found = found.select_related("key", "account")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": with_names(request, list(page)),
        "asked": asked,
        "query": query_of(asked),
        "may_erase": "stakeholders.erase" in request.may,
        "may_write": "stakeholders.write" in request.may,
    }
    return TemplateResponse(request, "stakeholders/contact_list.html", context)


@work_page("stakeholders.read")
@require_GET
def contact(request: WorkRequest, pk: int) -> HttpResponse:
    """Who somebody is, and what they do and did."""
    row, on = get_contact(request, pk), clock.today()
    functions = list(row.functions.select_related("party"))
    relations = Relation.objects.visible_to(request.user, request.organisation).of(row)
    with_both = relations.select_related(*BOTH)
    page = Paginator(with_both, PAGE_SIZE).get_page(request.GET.get("page"))
    others = [each.other if each.one_id == row.pk else each.one for each in page]
    words = look(request, [row, *others])
    context = {
        "contact": row,
        "words": words[row.pk],
        "page": page,
        "relations": [
            Known(each, other, words[other.pk].name, each.label_from(row))
            for each, other in zip(page, others, strict=True)
        ],
        "remarks": _remarks(request, row),
        "today": on,
        "now": [each for each in functions if not each.is_over(on)],
        "before": [each for each in functions if each.is_over(on)],
        "may_write": "stakeholders.write" in request.may,
        "may_erase": "stakeholders.erase" in request.may,
    }
    return TemplateResponse(request, "stakeholders/contact.html", context)


def _remarks(request: WorkRequest, row: Contact) -> list[tuple[Remark, RemarkWords]]:
    rows = Remark.objects.visible_to(request.user, request.organisation)
    with_key = rows.select_related("contact__key", "written_by", "checked_by")
    return [(each, each.open_words()) for each in with_key.filter(contact=row)]


@work_page("stakeholders.write")
@require_http_methods(["GET", "POST"])
def new_contact(request: WorkRequest) -> HttpResponse:
    """Write down who somebody is; a name that we know is asked about first."""
    form, first = _new_forms(request)
    is_sent = request.method == "POST" and not is_choice(request)
    who = None
    if is_sent and all([form.is_valid(), first.is_valid()]):
        who = _asked_who(request, namesakes(form.words.name, request.organisation))
        if who is None or who.is_valid():
            chosen = who.cleaned_data["who"] if who else "other"
            return _store(request, form, _function(first), chosen)
    context = {
        "fields": [*(who or ()), form["name"], *first, *list(form)[1:]],
        "wrong": first_wrong(who, form, first),
        "who": who,
        "main_form": "contact",
    }
    return TemplateResponse(request, "stakeholders/new_contact.html", context)


def first_wrong(*shown: forms.BaseForm | None) -> forms.BaseForm | None:
    """Return the first form with a slip: one word about it is enough."""
    return next((form for form in shown if form and form.errors), None)


def _new_forms(request: WorkRequest) -> tuple[ContactForm, FirstFunctionForm]:
    ours: dict[str, Any] = {"by": request.user, "organisation": request.organisation}
    if request.method == "POST" and not is_choice(request):
        return ContactForm(request.POST), FirstFunctionForm(request.POST, **ours)
    kept = unsent(request) or request.POST.dict()
    visible = Party.objects.visible_to(request.user, request.organisation)
    keys = keys_among([request.GET.get("party", "")])
    if not kept and (at := visible.filter(pk__in=keys).first()):
        kept = {"party": at.name}
    return ContactForm(initial=kept), FirstFunctionForm(initial=kept, **ours)


def _function(first: FirstFunctionForm) -> Function | None:
    given = first.cleaned_data
    if not given["party"]:
        return None
    return Function(party=given["party"], title=given["title"] or _("works there"))


def _asked_who(request: WorkRequest, known: list[Contact]) -> NamesakeForm | None:
    if not known:
        return None
    choices = as_choices(request, known)
    is_answered = "asked" in request.POST
    return NamesakeForm(request.POST if is_answered else None, known=choices)


def as_choices(request: WorkRequest, known: list[Contact]) -> list[tuple[str, str]]:
    """Return contacts to choose from, with what they do, and log each look."""
    return [
        (str(row.pk), _described(words, does))
        for row, words, does in with_names(request, known)
    ]


def _described(words: ContactWords, functions: list[Function]) -> str:
    did = ", ".join(f"{each.title}, {each.party}" for each in functions)
    return f"{words.name} ({did})" if did else words.name


def _store(
    request: WorkRequest, form: ContactForm, function: Function | None, chosen: str
) -> HttpResponse:
    by, at = request.user, clock.now()
    if chosen == "other":
        row = actions.add_contact(
            request.organisation,
            form.words,
            is_ours=form.cleaned_data["is_ours"],
            matters=form.cleaned_data["matters"],
            function=function,
            by=by,
            at=at,
        )
        messages.success(request, _("Kept."))
    else:
        row = get_contact(request, int(chosen))
        actions.add_to_contact(row, form.words, function=function, by=by, at=at)
        messages.success(request, _("Put with whom we knew already."))
    return redirect("stakeholders:contact", row.pk)


@work_page("stakeholders.write")
@require_http_methods(["GET", "POST"])
def change_contact(request: WorkRequest, pk: int) -> HttpResponse:
    """Change how we reach somebody."""
    row = get_contact(request, pk)
    if request.method == "POST" and not is_choice(request):
        form = ContactForm(request.POST)
        if form.is_valid():
            actions.change_contact(
                row,
                form.words,
                is_ours=form.cleaned_data["is_ours"],
                matters=form.cleaned_data["matters"],
                by=request.user,
                at=clock.now(),
            )
            messages.success(request, _("Kept."))
            return redirect("stakeholders:contact", row.pk)
    else:
        known = vars(look(request, [row])[row.pk])
        known |= {"is_ours": row.is_ours, "matters": row.matters}
        form = ContactForm(initial=unsent(request) or request.POST.dict() or known)
    context = {"form": form, "contact": row, "main_form": "contact"}
    return TemplateResponse(request, "stakeholders/change_contact.html", context)


@work_page("stakeholders.erase", fresh=True)
@require_http_methods(["GET", "POST"])
def erase_contact(request: WorkRequest, pk: int) -> HttpResponse:
    """Ask, then erase somebody for good."""
    row = get_contact(request, pk)
    if request.method == "POST" and not is_choice(request):
        actions.erase_contact(row, by=request.user, at=clock.now())
        messages.success(request, _("Erased, for good."))
        return redirect("stakeholders:contact-list")
    context = {
        "contact": row,
        "words": look(request, [row])[row.pk],
        "n_functions": row.functions.count(),
    }
    return TemplateResponse(request, "stakeholders/erase_contact.html", context)


@work_page("stakeholders.erase", fresh=True)
@require_GET
def looks(request: WorkRequest, pk: int) -> HttpResponse:
    """Who looked at somebody, for when they ask."""
    row = get_contact(request, pk)
    context = {
        "contact": row,
        "looks": looks_at(row),  # before this one
        "words": look(request, [row])[row.pk],
    }
    return TemplateResponse(request, "stakeholders/looks.html", context)


def get_contact(request: WorkRequest, pk: int) -> Contact:
    """Return a contact that this account may read here, or 404."""
    visible = Contact.objects.visible_to(request.user, request.organisation)
    with_key = visible.select_related("key", "account", "organisation")
    return get_object_or_404(with_key, pk=pk)


def look(request: WorkRequest, contacts: list[Contact]) -> dict[int, ContactWords]:
    """Return who some contacts are, and log each look."""
    return actions.opened(
        contacts, by=request.user, organisation=request.organisation, at=clock.now()
    )


def with_names(
    request: WorkRequest, contacts: list[Contact]
) -> list[tuple[Contact, ContactWords, list[Function]]]:
    """Return contacts with who they are and what they do today, and log each look."""
    words = look(request, contacts)
    does = functions_now(contacts, on=clock.today())
    return [(row, words[row.pk], does.get(row.pk, [])) for row in contacts]
