"""Many people who chat at once, and what must be true of them whatever was done to the bot."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from bot.playground.client import Call, Playground
from conversations.turn import State
from tests.durable.chatter import Chatter, Told
from tests.durable.probe import SHOWS
from tests.durable.stored import Stored

Key = tuple[int, str]  # chat id, what stands in the message

#: The last message of every talk has these buttons and the same words each time, so that nobody
#: can tell whether it came twice; it is not counted.
CLOSING = "cmd:why"


class Crowd:
    """People on one playground; a failure of one ends nobody else's talk."""

    def __init__(self, play: Playground, people: int, patience: float = 60.0) -> None:
        self.chatters = [
            Chatter(play.person(f"Person {number}"), number, patience) for number in range(people)
        ]
        self._play = play
        self.sent: Counter[Key] = Counter()
        """How often each message was sent and accepted."""
        self.shown: set[Key] = set()
        """What was sent, or became of a message by an edit."""
        play.server.on_call.append(self._hear)

    async def steps(self, count: int, pause: float = 0.0) -> list[str]:
        """Everybody makes so many inputs; what went wrong."""
        return await _all(chatter.steps(count, pause) for chatter in self.chatters)

    async def finish(self, talks: int = 1) -> list[str]:
        """Everybody goes on until so many of their talks are finished; what went wrong."""
        return await _all(chatter.finish(talks) for chatter in self.chatters)

    def differences(self, stored: Stored) -> list[str]:
        """Where what is stored is not, code point for code point, what was typed and chosen."""
        found = []
        for chatter in self.chatters:
            chat = chatter.person.id
            finished = {state.talk: state for state in stored.reflections[chat]}
            unfinished = {state.talk: state for state in stored.talks[chat]}
            begun = {number for number, state in unfinished.items() if state.answers}
            if not {*finished, *begun} <= set(chatter.told) <= {*finished, *unfinished}:
                found.append(f"{chat}: talks {sorted({*finished, *unfinished})}")
                continue
            for number, told in chatter.told.items():
                state = finished.get(number) or unfinished[number]
                words = {step: answer.text for step, answer in state.answers.items() if answer.text}
                if words != told.words:
                    wrong = {s for s in {*words, *told.words} if words.get(s) != told.words.get(s)}
                    found.append(f"{chat}: talk {number}, words at {sorted(wrong)}")
                found += _wrong_choices(f"{chat}: talk {number}", told, state)
                kept = Counter(k.text for k in stored.kept[chat] if k.talk == number)
                if "reasons" in told.choices and kept != Counter(told.reasons):
                    found.append(f"{chat}: talk {number}, {kept.total()} reasons kept")
        return found

    def _hear(self, call: Call) -> None:
        if call.done and call.method in SHOWS and call.chat_id is not None:
            key = key_of(call.chat_id, call.params)
            self.shown.add(key)
            if call.method == "sendMessage" and CLOSING not in key[1]:
                self.sent[key] += 1


def key_of(chat: int, params: dict[str, Any]) -> Key:
    """What makes a message the same to who reads it: its words and buttons, not their row.

    The text of every message a `Chatter` is shown is its own: it holds rare words, or its buttons
    name talk and step.
    """
    markup = params.get("reply_markup") or {}
    rows = markup.get("inline_keyboard", [])
    keys = [
        (key["text"], key.get("callback_data", "").partition("|")[2]) for row in rows for key in row
    ]
    return chat, json.dumps([params["text"], keys])


def _wrong_choices(where: str, told: Told, state: State) -> list[str]:
    found = []
    for step, choice in told.choices.items():
        answer = state.answers.get(step)
        chosen = answer.chosen if answer else None
        wanted = {"_skip": (), "keep": ("kept",)}.get(choice, (choice,))
        if step != "reasons" and chosen != wanted:
            found.append(f"{where}, {step} is {chosen}")
    return found


async def _all(work: Iterable[Any]) -> list[str]:
    results = await asyncio.gather(*work, return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException) and not isinstance(result, AssertionError):
            raise result
    return [str(result) for result in results if result is not None]
