"""Misbehaviour on request: what a network and a busy Telegram do to a bot, seeded."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from fnmatch import fnmatchcase
from math import ceil
from random import Random


class Kind(StrEnum):
    """What can go wrong with a call."""

    BAD_GATEWAY = "bad_gateway"  # 502 with an HTML body, nothing done
    RESET = "reset"  # the connection is reset before anything is done
    RESET_AFTER = "reset_after"  # everything is done, then the connection is reset
    LATENCY = "latency"  # the answer comes `seconds` late
    TOO_MANY = "too_many"  # 429; the chat stays closed for `seconds`


@dataclass(frozen=True, slots=True)
class Fault:
    """One rule. `methods` is a pattern (`send*`, any case); `times` None means until cleared."""

    kind: Kind
    methods: str = "*"
    probability: float = 1.0
    times: int | None = None
    seconds: float = 0.0
    chat_id: int | None = None


class Faults:
    """The rules now in force, and which of them strike a call. The same seed, the same course."""

    def __init__(self, seed: int = 0, clock: Callable[[], float] = time.time) -> None:
        self._random = Random(seed)  # noqa: S311 - repeatable, not secret
        self._clock = clock
        self._rules: list[Fault] = []
        self._closed: dict[int, float] = {}  # chat -> until when it answers 429
        self._outage_ends = 0.0
        self.struck: dict[Kind, int] = dict.fromkeys(Kind, 0)
        self.on_outage: list[Callable[[], None]] = []

    @property
    def rules(self) -> tuple[Fault, ...]:
        """The rules in force, oldest first."""
        return tuple(self._rules)

    @property
    def outage_left(self) -> float:
        """Seconds until the server is back."""
        return max(0.0, self._outage_ends - self._clock())

    def add(self, fault: Fault) -> None:
        """Put a rule in force."""
        self._rules.append(fault)

    def replace_rules(self, faults: Iterable[Fault]) -> None:
        """Put these rules in force instead of all others."""
        self._rules = list(faults)

    def bad_gateway(
        self, methods: str = "*", *, probability: float = 1.0, times: int | None = None
    ) -> None:
        """Answer 502 as a proxy would, with nothing done."""
        self.add(Fault(Kind.BAD_GATEWAY, methods, probability, times))

    def reset(
        self, methods: str = "*", *, probability: float = 1.0, times: int | None = None
    ) -> None:
        """Reset the connection before the call is accepted."""
        self.add(Fault(Kind.RESET, methods, probability, times))

    def reset_after(
        self, methods: str = "*", *, probability: float = 1.0, times: int | None = None
    ) -> None:
        """Do what was asked, then reset the connection instead of answering."""
        self.add(Fault(Kind.RESET_AFTER, methods, probability, times))

    def latency(
        self,
        seconds: float,
        methods: str = "*",
        *,
        probability: float = 1.0,
        times: int | None = None,
    ) -> None:
        """Answer late."""
        self.add(Fault(Kind.LATENCY, methods, probability, times, seconds))

    def too_many(
        self,
        retry_after: float,
        methods: str = "send*",
        *,
        chat_id: int | None = None,
        probability: float = 1.0,
        times: int | None = 1,
    ) -> None:
        """Close the chat of a call with 429 for this many seconds."""
        self.add(Fault(Kind.TOO_MANY, methods, probability, times, retry_after, chat_id))

    def outage(self, seconds: float) -> None:
        """Reset every connection from now on, for this long; waiting calls too."""
        self._outage_ends = self._clock() + seconds
        for listener in tuple(self.on_outage):
            listener()

    def clear(self) -> None:
        """Behave well again."""
        self._rules.clear()
        self._closed.clear()
        self._outage_ends = 0.0

    def meet(self, method: str, chat_id: int | None) -> list[Fault]:
        """Which faults strike this call, in the order they were put in force."""
        if not self._rules and not self._closed and not self._outage_ends:
            return []
        if self.outage_left:
            return [Fault(Kind.RESET)]
        struck = [fault for fault in self._rules if self._strikes(fault, method, chat_id)]
        for fault in struck:
            self.struck[fault.kind] += 1
            if fault.kind is Kind.TOO_MANY and chat_id is not None:
                until = self._clock() + fault.seconds
                self._closed[chat_id] = max(until, self._closed.get(chat_id, 0.0))
            if fault.times is not None:
                place = self._rules.index(fault)
                left = replace(fault, times=fault.times - 1)
                self._rules[place : place + 1] = [left] if left.times else []
        return struck

    def closed_for(self, method: str, chat_id: int | None) -> int | None:
        """Whole seconds until this chat takes messages again; None where it does."""
        if chat_id is None or not method.startswith(("send", "edit")):
            return None
        left = self._closed.get(chat_id, 0.0) - self._clock()
        if left > 0:
            return ceil(left)
        self._closed.pop(chat_id, None)
        return None

    def _strikes(self, fault: Fault, method: str, chat_id: int | None) -> bool:
        if not fnmatchcase(method, fault.methods.lower()):
            return False
        if fault.chat_id is not None and fault.chat_id != chat_id:
            return False
        if fault.kind is Kind.TOO_MANY and chat_id is None:
            return False
        return fault.probability >= 1 or self._random.random() < fault.probability
