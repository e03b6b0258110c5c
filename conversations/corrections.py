"""Second thoughts: an edited message, a text that was misread, a postponed step that is due."""

from __future__ import annotations

from dataclasses import replace

from conversations import bubbles, items, moments, moves
from conversations.answers import Refused, accept, chose
from conversations.flow import Collect, Leaf, Moment, Pick, Review, Wait
from conversations.outcome import consequences, item_reworded
from conversations.talk import Talk, caring
from conversations.turn import Answer, Edited, Finished, Misread, Reworded, Said, Show, Turn


def edited(talk: Talk, event: Edited) -> Turn:
    """A corrected message corrects its answer; a message that holds none changes nothing."""
    for step, answer in talk.state.answers.items():
        leaf = talk.flow.leaf(step)
        if leaf is not None and any(p.message == event.message for p in answer.parts):
            return _corrected(talk, leaf, answer, event)
    draft = bubbles.corrected_draft(talk.state, event)
    if draft is None:
        return Turn(talk.state)
    turn = Turn(draft, (Show(None, note="corrected"),))
    heard = talk.heard
    return caring(turn, heard.label, heard.rule, draft.at) if heard else turn


def _corrected(talk: Talk, leaf: Leaf, answer: Answer, event: Edited) -> Turn:
    part = next(p for p in answer.parts if p.message == event.message)
    if part.id.isdecimal():
        anew = _items_anew(leaf, answer, event)
        if isinstance(anew, Refused):
            return talk.turn(anew.note)
        changed = anew
    elif part.text:
        others = (replace(p, text=event.text) if p is part else p for p in answer.parts)
        earlier = (*answer.earlier, answer.text)
        changed = replace(answer, parts=tuple(others), earlier=earlier)
    else:
        # The message was a typed label: the correction has to be one too.
        said = Said(event.text, answer.at, event.message)
        again = _typed_again(talk, leaf, said)
        if isinstance(again, Refused):
            return talk.turn(again.note)
        others = (again.parts[0] if p is part else p for p in answer.parts)
        changed = replace(answer, chosen=again.chosen, parts=tuple(others))
    state = bubbles.with_answer(talk.state, leaf.id, changed)
    talk = talk.now(state)
    collects = isinstance(leaf.step, Collect) and items.items_open(changed)
    effects = [] if collects else list(consequences(leaf, changed, talk.way))
    if part.text and isinstance(leaf.step, Pick | Collect):
        effects += [item_reworded(leaf, p) for p in changed.parts if p.message == event.message]
    elif part.text:
        effects.append(Reworded(leaf.id, changed.text))
    turn = Turn(state, (*effects, *((Finished(),) if state.finished else ())))
    label = next((leaf.step.heard[c] for c in changed.chosen if c in leaf.step.heard), "")
    if heard := talk.heard:
        return caring(turn, heard.label, heard.rule, leaf.id)
    if label and not part.text:
        return caring(turn, label, leaf.id, leaf.id)
    if state.at is not None and talk.waits is None:
        further = talk.go_on("corrected")
        return replace(further, effects=turn.effects + further.effects)
    return turn.also(Show(None, note="corrected"))


def _items_anew(leaf: Leaf, answer: Answer, event: Edited) -> Answer | Refused:
    """The list with the items of that message said anew."""
    texts = items.lines_of(event.text) if isinstance(leaf.step, Collect) else [event.text]
    parts = items.reworded(answer.parts, event.message, texts)
    if any(len(text) > items.ITEM_CHARACTERS for text in texts):
        return Refused("too_long")
    if len(parts) > max(items.ITEM_LIMIT, len(answer.parts)):
        return Refused("too_many")
    before = [p.text for p in answer.parts if p.message == event.message and p.text]
    return replace(answer, parts=parts, earlier=(*answer.earlier, "\n".join(before)))


def _typed_again(talk: Talk, leaf: Leaf, said: Said) -> Answer | Refused:
    choices = talk.spoken.choices(leaf, talk.way)
    if not isinstance(leaf.step, Moment):
        return accept(leaf.step, said, choices)
    meant = moments.typed(leaf.step, said.text, choices, said.at)
    return meant if isinstance(meant, Refused) else chose(said, meant)


def misread(talk: Talk, event: Misread) -> Turn:
    """The very question again with its answer in it; the rule is not raised again."""
    state = replace(talk.state, misread=(*talk.state.misread, event.rule, *event.also))
    step = talk.state.within.get("cared", talk.state.last)
    leaf = talk.flow.leaf(step)
    if leaf is None or leaf.id not in talk.way.ids:
        return talk.now(state).resumed()
    within = bubbles.restored(bubbles.drafts(state), leaf.id, moves.reopened(leaf, talk.way))
    return talk.now(replace(state, at=leaf.id, within=within, finished=False)).turn("again")


def woke(talk: Talk, step: str) -> Turn:
    """A postponed step is opened; the day to look again shows the talk as it ended."""
    leaf = talk.flow.leaf(step)
    if leaf is None or step not in talk.way.ids:
        return talk.resumed()
    if isinstance(leaf.step, Wait) and leaf.id not in talk.state.answers:
        return talk.calm().waited(leaf)
    if not isinstance(leaf.step, Review):
        end = talk.way.end if talk.way.first_open is None else None
        if end is None:
            return talk.resumed()
        return Turn(talk.state, (Show(end.id, talk.way.lead_of(end.id)),))
    # What one had gone on without is open again from here on.
    later = {k: v.split()[0] if k == step else v for k, v in talk.state.later.items()}
    within = bubbles.restored(bubbles.drafts(talk.state), step, {"phase": "show"})
    state = replace(talk.state, at=step, within=within, later=later, finished=False)
    return talk.now(state).turn()
