"""Actions on parties and contacts."""
