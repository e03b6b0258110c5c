"""People who have not agreed: they get the welcome, help and care, and nothing is stored."""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import replace

from bot.commands.help import pressed
from bot.commands.start import refused_screen, welcome_screen
from bot.house import House
from bot.person import DEFAULT_LANGUAGE
from bot.telegram_in import Incoming
from conversations.care import ANSWERS, grounding_screen
from conversations.care_language import beside_care, care_for, more_care, said_in
from conversations.help import LINES, OPEN, Beside, find_country
from conversations.plain_questions import meant
from conversations.screen import Block, Screen

AGREE = "start:agree"
#: What is answered before anything was agreed, and with which screen.
HELP = {"help": OPEN, "helplines": LINES}
#: Of somebody who has not agreed nothing is known, and nothing can be kept.
NOTHING = Beside(plan=False)
#: How many chats' latest message ids are remembered in memory, for /hide before agreeing.
CHATS, MESSAGES = 1_000, 300
#: A text this short may be a country's name, typed below /help.
COUNTRY = 40


def agrees(incoming: Incoming) -> bool:
    """Whether this tap is the agreement."""
    return incoming.kind == "tap" and incoming.press.split(":")[:2] == AGREE.split(":")


def answer(house: House, incoming: Incoming) -> list[Screen]:
    """What someone who has not agreed is shown; empty where nothing is to be said."""
    phrases, language = house.library.phrases, DEFAULT_LANGUAGE
    match incoming.kind:
        case "tap":
            return _tapped(house, incoming.press)
        case "command" if incoming.command in HELP:
            press = _country(house, incoming) or HELP[incoming.command]
            return [pressed(house, language, None, press, NOTHING)]
        case "command" if incoming.command == "ground" and not incoming.text:
            return [grounding_screen(phrases, language)]
        case "command" if incoming.command == "hide":
            return []
        case "command" | "text" | "media" | "location" | "edit":
            heard = house.listener.listen(incoming.text) if incoming.text else None
            if heard is not None and heard.label in ANSWERS:
                return [
                    care_for(
                        heard, phrases=phrases, otherwise=language, country=None, beside=NOTHING
                    )
                ]
            if incoming.kind == "edit":
                return []
            if incoming.kind == "text" and (country := _country(house, incoming)):
                return [pressed(house, language, None, country, NOTHING)]
            welcome = welcome_screen(phrases, language, _link(house, incoming))
            if heard is not None:
                # A weak signal: one line below the welcome, and /help is one tap away there.
                line = Block(phrases("care.unsure_read", said_in(heard.rule, language)))
                return [replace(welcome, blocks=(*welcome.blocks, line))]
            kind = meant(incoming.text, phrases, language) if incoming.kind == "text" else None
            if kind in ("stop", "delete"):
                return [Screen((Block(phrases("plain.nothing_kept", language)),))]
            asked = [Screen((Block(phrases(f"plain.{kind}", language)),))] if kind else []
            return [*asked, welcome]
    return []


def _country(house: House, incoming: Incoming) -> str:
    """The press for the lines of a country that was typed; empty where it is none."""
    code = find_country(incoming.text, house.helplines) if len(incoming.text) <= COUNTRY else None
    return f"help:country:{code}" if code else ""


def _link(house: House, incoming: Incoming) -> str:
    """A deep link waits behind the welcome, if it leads to an exercise."""
    wanted = incoming.text.strip() if incoming.command == "start" else incoming.command
    flow = house.library.by_command(wanted) if wanted else None
    return flow.command if flow else ""


def _tapped(house: House, press: str) -> list[Screen]:
    phrases, language = house.library.phrases, DEFAULT_LANGUAGE
    press, said = beside_care(press)
    match press.split(":"):
        case ["start", "refuse", *link]:
            return [refused_screen(phrases, language, ":".join(link))]
        case ["help", *_]:
            return [pressed(house, language, None, press, NOTHING)]
        case ["care", _, *_]:
            return [
                more_care(press, phrases=phrases, otherwise=language, country=None, beside=NOTHING)
            ]
        case ["hide" | "forget", *_]:
            return []
        case ["talk", "misread", rule]:
            thanks = phrases("care_more.misread", said_in(rule, language))
            return [Screen((Block(thanks),)), welcome_screen(phrases, language)]
        case ["talk", "stop"]:
            return [Screen((Block(phrases("talks.left", said or language)),))]
    return [welcome_screen(phrases, language)]


def toast(house: House, incoming: Incoming) -> str | None:
    """What a tap is answered with where no screen follows: a second tap on "Erase everything"."""
    gone = incoming.press.startswith("forget:")
    return house.library.phrases("forget.done", DEFAULT_LANGUAGE) if gone else None


def hides(incoming: Incoming) -> bool:
    """Whether the chat is to be emptied."""
    if incoming.kind == "tap":
        return incoming.press.startswith("hide:")
    return incoming.kind == "command" and incoming.command == "hide"


class Footprints:
    """Message ids of chats with strangers, in memory only, so that /hide works for them too."""

    def __init__(self) -> None:
        self._chats: OrderedDict[int, deque[int]] = OrderedDict()

    def note(self, chat: int, message: int | None) -> None:
        """A message stands in the chat."""
        if message is None:
            return
        self._chats.setdefault(chat, deque(maxlen=MESSAGES)).append(message)
        self._chats.move_to_end(chat)
        while len(self._chats) > CHATS:
            self._chats.popitem(last=False)

    def take(self, chat: int) -> list[int]:
        """All that is known of the chat, forgotten with this call."""
        return sorted(set(self._chats.pop(chat, ())), reverse=True)
