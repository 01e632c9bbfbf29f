"""A paper as one web page that stands alone: no script, nothing from elsewhere."""

from __future__ import annotations

from django.template.loader import render_to_string

from achterban.advocate.publications.rendering.plain import Plain


def as_html(plain: Plain) -> bytes:
    """Return a paper as HTML."""
    return render_to_string("publications/file.html", {"it": plain}).encode()
