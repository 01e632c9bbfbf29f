"""What to say to somebody whose file is not taken, and what will do instead."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from achterban.rules.filetypes import Reason
from achterban.rules.redaction import Unsafe, Why

TOO_LONG = _("This is more than we can look through at once. Bring it in parts.")
REFUSALS: dict[Reason, Promise] = {
    Reason.EMPTY: _("This file is empty. Choose another one."),
    Reason.UNKNOWN: _(
        "We cannot take this kind of file. Take a photo of it, or save it as a PDF."
    ),
    Reason.MISMATCH: _(
        "This file is something else than its name says. Take a photo of it, or save "
        "it as a PDF."
    ),
    Reason.DRAWING: _(
        "We cannot take a drawing (SVG). Take a photo of it, or save it as a PDF."
    ),
    Reason.ARCHIVE: _(
        "This is a packed file (zip). Send the photos or papers one by one."
    ),
    Reason.PROGRAM: _("This is a program. We take photos, papers and recordings."),
    Reason.VIDEO: _("We cannot take a film. Send a photo, or record the sound only."),
    Reason.OLD_OFFICE: _("We cannot take this kind of file. Save it as a PDF first."),
    Reason.MACRO: _(
        "There is a small program (macro) in this document. Save it as a PDF first."
    ),
    Reason.PAGE: _("This is a web page. Save it as a PDF, or take a photo of it."),
    Reason.BROKEN: _(
        "We cannot open this file. Perhaps it is damaged. Try it again, or take a new "
        "photo."
    ),
    Reason.LOCKED: _(
        "There is a password on this PDF. Save it without one, or take a photo."
    ),
    Reason.TOO_MUCH: _(
        "This file is too large to look through. Send a part of it: 40 pages at most, "
        "or a smaller photo."
    ),
    Reason.PICTURES: _(
        "One of the pages is a picture of words. Let a program read it first (OCR), or "
        "type it out."
    ),
    Reason.HIDDEN: _(
        "There are words in this file that nobody sees, for instance under a bar. "
        "Whoever made it wanted them hidden. Type out what may be read."
    ),
    Reason.LETTERS: _(
        "Letters got lost in this file. Save it again as PDF, or paste the text."
    ),
    Reason.VIRUS: _(
        "The virus scanner warns about this file. We did not keep it. Take a photo of "
        "the paper instead."
    ),
}
MAIL_REFUSALS: dict[Why, Promise] = {
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


def said_of(refusal: Unsafe) -> str:
    """Return why mails are not read whole, and which of them it is."""
    said = str(MAIL_REFUSALS[refusal.why])
    where = gettext("message %(n)d") % {"n": refusal.n}
    return f"{said} ({where})" if refusal.n > 1 else said
