"""A person moves between zones: the next one follows, a day never comes twice, none is lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.appointments import Repeat, Wish, spread_of
from conversations.lateness import Kind, decide
from conversations.quiet import NEVER, Quiet
from tests.time.readings import shows, wished_after

NAMES = [
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "Africa/El_Aaiun",
    "Africa/Cairo",
    "America/Santiago",
    "Asia/Gaza",
    "Asia/Tehran",
    "America/Havana",
    "America/Nuuk",
    "Antarctica/Troll",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Pacific/Niue",
    "Pacific/Honolulu",
    "America/New_York",
    "Europe/Berlin",
    "Asia/Tokyo",
]
#: Years with a local day left out, and ordinary ones with changes of clocks.
BEGINNINGS = [datetime(*day, tzinfo=UTC) for day in ((1994, 12, 20), (2011, 12, 20), (2024, 3, 1))]
QUIET = Quiet()
MOVES = st.lists(st.tuples(st.integers(1, 60 * 60), st.sampled_from(NAMES)), min_size=1, max_size=6)


@settings(max_examples=300)
@given(
    beginning=st.sampled_from(BEGINNINGS),
    minutes=st.integers(0, 24 * 60 * 20),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    home=st.sampled_from(NAMES),
    moves=MOVES,
)
def test_after_any_moves_each_comes_as_said(
    beginning: datetime, minutes: int, at: time, home: str, moves: list[tuple[int, str]]
) -> None:
    years = (beginning.year, beginning.year + 1)
    now = beginning + timedelta(minutes=minutes)
    made = Repeat.begin(now, Wish(at=at, zone=home))
    done: set[date] = set()
    for wait, zone in moves:
        leaves = now + timedelta(minutes=wait)
        while made.next_at <= leaves:
            now, made = made.next_at, _sent(made, done)
            assert (made.next_at, made.slot) == wished_after(
                made.wish.zone, now, at, years, done
            ), "the next one after any that was sent"
        now = leaves
        pending, slot = made.next_at, made.slot
        made = Repeat.read(made.next_at, made.slot, made.body()).moved(now, zone)
        regular = wished_after(zone, now, at, years, done)
        if shows(zone, slot, at, years) > now:
            assert (made.next_at, made.slot) == regular
            continue
        # The slot is over there and was still to come here.
        assert pending > now
        comes = QUIET.over(min(pending, now + timedelta(minutes=30)), zone)
        # Where the next one is due by then, it stands for both.
        expected = regular if regular[0] <= comes else (comes, slot)
        assert (made.next_at, made.slot) == expected
        waited = made.next_at - now
        assert (
            waited <= timedelta(hours=1)
            or made.next_at.astimezone(made.wish.where).time() == QUIET.ends
            or made.slot == regular[1]
        )
    for _ in range(5):
        _sent(made, done)
        made = made.again(made.next_at, made.slot)


def _sent(made: Repeat, done: set[date]) -> Repeat:
    decision = decide(Kind.AFFIRMATION, made, made.next_at)
    assert decision.slot is not None
    day = date.fromisoformat(decision.slot)
    assert day not in done, "a day came twice"
    done.add(day)
    assert isinstance(decision.then, Repeat)
    return decision.then


def _evening(zone: str, day: int, hour: int, minute: int = 0) -> datetime:
    there = Wish(at=time(0), zone=zone).where
    return datetime(2026, 11, day, hour, minute, tzinfo=there)


def test_a_move_back_west_before_it_came_brings_it_at_its_hour() -> None:
    made = Repeat.begin(_evening("Europe/Berlin", 4, 12), Wish(at=time(19), zone="Europe/Berlin"))
    east = made.moved(_evening("Europe/Berlin", 4, 16), "Asia/Kolkata")  # 20:30 there
    assert east.held == "moved"
    assert east.next_at == _evening("Europe/Berlin", 4, 16, 30)
    back = east.moved(_evening("Europe/Berlin", 4, 16, 10), "Europe/Berlin")
    assert (back.next_at, back.slot, back.held) == (
        _evening("Europe/Berlin", 4, 19),
        date(2026, 11, 4),
        None,
    )


def test_what_a_move_jumped_over_at_night_waits_for_morning() -> None:
    made = Repeat.begin(_evening("Europe/Berlin", 4, 12), Wish(at=time(19), zone="Europe/Berlin"))
    moved = made.moved(_evening("Europe/Berlin", 4, 18), "Asia/Tokyo")  # two in the morning
    assert moved.next_at == _evening("Asia/Tokyo", 5, 7)
    assert moved.slot == date(2026, 11, 4)
    then = decide(Kind.CHECK_IN, moved, moved.next_at)
    assert then.slot == "2026-11-04"
    assert isinstance(then.then, Repeat)
    assert then.then.next_at == _evening("Asia/Tokyo", 5, 19)


def test_a_move_after_it_came_brings_the_next_day() -> None:
    made = Repeat.begin(_evening("Europe/Berlin", 4, 7), Wish(at=time(8), zone="Europe/Berlin"))
    decision = decide(Kind.AFFIRMATION, made, made.next_at)
    assert isinstance(decision.then, Repeat)
    moved = decision.then.moved(_evening("Europe/Berlin", 4, 8, 30), "America/New_York")
    assert moved.next_at == _evening("America/New_York", 5, 8)


def test_a_move_of_26_hours_repeats_no_day() -> None:
    made = Repeat.begin(_evening("+14:00", 4, 7), Wish(at=time(8), zone="+14:00"))
    done: set[date] = set()
    made = _sent(made, done)
    made = _sent(made, done)
    moved = made.moved(made.next_at - timedelta(minutes=1), "-12:00")
    assert moved.next_at == _evening("-12:00", 6, 8)
    assert done == {date(2026, 11, 4), date(2026, 11, 5)}


def test_a_move_to_nowhere_changes_nothing() -> None:
    made = Repeat.begin(_evening("Europe/Berlin", 4, 7), Wish(at=time(8), zone="Europe/Berlin"))
    with pytest.raises(ValueError, match="unknown zone"):
        made.moved(made.next_at, "Mars/Olympus")


def test_a_changed_hour_whose_day_is_done_begins_tomorrow() -> None:
    wish = Wish(at=time(8), zone="Europe/Berlin")
    made = Repeat.begin(_evening("Europe/Berlin", 4, 7), wish)
    later = Wish(at=time(20), zone="Europe/Berlin")
    before = made.changed(_evening("Europe/Berlin", 4, 7, 30), later)
    assert (before.day_done, before.repeat.slot) == (False, date(2026, 11, 4))
    decision = decide(Kind.AFFIRMATION, made, made.next_at)
    assert isinstance(decision.then, Repeat)
    after = decision.then.changed(_evening("Europe/Berlin", 4, 9), later)
    assert (after.day_done, after.repeat.slot) == (True, date(2026, 11, 5))
    assert after.repeat.next_at == _evening("Europe/Berlin", 5, 20)


def test_a_changed_hour_does_not_drop_what_is_in_hand() -> None:
    made = Repeat.begin(_evening("Europe/Berlin", 4, 7), Wish(at=time(8), zone="Europe/Berlin"))
    now = _evening("Europe/Berlin", 4, 8, 5)
    changed = made.changed(now, Wish(at=time(6), zone="Europe/Berlin")).repeat
    decision = decide(Kind.AFFIRMATION, changed, now)
    assert decision.slot == "2026-11-04"
    assert isinstance(decision.then, Repeat)
    assert decision.then.next_at == _evening("Europe/Berlin", 5, 6)


def test_a_rest_outlives_a_move_and_a_changed_hour() -> None:
    wish = Wish(at=time(8), zone="Europe/Berlin")
    made = Repeat.begin(_evening("Europe/Berlin", 4, 7), wish)
    now, until = _evening("Europe/Berlin", 4, 7, 30), _evening("Europe/Berlin", 11, 7, 30)
    rested = made.rested(now, until)
    assert rested.next_at == _evening("Europe/Berlin", 11, 8)
    east = rested.moved(now + timedelta(hours=1), "Asia/Tokyo")
    assert east.next_at == _evening("Asia/Tokyo", 12, 8)
    evening = east.changed(now, Wish(at=time(19), zone="Asia/Tokyo")).repeat
    assert evening.next_at == _evening("Asia/Tokyo", 11, 19)
    assert evening.resumed(now + timedelta(hours=2)).next_at == _evening("Asia/Tokyo", 4, 19)


def test_a_rest_for_good_keeps_the_wish() -> None:
    wish = Wish(at=time(8), zone="Europe/Berlin")
    made = Repeat.begin(_evening("Europe/Berlin", 4, 7), wish).rested(
        _evening("Europe/Berlin", 4, 7), NEVER
    )
    assert made.next_at == NEVER
    made = Repeat.read(made.next_at, made.slot, made.body())
    made = made.moved(_evening("Europe/Berlin", 5, 7), "Asia/Tokyo")
    assert made.next_at == NEVER
    assert made.resumed(_evening("Asia/Tokyo", 6, 7)).next_at == _evening("Asia/Tokyo", 6, 8)


def test_todays_can_be_skipped_and_only_todays() -> None:
    wish = Wish(at=time(20), zone="Europe/Berlin")
    made = Repeat.begin(_evening("Europe/Berlin", 4, 7), wish)
    skipped = made.skipped(_evening("Europe/Berlin", 4, 9))
    assert skipped.next_at == _evening("Europe/Berlin", 5, 20)
    assert skipped.skipped(_evening("Europe/Berlin", 4, 10)) == skipped


@given(st.text())
def test_a_spread_is_one_persons_own_and_under_ten_minutes(seed: str) -> None:
    assert timedelta(0) < spread_of(seed) < timedelta(minutes=10)
    assert spread_of(seed) == spread_of(seed)


def test_a_thousand_people_spread_over_the_ten_minutes() -> None:
    minutes = [int(spread_of(str(number)).total_seconds()) // 60 for number in range(1_000)]
    assert set(minutes) == set(range(10))
    assert max(minutes.count(minute) for minute in range(10)) < 150


def test_two_days_jumped_into_one_morning_bring_one_message() -> None:
    west, east = "Pacific/Honolulu", "Pacific/Kiritimati"  # the same hour, a day apart
    made = Repeat.begin(_evening(west, 4, 5), Wish(at=time(6), zone=west))
    moved = made.moved(_evening(west, 4, 5, 50), east)
    assert (moved.next_at, moved.slot) == (_evening(east, 5, 6), date(2026, 11, 5))
    assert moved.held is None


def test_two_days_jumped_into_the_night_are_made_up_in_the_morning_by_one() -> None:
    west, east = "Pacific/Niue", "Pacific/Kiritimati"  # 25 hours apart
    made = Repeat.begin(_evening(west, 4, 5), Wish(at=time(23, 30), zone=west))
    moved = made.moved(_evening(west, 4, 22, 45), east)  # 23:45 a day later
    assert (moved.next_at, moved.slot) == (_evening(east, 6, 7), date(2026, 11, 4))
    decision = decide(Kind.AFFIRMATION, moved, moved.next_at)
    assert decision.slot == "2026-11-04"
    assert isinstance(decision.then, Repeat)
    assert decision.then.next_at == _evening(east, 6, 23, 30)
