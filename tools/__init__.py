"""What editors and translators run by hand; no part of the bot."""
