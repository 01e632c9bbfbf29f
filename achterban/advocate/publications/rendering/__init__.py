"""A paper as PDF, as Word document and as web page."""
