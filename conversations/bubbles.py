"""One answer, many messages: what follows an answer, what is held, joined, set beside, corrected.

Pure functions from state to state; `engine` decides when each of them applies.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from conversations.answers import ANSWER_LIMIT
from conversations.items import added as items_added
from conversations.items import is_list
from conversations.turn import Answer, Edited, Part, Said, State
from conversations.way import Way

#: A text this soon after an answer that moved the talk on may belong to that answer.
JOIN_WITHIN = timedelta(minutes=2)
#: Apps split what is longer than a message; the rest follows within moments.
SPLIT_WITHIN = timedelta(seconds=5)
SPLIT_FROM_UNITS = 4_000
#: What one message holds; a part of this length was cut within a line, a shorter one at a space.
MESSAGE_UNITS = 4_096
#: What a step holds that is not an answer yet; it outlives going back and care.
DRAFTED = ("picked", "own", "held", "join")
_DRAFT = "draft."


# --- right after an answer -----------------------------------------------------------------------


def follows(way: Way, said: Said, within: timedelta = JOIN_WITHIN) -> bool:
    """Whether a text comes so soon after the words that led here that it may belong to them."""
    state = way.state
    last = state.answers.get(state.last or "")
    if last is None or not last.text or not timedelta(0) <= said.at - last.at <= within:
        return False
    before = way.before(state.at)
    return state.last in (before.id if before else None, state.within.get("reworded"))


def continues(way: Way, said: Said) -> str | None:
    """What joins a text to the one that an app had to split it from; None where it is no rest."""
    if not follows(way, said, SPLIT_WITHIN):
        return None
    part = way.state.answers[way.state.last or ""].parts[-1]
    units = len(part.text.encode("utf-16-le", "surrogatepass")) // 2
    if units < SPLIT_FROM_UNITS:
        return None
    return "" if units >= MESSAGE_UNITS else " "


def appended(state: State, step: str, said: Said, glue: str = "\n") -> State | None:
    """The state with the text at the end of that answer; None where it would be too long."""
    answer = state.answers[step]
    if len(answer.text) + len(said.text) > ANSWER_LIMIT:
        return None
    new = Part(said.text, said.message, glue)
    parts = items_added(answer.parts, (new,)) if is_list(answer) else (*answer.parts, new)
    return with_answer(state, step, replace(answer, parts=parts, at=said.at))


def with_answer(state: State, step: str, answer: Answer) -> State:
    """The state with that answer to that step."""
    return replace(state, answers={**state.answers, step: answer})


# --- held: words that came where buttons were shown ----------------------------------------------


def hold(state: State, said: Said, join: str | None) -> State:
    """The state with the text held; `join` is the answer it may belong to."""
    held = [*json.loads(state.within.get("held", "[]")), [said.text, said.message]]
    within = {**state.within, "held": json.dumps(held, ensure_ascii=False)}
    return replace(state, within=within | ({"join": join} if join else {}))


def held_parts(within: Mapping[str, str]) -> tuple[Part, ...]:
    """What is held, as parts of an answer."""
    return tuple(Part(text, message) for text, message in json.loads(within.get("held", "[]")))


def joined(state: State) -> tuple[State, str] | None:
    """The newest words moved to the answer before, and that answer's step; None without one."""
    before, newest = state.within.get("join"), state.last
    answers = dict(state.answers)
    if before is None or before not in answers:
        return None
    at = state.at
    added = held_parts(state.within)
    if not added:
        if newest is None or newest == before or newest not in answers:
            return None
        moved, at = answers.pop(newest), newest
        added = moved.parts
        if moved.earlier:
            wording = Part(moved.earlier[-1])
            answers[newest] = replace(moved, parts=(wording,), earlier=moved.earlier[:-1])
    whole = answers[before]
    parts = items_added(whole.parts, added) if is_list(whole) else whole.parts + added
    answers[before] = replace(whole, parts=parts)
    if at == state.at:
        within = {k: v for k, v in state.within.items() if k not in ("held", "join")}
    else:  # what the step one was at holds waits there
        within = restored(drafts(state), at or "", {})
    return replace(state, answers=answers, at=at, last=before, within=within), before


# --- drafts --------------------------------------------------------------------------------------


def here(state: State) -> dict[str, str]:
    """What the step one is at holds that is not an answer yet."""
    held = {k: state.within[k] for k in DRAFTED if state.within.get(k) not in (None, "", "[]")}
    if "held" not in held:
        held.pop("join", None)
    return held


def drafts(state: State) -> dict[str, str]:
    """What `within` has to carry when one leaves a step without answering it."""
    kept = {k: v for k, v in state.within.items() if k.startswith(_DRAFT)}
    if state.at is not None and (draft := here(state)):
        kept[_DRAFT + state.at] = json.dumps(draft, ensure_ascii=False)
    return kept


def left_over(state: State) -> list[tuple[str, int | None]]:
    """Words that are in no answer yet, each with its message: where a talk ends, they remain."""
    drafts = [json.loads(text) for key, text in state.within.items() if key.startswith(_DRAFT)]
    texts = [draft.get(key, "[]") for draft in (here(state), *drafts) for key in ("own", "held")]
    return [(text, message) for pairs in texts for text, message, *_ in json.loads(pairs)]


def stored(within: Mapping[str, str], step: str, parts: tuple[Part, ...]) -> dict[str, str]:
    """The draft that holds words for a step that will be asked again, before those it held."""
    before = json.loads(within.get(_DRAFT + step, "{}"))
    words = [[part.text, part.message] for part in parts if part.text]
    held = json.dumps([*words, *json.loads(before.get("held", "[]"))], ensure_ascii=False)
    draft = json.dumps({**before, "held": held}, ensure_ascii=False)
    return {_DRAFT + step: draft} if words else {}


def restored(within: Mapping[str, str], step: str, opened: Mapping[str, str]) -> dict[str, str]:
    """What a step starts with, and what was left in it before."""
    others = {k: v for k, v in within.items() if k.startswith(_DRAFT) and k != _DRAFT + step}
    return {**others, **opened, **json.loads(within.get(_DRAFT + step, "{}"))}


def without_draft(within: Mapping[str, str], step: str) -> dict[str, str]:
    """The drafts of every step but this one, which has its answer now."""
    return {k: v for k, v in within.items() if k.startswith(_DRAFT) and k != _DRAFT + step}


# --- corrections ---------------------------------------------------------------------------------


def corrected_draft(state: State, edited: Edited) -> State | None:
    """The state with a held or ticked-in text corrected; None where that message is in none."""

    def corrected(texts: str) -> str:
        pairs = json.loads(texts)
        changed = [[edited.text if m == edited.message else t, m, *i] for t, m, *i in pairs]
        return texts if changed == pairs else json.dumps(changed, ensure_ascii=False)

    within = drafts_changed(state.within, corrected)
    return None if within == state.within else replace(state, within=within)


def drafts_changed(within: Mapping[str, str], change: Callable[[str], str]) -> dict[str, str]:
    """The same with `change` done to every list of texts, in JSON, that is no answer yet."""
    changed = {k: change(v) if k in ("own", "held") else v for k, v in within.items()}
    for key in [k for k in within if k.startswith(_DRAFT)]:
        before = json.loads(within[key])
        after = {k: change(v) if k in ("own", "held") else v for k, v in before.items()}
        if after != before:
            changed[key] = json.dumps(after, ensure_ascii=False)
    return changed
