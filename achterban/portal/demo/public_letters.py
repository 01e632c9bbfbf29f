"""Mails of the example organisation that are public, and some that wait."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from achterban.advocate.dossiers.models import Dossier
from achterban.advocate.redactions.actions import deciding, releasing
from achterban.advocate.redactions.actions.deciding import Source
from achterban.advocate.redactions.models import Redaction
from achterban.core.accounts.models import Account

MAILS = """Van: Hanneke Vredeveld <h.vredeveld@stille-kracht.example>
Aan: Sybren Oosterhof <s.oosterhof@ministerie.example>
CC: Groep Langdurige Zorg <langdurigezorg@ministerie.example>
Datum: 2026-03-03 10:12
Onderwerp: Elke zes weken aan tafel

Beste Sybren,

In het verslag van januari staat, bij punt 4: "Wij spreken elkaar \
elke zes weken, met de minister erbij." Dat gesprek was er één keer. \
Daarna werd het zeven keer verzet.

Onze leden vragen mij elke week wanneer u luistert. Wanneer is het volgende gesprek?

Met vriendelijke groet,

Hanneke Vredeveld
Vereniging Stille Kracht
T 06-12345678


Van: Sybren Oosterhof <s.oosterhof@ministerie.example>
Aan: Hanneke Vredeveld <h.vredeveld@stille-kracht.example>
Datum: 2026-03-05 16:40
Onderwerp: RE: Elke zes weken aan tafel

Beste Hanneke,

Wij lezen het anders. Na zes weken zouden wij één keer kijken hoe het ging. \
Dat is gebeurd. Ik vraag mijn collega Prins van planning \
wel om een moment na de zomer.

Groeten,

Sybren
Ministerie van Zorg, Postbus 100, Den Haag"""

MINUTES = """Van: Tjalling Hoekema <t.hoekema@utrecht.example>
Aan: Hanneke Vredeveld <h.vredeveld@stille-kracht.example>
Onderwerp: Gesprek in delen

Beste Hanneke,

Ons wijkteam probeert het gesprek in drie delen. Hoekema belt u \
daarover. In de bibliotheek is een kamer waar iemand kan liggen.

Met vriendelijke groet,

Tjalling Hoekema
Gemeente Utrecht"""


def make_letters_public(
    dossier: Dossier, *, by: Account, second: Account, at: datetime
) -> None:
    """Make mails about a promise public, and leave others to be looked through."""
    then = at - timedelta(days=8)
    title = "Mails met het ministerie: elke zes weken aan tafel"
    row = _brought(dossier, title, MAILS, by=by, at=then)
    row = releasing.ask(row, seen=row.revision, by=by, at=then)
    moment = then + timedelta(days=1)
    releasing.release(row, seen=row.revision, by=second, at=moment)
    _brought(dossier, "Mail van Utrecht over gesprekken", MINUTES, by=by, at=at)


def _brought(
    dossier: Dossier, title: str, text: str, *, by: Account, at: datetime
) -> Redaction:
    source = Source(text, hashlib.sha256(text.encode()).hexdigest())
    return deciding.bring_in(dossier, title, source, by=by, at=at)
