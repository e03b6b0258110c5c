"""What a flow must be beyond its form: names that exist, texts that fit, ways that lead out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from conversations import lengths
from conversations.checker import FACTS, KEPT
from conversations.faults import Fault
from conversations.flow import (
    Ask,
    Block,
    Choose,
    Collect,
    Compose,
    Flow,
    Leaf,
    Moment,
    Offer,
    Pick,
    Review,
    Say,
    Step,
    Wait,
)
from conversations.list_checks import ID, ListChecker
from conversations.outcome import FIRST
from conversations.schedule import DAYS_AHEAD, MONTHS_AHEAD
from conversations.screen import LABEL_LIMITS
from conversations.turn import KINDS, LEANS, MARKS
from conversations.wording import Phrases

#: Characters of one message in the source wording (a flow may say longer things in blocks).
TEXT_LIMIT = 350
#: Steps a flow may have.
STEP_LIMIT = 60
KEEPS = ("tie.safe", "tie.word", "tie.distance", "tie.minds", "lean", *KEPT, FIRST, "you.themes")
#: What has words of one's own that can be kept.
WORDED = ("ask", "collect", "pick", "compose")
#: What would leave something open, in a flow that is never left unfinished.
NOT_ASIDE = ("tie", "review", "wait")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]$")


def check_flow(flow: Flow, file: str) -> list[Fault]:
    """Every fault of one flow that can be read."""
    checker = _Checker(flow, file)
    checker.run()
    return checker.faults


class _Checker(ListChecker):
    def run(self) -> None:
        flow = self.flow
        if len(flow.leaves) > STEP_LIMIT:
            self.fault("", f"There are {len(flow.leaves)} steps; {STEP_LIMIT} is the most.")
        for kind in flow.open_to:
            self.named(kind, (*KINDS, "people"), "", "is no kind of tie")
        for old, new in flow.renamed.items():
            if old in self.place:
                self.fault(old, "A step that was renamed still has its old name.")
            self.named(new, tuple(self.place), "", "was renamed to, but is no step")
        self.marks(flow.rests_under, "")
        self._strict()
        if flow.aside and any(leaf.verb in NOT_ASIDE for leaf in flow.leaves):
            self.fault("", f"What comes between has no {', '.join(NOT_ASIDE)}.")
        if flow.leaves and all(leaf.step.verb == "say" for leaf in flow.leaves):
            self.fault("", "The flow asks nothing.")
        self.lists()
        self.each()
        for leaf in flow.leaves:
            self._leaf(leaf)

    def _strict(self) -> None:
        """What tells that a farewell is being written."""
        for clause in self.flow.strict:
            for test in (*clause.all_of, *clause.none_of):
                asked = self.flow.by_id.get(test.name)
                choices = FACTS if test.on_fact else tuple(self.place)
                self.named(test.name, choices, "", "is asked about in `strict`, but is no step")
                known = tuple(getattr(asked.step, "choices", {})) if asked else test.values
                for value in test.values:
                    self.named(value, known, "", f"is no choice of {test.name}")

    def _leaf(self, leaf: Leaf) -> None:
        if not ID.match(leaf.id):
            self.fault(leaf.id, "A step's name has small letters, digits and _ only.")
        self.marks(leaf.rests_under, leaf.id)
        self.marks(leaf.step.under, leaf.id)
        for clauses in leaf.when:
            for clause in clauses:
                self.clause(clause, leaf)
        if leaf.step.keep is not None:
            self._kept(leaf.step, leaf.id)
        for kinds in leaf.step.wording_for:
            for kind in kinds.replace(",", " ").split():
                self.named(kind, (*KINDS, "people"), leaf.id, "is no kind of tie")
        self._direction(leaf.step, leaf.id)
        self._texts(leaf)
        self._verb(leaf)
        if isinstance(leaf.step, Compose):
            self._composed(leaf.step, leaf)
        self.drawn(leaf)
        self.button(leaf)

    def _kept(self, step: Step, name: str) -> None:
        keep = step.keep or ""
        self.named(keep, KEEPS, name, "cannot be kept")
        if keep in KEPT and step.verb not in WORDED:
            self.fault(name, f"A {step.verb} has no words to keep; {', '.join(WORDED)} have.")

    def _direction(self, step: Step, name: str) -> None:
        if not step.direction:
            return
        self.named(step.direction, LEANS, name, "is no direction")
        if step.keep != "reason":
            self.fault(name, "Only what is kept as a reason has a `direction`.")

    def _verb(self, leaf: Leaf) -> None:
        step = leaf.step
        if isinstance(step, Choose | Pick):
            self._chosen(step, leaf.id)
        for label in step.heard.values():
            self.named(label, MARKS, leaf.id, "is nothing that is listened for")
        self.chosen_from(leaf)
        self.conditions_of_choices(leaf)
        if isinstance(step, Review):
            if step.before is not None and self.place.get(step.before, -1) < self.place[leaf.id]:
                self.fault(leaf.id, f"`before` names {step.before}, which is no later step.")
            if step.later and not step.when_text:
                self.fault(leaf.id, "`when_text` is missing: it asks when to look again.")
        if isinstance(step, Moment):
            self._moment(step, leaf.id)
        if isinstance(step, Wait) and not lengths.is_length(step.length):
            self.earlier(step.length, leaf, "is waited for")
            asked = self.flow.by_id.get(step.length)
            if asked is not None and getattr(asked.step, "of", "") != "length":
                self.fault(leaf.id, f"{step.length} is waited for, but asks for no length.")
        after = self.flow.leaves[self.place[leaf.id] + 1 :]
        if isinstance(step, Offer) and any(x.verb != "offer" for x in after):
            self.fault(leaf.id, "An offer ends the talk; only another offer may stand after it.")

    def _chosen(self, step: Choose | Pick, name: str) -> None:
        if isinstance(step, Choose) and not step.of and len(step.choices) < 2:
            self.fault(name, "A choice needs at least two answers.")
        if isinstance(step, Choose) and step.own:
            self.named(step.own, tuple(step.choices), name, "is for own words, but is no choice")
        for choice in step.heard:
            self.named(choice, tuple(step.choices), name, "is heard, but is no choice")
        for choice, marks in step.rests.items():
            self.named(choice, tuple(step.choices), name, "rests, but is no choice")
            self.marks(marks, name)
        if step.keep == "lean":
            for choice in step.choices:
                self.named(choice, LEANS, name, "is no way to lean")

    def _composed(self, step: Compose, leaf: Leaf) -> None:
        if not step.of:
            self.fault(leaf.id, "`of` is empty: it names the answers to put together.")
        for name in step.of:
            self.earlier(name, leaf, "is put together")
            asked = self.flow.by_id.get(name)
            if asked is not None and not isinstance(asked.step, Ask):
                self.fault(leaf.id, f"{name} is put together, but asks for no words.")

    def _moment(self, step: Moment, name: str) -> None:
        if step.of == "time" and (not step.options or step.remind != bool(step.on)):
            self.fault(name, "A time needs `options`; it comes `daily`, `on` a day, or not at all.")
        if step.on:
            self.earlier(step.on, self.flow.by_id[name], "is the day")
            if getattr(getattr(self.flow.by_id.get(step.on), "step", None), "of", "") != "day":
                self.fault(name, f"{step.on} is to be the day, but asks for none.")
        if step.of != "time" and step.daily:
            self.fault(name, "Only a time of day can come `daily`.")
        for option in step.options:
            if step.of == "day":
                fits = option in {**DAYS_AHEAD, **MONTHS_AHEAD}
            else:
                fits = bool(
                    lengths.is_length(option) if step.of == "length" else _TIME.match(option)
                )
            if not fits:
                self.fault(name, f"“{option}” is no {step.of} that can stand on a button.")

    def _texts(self, leaf: Leaf) -> None:
        for field, text in _texts_of(leaf.step):
            if not text.strip():
                self.fault(leaf.id, f"`{field}` is empty.")
            if len(text) > TEXT_LIMIT:
                over = f"{len(text)} characters; {TEXT_LIMIT} is the most"
                self.fault(leaf.id, f"`{field}` has {over}.")
            for name in _PLACEHOLDER.findall(text):
                self.placeholder(name, leaf)
        # What can be ticked stands behind its tick.
        most = LABEL_LIMITS[1] - (2 if isinstance(leaf.step, Pick | Collect) else 0)
        for label in _labels_of(leaf.step):
            if len(label) > most:
                self.fault(leaf.id, f"“{label}” is longer than a button ({most}).")


def _texts_of(step: Step) -> Iterator[tuple[str, str]]:
    fields = [
        step.verb,
        "when_text",
        "received",
        "short",
        "which",
        "other",
        *(("say",) if step.verb == "offer" else ()),
    ]
    wordings = [
        {f: getattr(step, f) for f in fields if hasattr(step, f)},
        *step.wording_for.values(),
    ]
    for wording in wordings:
        for field, value in wording.items():
            if isinstance(value, str):
                if value or field == step.verb:
                    yield field, value
            elif field == "say":
                for block in value:
                    yield field, block.text if isinstance(block, Block) else block["text"]


def _labels_of(step: Step) -> Iterator[str]:
    for wording in (step.__dict__, *step.wording_for.values()):
        yield from dict(wording.get("choices", {})).values()
        yield from dict(wording.get("links", {})).values()
        yield from (wording.get("quick", ()) if isinstance(step, Ask | Collect) else ())


def check_together(flows: Mapping[str, Flow], phrases: Phrases) -> list[Fault]:
    """What only shows with all flows side by side: commands, and offers of what exists."""
    faults: list[Fault] = []
    commands: dict[str, str] = {}
    for flow in flows.values():
        file = f"{flow.id}.toml"
        for name in {flow.command, flow.id}:
            if name in commands:
                faults.append(Fault(file, "", f"/{name} already opens {commands[name]}."))
            commands[name] = flow.id
        for leaf in flow.leaves:
            offered = leaf.step.offer if isinstance(leaf.step, Offer) else ()
            linked = tuple(leaf.step.links) if isinstance(leaf.step, Say) else ()
            for name in (*offered, *linked):
                if name not in flows and f"offers.{name}" not in phrases:
                    sentence = f"{name} is offered, but is neither a flow nor a command."
                    faults.append(Fault(file, leaf.id, sentence))
    return faults
