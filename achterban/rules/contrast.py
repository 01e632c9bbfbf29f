"""Contrast between two colours, and the nearest colour that can be read.

Colours are written as on the web: ``#rrggbb``, in small letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from colorsys import hls_to_rgb, rgb_to_hls
from functools import lru_cache

LEAST_FOR_TEXT = 4.5
"""WCAG 2.2, success criterion 1.4.3 (AA), for text of an ordinary size."""

_COLOUR = re.compile(r"#[0-9a-f]{6}")
_STEPS = 255


def is_colour(text: str) -> bool:
    """Return whether a text is a colour as it is written here."""
    return _COLOUR.fullmatch(text) is not None


@lru_cache(64)  # of the same grounds it is asked for each colour that is tried
def luminance(colour: str) -> float:
    """Return the relative luminance of a colour: 0 is black, 1 is white.

    Source: WCAG 2.2, definition of relative luminance (sRGB, IEC 61966-2-1).
    """
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 (the same) to 21 (black on white).

    Source: WCAG 2.2, definition of contrast ratio.
    """
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(colour: str, grounds: Sequence[str]) -> float:
    """Return the lowest contrast of a colour with any of the grounds."""
    return min(contrast(colour, ground) for ground in grounds)


def nearest_readable(colour: str, grounds: Sequence[str]) -> str:
    """Return the colour itself, or the nearest one that can be read on all grounds.

    The hue and saturation stay; it becomes darker or lighter, as little as will do.

    Args:
        colour: what is wanted.
        grounds: what it stands on; all light, or all dark.

    Raises:
        ValueError: nothing can be read on these grounds together.
    """
    if least_contrast(colour, grounds) >= LEAST_FOR_TEXT:
        return colour
    hue, lightness, saturation = rgb_to_hls(*_channels(colour))
    for step in range(1, _STEPS + 1):
        for moved in (lightness - step / _STEPS, lightness + step / _STEPS):
            near = _written(hls_to_rgb(hue, min(max(moved, 0.0), 1.0), saturation))
            if least_contrast(near, grounds) >= LEAST_FOR_TEXT:
                return near
    raise ValueError(f"nothing can be read on {grounds}")


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _written(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(c * 255):02x}" for c in channels)
