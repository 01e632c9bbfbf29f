"""The Werkplek: who knows whom, and two rows that are one person."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from achterban.advocate.stakeholders.actions import relations as actions
from achterban.advocate.stakeholders.forms_relations import (
    NEW,
    MergeForm,
    OtherForm,
    RelationForm,
)
from achterban.advocate.stakeholders.models import Contact, Relation
from achterban.advocate.stakeholders.queries import bearing, is_exactly
from achterban.advocate.stakeholders.views.contacts import (
    BOTH,
    as_choices,
    first_wrong,
    get_contact,
    look,
)
from achterban.core import clock
from achterban.core.accounts.access import WorkRequest, unsent, work_page
from achterban.core.accounts.models import Account
from achterban.core.accounts.queries import team
from achterban.core.database.fields import keys_among
from achterban.core.web.middleware import is_choice


@work_page("stakeholders.write")
@require_http_methods(["GET", "POST"])
def new_relation(request: WorkRequest, pk: int) -> HttpResponse:
    """Write down who knows somebody, and how we know that."""
    contact = get_contact(request, pk)
    row = Relation(one=contact)
    us = _us(request)
    if request.method == "POST" and not is_choice(request):
        who, form = (
            OtherForm(request.POST, us=us),
            RelationForm(request.POST, instance=row),
        )
        other = _other(request, who) if who.is_valid() else None
        if form.is_valid() and other is not None:
            try:
                actions.relate(row, form.words, other, by=request.user, at=clock.now())
            except actions.WithThemselves:
                who.add_error("name", _("This is the person themselves."))
            else:
                messages.success(request, _("Kept."))
                return redirect("stakeholders:contact", pk)
    else:
        kept = unsent(request) or request.POST.dict()
        who, form = OtherForm(initial=kept, us=us), RelationForm(initial=kept)
    return _page(request, row, [who, form])


@work_page("stakeholders.write")
@require_http_methods(["GET", "POST"])
def relation(request: WorkRequest, pk: int) -> HttpResponse:
    """Change it, give it a last day, or take it away."""
    visible = Relation.objects.visible_to(request.user, request.organisation)
    row = get_object_or_404(visible.select_related(*BOTH), pk=pk)
    if request.method == "POST" and request.POST.get("act") == "remove":
        one = row.one_id
        actions.remove_relation(row, by=request.user, at=clock.now())
        messages.success(request, _("Taken away."))
        return redirect("stakeholders:contact", one)
    if request.method == "POST" and not is_choice(request):
        form = RelationForm(request.POST, instance=row)
        if form.is_valid():
            actions.keep_relation(row, form.words, by=request.user, at=clock.now())
            messages.success(request, _("Kept."))
            return redirect("stakeholders:contact", row.one_id)
    else:
        kept = unsent(request) or request.POST.dict() or vars(row.open_words())
        form = RelationForm(instance=row, initial=kept)
    return _page(request, row, [form])


@work_page("stakeholders.write")
@require_http_methods(["GET", "POST"])
def merge(request: WorkRequest, pk: int) -> HttpResponse:
    """Look for the other, say what will happen, and make one of two."""
    contact = get_contact(request, pk)
    asked = request.POST.get("gone") or request.GET.get("gone") or ""
    keys = keys_among([asked])
    gone = get_contact(request, keys[0]) if keys and keys[0] != pk else None
    if request.method == "POST" and "sure" in request.POST and gone:
        return _merge(request, contact, gone)
    form = MergeForm(request.GET if "name" in request.GET else None)
    found: list[Contact] = []
    if form.is_valid():
        named = bearing(form.cleaned_data["name"], request.organisation)
        found = [row for row in named if row.pk != pk]
    words = look(request, [contact, gone] if gone else [contact])
    context = {
        "contact": contact,
        "words": words[pk],
        "gone": gone,
        "gone_words": words[gone.pk] if gone else None,
        "n_functions": gone.functions.count() if gone else 0,
        "n_relations": Relation.objects.of(gone).count() if gone else 0,
        "form": form,
        "found": as_choices(request, found),
    }
    return TemplateResponse(request, "stakeholders/merge.html", context)


def _merge(request: WorkRequest, contact: Contact, gone: Contact) -> HttpResponse:
    try:
        actions.merge_contacts(contact, gone, by=request.user, at=clock.now())
    except actions.CannotMerge:
        said = _(
            "Both stand in one dossier, or both are of the team. Look there first."
        )
        messages.error(request, said)
    except Contact.DoesNotExist as gone_meanwhile:
        raise Http404 from gone_meanwhile
    else:
        messages.success(request, _("They are one now."))
    return redirect("stakeholders:contact", contact.pk)


def _page(
    request: WorkRequest, row: Relation, shown: list[forms.BaseForm]
) -> HttpResponse:
    is_new = row._state.adding
    words = look(request, [row.one] if is_new else [row.one, row.other])
    context = {
        "contact": row.one,
        "words": words[row.one_id],
        "other": words.get(row.other_id),
        "is_new": is_new,
        "fields": [field for form in shown for field in form],
        "wrong": first_wrong(*shown),
        "main_form": "relation",
    }
    return TemplateResponse(request, "stakeholders/relation.html", context)


def _us(request: WorkRequest) -> list[tuple[str, str]]:
    """Return who of us there are: the team, and others that are ours."""
    members = [
        (f"team-{each.account.pk}", str(each.account))
        for each in team(request.user, request.organisation)
    ]
    visible = Contact.objects.visible_to(request.user, request.organisation)
    others = list(visible.ours().filter(account=None).select_related("key", "account"))
    return members + [
        (str(pk), words.name) for pk, words in look(request, others).items()
    ]


def _other(request: WorkRequest, who: OtherForm) -> Contact | Account | str | None:
    """Return who is meant; None where that is not clear, and the form asks."""
    chosen, name = who.cleaned_data["us"], who.cleaned_data["name"]
    if chosen.startswith("team-"):
        members = team(request.user, request.organisation)
        return next(m.account for m in members if f"team-{m.account.pk}" == chosen)
    if chosen:
        return get_contact(request, int(chosen))
    known = bearing(name, request.organisation)
    exact = [row for row in known if is_exactly(row, name)]
    if len(known) == len(exact) == 1:
        return exact[0]
    who.ask_which(as_choices(request, known))
    which = request.POST.get("which", "")
    if which == NEW:
        return str(name)
    by_key = {str(row.pk): row for row in known}
    if which not in by_key:
        who.add_error("which", _("Say who is meant."))
    return by_key.get(which)
