"""Municipalities and postcodes."""
