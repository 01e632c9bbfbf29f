"""The doorstep: home, privacy statement, preferences, the look of the screen."""
