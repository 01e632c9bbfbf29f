"""What somebody fills in about a dossier."""
