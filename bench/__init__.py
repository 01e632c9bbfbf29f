"""Measurements: ratios in one run, written to docs/measurements.md."""
