"""Files that are sent: made after the commit from a sealed recipe, stored nowhere in clear."""
