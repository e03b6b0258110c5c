"""Whom or what it is about, in the settings: another word, at rest and awake, is it safe.

Presses, N the tie's number: `tie:list`, `tie:one:N`, `tie:rest:N`, `tie:wake:N`, `tie:rename:N`,
`tie:safe:N`, `tie:safe:N.ANSWER`, `tie:kind:N`, `tie:kind:N.KIND`,
`tie:distance:N.ANSWER`.
"""

from __future__ import annotations

from dataclasses import replace

from bot.commands import resting
from bot.visit import Visit
from conversations.known import KINDS, PEOPLE, Tie
from conversations.screen import LABEL_LIMITS, Block, Button, Screen, arrange
from conversations.spoken import tie_label

NAMING = "tie_name"
SAFE, WORD, DISTANCE = "safe", "word", "distance"
ANSWERS = ("yes", "unsure", "no")
#: Characters of a tie's word, so that it fits on a button.
LONGEST = LABEL_LIMITS[1]


async def tapped(visit: Visit, action: str, value: str, _: str) -> None:
    """A button about ties."""
    number, _dot, answer = value.partition(".")
    tie = visit.person.ties.get(int(number)) if number.isdecimal() and len(number) < 6 else None
    visit.asked()
    if tie is None:
        _list(visit)
        return
    match action:
        case "rest":
            await resting.put_to_rest(visit, tie)
            visit.say("settings.tie_now_rests", _back(visit, tie))
        case "wake":
            await resting.take_up(visit, tie)
            visit.say("settings.tie_now_awake", _back(visit, tie))
        case "kind" if answer in KINDS:
            visit.person.keep_tie(_of_kind(tie, answer))
            _one(visit, visit.person.ties[tie.number], "settings.kind_changed")
        case "kind":
            buttons = [
                visit.button(f"ties.{kind}", f"tie:kind:{number}.{kind}")
                for kind in KINDS
                if kind != tie.kind
            ]
            question = Block(visit.phrase("settings.ask_kind"))
            visit.show(Screen((question,), (*arrange(buttons), (_back(visit, tie),))))
        case "rename":
            visit.ask(NAMING, tie=tie.number)
            visit.say("settings.ask_name", _back(visit, tie))
        case "distance" if answer in ("yes", "no"):
            visit.person.keep_tie(replace(tie, facts={**tie.facts, DISTANCE: answer}))
            _one(visit, visit.person.ties[tie.number], f"settings.distance_{answer}")
        case "safe" if answer in ANSWERS:
            visit.person.keep_tie(replace(tie, facts={**tie.facts, SAFE: answer}))
            visit.say("settings.safe_changed", _back(visit, tie))
        case "safe":
            buttons = [
                visit.button(f"settings.safe_{name}_button", f"tie:safe:{number}.{name}")
                for name in ANSWERS
            ]
            visit.say("settings.ask_safe", *buttons, _back(visit, tie))
        case _:
            _one(visit, tie)


async def typed(visit: Visit) -> None:
    """The word for a tie."""
    tie = visit.person.ties.get(visit.person.profile.asking.get("tie", 0))
    word = " ".join(visit.incoming.text.split())
    if tie is None:
        visit.asked()
        _list(visit)
    elif not word or len(word) > LONGEST:
        visit.say("settings.name_too_long", _back(visit, tie))
    else:
        visit.asked()
        visit.person.keep_tie(replace(tie, facts={**tie.facts, WORD: word}))
        named = Block(visit.phrase("settings.named", name=word))
        visit.show(Screen((named,), ((_back(visit, tie),),), protect=True))


def _of_kind(tie: Tie, kind: str) -> Tie:
    """The same tie, of another kind; of what is no person it is not asked whether it is safe."""
    facts = {n: f for n, f in tie.facts.items() if n != SAFE or kind in PEOPLE}
    return replace(tie, kind=kind, facts=facts)


def left(visit: Visit) -> None:
    """The question for a word is passed over."""
    visit.asked()
    visit.follow = "tie:list"


def _back(visit: Visit, tie: Tie) -> Button:
    return visit.button("times.back_button", f"tie:one:{tie.number}")


def _name(visit: Visit, tie: Tie) -> str:
    return tie_label(tie.number, visit.person.known(visit.now), visit.house.library.phrases)


def _list(visit: Visit) -> None:
    """Which one; with one tie nobody is asked."""
    ties = [visit.person.ties[number] for number in sorted(visit.person.ties)]
    if len(ties) == 1:
        _one(visit, ties[0])
        return
    buttons = [Button(_name(visit, tie), f"tie:one:{tie.number}") for tie in ties]
    back = visit.button("settings.back_button", "set:show")
    question = visit.phrase("settings.ties_which" if ties else "settings.ties_none")
    visit.show(Screen((Block(question),), (*arrange(buttons), (back,)), protect=bool(ties)))


def _one(visit: Visit, tie: Tie, note: str = "") -> None:
    """What is known of one, and what can be changed; `note` is the key of what is said first."""
    blocks = [Block(visit.phrase(note), "lead")] if note else []
    blocks.append(Block(_name(visit, tie), "heading"))
    if tie.word:
        blocks.append(Block(visit.phrase(f"ties.{tie.kind}")))
    safe = tie.facts.get(SAFE)
    if safe in ANSWERS:
        blocks.append(Block(visit.phrase(f"settings.tie_safe_{safe}")))
    if tie.resting:
        blocks.append(Block(visit.phrase("settings.tie_rests")))
    names = ["rename", "kind", "wake" if tie.resting else "rest"]
    if tie.kind in PEOPLE:
        names.insert(2, SAFE)
    buttons = [visit.button(f"settings.tie_{n}_button", f"tie:{n}:{tie.number}") for n in names]
    if tie.kind in PEOPLE:
        other = "no" if tie.facts.get(DISTANCE) == "yes" else "yes"
        press = f"tie:distance:{tie.number}.{other}"
        buttons.append(visit.button(f"settings.tie_distance_{other}_button", press))
    reasons = f"list:page:reason.{tie.number}.1"
    buttons.append(visit.button("settings.tie_reasons_button", reasons))
    several = len(visit.person.ties) > 1
    back = visit.button("times.back_button", "tie:list" if several else "set:show")
    visit.show(Screen(tuple(blocks), (*arrange(buttons), (back,)), protect=True))
