"""A paper as PDF, as Word document and as web page."""

from achterban.advocate.publications.models import Form
from achterban.advocate.publications.rendering.html import as_html
from achterban.advocate.publications.rendering.pdf import CannotShow, as_pdf
from achterban.advocate.publications.rendering.plain import Plain

__all__ = ["CannotShow", "render"]


def _as_docx(plain: Plain) -> bytes:
    """Read in what writes these only here: each start would take longer by it."""
    from achterban.advocate.publications.rendering.docx import as_docx

    return as_docx(plain)


_MAKERS = {Form.PDF: as_pdf, Form.DOCX: _as_docx, Form.HTML: as_html}


def render(form: Form, plain: Plain) -> bytes:
    """Return a paper in a form.

    Raises:
        CannotShow: there is a sign in it that no font has.
    """
    return _MAKERS[form](plain)
