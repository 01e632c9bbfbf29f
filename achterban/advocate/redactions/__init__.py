"""Correspondence made public, without what may not be."""
