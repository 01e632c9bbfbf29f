"""News of this room, for rooms above it."""

WORDS_CHECKED = "reports.words_checked"  # {"report": key}: somebody agreed with words
