"""Example content and canaries, for newcomers and for tests."""
