"""How a list looks within a question: numbered words, eight a page, and the buttons for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from conversations import paging
from conversations.collecting import INSIDE
from conversations.flow import Choose, Collect, Leaf, Pick, Step
from conversations.items import DONE, items_in
from conversations.paging import PAGE
from conversations.picking import own_words, pick_options
from conversations.screen import Block, Button, arrange
from conversations.spoken import Spoken
from conversations.turn import State
from conversations.way import Way

#: How much of a long text is shown where it can be ticked; the whole is kept.
EXCERPT = 160

Rows = list[tuple[Button, ...]]


def press(state: State, step: str, choice: str) -> str:
    """What a button of a talk means, as short as can be: talk, step and choice."""
    return f"t:{state.talk}:{step}:{choice}"


def has_list(step: Step) -> bool:
    """Whether a list stands in a step's question."""
    return isinstance(step, Pick | Collect) or (isinstance(step, Choose) and bool(step.of))


def excerpt(text: str) -> str:
    """The beginning of a long text."""
    return text if len(text) <= EXCERPT else f"{text[: EXCERPT - 1].rstrip()}…"


@dataclass(frozen=True)
class Listed:
    """The list of one step, as it stands on one way."""

    leaf: Leaf
    way: Way
    spoken: Spoken

    def shown(self) -> tuple[list[Block], Rows]:
        """The words of the list, and its buttons."""
        if isinstance(self.leaf.step, Pick):
            return self._pick()
        return self._collect() if isinstance(self.leaf.step, Collect) else self._choose()

    def _pick(self) -> tuple[list[Block], Rows]:
        """What can be ticked, ticked or not; choices on their buttons, all else as text."""
        assert isinstance(self.leaf.step, Pick)
        within = self.way.state.within
        options = pick_options(self.leaf, self.way, self.spoken)
        picked = within.get("picked", "").split(",")
        page = paging.shown(within, len(options))
        if page is None:
            return [], self._index(len(options))
        blocks, buttons = [], []
        for number, key in self._numbered(options, page):
            tick = self._phrase("talk.ticked" if key in picked else "talk.unticked")
            if self.leaf.step.choices:
                buttons.append(self._button(f"{tick} {options[key]}", f"x.{key}"))
            else:
                blocks.append(Block(f"{number}. {excerpt(options[key])}", "quote"))
                buttons.append(self._button(f"{tick} {number}", f"x.{key}"))
        blocks += [Block(text, "quote") for text in own_words(within)]
        rows = [*arrange(buttons), self._turns(page, len(options))]
        return blocks, [*rows, (self._button(self._phrase("talk.done"), "done"),)]

    def _choose(self) -> tuple[list[Block], Rows]:
        """The items of a list, one of which is to be chosen."""
        options = self.spoken.choices(self.leaf, self.way)
        page = paging.shown(self.way.state.within, len(options))
        if page is None:
            return [], self._index(len(options))
        blocks = self._quoted(options, page)
        buttons = [self._button(str(n), key) for n, key in self._numbered(options, page)]
        return blocks, [*arrange(buttons), self._turns(page, len(options))]

    def _collect(self) -> tuple[list[Block], Rows]:
        """What was collected so far, the newest page of it; or one item, and what to do with it."""
        within = self.way.state.within
        listed = items_in(self.way.state.answers.get(self.leaf.id))
        options = {part.id: part.text for part in listed}
        item = within.get("item", "")
        if within.get("phase") in INSIDE and item in options:
            return self._one_item(options[item])
        page = paging.shown(within, len(options), newest=True)
        if page is None:
            return [], self._index(len(options))
        buttons = [self._button(str(n), f"i.{key}") for n, key in self._numbered(options, page)]
        rows: Rows = [*arrange(buttons), self._turns(page, len(options)), *self._quick(options)]
        if "undo" in within:
            rows.append((self._button(self._phrase("talk.put_back"), "undo"),))
        if options:
            rows.append((self._button(self._phrase("talk.done"), DONE),))
        return self._quoted(options, page), rows

    def _one_item(self, text: str) -> tuple[list[Block], Rows]:
        if self.way.state.within.get("phase") == "rewrite":
            return [Block(text, "quote")], []
        buttons = [
            self._button(self._phrase(f"talk.{name}"), choice)
            for name, choice in (("reword", "reword"), ("take_away", "gone"), ("list", "list"))
        ]
        return [Block(text, "quote")], list(arrange(buttons))

    def _quick(self, options: Mapping[str, str]) -> Iterable[tuple[Button, ...]]:
        """Ready items: one tap adds one, another takes it away again."""
        has = set(options.values())
        buttons = [
            self._button(
                f"{self._phrase('talk.ticked' if text in has else 'talk.unticked')} {text}", key
            )
            for key, text in self.spoken.quick(self.leaf, self.way.kind).items()
        ]
        return arrange(buttons)

    # --- pages -------------------------------------------------------------------------------

    @staticmethod
    def _numbered(options: Iterable[str], page: int) -> list[tuple[int, str]]:
        return list(enumerate(options, 1))[page * PAGE : (page + 1) * PAGE]

    def _quoted(self, options: Mapping[str, str], page: int) -> list[Block]:
        numbered = self._numbered(options, page)
        return [Block(f"{number}. {excerpt(options[key])}", "quote") for number, key in numbered]

    def _turns(self, page: int, count: int) -> tuple[Button, ...]:
        return tuple(self._button(label, f"page.{to}") for label, to in paging.turns(page, count))

    def _index(self, count: int) -> Rows:
        pages = [self._button(label, f"page.{to}") for label, to in paging.index(count)]
        return list(arrange(pages))

    def _phrase(self, key: str) -> str:
        return self.spoken.phrase(key)

    def _button(self, label: str, choice: str) -> Button:
        return Button(label, press(self.way.state, self.leaf.id, choice))
