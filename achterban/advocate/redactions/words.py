"""What to say when a correspondence is not taken in, or may not become public."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from achterban.core.files.words import REFUSALS
from achterban.rules.filetypes import Reason
from achterban.rules.redaction import Surplus, Where, Why

TOO_LONG = _("This is more than we can look through at once. Bring it in parts.")
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
OF_MAILS: dict[Why, Promise] = {
    Why.NOT_MAIL: _("We cannot read this as a mail. Open it, copy it and paste it."),
    Why.LOCKED: _(
        "This mail is locked (encrypted). Open it in your mail program, copy what you "
        "read and paste it."
    ),
    Why.LETTERS: _(
        "Letters got lost in this mail. A name without them we would not find. Copy "
        "what you read in your mail program and paste it."
    ),
    Why.NESTED: _(
        "There is a message in this message that we cannot open. Open it yourself, "
        "copy both and paste them."
    ),
    Why.NO_WORDS: _(
        "There are no words in this mail, perhaps only a picture. Type out what stands "
        "in it."
    ),
    Why.TOO_MUCH: TOO_LONG,
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
