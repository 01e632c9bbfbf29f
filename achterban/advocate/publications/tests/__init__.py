"""Tests of the room publications."""
