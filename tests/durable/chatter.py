"""One person who goes through the three questions by taps and words, and remembers them all.

Which step stands is read from the buttons, not from the wording, and nothing depends on the order
of the steps: so content can change without this file.
"""

import asyncio
from dataclasses import dataclass, field
from random import Random

from bot.playground.client import Person, Shown
from tests.rare import rare, typed

#: What is tapped where; the first of these that stands. Any other step is answered in words.
TAPS = {
    "safe": ("yes",),
    "second_look": ("keep", "now"),
    "patience": ("some",),
    "perfection": ("part",),
    "purpose": ("yes", "no"),
    "lean": ("leaving", "open", "staying"),
    "clear": ("2", "4"),
    "again": ("_skip",),
}
KINDS = ("partner", "friend", "parent", "job", "circle", "place", "self")
#: Steps whose answer is drawn by lot, and which answers there are.
LOTS = {"talked": ("never", "once", "many"), "purpose": ("yes", "no"), "lean": ("leaving", "open")}
SKIPPED = 0.2
#: The parts of the summary hold a typed answer each, so that no two of them are the same message.
NEVER_SKIPPED = ("line",)
#: What stands beside the rare word: an emoji of two code points, two scripts from right to left, an
#: accent that must not be composed.
BESIDE = ("a quiet room 🕊️", "שלום בבית", "نور", "cafe\u0301")
LONG = 3_900
LONG_AT = ("unsaid", "happened", "learned")


@dataclass(slots=True)
class Told:
    """What one talk must have kept: the words or the choice of each step, and the reasons."""

    words: dict[str, str] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    finished: bool = False


@dataclass(frozen=True, slots=True)
class Waited:
    """One input and its answer, in seconds of the event loop's clock."""

    asked: float
    answered: float


