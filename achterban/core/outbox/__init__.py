"""News that leaves after the commit, at least once."""
