"""What goes over all rooms: home, example content, later search and open data."""
