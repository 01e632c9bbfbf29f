"""What can be done with a public version."""
