"""Second thoughts: an edited message, a text that was misread, a postponed step that is due."""

from __future__ import annotations

from dataclasses import replace

from conversations import bubbles, moments, moves
from conversations.answers import Refused, accept, chose
from conversations.flow import Leaf, Moment, Pick, Review, Wait
from conversations.outcome import consequences
from conversations.talk import Talk, caring
from conversations.turn import Answer, Edited, Finished, Misread, Reworded, Said, Show, Turn


def edited(talk: Talk, event: Edited) -> Turn:
    """A corrected message corrects its answer; a message that holds none changes nothing."""
    for step, answer in talk.state.answers.items():
        if step in talk.flow.by_id and any(p.message == event.message for p in answer.parts):
            return _corrected(talk, talk.flow.by_id[step], answer, event)
    draft = bubbles.corrected_draft(talk.state, event)
    if draft is None:
        return Turn(talk.state)
    turn = Turn(draft, (Show(None, note="corrected"),))
    heard = talk.heard
    return caring(turn, heard.label, heard.rule, draft.at) if heard else turn


def _corrected(talk: Talk, leaf: Leaf, answer: Answer, event: Edited) -> Turn:
    part = next(p for p in answer.parts if p.message == event.message)
    if part.text:
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
    effects = list(consequences(leaf, changed, talk.way))
    if part.text and not isinstance(leaf.step, Pick):
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


def _typed_again(talk: Talk, leaf: Leaf, said: Said) -> Answer | Refused:
    choices = talk.spoken.choices(leaf, talk.way)
    if not isinstance(leaf.step, Moment):
        return accept(leaf.step, said, choices)
    meant = moments.typed(leaf.step, said.text, choices, said.at)
    return meant if isinstance(meant, Refused) else chose(said, meant)


def misread(talk: Talk, event: Misread) -> Turn:
    """The very question again with its answer in it; the rule is not raised again."""
    state = replace(talk.state, misread=(*talk.state.misread, event.rule))
    step = talk.state.within.get("cared", talk.state.last)
    leaf = talk.flow.by_id.get(step or "")
    if leaf is None or leaf.id not in talk.way.ids:
        return talk.now(state).resumed()
    within = bubbles.restored(bubbles.drafts(state), leaf.id, moves.reopened(leaf, talk.way))
    return talk.now(replace(state, at=leaf.id, within=within, finished=False)).turn("again")


def woke(talk: Talk, step: str) -> Turn:
    """A postponed step is opened; the day to look again shows the talk as it ended."""
    leaf = talk.flow.by_id.get(step)
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
