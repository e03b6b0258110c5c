"""The whole bot, met as a person meets it."""
