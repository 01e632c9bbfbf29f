"""What somebody may allow beyond reading and counting: each a yes of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from achterban.core.consent.models import Audience, Purpose


@dataclass(frozen=True)
class Offer:
    """One thing that may be allowed.

    Attributes:
        purpose: what for.
        words: as they stand beside the box, with how long it holds.
        audience: who may see what comes of it.
        years: how long it holds.
    """

    purpose: Purpose
    words: Promise
    audience: Audience
    years: int

    def ends_on(self, given_on: date) -> date:
        """Return the last day on which it holds; of 29 February, 28 February."""
        try:
            return given_on.replace(year=given_on.year + self.years)
        except ValueError:
            return given_on.replace(year=given_on.year + self.years, day=28)


OFFERS = {
    offer.purpose: offer
    for offer in (
        Offer(
            Purpose.QUOTE,
            _("A sentence in a letter, without my name (2 years)"),
            Audience.PUBLIC,
            2,
        ),
        Offer(Purpose.ASK, _("Ask me more (2 years)"), Audience.READERS, 2),
        Offer(
            Purpose.UPDATE,
            _("Tell me what came of it (5 years)"),
            Audience.READERS,
            5,
        ),
        Offer(
            Purpose.STORY,
            _("My whole story, without my name, after asking me (2 years)"),
            Audience.PUBLIC,
            2,
        ),
    )
}
