"""A local Telegram: a Bot API server and a phone-like chat page, to try the bot and to test it."""
