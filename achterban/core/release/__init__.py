"""Numbers that leave the house: rounded, released once, and frozen."""
