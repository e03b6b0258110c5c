"""The chat page: three static files, served as they are."""
