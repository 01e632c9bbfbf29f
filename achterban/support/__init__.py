"""Help for one person."""
