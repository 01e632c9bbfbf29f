"""What to say when a correspondence is not taken in, or may not become public."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from achterban.core.files.words import REFUSALS, TOO_LONG
from achterban.rules.filetypes import Reason
from achterban.rules.redaction import Surplus, Where

STILL_LOOKING = _(
    "Kept. The program still looks for names in the sentences. That takes a minute or "
    "two. Look then once more, and ask."
)
NOT_READABLE = _(
    "Letters got lost in it, or a part is in code. What nobody can read, nobody can "
    "check. Open the message, copy what you read and paste it below."
)
OF_FILES: dict[Reason, Promise] = {
    **REFUSALS,
    Reason.TOO_MUCH: TOO_LONG,
    Reason.EMPTY: _(
        "There are no words in this file, only pictures of them. We cannot search in "
        "those. Let a program read it first (OCR), or type it out."
    ),
    Reason.UNKNOWN: _(
        "Choose a mail (.eml or .mbox), a PDF, a Word or OpenDocument text, or plain "
        "text."
    ),
}
CORNERS: dict[Where, Promise] = {
    Where.TEXT: _("in the text"),
    Where.AROUND: _("in the title or the facts of the file"),
    Where.CODED: _("in a part that is in code"),
    Where.INSIDE: _("inside the file, where no reader shows it"),
}
TOO_MUCH_IN_IT: dict[Surplus, Promise] = {
    Surplus.REVISION: _("an earlier version"),
    Surplus.LAYER: _("a layer"),
    Surplus.ATTACHMENT: _("an attachment"),
    Surplus.PICTURE: _("a picture"),
    Surplus.SCRIPT: _("a script"),
    Surplus.REMARK: _("a remark"),
}
