"""What an organisation of a world made public of its letters, and is about to."""

from __future__ import annotations

from achterban.advocate.dossiers.models import Dossier
from achterban.advocate.redactions.actions import deciding
from achterban.advocate.redactions.actions.deciding import Source
from achterban.advocate.redactions.models import Form, Redaction, ReleasedFile
from achterban.core import clock
from achterban.core.accounts.models import Account
from achterban.core.database.rows import insert_all
from achterban.core.files.actions import Taken, ready_file
from achterban.core.organisations.models import Organisation
from achterban.rules.filetypes import Kind

OF_OPEN = ("redaction", "review", "release", "withdraw", "drop")
OF_PUBLIC = ("public", "public-file")
OF_ITS_DOSSIER = ("with-dossier", "new")


def make_redactions(
    organisation: Organisation, *, by: Account, second: Account
) -> None:
    """Let somebody ask to make letters public; others are public.

    No files are laid out: that takes a second, and their content is tested elsewhere.
    """
    at, on = clock.now(), clock.today()
    dossier = Dossier.objects.get(organisation=organisation)
    for title in ("Brief", "Brieven"):
        source = Source("Bo Ek", "0" * 64)
        row = deciding.bring_in(dossier, title, source, by=by, at=at)
        row.asked_by, row.asked_on = by, on
        row.save()
    row.released_on, row.released_at, row.released_by = on, at, second
    row.save()
    for form in Form:
        taken = Taken(Kind.DOCUMENT, form.value, b"Bo", is_scanned=False)
        file, rows = ready_file(taken)
        insert_all(rows)
        facts = {"checksum": "0" * 64, "n_bytes": file.n_bytes, "released_on": on}
        ReleasedFile.objects.create(redaction=row, form=form, file=file, **facts)


def own_redactions(organisation: Organisation) -> dict[str, int]:
    """Return what each address of the public versions is about."""
    rows = Redaction.objects.filter(dossier__organisation=organisation)
    still, public = rows.get(released_on=None), rows.get(released_on__isnull=False)
    return {
        **{f"redactions:{name}": still.pk for name in OF_OPEN},
        **{f"redactions:{name}": public.pk for name in OF_PUBLIC},
        **{f"redactions:{name}": still.dossier_id for name in OF_ITS_DOSSIER},
    }
