"""Where people meet: cafés, evenings, courses."""
