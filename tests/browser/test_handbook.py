"""The pictures of the handbook show the program as it is.

Two machines draw letters a little differently. So the words are compared in full, and
the picture as it looks from far away.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import fmean

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.browser.handbook import PICTURES, Picture, all_pictures, start_still
from tests.browser.visit import Office

AGAIN = "python scripts/pictures.py --docs"
FAR = (36, 24)  # so many dots of a picture are compared
MOST_DIFFERENT = 6  # of 255, on average


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Return an example of its own: on the other one everybody writes."""
    office = start_still(tmp_path_factory.mktemp("handbook") / "data")
    yield office
    office.server.stop()


def from_far(image: Image.Image) -> list[int]:
    """Return how dark a picture is, here and there."""
    small = image.convert("RGB").convert("L").resize(FAR, Image.Resampling.BOX)
    return list(small.tobytes())


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return how far two pictures are apart, 0 to 255."""
    pairs = zip(from_far(one), from_far(other), strict=True)
    return fmean(abs(a - b) for a, b in pairs)


def changes(now: Picture) -> list[str]:
    """Return in what the handbook is behind."""
    path = PICTURES / f"{now.name}.png"
    if not path.exists():
        return [f"{now.name}: not there"]
    found = []
    words = path.with_suffix(".txt").read_text(encoding="utf-8")
    # What is as new and matters as much stands in any order.
    if sorted(words.splitlines()) != sorted(now.words.splitlines()):
        found.append(f"{now.name}: other words")
    with Image.open(path) as before:
        if before.size != now.image.size:
            found.append(f"{now.name}: another size")
        elif (far := difference(before, now.image)) > MOST_DIFFERENT:
            found.append(f"{now.name}: looks different ({far:.1f})")
    return found


@pytest.mark.trust
def test_the_handbook_shows_the_program_as_it_is(
    chromium: Browser, still: Office
) -> None:
    taken = list(all_pictures(chromium, still))
    behind = [change for picture in taken for change in changes(picture)]
    names = {picture.name for picture in taken}
    left_over = {path.stem for path in PICTURES.iterdir()} - names
    assert behind == [], f"look at the handbook, then: {AGAIN}"
    assert left_over == set()


def test_another_page_looks_different_and_other_letters_do_not() -> None:
    today = Image.open(PICTURES / "vandaag.png")
    wider = today.convert("RGB").resize((today.width - 8, today.height))
    shifted = Image.new("RGB", today.size, "#f5efe3")
    shifted.paste(wider, (4, 0))
    assert difference(today, shifted) < MOST_DIFFERENT / 2
    assert difference(today, Image.open(PICTURES / "gesprek.png")) > MOST_DIFFERENT
