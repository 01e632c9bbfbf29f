"""Calculations as in a textbook: no Django, no clock, no database, no network."""
