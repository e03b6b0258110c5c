"""The order of a list is the person's: moving one item moves no other past another."""

from hypothesis import given
from hypothesis import strategies as st

from bot.commands.list_items import moved
from bot.person import Keepsake

MOVES = st.lists(st.tuples(st.integers(0, 7), st.sampled_from(["up", "down", "top"])), max_size=30)


def _sorted(kept: list[Keepsake]) -> list[Keepsake]:
    return sorted(kept, key=lambda k: (k.position, k.id))


@given(MOVES, st.lists(st.sampled_from([-2.8e13, -1.0, 0.0, 1.0, 2.0]), min_size=8, max_size=8))
def test_any_moves_leave_the_list_in_the_order_that_was_asked_for(
    moves: list[tuple[int, str]], places: list[float]
) -> None:
    spread = sorted(place + n for n, place in enumerate(places))
    there = [Keepsake(n, "plan", str(n), 0, place) for n, place in enumerate(spread)]
    wanted = [k.id for k in there]
    for number, where in moves:
        changed = moved(there, next(k for k in there if k.id == number), where)
        if len({k.position for k in there}) == len(there):
            assert len(changed) <= 2
        there = _sorted([*(k for k in there if k.id not in {c.id for c in changed}), *changed])
        place = wanted.index(number)
        to = {"up": max(place - 1, 0), "down": min(place + 1, 7), "top": 0}[where]
        wanted.insert(to, wanted.pop(place))
        assert [k.id for k in there] == wanted


def test_two_that_stand_at_one_place_can_still_be_moved_past_each_other() -> None:
    one, other = (Keepsake(n, "plan", "", 0, 3.0) for n in (1, 2))
    changed = moved([one, other], other, "up")
    assert [k.id for k in _sorted(changed)] == [2, 1]


def test_of_a_list_of_some_only_those_move_past_each_other() -> None:
    kept = [Keepsake(n, "plan", "", 0, float(n), tie=n % 2) for n in range(6)]
    some = [k for k in kept if k.tie == 1]
    changed = moved(some, some[2], "up")
    after = _sorted([*(k for k in kept if k.id not in {c.id for c in changed}), *changed])
    assert [k.id for k in after if k.tie == 1] == [1, 5, 3]
    assert [k.id for k in after if k.tie == 0] == [0, 2, 4]
