"""Turns a `Show` into screens: a flow's words and a person's own, with the buttons that fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from conversations import composing, offers
from conversations.asides import staying
from conversations.breathing import breathing
from conversations.bubbles import here
from conversations.candidates import texts
from conversations.care_language import carrying, held_in
from conversations.flow import (
    Breathe,
    Collect,
    Compose,
    Flow,
    Leaf,
    Offer,
    Pick,
    Rate,
    Review,
    Say,
    Tie,
)
from conversations.listed import Listed, has_list, press
from conversations.retold import Retold
from conversations.screen import LABEL_LIMITS, Block, Button, Screen, arrange
from conversations.spoken import LIKELY, Spoken
from conversations.turn import Known, Show, State
from conversations.way import Way
from conversations.wording import Phrases

#: A message that is longer than this is no longer "one thing": what leads to it goes before.
MESSAGE_LIMIT = 350


def render(
    flows: Mapping[str, Flow], state: State, show: Show, known: Known, phrases: Phrases
) -> tuple[Screen, ...]:
    """What to send for a `Show`, in order; the last screen has the buttons."""
    flow, here = flows[state.flow], held_in(state, known)
    renderer = _Renderer(flows, flow, state, here, Spoken(flow, phrases, here.language))
    screens = renderer.screens(show)
    return tuple(carrying(screen, here.language, known.language) for screen in screens)


@dataclass(frozen=True)
class _Renderer:
    flows: Mapping[str, Flow]
    flow: Flow
    state: State
    known: Known
    spoken: Spoken

    @cached_property
    def way(self) -> Way:
        return Way(self.flow, self.state, self.known)

    @cached_property
    def retold(self) -> Retold:
        return Retold(self.way, self.spoken)

    def screens(self, show: Show) -> tuple[Screen, ...]:
        lead = [
            Screen(blocks, (self._links(name),) if self._links(name) else ())
            for name in show.lead
            if (blocks := self.retold.blocks(self._leaf(name)))
        ]
        said = self._note(show)
        note = (Block(said, "lead"),) if said else ()
        if show.step is None:
            return (*lead, Screen(note)) if note else tuple(lead)
        leaf = self._leaf(show.step)
        question = self._question(leaf)
        if not question.text and not lead and not note:
            # Whatever became of the words before the end, it is not shown in silence.
            question = replace(question, blocks=(Block(self.spoken.phrase("talk.ended")),))
        if not show.note and (alone := composing.bubbles_of(leaf, self.way, self.spoken)):
            return (*lead, *alone, question)
        if not (question.text or lead or note):
            # An end of which nothing is left to say: what it held was passed over.
            question = replace(question, blocks=(Block(self.spoken.phrase("talk.ended")),))
        headed = bool(question.blocks) and question.blocks[0].style == "heading"
        heading, rest = question.blocks[:headed], question.blocks[headed:]
        together = sum(len(s.text) for s in lead) + len(question.text)
        if together <= MESSAGE_LIMIT and not any(s.rows for s in lead):
            led = tuple(block for screen in lead for block in screen.blocks)
            return (replace(question, blocks=(*note, *heading, *led, *rest)),)
        asked = replace(question, blocks=(*note, *heading, *rest))
        if lead and not asked.text:
            # An end without words of its own: its buttons stand below what was said before.
            return (*lead[:-1], replace(lead[-1], rows=(*lead[-1].rows, *asked.rows)))
        return (*lead, asked)

    def _note(self, show: Show) -> str:
        if show.note != "received":
            return self.spoken.phrase(f"talk.{show.note}") if show.note else ""
        before = self.way.before(show.step)
        if before is None:
            return ""
        received = self.spoken.text(before, "received", self.way.kind)
        return self.retold.filled(received, before)

    def _leaf(self, name: str) -> Leaf:
        leaf = self.flow.leaf(name)
        assert leaf is not None
        return leaf

    # --- the question ------------------------------------------------------------------------

    def _question(self, leaf: Leaf) -> Screen:
        if isinstance(leaf.step, Offer):
            return self._offer(leaf, leaf.step)
        blocks = [Block(self.retold.filled(self._ask(leaf), leaf))]
        begun = isinstance(leaf.step, Collect) and leaf.id in self.state.answers
        if self._takes_tie(leaf) and self.way.tie is not None and not begun:
            word = self.spoken.tie_label(self.way.tie.number, self.known)
            blocks.insert(0, Block(self.spoken.phrase("talk.about", word=word), "lead"))
        if heading := self._heading(leaf):
            blocks.insert(0, heading)
        answer = self.state.answers.get(leaf.id)
        again = answer is not None and not answer.skipped
        shown_below = isinstance(leaf.step, Pick | Collect | Review | Tie | Breathe | Compose)
        here_again = again and not shown_below
        if here_again and answer is not None:
            blocks.append(Block(self.spoken.phrase("talk.you_said"), "lead"))
            blocks.append(Block(self.retold.in_words(leaf, answer), "quote"))
        rows: list[tuple[Button, ...]] = []
        if has_list(leaf.step):
            more, rows = Listed(leaf, self.way, self.spoken).shown()
            blocks += more
        elif isinstance(leaf.step, Review):
            blocks += self._review(leaf)
            rows = self._choices(leaf)
        elif isinstance(leaf.step, Compose):
            blocks += composing.blocks(leaf, self.way, self.spoken)
            rows = composing.rows(leaf, self.way, self.spoken, self._labelled)
        else:
            rows = self._choices(leaf)
        if here_again and self.way.holds_answer(leaf):
            rows.append((self._button(leaf, "talk.keep", "_keep"),))
        if "join" in self.state.within:
            rows.append((self._button(leaf, "talk.join", "_join"),))
        if rated := staying(self.way, leaf):
            rows.insert(0, self._numbers(rated))
        rows.append(self._navigation(leaf))
        screen = Screen(tuple(b for b in blocks if b.text), tuple(row for row in rows if row))
        if isinstance(leaf.step, Breathe):
            return breathing(screen, leaf.step.turns, self.spoken.phrases, self.known.language)
        return screen

    def _ask(self, leaf: Leaf) -> str:
        field = leaf.step.verb
        phase = self.state.within.get("phase")
        if isinstance(leaf.step, Tie):
            if phase == LIKELY:
                return self.spoken.phrase("talk.likely_tie")
            here = (t for t in self.known.ties if not t.resting)
            known_ties = any(self.flow.is_open_to(tie.kind) for tie in here)
            field = "other" if phase == "kinds" else "which" if known_ties else "tie"
        elif isinstance(leaf.step, Review):
            if phase == "gate":
                return self.spoken.phrase("review.gate")
            if phase == "rewrite":
                return self.spoken.phrase("review.anew")
            if leaf.step.later and phase != "show":
                field = "when_text"
        elif isinstance(leaf.step, Compose):
            return composing.asks(leaf, self.way, self.spoken)
        elif isinstance(leaf.step, Collect) and phase == "rewrite":
            return self.spoken.phrase("review.anew")
        return self.spoken.text(leaf, field, self.way.kind)

    def _heading(self, leaf: Leaf) -> Block | None:
        """ "2 of 3" and the title, at the first question of a group."""
        progress = self.way.progress(leaf)
        if progress is None:
            return None
        first = next(
            x for x in self.way.leaves if x.groups[:1] == leaf.groups[:1] and x.step.verb != "say"
        )
        if first.id != leaf.id:
            return None
        number, total = progress
        return Block(
            self.spoken.phrase(
                "talk.progress",
                number=str(number),
                total=str(total),
                title=self.spoken.title(leaf.groups[0]),
            ),
            "heading",
        )

    def _takes_tie(self, leaf: Leaf) -> bool:
        """Whether this question is the first since a tie was taken without asking which."""
        before = self.way.before(leaf.id)
        asks = before is not None and isinstance(before.step, Tie)
        return asks and before is not None and before.id not in self.state.answers

    def _numbers(self, leaf: Leaf) -> tuple[Button, ...]:
        """The buttons of a rating; those that stay are known by their day, also after the talk."""
        given = self.state.answers.get(leaf.id)
        buttons = []
        stays = isinstance(leaf.step, Rate) and leaf.step.stays and self.flow.aside
        for number in self.spoken.choices(leaf, self.way):
            so = given is not None and number in given.chosen
            label = self.spoken.phrase("talk.rated_so", number=number) if so else number
            known = f"{self.flow.command}:{self.state.day}:{number}"
            buttons.append(Button(label, known) if stays else self._labelled(leaf, label, number))
        return tuple(buttons)

    def _choices(self, leaf: Leaf) -> list[tuple[Button, ...]]:
        labels = self.spoken.choices(leaf, self.way) or self.spoken.quick(leaf, self.way.kind)
        buttons = [self._labelled(leaf, label, key) for key, label in labels.items()]
        if isinstance(leaf.step, Rate):
            numbers = self._numbers(leaf)
            return [numbers] if leaf.step.scale <= 5 else [numbers[:5], numbers[5:]]
        return list(arrange(buttons)) if isinstance(leaf.step, Review) else _evenly(buttons)

    def _review(self, leaf: Leaf) -> list[Block]:
        step = leaf.step
        assert isinstance(step, Review)
        phase = self.state.within.get("phase", "when" if step.later else "show")
        whole = texts(leaf, self.way)
        if phase == "rewrite":
            item = self.state.within.get("item", "")
            return [Block(whole[item], "quote")] if item in whole else []
        if phase != "show":
            return []
        blocks = []
        for number, (name, text) in enumerate(whole.items(), 1):
            blocks.append(Block(f"{number}. {self.retold.name_of(name)}".rstrip(), "heading"))
            blocks.append(Block(text, "quote"))
        return blocks

    def _offer(self, leaf: Leaf, step: Offer) -> Screen:
        offered = []
        for name in step.offer:
            flow = self.flows.get(name)
            if flow is None and offers.command_fits(name, self.way.marks):
                offered.append(Button(self.spoken.phrase(f"offers.{name}"), f"cmd:{name}"))
            elif flow is not None and offers.fits(flow, self.way.kind, self.way.marks):
                offered.append(Button(flow.title, f"cmd:{flow.command}"))
        text = self.spoken.text(leaf, "say", self.way.kind)
        text = self.retold.filled(text)
        return Screen((Block(text),) if text else (), arrange(offered))

    # --- buttons -----------------------------------------------------------------------------

    def _labelled(self, leaf: Leaf, label: str, choice: str) -> Button:
        return Button(label, press(self.state, leaf.id, choice))

    def _button(self, leaf: Leaf, phrase: str, choice: str) -> Button:
        return self._labelled(leaf, self.spoken.phrase(phrase), choice)

    def _links(self, name: str) -> tuple[Button, ...]:
        leaf = self._leaf(name)
        step = leaf.step
        if not isinstance(step, Say):
            return ()
        return tuple(
            Button(
                self.spoken.said(self._leaf(name).name, f"links.{command}", label), f"cmd:{command}"
            )
            for command, label in step.links.items()
        )

    def _navigation(self, leaf: Leaf) -> tuple[Button, ...]:
        """Back, skip and later: every question has its ways out as taps too."""
        row = []
        inside = self.state.within.get("phase") in ("rewrite", "kinds", "item", LIKELY)
        before = self.way.before(leaf.id) is not None and staying(self.way, leaf) is None
        if inside or before:
            back = "talk.another" if self._takes_tie(leaf) else "talk.back"
            row.append(self._button(leaf, back, "_back"))
        begun = here(self.state).keys() & {"own", "picked"}
        if leaf.step.optional and not begun and leaf.id not in self.state.answers:
            row.append(self._button(leaf, "talk.skip", "_skip"))
        if not self.flow.aside or not row:
            # What comes between never waits: skipping its last question leaves it as well.
            row.append(self._button(leaf, "talk.rest", "_rest"))
        return tuple(row)


def _evenly(buttons: list[Button]) -> list[tuple[Button, ...]]:
    """All rows equally wide, as wide as the longest label allows: answers are read as a list."""
    longest = max((len(button.label) for button in buttons), default=0)
    width = next((w for w in (3, 2) if longest <= LABEL_LIMITS[w] and len(buttons) != w + 1), 1)
    return [tuple(buttons[i : i + width]) for i in range(0, len(buttons), width)]
