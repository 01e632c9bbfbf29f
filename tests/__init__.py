"""Guards over the whole, and the line from end to end."""
