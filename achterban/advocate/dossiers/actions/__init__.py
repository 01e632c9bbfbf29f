"""What changes in a dossier."""