class Chatter:
    """Does one input at a time and waits for its answer, `patience` seconds at most.

    `told` is by talk number; `waits` has every input that was answered.
    """

    def __init__(self, person: Person, seed: int, patience: float = 60.0) -> None:
        self.person = person
        self.patience = patience
        self.told: dict[int, Told] = {}
        self.waits: list[Waited] = []
        self.asked: float | None = None
        """When the input was made that still waits for its answer."""
        self._random = Random(seed)
        self._stands: Shown | None = None

    async def steps(self, count: int, pause: float = 0.0) -> None:
        """That many inputs, each after a pause of up to `pause` seconds."""
        for _ in range(count):
            await asyncio.sleep(self._random.uniform(0, pause))
            await self.step()

    async def finish(self, talks: int) -> None:
        """Go on until so many talks are finished and their reasons were read."""
        while sum(told.finished for told in self.told.values()) < talks:
            await self.step()

    async def step(self) -> None:
        """One input, and its answer."""
        meanings = presses(self._stands)
        if self._stands is None:
            await self._say("/start", "start:agree")
        elif at := next((p for p in meanings if p.startswith("t:")), None):
            _, talk, step, _ = at.split(":")
            await self._answer(int(talk), step, meanings)
        elif "start:agree" in meanings:
            await self._tap("start:agree", "door:")
        elif "door:deciding" in meanings:
            await self._tap("door:deciding", "t:")
        elif "cmd:why" in meanings:
            await self._read_reasons()
        else:
            await self._say("/reflect", f"t:{max(self.told) + 1}:")

    # What is done

    async def _answer(self, talk: int, step: str, meanings: list[str]) -> None:
        told = self.told.setdefault(talk, Told())
        here = {
            press.split(":", 3)[3] for press in meanings if press.startswith(f"t:{talk}:{step}")
        }
        on = f"t:{talk}:"
        if step == "about":
            choice = told.choices[step] = f"new.{self._random.choice(KINDS)}"
            await self._tap(f"{on}{step}:{choice}", on, besides=told)
        elif step == "reasons":
            await self._choose_reasons(talk, told, here)
        elif step in TAPS or step in LOTS:
            lots = self._random.sample(LOTS.get(step, ()), len(LOTS.get(step, ())))
            choice = next(c for c in (*lots, *TAPS.get(step, ())) if c in here)
            again = f"{on}{step}:keep" if choice == "now" else None
            if choice != "now":
                told.choices[step] = choice
            await self._tap(f"{on}{step}:{choice}", on, besides=told, again=again)
        elif "_skip" in here and step not in NEVER_SKIPPED and self._random.random() < SKIPPED:
            told.choices[step] = "_skip"
            await self._tap(f"{on}{step}:_skip", on, besides=told)
        else:
            told.words[step] = self._words(step)
            await self._say(told.words[step], on, besides=told)

    async def _choose_reasons(self, talk: int, told: Told, here: set[str]) -> None:
        """Ticks two answers, one an input, then says that this is all."""
        open_ = [step for step in told.words if f"x.{step}" in here]
        wanted = [step for step in open_ if told.words[step] not in told.reasons]
        on = f"t:{talk}:"
        if len(told.reasons) < 2 and wanted:
            step = self._random.choice(wanted)
            told.reasons.append(told.words[step])
            await self._tap(f"{on}reasons:x.{step}", on, again=f"{on}reasons:")
        else:
            told.choices["reasons"] = "done"
            await self._tap(f"{on}reasons:done", on, besides=told)

    async def _read_reasons(self) -> None:
        """The summary has come, with all that was typed; /why gives the chosen words."""
        told = self.told[max(self.told)]
        summary = "\n".join(shown.text for shown in self.person.messages)
        for text in told.words.values():
            assert _squeezed(text) in _squeezed(summary), "the summary lacks an answer"
        await self._say("/why", "list:")
        await self.person.until(self._shows_reasons, self.patience)
        told.finished = True

    def _shows_reasons(self, person: Person) -> bool:
        shown = _squeezed("\n".join(message.text for message in person.news))
        return all(_squeezed(text) in shown for text in self.told[max(self.told)].reasons)

    def _words(self, step: str) -> str:
        text = f"{rare()} {self._random.choice(BESIDE)}"
        if step in LONG_AT and self._random.random() < 0.3:
            text += f" {rare()}" * ((LONG - len(text)) // 24)
        return typed(text)

    # How it is done

    async def _say(self, text: str, wish: str, besides: Told | None = None) -> None:
        self._ask()
        await self.person.send(text)
        await self._wait(wish, besides)

    async def _tap(
        self, press: str, wish: str, besides: Told | None = None, again: str | None = None
    ) -> None:
        """Tap the newest button that means this; `again` is a press that may stand for the answer.

        Where an answered step's button came once more, after a restart, it is passed over.
        """
        for message in reversed(self.person.messages):
            found = [data for data in _all_data(message) if data.partition("|")[2] == press]
            if found:
                self._ask()
                await self.person.press_data(message.id, found[0])
                await self._wait(wish, besides, again)
                return
        raise AssertionError(f"the button {press} is gone:\n{self.person}")

    def _ask(self) -> None:
        self.asked = asyncio.get_running_loop().time()

    async def _wait(self, wish: str, besides: Told | None = None, again: str | None = None) -> None:
        done = {*besides.words, *besides.choices} if besides else set()

        def answers(shown: Shown) -> bool:
            for press in presses(shown):
                if again is not None and press.startswith(again):
                    return True
                if press.startswith(wish) or (wish.startswith("t:") and press == "cmd:why"):
                    step = press.split(":")[2:3]
                    if again is None and not done.intersection(step):
                        return True
            return False

        self._stands = await self.person.wait_for(answers, self.patience)
        assert self.asked is not None
        self.waits.append(Waited(self.asked, asyncio.get_running_loop().time()))
        self.asked = None


def _all_data(shown: Shown) -> list[str]:
    return [key["callback_data"] for row in shown.keys for key in row if "callback_data" in key]


def presses(shown: Shown | None) -> list[str]:
    """What the buttons mean, without the row they were shown by."""
    return [data.partition("|")[2] for data in _all_data(shown)] if shown else []


def _squeezed(text: str) -> str:
    """Without white space: a long text is shown in several messages, cut at a space."""
    return "".join(text.split())
