"""Real input: mails about a talk that would take place every six weeks.

They came with the names taken out. Names that we invented are put in their place, so
that it is known what must be gone. The text is read from beside the repository; none of
it is copied here.
"""

from __future__ import annotations

import io
import os
import re
from itertools import cycle
from pathlib import Path

import pypdfium2
import pytest

from achterban.advocate.dossiers.models import Dossier
from achterban.advocate.redactions.actions import deciding
from achterban.advocate.redactions.models import Redaction
from achterban.advocate.redactions.tests.factories import (
    brought,
    decide,
    released,
)
from achterban.core.accounts.models import Account
from achterban.rules.redaction import USUAL, Decision
from tests.figures import Figure

SHARED = Path(os.environ.get("ACHTERBAN_SHARED", Path(__file__).parents[5] / "shared"))
SOURCE = SHARED / "sources" / "correspondentie-bestuurlijk-overleg-2021.txt"
NAMES = ("Wietske Zandloper", "Okke van der Hazelmuis", "Tjitske Boskruid")
SHORT = ("W. Zandloper", "Hazelmuis", "Tjitske")  # as people write as well
BOXES = ("w.zandloper", "okke.hazelmuis", "tboskruid")
TOLD = ("wietske", "zandloper", "okke", "hazelmuis", "tjitske", "boskruid")
TAKEN_OUT = re.compile(r"\[?(?:redacted|5\.1\.2e)\]?(?: (?=@))?(@?)")

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]


def with_names(text: str) -> str:
    names, boxes = cycle(NAMES + SHORT), cycle(BOXES)
    return TAKEN_OUT.sub(lambda it: f"{next(boxes)}@" if it[1] else next(names), text)


def take_out_what_remains(row: Redaction, by: Account) -> None:
    """Do as a person does who says yes to all that is shown."""
    while found := deciding.remaining(row):
        row = decide(row, *(Decision(it.words, USUAL) for it in found), by=by)


@pytest.mark.wide
def test_nothing_that_was_taken_out_of_real_letters_is_found(
    dossier: Dossier, volunteer: Account, coordinator: Account, figure: Figure
) -> None:
    if not SOURCE.exists():
        pytest.skip("the source is not here")
    text = with_names(SOURCE.read_text(encoding="utf-8"))
    row = brought(dossier, volunteer, text)
    proposed = row.public_text().casefold()
    n_put, n_missed = (sum(map(it.count, TOLD)) for it in (text.casefold(), proposed))
    n_shown = len(deciding.remaining(row))
    figure(
        f"of {n_put} words that name somebody the rules took out {n_put - n_missed}; "
        f"the search showed {n_shown} different ones that remained"
    )

    take_out_what_remains(row, volunteer)
    released(row, by=volunteer, second=coordinator)

    made = [(it.form, it.file) for it in row.files.select_related("file")]
    files = {form: b"".join(file.open_bytes()) for form, file in made if file}
    pages = pypdfium2.PdfDocument(io.BytesIO(files["pdf"]))
    shown = "".join(page.get_textpage().get_text_range() for page in pages)
    for words in (files["txt"].decode(), shown, str(pages.get_metadata_dict())):
        bare = re.sub(r"[\W_]+", "", words.casefold())
        assert not [it for it in TOLD if it in bare]
    assert "elkezesweken" in re.sub(r"\W", "", shown)
    assert n_missed < n_put / 4
