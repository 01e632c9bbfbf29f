"""What many reports have in common, and what we can say of it."""
