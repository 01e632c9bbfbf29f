"""What may be done with words, and who said so."""
