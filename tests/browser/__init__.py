"""The promises that only a real browser can show, each page looked at."""
