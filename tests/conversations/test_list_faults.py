"""Wrong lists in a flow file are told with file, step and one sentence, like all other faults."""

from pathlib import Path

import pytest

from conversations.faults import ContentFaults, Fault
from conversations.library import read_library

WELL = """
title = "A small one"
command = "small"
need = "deciding"
open_to = ["people", "job"]

[lists]
fixed = { of = "dislikes", where = { can = "no" } }

[steps.dislikes]
collect = "What do you dislike?"
quick = ["The noise"]
keep = "boundary"

[steps.changing]
each = "dislikes"

[steps.changing.steps.can]
choose = "{item}: can you change it?"
choices = { yes = "Yes", no = "No" }
points = { no = "an_end" }

[steps.bearing]
each = "fixed"

[steps.bearing.steps.bear]
when = { can = "no" }
ask = "{item}: what is it like?"

[steps.most]
when = { lists.fixed = "some" }
choose = "Which weighs most?"
from = "fixed"
keep = "first"

[steps.felt]
choose = "How is it today?"
short = "Today"
choices = { calm = "Calm", torn = "Torn" }
only = { torn = { kept.reason = "some" } }
points = { torn = ["an_end", "a_pause"] }

[steps.which]
pick = "Which of these?"
from = ["fixed", "bear", "kept.lesson"]
keep = "reason"
direction = "staying"

[steps.mirror]
say = [
    { text = "{points.an_end}" },
    { text = "{lists.fixed}" },
    { text = "{each.bear}" },
    { text = "{kept.need}" },
]

[steps.end]
offer = ["why"]
"""


def _faults(folder: Path, text: str) -> list[Fault]:
    (folder / "small.toml").write_text(text, encoding="utf-8")
    try:
        read_library(folder)
    except ContentFaults as broken:
        return list(broken.faults)
    return []


def test_a_file_with_lists_that_is_well_has_no_faults(tmp_path: Path) -> None:
    """What the other tests break is whole to begin with."""
    assert _faults(tmp_path, WELL) == []


