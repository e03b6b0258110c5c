"""The page that tells counsellors how an exercise is written holds an exercise that works."""

import re
from pathlib import Path

import pytest

from conversations.checker import KEPT
from conversations.content import ways_out_faults
from conversations.flow import VERBS
from conversations.library import Library, read_library
from conversations.retold import FAMILIES
from conversations.script import replayed
from conversations.stage import Stage
from conversations.steps import Step
from conversations.turn import KINDS, MARKS

PAGE = (Path(__file__).parents[2] / "docs" / "flow-format.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"```toml (\w+)\n(.*?)```", PAGE, re.DOTALL))
TALK = """
@ tie job
@ kept need sleep
> /sort
> the people there
> done
> the noise
> the pay
> the hours
> done
> no
> yes
> no
> no
> it keeps me awake
> no
> /skip
> 2
> 1, 2 and 4
> done
> [Torn]
> 3
= finished: yes
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """The examples as one exercise."""
    parts = [EXAMPLES[name] for name in ("head", "lists", "steps", "end")]
    (tmp_path / "sorting.toml").write_text("\n".join(parts), encoding="utf-8")
    return read_library(tmp_path)


def test_its_examples_are_one_exercise_without_faults(library: Library) -> None:
    """Whoever copies them begins with something that works."""
    assert ways_out_faults(library.flows["sorting"]) == []


def test_its_exercise_can_be_talked_through(library: Library) -> None:
    """From the first question to the end."""
    replayed(Stage(library), TALK)


def test_every_verb_field_kind_and_placeholder_stands_on_the_page() -> None:
    """Nothing that the format has is left out."""
    families = [f"{{{family}." for family in FAMILIES]
    fields = {field.alias or name for name, field in Step.model_fields.items()} - {"for"}
    wanted = [f"`{name}`" for name in (*VERBS, *fields, *KEPT)] + families
    assert [name for name in wanted if name not in PAGE] == []
    assert [name for name in (*KINDS, *MARKS) if name not in PAGE] == []
