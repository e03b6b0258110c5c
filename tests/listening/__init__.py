"""What is noticed in a text, and what is not."""
