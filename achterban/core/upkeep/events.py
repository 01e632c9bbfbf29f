"""News of this room, for rooms above it."""

RESTORED = "upkeep.restored"  # {}: what was decided after the backup is not known
