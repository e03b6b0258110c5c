"""The wire to Telegram, tested over real HTTP."""
