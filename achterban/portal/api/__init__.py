"""The open API: what is reckoned for people on the pages, for other programs."""
