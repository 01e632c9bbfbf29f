"""What to say to somebody whose file is not taken, and what will do instead."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from achterban.rules.filetypes import Reason

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
