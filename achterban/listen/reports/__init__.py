"""What people tell, one by one, and the answers to them."""
