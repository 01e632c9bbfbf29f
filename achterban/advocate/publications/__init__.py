"""The room publications: what we say outside, and what proves it."""
