"""Backup, restore, checks and the daily round."""
