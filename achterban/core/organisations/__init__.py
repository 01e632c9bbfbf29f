"""Whose office it is."""
