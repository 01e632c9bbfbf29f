"""What people tell."""
