"""Write a publication, send it, and take words out that were taken back."""
