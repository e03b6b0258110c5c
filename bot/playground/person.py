"""A person with a phone: writes, presses, waits, reads what stands in the chat."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.playground import people
from bot.playground.wire import Json
from bot.playground.world import Chat, World

PATIENCE = 30.0
_Found = TypeVar("_Found")

Wish = str | Callable[["Shown"], bool]


class NeverCameError(AssertionError):
    """What a person waited for did not come; the message shows the chat as it stands."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as it stands in the chat. `raw` is the Bot API's JSON."""

    raw: Json

    @property
    def id(self) -> int:
        """The message id."""
        number: int = self.raw["message_id"]
        return number

    @property
    def text(self) -> str:
        """Its text or caption."""
        return str(self.raw.get("text") or self.raw.get("caption") or "")

    @property
    def mine(self) -> bool:
        """Whether a person wrote it, not the bot."""
        return not self.raw["from"]["is_bot"]

    @property
    def edited(self) -> bool:
        """Whether it was changed after it was sent."""
        return "edit_date" in self.raw

    @property
    def protected(self) -> bool:
        """Whether it may not be forwarded or saved."""
        return bool(self.raw.get("has_protected_content"))

    @property
    def keys(self) -> list[list[Json]]:
        """Its inline buttons as JSON, row by row."""
        rows: list[list[Json]] = self.raw.get("reply_markup", {}).get("inline_keyboard", [])
        return rows

    @property
    def buttons(self) -> list[list[str]]:
        """The labels of its inline buttons, row by row."""
        return [[key["text"] for key in row] for row in self.keys]

    def data_of(self, label: str) -> str | None:
        """The callback data of the button with this label."""
        for row in self.keys:
            for key in row:
                if key["text"] == label and "callback_data" in key:
                    return str(key["callback_data"])
        return None

    def __str__(self) -> str:
        side = ">" if self.mine else "<"
        rows = "".join("  " + " ".join(f"[{label}]" for label in row) for row in self.buttons)
        return f"{side} {self.text or ', '.join(self.raw)}{rows}"


class Person:
    """Someone with a phone in a private chat with the bot."""

    def __init__(self, world: World, chat: Chat) -> None:
        self._world = world
        self._stirred = asyncio.Event()
        self._mark = 0  # what changed after this sequence number is news
        self.chat = chat
        self.id = chat.chat_id
        self.toasts: list[str] = []
        chat.listeners.append(self._hear)

    @property
    def messages(self) -> list[Shown]:
        """What stands in the chat, oldest first."""
        return [Shown(self.chat.messages[number]) for number in sorted(self.chat.messages)]

    @property
    def news(self) -> list[Shown]:
        """What the bot sent or changed since this person's last act, latest change last."""
        return [
            message
            for message in sorted(self.messages, key=lambda each: self.chat.changed[each.id])
            if not message.mine and self.chat.changed[message.id] > self._mark
        ]

    @property
    def last(self) -> Shown:
        """The newest message of the bot that stands in the chat. Raises `NeverCameError`."""
        for message in reversed(self.messages):
            if not message.mine:
                return message
        raise NeverCameError(f"nothing of the bot stands in this chat:\n{self}")

    async def send(self, text: str) -> Shown:
        """Write a text; a long one goes as several messages, the last is returned."""
        self._act()
        return Shown(people.write(self._world, self.chat, text)[-1])

    async def press(self, label: str, on: Shown | None = None) -> str:
        """Press the button with this label, on the newest message that has it.

        Returns the query id. Raises `NeverCameError` where no such button stands.
        """
        for message in [on] if on is not None else reversed(self.messages):
            if (data := message.data_of(label)) is not None:
                return await self.press_data(message.id, data)
        raise NeverCameError(f"no button {label!r} in this chat:\n{self}")

    async def press_data(self, message_id: int, data: str) -> str:
        """Press a button by its callback data, also one that stands no more."""
        self._act()
        return people.press(self._world, self.chat, message_id, data)

    async def edit(self, message: Shown, text: str) -> Shown:
        """Change one's own message."""
        self._act()
        return Shown(people.edit(self._world, self.chat, message.id, text))

    async def delete(self, *messages: Shown) -> None:
        """Delete messages for both sides."""
        self._act()
        people.delete(self._world, self.chat, [message.id for message in messages])

    async def send_file(
        self, kind: str, data: bytes, name: str = "file.bin", caption: str = ""
    ) -> Shown:
        """Send a file; kinds are photo, document, voice and sticker."""
        self._act()
        return Shown(
            people.send_file(self._world, self.chat, kind, name=name, data=data, caption=caption)
        )

    async def send_location(self, latitude: float, longitude: float) -> Shown:
        """Share a place, in degrees."""
        self._act()
        return Shown(people.send_location(self._world, self.chat, latitude, longitude))

    async def send_content(self, content: Json) -> Shown:
        """Send a message with any other content, as the Bot API describes it."""
        self._act()
        return Shown(people.say(self._world, self.chat, content))

    async def block(self) -> None:
        """Block the bot."""
        self._act()
        people.block(self._world, self.chat)

    async def unblock(self) -> None:
        """Let the bot in again."""
        self._act()
        people.unblock(self._world, self.chat)

    async def bring_to_group(self, title: str) -> Chat:
        """Make a group and add the bot."""
        return people.bring_to_group(self._world, self.chat, title)

    async def wait_for(self, wish: Wish, timeout: float = PATIENCE, *, ever: bool = False) -> Shown:
        """Wait for a message of the bot that contains a text or fulfils a predicate.

        Looks at what came or changed since this person's last act; with `ever` at everything
        that stands. Raises `NeverCameError` after `timeout` seconds.
        """

        def wanted(message: Shown) -> bool:
            return wish in message.text if isinstance(wish, str) else wish(message)

        def look() -> Shown | None:
            seen = self.messages if ever else self.news
            return next((each for each in reversed(seen) if not each.mine and wanted(each)), None)

        return await self._until(look, timeout, f"{wish!r} never came")

    async def reply(self, timeout: float = PATIENCE) -> Shown:
        """Wait for the bot's next word after this person's last act."""
        return await self.wait_for(lambda _: True, timeout)

    async def until(self, holds: Callable[["Person"], bool], timeout: float = PATIENCE) -> None:
        """Wait until something holds of this chat. Raises `NeverCameError`."""
        await self._until(lambda: holds(self) or None, timeout, "it never held")

    async def _until(
        self, look: Callable[[], _Found | None], timeout: float, complaint: str
    ) -> _Found:
        try:
            async with asyncio.timeout(timeout):
                while (found := look()) is None:
                    self._stirred.clear()
                    await self._stirred.wait()
        except TimeoutError:
            raise NeverCameError(f"{complaint} in {timeout} s; the chat:\n{self}") from None
        return found

    def _act(self) -> None:
        self._mark = self._world.sequence

    def _hear(self, event: Json) -> None:
        if event["what"] == "answer" and event["text"]:
            self.toasts.append(event["text"])
        self._stirred.set()

    def __str__(self) -> str:
        return "\n".join(map(str, self.messages)) or "(empty)"
