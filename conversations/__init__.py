"""What is said, and when: pure, with no Telegram, database, clock or randomness of its own."""
