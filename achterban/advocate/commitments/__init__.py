"""What was promised to us, and what became of it (Dutch: toezeggingen)."""
