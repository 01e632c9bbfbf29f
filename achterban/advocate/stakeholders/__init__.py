"""Who decides or influences, with whom we speak, and who knows whom."""
