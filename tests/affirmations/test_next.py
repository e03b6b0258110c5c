"""Which affirmation comes next: nothing twice before all came once, one's own in between."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.affirmation_library import Line, read_affirmations
from conversations.affirmations import Own, Place, next_affirmation, standing, worded
from conversations.turn import MARKS

LIBRARY = read_affirmations()
THEMES = sorted(LIBRARY.themes)
IDS = [line.id for line in LIBRARY.lines]

seeds = st.integers(0, 2**63 - 1)
pools = st.lists(st.sampled_from(LIBRARY.lines), min_size=1, max_size=30, unique_by=lambda n: n.id)
owns = st.lists(
    st.builds(
        Own, st.integers(0, 99), st.just("Mine."), st.none() | st.sampled_from([*IDS, "gone-1"])
    ),
    max_size=4,
    unique_by=lambda one: one.id,
)


@dataclass
class Person:
    """Takes one line after the other; what is stored between them goes through JSON."""

    seed: int
    place: Place = field(default_factory=Place)

    def take(self, pool: Sequence[Line], own: Sequence[Own] = ()) -> Line | Own | None:
        found = next_affirmation(pool, own, self.place, self.seed)
        if found is None:
            return None
        self.place = Place.model_validate_json(found.place.model_dump_json())
        return found.affirmation

    def ids(self, pool: Sequence[Line], count: int) -> list[str]:
        """The ids of the next lines of the pool alone."""
        return [line.id for _ in range(count) if isinstance(line := self.take(pool), Line)]


@given(pools, seeds)
def test_every_round_brings_each_line_of_the_pool_once(pool: list[Line], seed: int) -> None:
    person, size = Person(seed), len(pool)
    for _ in range(3):
        assert sorted(person.ids(pool, size)) == sorted(line.id for line in pool)


@given(pools, seeds)
def test_the_end_of_one_round_is_never_the_start_of_the_next(pool: list[Line], seed: int) -> None:
    sent = Person(seed).ids(pool, 4 * len(pool))
    assert len(pool) == 1 or all(one != two for one, two in pairwise(sent))


def test_a_line_is_not_back_before_forty_others_have_come() -> None:
    pool = LIBRARY.pool()
    for seed in range(10):
        last: dict[str, int] = {}
        for day, line in enumerate(Person(seed).ids(pool, 3 * len(pool))):
            assert day - last.get(line, -100) > 40
            last[line] = day


def test_orders_differ_by_person_and_by_round() -> None:
    pool = LIBRARY.pool()
    person = Person(1)
    first, second = person.ids(pool, len(pool)), person.ids(pool, len(pool))
    assert first != second
    assert first != Person(2).ids(pool, len(pool))
    assert first == Person(1).ids(pool, len(pool))


def test_people_do_not_all_begin_with_the_same_lines() -> None:
    assert len({Person(seed).ids(LIBRARY.pool(), 1)[0] for seed in range(40)}) > 20


def test_the_first_month_does_not_run_through_one_theme_after_the_other() -> None:
    for seed in range(20):
        themes = [line.partition("-")[0] for line in Person(seed).ids(LIBRARY.pool(), 30)]
        assert len(set(themes)) >= 6


# --- what changes on the way ---------------------------------------------------------------------

changes = st.lists(
    st.tuples(
        st.sets(st.sampled_from([*THEMES, "gone"]), max_size=4),
        st.sets(st.sampled_from(MARKS), max_size=2),
        st.sets(st.sampled_from([*IDS, "gone-1"]), max_size=20),
        st.integers(1, 25),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=60)
@given(changes, owns, seeds)
def test_whatever_changes_nothing_comes_twice_before_its_pool_is_through(
    changed: list[tuple[set[str], set[str], set[str], int]], own: list[Own], seed: int
) -> None:
    """Themes, marks and lines come and go; beside it, the same rule with plain sets of ids."""
    person = Person(seed)
    sent: set[str] = set()
    for chosen, marks, untrue, count in changed:
        pool, kept = LIBRARY.pool(chosen, marks, untrue), standing(LIBRARY, own, marks)
        left = {line.id for line in pool} - {one.line for one in kept}
        for _ in range(count):
            found = person.take(pool, kept)
            if not isinstance(found, Line):
                assert found in kept or not (left or kept)
                continue
            if left <= sent:
                sent -= left
            assert found.id in left - sent
            assert found.id not in untrue
            assert not marks & {*found.rests_under, *LIBRARY.themes[found.theme].rests_under}
            sent.add(found.id)


@settings(max_examples=60)
@given(st.lists(st.tuples(pools, owns, st.integers(1, 6)), min_size=1, max_size=8), seeds)
def test_ones_own_lines_are_every_third_at_most(
    changed: list[tuple[list[Line], list[Own], int]], seed: int
) -> None:
    person = Person(seed)
    between = 0
    for pool, own, count in changed:
        alone = {line.id for line in pool} <= {one.line for one in own}
        for _ in range(count):
            if isinstance(person.take(pool, own), Own):
                assert between >= 2 or alone
                between = 0
            else:
                assert between < 2 or not own, "an own line was due"
                between += 1


def test_ones_own_lines_take_turns_and_a_new_one_gets_its_turn() -> None:
    person, pool = Person(7), LIBRARY.pool({"peace"})
    one, two, three = Own(11, "I sleep at home."), Own(12, "I sing again."), Own(13, "I rest.")

    def turns(own: Sequence[Own], count: int) -> list[int]:
        sent = [person.take(pool, own) for _ in range(3 * count)]
        return [line.id for line in sent if isinstance(line, Own)]

    assert turns([two, one], 3) == [11, 12, 11]
    assert turns([one, two, three], 4) == [12, 13, 11, 12]
    assert turns([one, three], 2) == [13, 11]


def test_a_kept_line_comes_among_ones_own_and_no_longer_from_the_pool() -> None:
    pool = LIBRARY.pool({"worth"})
    kept = Own(1, pool[0].gentler, pool[0].id)
    person = Person(3)
    sent = [person.take(pool, [kept]) for _ in range(36)]
    assert pool[0] not in sent
    assert sent.count(kept) == 12


def test_a_kept_line_rests_with_the_line_it_came_from() -> None:
    brave = Own(1, "I say the true thing calmly.", "courage-6")
    own, gone = Own(2, "I sing again."), Own(3, "I was here once.", "gone-4")
    assert standing(LIBRARY, [brave, own, gone], {"danger"}) == (own, gone)
    assert standing(LIBRARY, [brave, own, gone], ()) == (brave, own, gone)


def test_with_every_line_called_untrue_ones_own_still_come_and_without_any_nothing_does() -> None:
    pool = LIBRARY.pool(untrue=IDS)
    assert pool == ()
    own = Own(1, "I sing again.")
    assert Person(1).take(pool, [own]) == own
    assert Person(1).take(pool) is None


def test_a_line_added_to_the_files_comes_in_the_same_round() -> None:
    pool = LIBRARY.pool({"peace", "work"})
    person = Person(5)
    before = person.ids(pool[:-2], len(pool) - 3)
    after = person.ids(pool, 3)
    assert sorted(before + after) == sorted(line.id for line in pool)


def test_work_comes_only_to_those_who_choose_it() -> None:
    assert "work" not in {line.theme for line in LIBRARY.pool()}
    assert {line.theme for line in LIBRARY.pool({"work", "gone"})} == {"work"}
    assert LIBRARY.pool({"gone"}) == LIBRARY.pool()


def test_a_theme_that_rests_whole_leaves_nothing_rather_than_something_else() -> None:
    assert LIBRARY.pool({"courage"}, {"danger"}) == ()


def test_a_place_stays_small_for_a_lifetime() -> None:
    person = Person(2**63 - 1)
    own = [Own(2**62, "I sing again.")]
    pool = LIBRARY.pool(LIBRARY.themes)
    for _ in range(800):
        person.take(pool, own)
        assert len(person.place.model_dump_json()) < 400


# --- the form ------------------------------------------------------------------------------------


def test_the_form_follows_how_true_such_lines_felt() -> None:
    line = LIBRARY.lines[0]
    assert {worded(line, felt) for felt in (None, 1, 2, 3)} == {line.gentler}
    assert {worded(line, felt) for felt in (4, 5)} == {line.line}


def test_ones_own_words_are_sent_as_they_were_written() -> None:
    assert {worded(Own(1, "i sing. again!"), felt) for felt in (None, 1, 5)} == {"i sing. again!"}


def test_a_language_without_a_translation_gets_the_source() -> None:
    line = LIBRARY.lines[0]
    assert worded(line, None, "xx") == line.gentler
