"""Pages: public for everyone, work for the Werkplek."""
