"""Reads every flow file, and reports all faults of all files at once in an editor's words."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from rapidfuzz import process

from conversations.affirmation_library import Affirmations, read_affirmations
from conversations.checks import check_flow, check_together
from conversations.faults import ContentFaults, Fault
from conversations.flow import (
    MODELS,
    VERBS,
    AnyStep,
    Ask,
    Choose,
    Each,
    Flow,
    Group,
    Pick,
    Rate,
    Say,
    Step,
)
from conversations.wording import HERE, Phrases, read_phrases

FLOWS = HERE / "flows"
#: Written in place of choices: the themes of the affirmations.
THEMES = "themes"
#: What can be asked, or said, of every item of a list.
ASKED_OF_ITEMS = (Ask, Choose, Rate, Pick, Say)
_ITEM_VERBS = tuple(model.__name__.lower() for model in ASKED_OF_ITEMS)


@dataclass(frozen=True)
class Library:
    """All flows by id, the phrases that belong to none, and the affirmations."""

    flows: Mapping[str, Flow]
    phrases: Phrases
    affirmations: Affirmations = field(default_factory=read_affirmations)

    def by_command(self, command: str) -> Flow | None:
        """The flow that a command such as "reflect" (or the flow's own name) opens."""
        return next((f for f in self.flows.values() if command in (f.command, f.id)), None)


def read_library(folder: Path = FLOWS, phrases: Phrases | None = None) -> Library:
    """Every flow in the folder; raises ContentFaults with all that is wrong in any of them."""
    phrases = phrases or read_phrases()
    flows: dict[str, Flow] = {}
    faults: list[Fault] = []
    for file in sorted(folder.glob("*.toml")):
        flow, found = read_flow(file)
        faults += found
        if flow is not None:
            flows[flow.id] = flow
            faults += check_flow(flow, file.name)
    if not faults:
        faults += check_together(flows, phrases)
    if not flows and not faults:
        faults.append(Fault(folder.name, "", "There is no flow here."))
    if faults:
        raise ContentFaults(faults)
    return Library(flows, phrases)


def read_flow(file: Path) -> tuple[Flow | None, list[Fault]]:
    """One flow file: the flow if it can be read, and every fault found in reading it."""
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        return None, [Fault(file.name, "", f"This is not valid TOML: {error}.")]
    except UnicodeDecodeError:
        return None, [Fault(file.name, "", "This file is not UTF-8 text.")]
    reader = _Reader(file.name)
    steps = reader.steps(raw.pop("steps", {}))
    if not steps and not reader.faults:
        reader.fault("", "The flow has no steps.")
    try:
        flow = Flow.model_validate_json(json.dumps({**raw, "id": file.stem, "steps": {}}))
    except ValidationError as error:
        reader.validation("", error, Flow)
        return None, reader.faults
    except TypeError:
        reader.fault("", "Dates and times are written in quotation marks here.")
        return None, reader.faults
    return (None if reader.faults else flow.model_copy(update={"steps": steps})), reader.faults


class _Reader:
    """Collects faults while it builds the models, so that an editor sees all of them at once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self._seen: set[str] = set()

    def fault(self, step: str, sentence: str) -> None:
        self.faults.append(Fault(self.file, step, sentence))

    def steps(self, raw: Mapping[str, Any]) -> dict[str, AnyStep | Group | Each]:
        built: dict[str, AnyStep | Group | Each] = {}
        for name, table in raw.items():
            if not isinstance(table, dict):
                self.fault(name, "A step is a table, [steps.name].")
                continue
            if name in self._seen:
                self.fault(name, "Two steps have this name; every step needs its own.")
            self._seen.add(name)
            made = self._group(name, table) if "steps" in table else self._step(name, table)
            if made is not None:
                built[name] = made
        return built

    def _group(self, name: str, table: dict[str, Any]) -> Group | Each | None:
        inner = self.steps(table.pop("steps"))
        model: type[Group | Each] = Each if "each" in table else Group
        try:
            shell = model.model_validate_json(json.dumps({**table, "steps": {}}))
        except ValidationError as error:
            self.validation(name, error, model)
            return None
        asked = [isinstance(step, ASKED_OF_ITEMS) for step in inner.values()]
        if isinstance(shell, Each) and not all(asked):
            self.fault(name, f"In an each stand {', '.join(_ITEM_VERBS)} and nothing else.")
            return None
        return shell.model_copy(update={"steps": inner})

    def _step(self, name: str, table: dict[str, Any]) -> AnyStep | None:
        verbs = [verb for verb in VERBS if verb in table]
        if "offer" in verbs and "say" in verbs:
            verbs.remove("say")
        if len(verbs) != 1:
            said = f"it has {' and '.join(verbs)}" if verbs else self._no_verb(table)
            self.fault(name, f"A step needs exactly one of {', '.join(VERBS)}; {said}.")
            return None
        model = MODELS[verbs[0]]
        if table.get("choices") == THEMES:
            table = {**table, **self._themes(name)}
        try:
            return model.model_validate_json(json.dumps(table))  # type: ignore[return-value]
        except ValidationError as error:
            self.validation(name, error, model)
        except TypeError:
            self.fault(name, "Dates and times are written in quotation marks here.")
        return None

    def _themes(self, step: str) -> dict[str, Any]:
        """The themes of the affirmations as choices, with the marks they rest under."""
        try:
            themes = read_affirmations().themes
        except ContentFaults:
            self.fault(step, "The affirmations have faults of their own; mend those first.")
            return {"choices": {}}
        return {
            "choices": {theme.id: theme.title for theme in themes.values()},
            "rests": {theme.id: theme.rests_under for theme in themes.values()},
        }

    @staticmethod
    def _no_verb(table: Mapping[str, Any]) -> str:
        unknown = [key for key in table if key not in Step.model_fields]
        near = [n for key in unknown if (n := process.extractOne(key, VERBS, score_cutoff=60))]
        best = max(near, key=lambda found: found[1], default=None)
        return f"did you mean `{best[0]}`?" if best else "it has none"

    def validation(self, step: str, error: ValidationError, model: type[Any]) -> None:
        names = [f.alias or name for name, f in model.model_fields.items()]
        for item in error.errors():
            where = [str(part) for part in item["loc"] if not str(part).startswith("tuple[")]
            key = where[0] if where else ""
            if item["type"] == "extra_forbidden":
                near = process.extractOne(key, names, score_cutoff=60)
                hint = f" Did you mean `{near[0]}`?" if near else ""
                self.fault(step, f"`{'.'.join(where)}` means nothing here.{hint}")
            elif item["type"] == "missing":
                self.fault(step, f"`{'.'.join(where)}` is missing.")
            else:
                self.fault(step, f"`{'.'.join(where)}` is not right: {_plain(item['msg'])}.")


def _plain(message: str) -> str:
    message = message.removeprefix("Value error, ")
    return message[:1].lower() + message[1:]
