"""What is done with what people tell: from a bundle to an outcome."""
