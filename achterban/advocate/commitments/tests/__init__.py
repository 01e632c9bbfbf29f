"""Promises, tried out."""
