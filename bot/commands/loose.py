"""Words that came while nothing was asked: nothing is lost, and nothing is assumed.

Presses: `loose:keep:N`, `loose:note:N` and `loose:drop:N`, N how many messages were held when they
were shown; `loose:show`.
"""

from __future__ import annotations

from dataclasses import replace

from bot.commands.exercises import offered
from bot.commands.keeping import REASON, new_words, tie_at_hand
from bot.visit import Visit
from conversations.answers import ANSWER_LIMIT
from conversations.screen import Block, Button, Screen, arrange

#: What they may be kept as, by the button.
KINDS = {"keep": REASON, "note": "note"}


async def typed(visit: Visit) -> None:
    """Hold the words and ask what they are."""
    if not hold(visit):
        visit.show(Screen((Block(visit.phrase("loose.full")),), arrange(buttons(visit))))
        return
    flows = [Button(f.title, f"cmd:{f.command}") for f in offered(visit, "deciding")[:1]]
    *keep, drop = buttons(visit)
    visit.say("loose.what", *keep, *flows, drop)


def hold(visit: Visit) -> bool:
    """Keep the words at hand until it is clear what they are; false where no more fit."""
    incoming, held = visit.incoming, visit.person.profile.held
    if sum(len(text) for text, _ in held) + len(incoming.text) > ANSWER_LIMIT:
        return False
    visit.person.keep_profile(held=[*held, [incoming.text, incoming.message]])
    return True


def held_text(visit: Visit) -> str:
    """All that is held; empty where nothing is."""
    return "\n".join(text for text, _ in visit.person.profile.held)


def buttons(visit: Visit) -> tuple[Button, ...]:
    """Keep them as a reason or as a note, or let them go."""
    number = len(visit.person.profile.held)
    return (
        visit.button("loose.keep_button", f"loose:keep:{number}"),
        visit.button("loose.note_button", f"loose:note:{number}"),
        visit.button("loose.drop_button", f"loose:drop:{number}"),
    )


async def tapped(visit: Visit, what: str, number: str) -> None:
    """Keep them as what was tapped, or let them go; never more than was there when it was asked."""
    held = visit.person.profile.held
    if not held:
        visit.toast = visit.phrase("talks.over")
    elif number != str(len(held)) or what not in (*KINDS, "drop"):
        show(visit)
    elif kind := KINDS.get(what):
        text = held_text(visit)
        visit.person.keep_profile(held=())
        message = held[0][1] if len(held) == 1 else None
        (kept,) = new_words(visit, kind, [text], message, tie=tie_at_hand(visit))
        if kind == KINDS["note"] and message is None:
            # Each message goes on correcting its part of the note.
            first, *others = held
            pieces = [(len(first[0]), first[1]), *((len(t) + 1, m) for t, m in others)]
            visit.keep([replace(kept, pieces=tuple(pieces))])
        visit.say(
            "loose.kept",
            visit.button(f"lists.all_{kind}_button", f"list:page:{kind}.0.1"),
            visit.button("lists.add_button", f"list:add:{kind}.0"),
        )
    else:
        visit.person.keep_profile(held=())
        visit.say("loose.dropped", visit.button("offers.today", "cmd:today"))


def show(visit: Visit, note: str = "loose.held") -> None:
    """What is held, and what can become of it; `note` is the key of what is said first."""
    blocks = (Block(visit.phrase(note)), Block(held_text(visit), "quote"))
    visit.show(Screen(blocks, arrange(buttons(visit)), protect=True))


def remind(visit: Visit) -> tuple[list[Block], list[Button]]:
    """What /today says of it; words in which something was heard do not come back unasked."""
    held = held_text(visit)
    if not held:
        return [], []
    said = [Block(visit.phrase("loose.held"))]
    if visit.house.listener.listen(held) is not None:
        return said, [visit.button("loose.show_button", "loose:show"), *buttons(visit)]
    return [*said, Block(held, "quote")], list(buttons(visit))


def edited(visit: Visit) -> bool:
    """A held message was corrected."""
    incoming, held = visit.incoming, visit.person.profile.held
    if all(message != incoming.message for _, message in held):
        return False
    corrected = [[incoming.text if m == incoming.message else text, m] for text, m in held]
    visit.person.keep_profile(held=corrected)
    visit.say("talk.corrected", *buttons(visit))
    return True
