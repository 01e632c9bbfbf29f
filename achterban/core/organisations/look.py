"""The colour of an organisation on its pages: light, dark, and quiet."""

from __future__ import annotations

from achterban.rules.contrast import nearest_readable

# What stands in draad.css; a test compares them.
OWN_COLOUR = "#8a3b1e"
LIGHT = ("#f5efe3", "#ebe2d1")  # the paper, and the tint of fields and messages
DARK = ("#1c1511", "#2a201a")


def stylesheet(colour: str) -> str:
    """Return a stylesheet that gives light and dark pages a colour that can be read.

    Quiet pages keep the program's own: a bright colour is no rest.
    """
    light = nearest_readable(colour, LIGHT)
    dark = nearest_readable(colour, DARK)
    return (
        f"[data-theme]:not([data-calm]){{--accent:{light}}}"
        "@media (prefers-color-scheme:dark)"
        f'{{[data-theme="auto"]:not([data-calm]){{--accent:{dark}}}}}'
        f'[data-theme="dark"]:not([data-calm]){{--accent:{dark}}}\n'
    )
