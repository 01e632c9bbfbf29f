"""Addresses behind a log-in."""