BREAKS = {
    "a list of an unknown step": ('of = "dislikes"', 'of = "disliked"', "fixed", "is no list"),
    "a list of a step without items": ('of = "dislikes"', 'of = "can"', "fixed", "is no list"),
    "a list of itself": ('of = "dislikes"', 'of = "fixed"', "fixed", "in a circle"),
    "a list named as a step is": (
        "fixed = {",
        'most = { of = "dislikes" }\nfixed = {',
        "most",
        "A list and a step have this name",
    ),
    "a list with a capital": ("fixed = {", 'Fix = { of = "dislikes" }\nfixed = {', "Fix", "small"),
    "where on no step": ('where = { can = "no" }', 'where = { cna = "no" }', "fixed", "mean can?"),
    "where on a step asked once": (
        'where = { can = "no" }',
        'where = { felt = "calm" }',
        "fixed",
        "is not asked of every item of dislikes",
    ),
    "where on no answer": ('can = "no" }', 'can = "nein" }', "fixed", "is no choice of can"),
    "a not on no answer": (
        'where = { can = "no" }',
        'not = { can = "nein" }',
        "fixed",
        "is no choice of can",
    ),
    "an each over no list": ('each = "fixed"', 'each = "fixt"', "bearing", "Did you mean fixed?"),
    "an each over a list that comes later": (
        'each = "dislikes"',
        'each = "fixed"',
        "changing",
        "comes later in the talk",
    ),
    "an each within an each": (
        "[steps.bearing.steps.bear]",
        '[steps.bearing.steps.more]\neach = "fixed"\n[steps.bearing.steps.more.steps.deep]\n'
        'ask = "And?"\n[steps.bearing.steps.bear]',
        "bearing",
        "In an each stand ask, choose, rate, pick, say and nothing else",
    ),
    "a verb that cannot be asked of items": (
        'ask = "{item}: what is it like?"',
        'collect = "{item}: what is it like?"',
        "bearing",
        "and nothing else",
    ),
    "an each with a word too many": (
        'each = "fixed"',
        'each = "fixed"\ntitel = "x"',
        "bearing",
        "Did you mean `title`?",
    ),
    "a fact of the tie kept of an item": (
        'ask = "{item}: what is it like?"',
        'ask = "{item}: what is it like?"\nkeep = "tie.word"',
        "bear",
        "cannot be kept for every item",
    ),
    "an item outside of an each": ("How is it", "{item} How is it", "felt", "of each item"),
    "a condition on an answer of every item": (
        'lists.fixed = "some"',
        'can = "no"',
        "most",
        "is asked of every item",
    ),
    "an answer of every item shown as one": (
        "{each.bear}",
        "{answers.bear}",
        "mirror",
        "write {each.bear}",
    ),
    "one answer shown as of every item": (
        "{each.bear}",
        "{each.felt}",
        "mirror",
        "write {answers.felt}",
    ),
    "a reading that nothing points to": (
        "{points.an_end}",
        "{points.ane_nd}",
        "mirror",
        "Did you mean an_end?",
    ),
    "a list shown that is none": ("{lists.fixed}", "{lists.broken}", "mirror", "is no list"),
    "kept words of no kind": ("{kept.need}", "{kept.nede}", "mirror", "Did you mean need?"),
    "a condition on no kind of kept words": (
        'kept.reason = "some"',
        'kept.raeson = "some"',
        "felt",
        "Did you mean reason?",
    ),
    "a condition on a list in other words": (
        'lists.fixed = "some"',
        'lists.fixed = "many"',
        "most",
        "is no answer about lists.fixed",
    ),
    "a condition on no list": ("lists.fixed =", "lists.fixt =", "most", "Did you mean fixed?"),
    "a choice from no list": ('from = "fixed"', 'from = "fixt"', "most", "Did you mean fixed?"),
    "choices and a list": (
        'from = "fixed"',
        'from = "fixed"\nchoices = { a = "A", b = "B" }',
        "most",
        "either `choices` or `from`",
    ),
    "a choice of neither": ('from = "fixed"', "", "most", "either `choices` or `from`"),
    "first of what is not kept": ('keep = "boundary"\n', "", "most", "keeps nothing"),
    "first without a list": (
        'short = "Today"',
        'short = "Today"\nkeep = "first"',
        "felt",
        "`from`",
    ),
    "words kept where there are none": (
        'short = "Today"',
        'short = "Today"\nkeep = "note"',
        "felt",
        "has no words to keep",
    ),
    "a pick from what is no kind": ('"kept.lesson"', '"kept.leson"', "which", "mean lesson?"),
    "a pick that keeps what is kept": ('"kept.lesson"', '"kept.reason"', "which", "kept already"),
    "a pick from a later list": (
        'each = "dislikes"',
        'each = "dislikes"\n[steps.changing.steps.early]\npick = "Which?"\nfrom = ["fixed"]',
        "early",
        "comes later in the talk",
    ),
    "only for no choice": ("only = { torn", "only = { tron", "felt", "is in `only`"),
    "points of no choice": ("points = { torn", "points = { tron", "felt", "Did you mean torn?"),
    "points without a short name": ('short = "Today"\n', "", "felt", "`short` is missing"),
    "a direction that does not exist": (
        'direction = "staying"',
        'direction = "stayign"',
        "which",
        "Did you mean staying?",
    ),
    "a direction of what is no reason": (
        'keep = "boundary"',
        'keep = "boundary"\ndirection = "staying"',
        "dislikes",
        "Only what is kept as a reason",
    ),
    "a ready item too long for its button": (
        '"The noise"',
        '"The noise of the street"',
        "dislikes",
        "longer than a button",
    ),
    "names too long for a button": (
        'from = "fixed"',
        'from = "fixed"\n[steps.a_very_long_name_for_a_step_it_is]\npick = "x"\nfrom = ["fixed"]',
        "a_very_long_name_for_a_step_it_is",
        "too long for a button",
    ),
}


@pytest.mark.parametrize("how", BREAKS)
def test_a_wrong_list_is_told_in_one_sentence(how: str, tmp_path: Path) -> None:
    """Every wrong use is found where it was made."""
    old, new, step, sentence = BREAKS[how]
    assert old in WELL
    found = _faults(tmp_path, WELL.replace(old, new, 1))
    here = [f for f in found if f.step == step and sentence in f.sentence]
    assert here, [str(fault) for fault in found]
    told = str(here[0])
    assert told.startswith(f"small.toml, {step}: ")
    assert "\n" not in told
    assert told.endswith((".", "?"))
