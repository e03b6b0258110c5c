"""What the end of a talk offers is open to the tie and rests under none of its marks."""

from datetime import UTC, datetime

import pytest

from conversations.flow import Offer
from conversations.offers import command_fits
from conversations.screens import render
from conversations.turn import KINDS, Known, Show, State, Tie
from tests import shipped

LIBRARY = shipped.library()
AT = datetime(2026, 11, 22, 4, 22, tzinfo=UTC)
ENDS = [
    (flow.id, leaf.id)
    for flow in LIBRARY.flows.values()
    for leaf in flow.leaves
    if isinstance(leaf.step, Offer) and not flow.aside
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("mark", ["", "danger", "coercion", "self_harm", "own_harm", "unsafe"])
def test_every_end_of_every_exercise_offers_only_what_fits(kind: str, mark: str) -> None:
    unsafe = mark == "unsafe"
    tie = Tie(1, kind, {"safe": "no"} if unsafe else {})
    marks = frozenset({mark} if mark and not unsafe else ())
    known = Known(AT, ties=(tie,), marks=marks)
    for name, step in ENDS:
        state = State(name, 1, tie=1, finished=True)
        (screen,) = render(LIBRARY.flows, state, Show(step), known, LIBRARY.phrases)[-1:]
        for button in screen.buttons:
            command = button.press.removeprefix("cmd:")
            flow = LIBRARY.by_command(command)
            if flow is None:
                assert command_fits(command, marks), (name, command)
            else:
                assert flow.is_open_to(kind), (name, flow.id)
                assert mark not in flow.rests_under, (name, flow.id)


def test_every_offer_is_an_exercise_or_has_its_words() -> None:
    assert len(ENDS) > 20
    for name, step in ENDS:
        offer = LIBRARY.flows[name].by_id[step].step
        assert isinstance(offer, Offer)
        for one in offer.offer:
            assert one in LIBRARY.flows or f"offers.{one}" in LIBRARY.phrases, (name, one)


def test_no_line_is_offered_in_the_days_of_the_hardest_mark() -> None:
    assert not command_fits("affirm", {"self_harm"})
    assert command_fits("affirm", {"danger"})
    assert command_fits("help", {"self_harm", "danger"})
