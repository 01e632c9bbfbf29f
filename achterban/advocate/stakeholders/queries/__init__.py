"""What pages and other rooms may ask about parties and contacts."""

from achterban.advocate.stakeholders.queries.people import (
    bearing,
    functions_now,
    is_exactly,
    looks_at,
    namesakes,
)

__all__ = ["bearing", "functions_now", "is_exactly", "looks_at", "namesakes"]
