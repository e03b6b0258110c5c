"""What is sent late, held until morning or left out; and what comes once."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from pydantic import ValidationError

from conversations.appointments import Repeat, Wish, next_time
from conversations.lateness import Decision, Kind, decide
from conversations.quiet import (
    NEVER,
    HardDate,
    Manner,
    Quiet,
    manner_on,
    quiet_for_a_week,
    quiet_until_day,
)
from conversations.schedule import on, tonight, zone_of
from conversations.singles import Single, nudge, reminder, snooze, snooze_choices, timer

ZONE = "Europe/Berlin"
QUIET = Quiet()
HOUR = timedelta(hours=1)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=zone_of(ZONE))


def repeat(hour: int, *, minute: int = 0, spread: int = 0, named: bool = True) -> Repeat:
    wish = Wish(at=time(hour, minute), zone=ZONE, spread=timedelta(seconds=spread), named=named)
    return Repeat.begin(at(4, 0), wish)


def then(decision: Decision) -> Repeat:
    assert isinstance(decision.then, Repeat)
    return decision.then


def test_a_morning_line_under_three_hours_old_is_sent_without_a_word() -> None:
    decision = decide(Kind.AFFIRMATION, repeat(8), at(4, 10, 59))
    assert (decision.slot, decision.late) == ("2026-11-04", False)


def test_a_morning_line_over_three_hours_old_is_left_out_and_goes_first_the_next_day() -> None:
    decision = decide(Kind.AFFIRMATION, repeat(8, spread=400), at(4, 11, 7))
    assert decision.slot is None
    assert then(decision).first
    assert then(decision).next_at == at(5, 8), "before everyone who is spread"
    after = decide(Kind.AFFIRMATION, then(decision), at(5, 8))
    assert after.slot == "2026-11-05"
    assert not then(after).first
    assert then(after).next_at == at(6, 8) + timedelta(seconds=400)


def test_after_days_of_outage_the_newest_line_is_judged_by_its_own_age() -> None:
    decision = decide(Kind.AFFIRMATION, repeat(8), at(9, 8, 30))
    assert decision.slot == "2026-11-09"
    assert then(decision).next_at == at(10, 8)


def test_after_days_of_outage_one_reminder_comes_with_an_apology_not_five() -> None:
    decision = decide(Kind.REMINDER, repeat(8), at(9, 15))
    assert (decision.slot, decision.late) == ("2026-11-09", True)
    assert then(decision).next_at == at(10, 8)


def test_a_line_that_would_come_at_night_is_left_out() -> None:
    decision = decide(Kind.CHECK_IN, repeat(21), at(4, 22, 30))
    assert decision.slot is None
    assert then(decision).next_at == at(5, 21)


def test_an_hour_the_person_named_comes_in_quiet_hours() -> None:
    assert decide(Kind.CHECK_IN, repeat(23), at(4, 23)).slot == "2026-11-04"
    assert decide(Kind.AFFIRMATION, repeat(5), at(4, 5, 2)).slot == "2026-11-04"


def test_an_hour_nobody_named_waits_for_morning() -> None:
    made = repeat(23, named=False)
    assert made.next_at == at(4, 7)
    assert made.slot == date(2026, 11, 3)


def test_a_reminder_late_into_the_night_comes_in_the_morning_with_an_apology() -> None:
    held = decide(Kind.REMINDER, repeat(20), at(4, 23))
    assert held.slot is None
    assert then(held).next_at == at(5, 7)
    restored = Repeat.read(then(held).next_at, then(held).slot, then(held).body())
    sent = decide(Kind.REMINDER, restored, at(5, 7))
    assert (sent.slot, sent.late) == ("2026-11-04", True)
    assert then(sent).next_at == at(5, 20)


def test_a_tick_before_a_time_that_new_rules_put_later_sends_nothing() -> None:
    early = repeat(8).but(next_at=at(4, 7))
    decision = decide(Kind.AFFIRMATION, early, at(4, 7))
    assert decision.slot is None
    assert then(decision).next_at == at(4, 8)


def test_what_is_not_due_is_not_decided() -> None:
    with pytest.raises(ValueError, match="not due"):
        decide(Kind.AFFIRMATION, repeat(8), at(4, 7, 59))


def test_a_hard_date_is_silent_or_gentler_and_the_next_day_is_as_ever() -> None:
    silent = HardDate(month=11, day=4, manner="silent")
    gentler = HardDate(month=11, day=4, manner="gentler")
    quiet_day = decide(Kind.AFFIRMATION, repeat(8), at(4, 8), [gentler, silent])
    assert quiet_day.slot is None
    assert then(quiet_day).next_at == at(5, 8)
    assert not then(quiet_day).first
    assert decide(Kind.AFFIRMATION, repeat(8), at(4, 8), [gentler]).gentle
    assert not decide(Kind.AFFIRMATION, then(quiet_day), at(5, 8), [gentler, silent]).gentle


def test_a_reminder_for_a_silent_day_comes_the_day_after_and_a_timer_comes() -> None:
    silent = [HardDate(month=11, day=day, manner="silent") for day in (4, 5)]
    made = reminder(date(2026, 11, 4), time(9), ZONE, QUIET)
    put_off = decide(Kind.REMINDER, made, at(4, 9), silent)
    assert put_off.slot is None
    assert put_off.then == reminder(date(2026, 11, 6), time(9), ZONE, QUIET)
    asked = timer(at(4, 9), timedelta(minutes=20), ZONE, QUIET)
    assert decide(Kind.TIMER, asked, at(4, 9, 20), silent).slot == asked.slot


@pytest.mark.parametrize(
    ("day", "manner"),
    [
        (date(2027, 2, 28), "gentler"),
        (date(2028, 2, 28), "plain"),
        (date(2028, 2, 29), "gentler"),
        (date(2028, 3, 1), "plain"),
    ],
)
def test_a_leap_day_falls_on_the_28th_in_other_years(day: date, manner: Manner) -> None:
    assert manner_on(day, [HardDate(month=2, day=29, manner="gentler")]) == manner


def test_a_timer_comes_at_night_and_says_when_it_is_late() -> None:
    made = timer(at(4, 23), timedelta(minutes=20), ZONE, QUIET)
    on_time = decide(Kind.TIMER, made, at(4, 23, 20))
    assert (on_time.slot, on_time.then, on_time.late) == ("2026-11-04T22:20:00+00:00", None, False)
    assert decide(Kind.TIMER, made, at(5, 0)).late
    hours_late = decide(Kind.TIMER, made, at(5, 3))
    assert hours_late.slot is None
    assert isinstance(hours_late.then, Single)
    assert hours_late.then.next_at == at(5, 7)
    assert decide(Kind.TIMER, hours_late.then, at(5, 7)).late


def test_a_nudge_never_comes_at_night_and_never_apologises() -> None:
    made = nudge(at(4, 23, 30), ZONE, QUIET)
    assert made.next_at == at(7, 7)
    assert not decide(Kind.NUDGE, made, at(7, 15)).late
    narrowed = made.model_copy(update={"quiet": Quiet(begins=time(20), ends=time(10))})
    waits = decide(Kind.NUDGE, narrowed, at(7, 7))
    assert isinstance(waits.then, Single)
    assert waits.then.next_at == at(7, 10)


def test_a_snooze_is_offered_for_this_evening_only_while_that_is_ahead() -> None:
    assert "evening" in snooze_choices(at(4, 18), ZONE)
    assert "evening" not in snooze_choices(at(4, 18, 45), ZONE)
    assert snooze(at(4, 9), "evening", ZONE, QUIET).next_at == at(4, 19, 30)
    assert snooze(at(4, 21), "evening", ZONE, QUIET).next_at == at(5, 9), "an old button"
    assert snooze(at(4, 9), "tomorrow", ZONE, QUIET).next_at == at(5, 9)
    assert snooze(at(4, 9), "hour", ZONE, QUIET).next_at == at(4, 10)


def test_a_reminder_follows_the_person_and_a_timer_does_not() -> None:
    made = reminder(date(2026, 11, 4), time(9), ZONE, QUIET)
    west = made.moved(at(3, 12), "America/New_York")
    assert west.next_at == at(4, 15)
    jumped = made.moved(at(4, 8), "Asia/Tokyo")  # four in the afternoon there
    assert at(4, 8) < jumped.next_at <= at(4, 9)
    ticking = timer(at(4, 8), HOUR, ZONE, QUIET)
    assert ticking.moved(at(4, 8), "Asia/Tokyo").next_at == ticking.next_at


def test_a_rest_puts_reminders_off_and_lets_timers_go() -> None:
    until = quiet_for_a_week(at(4, 9))
    assert until == at(11, 9)
    made = reminder(date(2026, 11, 6), time(9), ZONE, QUIET)
    assert (later := made.rested(until)) is not None
    assert later.next_at == at(11, 9)
    assert (moved := later.moved(at(7, 9), "America/New_York")) is not None
    assert moved.next_at == at(11, 15), "a move does not end the rest"
    assert reminder(date(2026, 11, 20), time(9), ZONE, QUIET).rested(until) is not None
    assert timer(at(4, 9), HOUR, ZONE, QUIET).rested(until) is None
    assert made.rested(NEVER) is None


def test_quiet_until_a_day_ends_as_that_day_begins() -> None:
    assert quiet_until_day(date(2026, 11, 20), ZONE) == at(20, 0)


def test_equal_ends_are_no_quiet_hours() -> None:
    none = Quiet(begins=time(0), ends=time(0))
    assert not any(none.holds(at(4, hour), ZONE) for hour in range(24))


def test_tonight_is_three_whole_hours_away_where_clocks_change_meanwhile() -> None:
    berlin = zone_of(ZONE)
    late = datetime(2026, 10, 24, 23, 30, tzinfo=berlin)
    assert tonight(late).astimezone(UTC) - late.astimezone(UTC) == 3 * HOUR


def test_a_day_the_zone_left_out_is_the_next_one() -> None:
    there = zone_of("Pacific/Apia")
    assert on(date(2011, 12, 30), time(9), there) == datetime(2011, 12, 31, 9, tzinfo=there)


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": time(8), "zone": "Mars/Olympus"},
        {"at": time(8), "zone": "../etc/passwd"},
        {"at": time(8), "zone": "+99:00"},
        {"at": time(8, tzinfo=UTC), "zone": ZONE},
        {"at": time(8), "zone": ZONE, "days": frozenset()},
        {"at": time(8), "zone": ZONE, "days": frozenset({0})},
        {"at": time(8), "zone": ZONE, "spread": timedelta(minutes=10)},
    ],
)
def test_a_wish_that_cannot_be_kept_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Wish.model_validate(wrong)


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = at(4, 8).replace(tzinfo=None)
    with pytest.raises(ValueError, match="needs its zone"):
        next_time(naive, Wish(at=time(8), zone=ZONE))
    with pytest.raises(ValidationError):
        repeat(8).but(next_at=naive)
    with pytest.raises(ValidationError):
        Single(next_at=naive, zone=ZONE)


def test_timers_go_before_reminders_check_ins_and_lines() -> None:
    assert sorted(Kind, key=lambda kind: kind.rank)[:2] == [Kind.TIMER, Kind.REMINDER]
    assert Kind.CHECK_IN.rank < Kind.AFFIRMATION.rank
