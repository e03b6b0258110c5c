"""A day, a time of day, or a length of time: what a `moment` step shows, reads and brings about.

Its answer is one chosen id: an ISO date, "07:30", a length such as "2w", or "none".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time

from conversations import lengths
from conversations.answers import DAY_CHOICES, Refused, match_label, read_day
from conversations.clock_words import Unclear, read_time
from conversations.flow import Leaf, Moment
from conversations.schedule import MORNING, day_ahead, in_words, on
from conversations.turn import Daily, DropReminder, Effect, Remind
from conversations.way import Way
from conversations.wording import Phrases

NONE = "none"


def choices(step: Moment, phrases: Phrases, language: str) -> Mapping[str, str]:
    """What stands on the buttons, id -> label."""
    match step.of:
        case "day":
            days = (*step.options, NONE) if step.options else DAY_CHOICES
            return {key: phrases(f"moments.{key}", language) for key in days}
        case "time":
            return {at: at for at in step.options}
    options = step.options or lengths.USUAL
    return {length: lengths.in_words(length, phrases, language) for length in options}


def chosen(step: Moment, choice: str, now: datetime) -> str:
    """The answer that a button stands for."""
    if step.of != "day" or choice == NONE:
        return choice
    return day_ahead(choice, now.date()).isoformat()


def typed(step: Moment, text: str, labels: Mapping[str, str], now: datetime) -> str | Refused:
    """The answer that a typed text means."""
    if not text.strip():
        return Refused("empty")
    match step.of:
        case "time":
            # "7" is an hour here, not the seventh button.
            shown = read_time(text)
            return Refused("not_a_time") if isinstance(shown, Unclear) else f"{shown:%H:%M}"
        case "length":
            return lengths.read_length(text) or Refused("not_a_length")
    if choice := match_label(text, labels):
        return chosen(step, choice, now)
    day = read_day(text, now.date())
    return day.isoformat() if day else Refused("not_a_day")


def told(step: Moment, answer: str, phrases: Phrases, language: str) -> str:
    """An answer in words."""
    if step.of == "day" and answer != NONE:
        return in_words(answer, phrases, language)
    return lengths.in_words(answer, phrases, language) if step.of == "length" else answer


def day_for(step: Moment, way: Way) -> date | None:
    """The day on which a time of day is meant, as answered before; None where there is none."""
    answer = way.state.answers.get(step.on)
    if answer is None or step.on not in way.ids or answer.chosen in ((), (NONE,)):
        return None
    return date.fromisoformat(answer.chosen[0])


def effects(leaf: Leaf, way: Way) -> Iterator[Effect]:
    """What follows from the answer to such a step."""
    step, answer = leaf.step, way.state.answers[leaf.id]
    assert isinstance(step, Moment)
    yield from _own_effects(step, leaf.id, answer.chosen[0] if answer.chosen else "", way)
    for other in way.flow.leaves:
        # Another day, and the hour named for it comes then.
        if isinstance(other.step, Moment) and other.step.on == leaf.id:
            hour = way.state.answers.get(other.id)
            if hour is not None and hour.chosen:
                yield from _own_effects(other.step, other.id, hour.chosen[0], way)


def _own_effects(step: Moment, step_id: str, answer: str, way: Way) -> Iterator[Effect]:
    now = way.known.at
    if step.daily and answer:
        yield Daily(step.daily, time.fromisoformat(answer))
    if not step.remind:
        return
    day = date.fromisoformat(answer) if step.of == "day" and answer not in ("", NONE) else None
    if step.of == "time":
        day = day_for(step, way)
    if answer in ("", NONE) or (step.of == "time" and day is None):
        yield DropReminder(step_id)
    elif day is not None:
        at = time.fromisoformat(answer) if step.of == "time" else MORNING
        yield Remind(step_id, on(day, at, now.tzinfo), "look_again")
    else:
        timer = lengths.is_timer(answer)
        yield Remind(step_id, lengths.after(answer, now), "timer" if timer else "look_again")
