"""Take pictures of every mail, as three mail programs show it, narrow and wide.

python scripts/mail_pictures.py FOLDER
"""

from __future__ import annotations

import argparse
import os
import sys
from html import escape
from itertools import groupby, product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "achterban.config.settings")

import django
from playwright.sync_api import sync_playwright

django.setup()

from achterban.core.organisations.models import Organisation  # noqa: E402
from tests.browser.visit import launch  # noqa: E402
from tests.mails import Sent, letters  # noqa: E402

WIDTHS = (320, 1100)
# A mail is plain text: the program of who reads it decides how it looks.
PROGRAMS = {
    "light": "color: #1b1b1b; background: #fff; font: 16px/1.5 sans-serif",
    "dark": "color: #e4e4e4; background: #141414; font: 16px/1.5 sans-serif",
    "quiet": "color: #8f8f86; background: #1d1d1a; font: 16px/1.6 monospace",
}


def language_of(sent: Sent) -> str:
    """Return the language of a mail."""
    return sent.name.rpartition("-")[2]


def drawn(sent: Sent) -> str:
    """Return a mail as HTML: its name here, who sends it, its subject and words."""
    it = sent.letter
    return (
        f"<hr><small>{escape(sent.name)}: {escape(it.sender)}</small>"
        f"<h3>{escape(it.subject)}</h3>"
        f'<div style="white-space: pre-wrap; overflow-wrap: anywhere">{escape(it.body)}'
        "</div>"
    )


def every_mail(folder: Path) -> int:
    """Write the pictures, those of one language on a sheet; return how many mails."""
    office = Organisation(name="Stichting Adem en Rust", slug="adem")
    sent = sorted(letters(office), key=language_of)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page()
        for language, those in groupby(sent, key=language_of):
            mails = "".join(drawn(one) for one in those)
            for width, (display, style) in product(WIDTHS, PROGRAMS.items()):
                page.set_viewport_size({"width": width, "height": 640})
                page.set_content(f'<body style="{style}">{mails}')
                path = folder / f"{language}-{width}-{display}.png"
                page.screenshot(path=path, full_page=True)
        browser.close()
    return len(sent)


def main() -> None:
    """Read what is asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where they go")
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    print(f"{every_mail(folder)} mails in {folder}")


if __name__ == "__main__":
    main()
