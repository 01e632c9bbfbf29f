"""Take a picture of every page: light, dark and quiet, on a telephone and wide.

python scripts/pictures.py FOLDER     every page in every state, to look at
python scripts/pictures.py --docs     the few that the documents show
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from tests.browser.visit import Office, Visit, launch, start_office  # noqa: E402
from tests.browser.walks import WALKS  # noqa: E402

DOCS = ROOT / "docs" / "pictures"
WIDTHS = (320, 1100)
PATIENCE = 60_000  # ms
DISPLAYS: dict[str, dict[str, bool | str]] = {
    "light": {"theme": "light"},
    "dark": {"theme": "dark"},
    "quiet": {"calm": True},
}
HAVE_LETTERS = """document.fonts.ready.then(
  all => [...all].every(it => it.status == "loaded"))"""
TOLD = "Bellen met de huisarts kan alleen tussen acht en negen. Dan slaap ik eindelijk."


@contextmanager
def program() -> Iterator[tuple[Office, Browser]]:
    """Serve the example, with a browser, and clean up."""
    folder = Path(tempfile.mkdtemp(prefix="achterban-pictures-"))
    office = start_office(folder / "data")
    try:
        with sync_playwright() as playwright:
            browser = launch(playwright)
            yield office, browser
            browser.close()
    finally:
        office.server.stop()
        shutil.rmtree(folder)


def every_page(folder: Path) -> int:
    """Write all pictures; return how many pages there are."""
    n_pages = 0
    with program() as (office, browser):
        for title, walk in WALKS.items():
            visit = Visit(browser.new_context(locale="nl-NL"), office)
            visit.context.set_default_timeout(PATIENCE)
            for name in walk(visit):
                n_pages += 1
                for width in WIDTHS:
                    visit.page.set_viewport_size({"width": width, "height": 640})
                    for display, how in DISPLAYS.items():
                        visit.display(**how)  # type: ignore[arg-type]
                        path = folder / f"{title}-{name}-{width}-{display}.png"
                        visit.page.screenshot(path=path, full_page=True)
                visit.display()
            visit.context.close()
            print(f"{title}: klaar")
    return n_pages


def for_documents() -> None:
    """Write the pictures of docs/: telling and reading the answer, and the Werkplek."""
    DOCS.mkdir(parents=True, exist_ok=True)
    with program() as (office, browser), tempfile.TemporaryDirectory() as parts:
        phone = browser.new_context(
            locale="nl-NL",
            viewport={"width": 360, "height": 960},
            device_scale_factor=2,
        )
        visit = Visit(phone, office)
        in_our_type(visit, "vertel/")
        visit.write(TOLD)
        visit.page.locator(".status:not(:empty)").wait_for()
        visit.page.evaluate("document.activeElement.blur()")
        visit.page.screenshot(path=f"{parts}/1.png")
        in_our_type(visit, "code/")
        visit.open_code(office.example_code)
        visit.page.locator(".course").wait_for()
        visit.display(theme="dark")
        visit.page.screenshot(path=f"{parts}/2.png")
        beside(DOCS / "vertellen.png", f"{parts}/1.png", f"{parts}/2.png")

        desk = browser.new_context(
            locale="nl-NL", viewport={"width": 900, "height": 760}
        )
        visit = Visit(desk, office)
        visit.enter("volunteer")
        in_our_type(visit, "werk/")
        visit.page.screenshot(path=f"{parts}/3.png")
        beside(DOCS / "werkplek.png", f"{parts}/3.png")


def in_our_type(visit: Visit, path: str) -> None:
    """Go to a page until it shows our own letters: they are optional on a first visit.

    Raises:
        TimeoutError: it never did.
    """
    for _ in range(10):
        visit.go(path)
        if visit.page.evaluate(HAVE_LETTERS):
            visit.page.wait_for_timeout(500)
            visit.go(path)
            return
    raise TimeoutError(path)


def beside(target: Path, *parts: str) -> None:
    """Put pictures beside each other, with few colours: small files."""
    command = [
        "convert",
        *parts,
        "+append",
        "+dither",
        "-colors",
        "32",
        f"PNG8:{target}",
    ]
    subprocess.run(command, check=True)
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size // 1000} kB")


def main() -> None:
    """Read what is asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="where they go")
    parser.add_argument("--docs", action="store_true", help="those in docs/pictures/")
    asked = parser.parse_args()
    if asked.docs:
        for_documents()
    elif asked.folder:
        asked.folder.mkdir(parents=True, exist_ok=True)
        print(f"{every_page(asked.folder)} pagina's in {asked.folder}")
    else:
        parser.error("zeg waar de plaatjes moeten komen, of --docs")


if __name__ == "__main__":
    main()
