"""The model of a local Telegram: chats, messages, queries and files in memory, without HTTP."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from bot.playground.updates import UpdateQueue, first_id
from bot.playground.wire import Json, bad_request

QUERY_SECONDS = 60
FIRST_PERSON = 100_001

Listener = Callable[[Json], None]


@dataclass(slots=True)
class Chat:
    """One chat as it stands, and what the bot may do there."""

    chat_id: int
    chat: Json
    members: dict[int, Json]
    messages: dict[int, Json] = field(default_factory=dict)
    changed: dict[int, int] = field(default_factory=dict)  # message id -> sequence of its change
    keyboard: Json | None = None  # the reply keyboard under the input line
    known: bool = False  # the bot may write only to a person who wrote first
    blocked: bool = False
    left: bool = False
    listeners: list[Listener] = field(default_factory=list)  # hear of this chat only

    @property
    def person(self) -> Json:
        """The person of a private chat, or who began the group."""
        return next(iter(self.members.values()))

    @property
    def private(self) -> bool:
        """Whether this is the chat of one person."""
        return self.chat_id > 0


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file on the server; `path` is what getFile tells."""

    file_id: str
    path: str
    name: str
    kind: str
    data: bytes


class World:
    """Everything a Telegram server knows about one bot.

    `now` gives seconds since 1970. Listeners hear every change as a small JSON object with
    `what`, `chat_id` and `seq`; they must be quick and must not raise.
    """

    def __init__(self, token: str, now: Callable[[], float]) -> None:
        self.token = token
        self.now = now
        self.bot: Json = {
            "id": int(token.split(":", maxsplit=1)[0]),
            "is_bot": True,
            "first_name": "Threshold",
            "username": "threshold_playground_bot",
        }
        self.updates = UpdateQueue(now)
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.queries: dict[str, tuple[float, int]] = {}  # id -> (when asked, chat)
        self.settings: dict[str, dict[str, Any]] = {}  # names, descriptions, commands, menu buttons
        self.listeners: list[Listener] = []
        self.sequence = 0
        # One counter for all private chats, as Telegram has it; from the clock, so that the
        # numbers of a restarted server do not meet those a bot remembers.
        self._message_ids = count(first_id(now()))
        self._numbers = count(1)

    def tell(self, what: str, chat_id: int, **more: object) -> int:
        """Let every listener hear of a change; returns its place in the sequence."""
        self.sequence += 1
        event: Json = {"what": what, "chat_id": chat_id, "seq": self.sequence, **more}
        chat = self.chats.get(chat_id)
        for listener in (*self.listeners, *(chat.listeners if chat else ())):
            listener(event)
        return self.sequence

    def number(self) -> int:
        """A number not used before, for files and queries."""
        return next(self._numbers)

    def add_person(
        self, name: str, language: str | None = "en", person_id: int | None = None
    ) -> Chat:
        """A new person with a private chat that the bot does not know yet."""
        if person_id is None:
            person_id = max([FIRST_PERSON - 1, *self.chats]) + 1
        person: Json = {"id": person_id, "is_bot": False, "first_name": name}
        if language:
            person["language_code"] = language
        chat: Json = {"id": person_id, "first_name": name, "type": "private"}
        self.chats[person_id] = Chat(person_id, chat, {person_id: person})
        self.tell("person", person_id, name=name)
        return self.chats[person_id]

    def add_group(self, title: str, person: Json) -> Chat:
        """A group into which this person has brought the bot."""
        chat_id = min([0, *self.chats]) - 1
        chat: Json = {"id": chat_id, "title": title, "type": "group"}
        self.chats[chat_id] = Chat(chat_id, chat, {person["id"]: person}, known=True)
        return self.chats[chat_id]

    def chat(self, chat_id: int) -> Chat:
        """The chat of this id; raises `RefusedError` where there is none."""
        found = self.chats.get(chat_id)
        if found is None:
            raise bad_request("chat not found")
        return found

    def place(self, chat: Chat, sender: Json, content: Json) -> Json:
        """Put a new message at the end of a chat and return it as the Bot API shows it."""
        message: Json = {
            "message_id": next(self._message_ids),
            "from": sender,
            "chat": chat.chat,
            "date": int(self.now()),
            **content,
        }
        chat.messages[message["message_id"]] = message
        self._mark(chat, message, "message")
        return message

    def replace(self, chat: Chat, message: Json, *, edited: bool = True) -> Json:
        """Let a changed message stand in place of the old one."""
        if edited:
            message["edit_date"] = int(self.now())
        chat.messages[message["message_id"]] = message
        self._mark(chat, message, "edited")
        return message

    def remove(self, chat: Chat, message_ids: list[int]) -> list[int]:
        """Take messages away for both sides; returns those that were there."""
        gone = [number for number in message_ids if chat.messages.pop(number, None) is not None]
        for number in gone:
            chat.changed.pop(number, None)
        if gone:
            self.tell("deleted", chat.chat_id, message_ids=gone)
        return gone

    def store(self, kind: str, name: str, data: bytes) -> StoredFile:
        """Keep a file; `kind` names its folder."""
        number = self.number()
        suffix = name.rpartition(".")[2] if "." in name else "bin"
        path = f"{kind}/file_{number}.{suffix}"
        stored = StoredFile(f"{kind}-{number:08d}", path, name, kind, data)
        self.files[stored.file_id] = stored
        return stored

    def ask(self, chat: Chat) -> str:
        """Open a callback query and return its id."""
        number = str(self.bot["id"] * 1_000 + self.number())
        self.queries[number] = (self.now(), chat.chat_id)
        return number

    def answer(self, query_id: str) -> int:
        """Close a callback query and return its chat; refused when late or closed already."""
        asked, chat_id = self.queries.pop(query_id, (0.0, 0))
        if self.now() - asked > QUERY_SECONDS:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        return chat_id

    def _mark(self, chat: Chat, message: Json, what: str) -> None:
        # Set before the listeners hear of it, because they look.
        chat.changed[message["message_id"]] = self.sequence + 1
        self.tell(what, chat.chat_id, message=message)
