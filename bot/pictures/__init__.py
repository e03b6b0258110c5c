"""Pictures of what a person filled in: recipes here, drawn in a child process after the commit."""
