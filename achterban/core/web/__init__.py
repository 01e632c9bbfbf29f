"""What every page shares: look, headers, preferences, politeness."""
