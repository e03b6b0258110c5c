"""The one function that the jobs of `peer_daily`'s store name: a store keeps only where it is."""

from telegram import Bot

LINE = "Something you set for now is here."
#: Set when the process starts; a stored job cannot hold it.
bots: list[Bot] = []


async def send(chat: int) -> None:
    """Send someone their line."""
    await bots[0].send_message(chat, LINE)
