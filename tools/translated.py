"""What is said in every language that is listened to: care, and all that its buttons lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from conversations.flow import Ask, Collect, Flow, Leaf, Offer, Say

#: Families of phrases that are care's own, whole.
FAMILIES = ("care", "care_more", "help", "helplines", "time")
#: Exercises that care leads to.
EXERCISES = ("safety",)
#: Phrases of other families that stand in what care leads to: the safety plan as an exercise and
#: as a list, what rests under a mark, and words that were held when something was heard in them.
BESIDE: Mapping[str, str] = {
    "talk": """
        progress join back skip rest done reword take_away list put_back taken_away again
        welcome_back too_long too_many empty further_along added corrected first_already rested
        changed ended given_back left
    """,
    "review": "anew",
    "talks": "go_on_button unfinished anew_button over old_button left",
    "offers": "help ground today stop safe",
    "times": "back_button",
    "lists": """
        title_safety page found index rests asleep empty_safety ask_add_safety added added_several
        full ask_edit ask_search not_found removed nothing_to_undo all_safety_button
        all_reason_button all_note_button add_button done_button search_button again_button
        begin_button everything_button index_button undo_button up_button down_button top_button
        edit_button remove_button asleep_button tie_button
    """,
    "loose": "held keep_button note_button drop_button dropped kept",
    "settings": """
        marks_button back_button marks_none marks_about mark_self_harm mark_danger mark_coercion
        mark_own_harm mark_danger_on mark_coercion_on marks_over marks_rest_on rest_on_button
        offer_again_button clear_self_harm_button clear_danger_button clear_coercion_button
        clear_own_harm_button mark_cleared
    """,
}
_ONLY_PLACEHOLDERS = re.compile(r"(\{[^{}]*\}|\s)*")


def is_translated(key: str) -> bool:
    """Whether the phrase of that key is said in those languages."""
    family, _, name = key.partition(".")
    return family in FAMILIES or name in BESIDE.get(family, "").split()


def wording(flow: Flow) -> Iterator[tuple[str, str]]:
    """Each place of an exercise that has words, and its English: `safety.signs.quick.0`."""
    yield f"{flow.id}.title", flow.title
    for group, title in flow.titles.items():
        yield f"{flow.id}.{group}.title", title
    for leaf in flow.leaves:
        for field, text in _fields(leaf):
            if not _ONLY_PLACEHOLDERS.fullmatch(text):
                yield f"{flow.id}.{leaf.name}.{field}", text


def _fields(leaf: Leaf) -> Iterator[tuple[str, str]]:
    """Fields as `conversations.spoken` names them, of the verbs that those exercises have."""
    step = leaf.step
    if isinstance(step, Say) and not isinstance(step.say, str):
        for i, block in enumerate(step.say):
            yield f"say.{i}.text", block.text
            yield f"say.{i}.heading", block.heading
    else:
        field = "say" if isinstance(step, Offer) else leaf.verb
        yield field, str(step.field(field, None))
    if isinstance(step, Say):
        yield from ((f"links.{command}", label) for command, label in step.links.items())
    if isinstance(step, Ask | Collect):
        yield from ((f"quick.{i}", text) for i, text in enumerate(step.quick))
    yield "short", step.short
