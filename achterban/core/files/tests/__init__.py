"""Tests of core.files."""
