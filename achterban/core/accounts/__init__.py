"""Who may enter the Werkplek, and with what."""
