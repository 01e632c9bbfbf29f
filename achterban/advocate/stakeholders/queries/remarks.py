"""What of our remarks may leave the house."""

from __future__ import annotations

from collections.abc import Collection

from achterban.advocate.stakeholders.models import Contact, Remark, RemarkWords


def remarks_that_may_leave(
    contacts: Collection[Contact],
) -> dict[int, list[RemarkWords]]:
    """Return, by contact, the remarks that a second person checked; no others.

    The one way for another room to words about a named official. The caller may read
    these contacts, and records the look.
    """
    found: dict[int, list[RemarkWords]] = {contact.pk: [] for contact in contacts}
    rows = Remark.objects.filter(contact__in=contacts).checked()
    for row in rows.select_related("contact__key"):
        found[row.contact_id].append(row.open_words())
    return found
