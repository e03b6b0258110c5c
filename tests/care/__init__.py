"""What is said when something matters more than the next question."""
