"""What can be done with a promise."""
