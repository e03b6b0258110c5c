"""What the bot remembers: tables, sealing, queries and migrations."""
