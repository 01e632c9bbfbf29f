"""How rows are stored: random keys and the queue of writers of SQLite."""
