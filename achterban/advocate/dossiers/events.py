"""News of this room, for rooms above it."""

PARTNER_LEFT = "dossiers.partner_left"  # {"partner": key}: it stood in a coalition
MEETING_TOLD = "dossiers.meeting_told"  # {"meeting": key}: how it went
