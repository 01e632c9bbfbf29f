"""Take a picture of every page: light, dark and quiet, on a telephone and wide.

python scripts/pictures.py FOLDER     every page in every state, to look at
python scripts/pictures.py --docs     those of the handbook
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from scripts.catalogue import compile_catalogue  # noqa: E402
from tests.browser import handbook  # noqa: E402
from tests.browser.visit import Office, Visit, launch, start_office  # noqa: E402
from tests.browser.walks import WALKS  # noqa: E402

WIDTHS = (320, 1100)
PATIENCE = 60_000  # ms
DISPLAYS: dict[str, dict[str, bool | str]] = {
    "light": {"theme": "light"},
    "dark": {"theme": "dark"},
    "quiet": {"calm": True},
}


@contextmanager
def program(
    start: Callable[[Path], Office] = start_office,
) -> Iterator[tuple[Office, Browser]]:
    """Serve the example, with a browser, and clean up."""
    folder = Path(tempfile.mkdtemp(prefix="achterban-pictures-"))
    office = start(folder / "data")
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
                        visit.display(**how)
                        path = folder / f"{title}-{name}-{width}-{display}.png"
                        visit.page.screenshot(path=path, full_page=True)
                visit.display()
            visit.context.close()
            print(f"{title}: klaar")
    return n_pages


def for_documents() -> None:
    """Write the pictures of the handbook, and the words on them beside each."""
    handbook.PICTURES.mkdir(parents=True, exist_ok=True)
    with program(handbook.start_still) as (office, browser):
        for picture in handbook.all_pictures(browser, office):
            path = handbook.PICTURES / f"{picture.name}.png"
            picture.image.save(path, optimize=True)
            path.with_suffix(".txt").write_text(picture.words, encoding="utf-8")
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB")


def main() -> None:
    """Read what is asked."""
    compile_catalogue()  # the pictures show the texts as they are now
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="where they go")
    parser.add_argument("--docs", action="store_true", help="those of docs/handboek/")
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
