"""Logs without words and without people."""

from __future__ import annotations

import logging


class Wordless(logging.Filter):
    """Keep paths, traces and values out of the log: only what kind of thing happened.

    Django logs the path of each failing request, and a trace can quote a report.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Strip a record of everything that a visitor sent."""
        record.exc_info = record.exc_text = record.stack_info = None
        if record.name.startswith("django."):
            record.msg, record.args = "%s", (getattr(record, "status_code", "-"),)
        return True
