"""What can be done with a report: telling (by who reports), handling (by staff)."""
