"""The bot: Telegram, storage and time around the conversations."""
