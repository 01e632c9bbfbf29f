"""All that is known of a report, for who told it: to read, and for another program.

Source: AVG art. 15 (what is kept, and who looked) and art. 20 (in a form that other
programs read). Made while it is sent, and kept nowhere. Notes of colleagues are not in
it: what they say about somebody is theirs to see (CJEU C-434/16), but not what they say
of others (art. 15(4)) or what we only weigh (C-141/12), so that a person has to read
them first. The file says that they are there, and how to ask.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from achterban.core.audit.models import AuditEvent, label_of
from achterban.core.mine.models import OwnAccount
from achterban.core.vault.models import DataKey
from achterban.listen.reports import pages
from achterban.listen.reports.models import Attachment, EntryKind, Report
from achterban.people.persons.actions import details_of

NOTES = (EntryKind.NOTE, EntryKind.HANDOVER)
LOOKS = ("reports.report.read", "reports.file.read", "reports.report.copied")


def all_of(report: Report) -> dict[str, Any]:
    """Return what is known of a report: text, lists and days."""
    told = report.open_telling()
    facts = {
        name: value
        for name, value in asdict(told).items()
        if name not in {"person", "yes", "text", "hear", "notify"}
    }
    return {
        "organisation": report.organisation.name,
        "status": str(report.get_status_display()),
        "channel": str(report.get_channel_display()),
        "received_on": report.received_on,
        "text": told.text,
        "answers": [
            {"question": question, "answer": answer}
            for question, answer in pages.circumstances(replace(told, hear=""))
        ],
        "facts": facts,
        "sorted": [
            {"what": name, "as": words} for name, words in pages.about(report) or []
        ],
        "hears": str(report.get_hearing_display()),
        "gets_mail": bool(told.notify),  # the address itself is shown to nobody
        "contact": _contact(told.person),
        "course": _course(report),
        "n_notes": _n_notes(report),
        "ask_at": _ways_to_ask(report),
        "files": [
            {"name": name_of(file), "what": file.label, "typed_out": words}
            for file, words in pages.files_of(report)
        ],
        "consents": consents_of(report.key),
        "who_looked": who_looked(report),
    }


def _contact(person: int) -> dict[str, str]:
    details = details_of([person] if person else [])
    return {} if person not in details else asdict(details[person])


def _n_notes(report: Report) -> int:
    """Return how many notes there are, also those that went with a hand-over."""
    entries = report.entries.standing().filter(kind__in=NOTES)
    return sum(bool(sealed) for sealed in entries.values_list("sealed", flat=True))


def _ways_to_ask(report: Report) -> list[str]:
    organisation = report.organisation
    return [*filter(None, (organisation.phone, organisation.email))]


def _course(report: Report) -> list[dict[str, Any]]:
    return [
        {
            "on": shown.on,
            "by": _("You") if shown.is_mine else report.organisation.name,
            "what": shown.kind,
            "text": "\n\n".join(filter(None, (shown.lead, shown.text)))
            or shown.entry.step_to,
        }
        for shown in pages.for_reporter(report)
    ]


def consents_of(key: DataKey | None) -> list[dict[str, Any]]:
    """Return each yes about what is sealed with a key, taken back or not."""
    if key is None:
        return []
    rows = key.consents.select_related("text").order_by("given_on", "pk")
    return [
        {
            "purpose": str(row.text.get_purpose_display()),
            "words": row.text.wording,
            "given_on": row.given_on,
            "ends_on": row.ends_on,
            "withdrawn_on": row.withdrawn_on,
        }
        for row in rows
    ]


def who_looked(report: Report) -> list[dict[str, Any]]:
    """Return who looked on which day: what they are, no names.

    Of another organisation, that signs a text with words of it, no more is said.
    """
    events = AuditEvent.objects.about(label_of(report)).filter(kind__in=LOOKS)
    looks = dict.fromkeys(
        (localdate(it.at), it.actor, it.responsible == report.organisation_id)
        for it in events
    )
    roles = _roles({actor for _on, actor, _is_ours in looks}, report)
    return [
        {
            "on": on,
            "who": roles.get(actor, _("Former colleague"))
            if is_ours
            else _("Another organisation, for a text of several"),
        }
        for on, actor, is_ours in looks
    ]


def _roles(actors: set[int], report: Report) -> dict[int, str]:
    """Return what each account does for the organisation of a report."""
    found: dict[int, list[str]] = {}
    rows = report.organisation.memberships.filter(account__in=actors)
    for row in rows.order_by("role"):
        found.setdefault(row.account_id, []).append(str(row.get_role_display()))
    return {actor: ", ".join(labels) for actor, labels in found.items()}


def name_of(attachment: Attachment) -> str:
    """Return the name of a file in the ZIP."""
    return f"bestand-{attachment.n}.{attachment.file.extension}"


def zipped(
    reports: list[Report], *, on: date, account: OwnAccount | None = None
) -> Iterator[bytes]:
    """Return a ZIP, a piece at a time: a page to read, the same as JSON, every file.

    Args:
        reports: with their keys and organisation.
        on: today: the only moment that stands in it.
        account: whose they are, from Mijn.
    """
    everything = [all_of(report) for report in reports]
    content = {"made_on": on, "reports": everything}
    if account is not None:
        content["address"] = account.open_address()
        content["account"] = consents_of(account.key)
    # Here and not while it is sent: by then the language of the page is forgotten.
    page = render_to_string("reports/along.html", content)
    return _pieces(page, content, reports, on)


def _pieces(
    page: str, content: dict[str, Any], reports: list[Report], on: date
) -> Iterator[bytes]:
    sink = _Sink()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr(_entry("lees-mij.html", on), page)
        words = json.dumps(content, ensure_ascii=False, indent=2, default=str)
        archive.writestr(_entry("alles.json", on), words)
        yield sink.take()
        for n, report in enumerate(reports, start=1):
            for attachment, _words in pages.files_of(report):
                entry = _entry(f"signaal-{n}/{name_of(attachment)}", on)
                with archive.open(entry, "w") as file:
                    for block in attachment.file.open_bytes():
                        file.write(block)
                        yield sink.take()
    yield sink.take()


def _entry(name: str, on: date) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, (on.year, on.month, on.day, 0, 0, 0))


class _Sink(io.RawIOBase):
    """What a ZIP is written to: it goes on at once, nothing of it stays."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self._waiting += content
        return len(content)

    def take(self) -> bytes:
        ready, self._waiting = bytes(self._waiting), bytearray()
        return ready
