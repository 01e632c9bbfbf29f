"""What was measured: a run ends with it, whoever of xdist did the measuring."""

from __future__ import annotations

from collections.abc import Callable

NAME = "figure"
Figure = Callable[[str], None]
