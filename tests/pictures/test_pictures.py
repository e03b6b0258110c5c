"""Recipes, the pictures drawn of them, and the child process that draws."""

import asyncio
import json
import os
import subprocess
import sys
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.check_ins import CheckIn
from bot.pictures.artist import Artist
from bot.pictures.board import wrapped
from bot.pictures.look import GROUND, SHADES, WIDTH, WORDS
from bot.pictures.recipes import COLUMN_ITEMS, ITEM_EXCERPT, Recipe, board, calendar, mood_line
from bot.pictures.worker import picture

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
TODAY = date(2028, 3, 1)
PATIENCE = 60.0


def days(*moods: int, last: date = TODAY) -> list[CheckIn]:
    """A day for each mood, up to the last; 0 is a day that is not filled in."""
    begin = last - timedelta(days=len(moods) - 1)
    return [CheckIn(begin + timedelta(days=n), 0, mood) for n, mood in enumerate(moods) if mood]


def line(*moods: int) -> Recipe:
    found = mood_line(days(*moods), TODAY, MONTHS)
    assert found is not None
    return found


def seen(png: bytes) -> dict[tuple[int, ...], int]:
    """How many pixels each colour has."""
    colours = Image.open(BytesIO(png)).convert("RGB").getcolors(100_000)
    assert colours is not None
    return {colour: count for count, colour in colours if isinstance(colour, tuple)}


def rgb(shade: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(shade[1:]))


def near(found: dict[tuple[int, ...], int], shade: str) -> int:
    """Pixels of about that colour: a palette may move one a little."""
    wanted = rgb(shade)
    return sum(
        count
        for colour, count in found.items()
        if max(abs(a - b) for a, b in zip(colour, wanted, strict=True)) <= 6
    )


def test_a_line_is_twelve_weeks_at_most_and_two_at_least() -> None:
    assert line(1, 2)["first"] == (TODAY - timedelta(days=13)).isoformat()
    long = line(*[3] * 200)
    assert len(long["days"]) == 84
    assert long["first"] == min(long["days"])


def test_days_that_are_not_filled_in_are_in_no_recipe() -> None:
    assert list(line(2, 0, 0, 5)["days"].values()) == [2, 5]
    assert mood_line(days(4), TODAY, MONTHS) is None
    assert mood_line(days(4, 4, last=TODAY - timedelta(days=90)), TODAY, MONTHS) is None


def test_a_calendar_has_the_days_of_its_year_alone() -> None:
    made = days(*[2] * 100)
    both = [calendar(made, year, MONTHS)["days"] for year in (2027, 2028)]
    assert [len(of_year) for of_year in both] == [39, 61]
    assert "2028-02-29" in both[1]


@pytest.mark.parametrize("mood", SHADES)
def test_each_number_has_a_shade_of_its_own_in_both_pictures(mood: int) -> None:
    """A day more of a number is more of its colour; nothing else changes much."""
    others = [near(seen(picture(line(3, 0, 3))), SHADES[mood])]
    with_one = near(seen(picture(line(3, mood, 0, mood, 3))), SHADES[mood])
    assert with_one > others[0]
    empty = near(seen(picture(calendar([], 2028, MONTHS))), SHADES[mood])
    assert near(seen(picture(calendar(days(*[mood] * 20), 2028, MONTHS))), SHADES[mood]) > empty


def test_consecutive_days_are_joined_and_a_gap_is_not() -> None:
    """Between two far dots the picture is empty where a day lies between."""

    def inked(recipe: Recipe) -> int:
        found = seen(picture(recipe))
        return sum(found.values()) - near(found, GROUND)

    assert inked(line(1, 5)) > inked(line(1, 0, 5)) + 400


def two_columns(likes: list[str], *dislikes: tuple[str, list[str]]) -> Recipe:
    found = board([[("What you like", likes)], list(dislikes)], "and {} more".format)
    assert found is not None
    return found


def halves(recipe: Recipe) -> tuple[int, int]:
    """How many pixels are words, left and right of the middle of a board."""
    image = Image.open(BytesIO(picture(recipe))).convert("L").point(lambda grey: 255 * (grey > 90))
    middle = WIDTH // 2
    left, right = (
        image.crop((0, 0, middle, image.height)),
        image.crop((middle, 0, WIDTH, image.height)),
    )
    return left.histogram()[255], right.histogram()[255]


def test_a_board_has_each_column_on_its_side() -> None:
    few = two_columns(["swims"], ("You can change", []))
    more_left = two_columns(["swims", "the garden in June"], ("You can change", []))
    more_right = two_columns(["swims"], ("You can change", ["the way home"]))
    left, right = halves(few)
    # A palette moves the edges of letters a little.
    assert halves(more_left)[0] > left * 1.2
    assert halves(more_left)[1] == pytest.approx(right, rel=0.05)
    assert halves(more_right)[0] == pytest.approx(left, rel=0.05)
    assert halves(more_right)[1] > right * 1.2
    assert near(seen(picture(few)), WORDS) > 0


def test_a_board_without_an_item_is_none() -> None:
    assert board([[("What you like", [])], [("You can change", [])]], str) is None


def test_a_long_list_says_how_many_are_left_and_a_long_item_ends_in_dots() -> None:
    recipe = two_columns(["swims"] * 200, ("a", ["x" * 4_000]), ("b", []), ("c", ["y"] * 200))
    left, right = recipe["columns"]
    assert len(left[0]["items"]) == COLUMN_ITEMS + 1
    assert left[0]["items"][-1] == f"and {200 - COLUMN_ITEMS} more"
    assert len(right[0]["items"][0]) == ITEM_EXCERPT
    assert right[0]["items"][0].endswith("…")
    assert len(right[2]["items"]) < len(left[0]["items"])


def test_a_text_is_wrapped_by_its_words_and_a_wide_word_is_broken() -> None:
    text = "a quiet street and the light on the wall in the evening"
    lines = wrapped(text, 300)
    assert len(lines) > 1
    assert " ".join(lines) == text
    broken = wrapped("m" * 60, 300)
    assert len(broken) > 1
    assert "".join(broken) == "m" * 60
    assert wrapped("m" * 60, 1) == ["m"] * 60


@pytest.mark.parametrize(
    "odd", ["$x^{", "😀👩‍👩‍👧", "\ud7ff", "июль ا", "&<b>", "_\\", "猫が好き", " ", "\x00\n"]
)
def test_a_board_of_any_script_and_any_sign_is_drawn(odd: str) -> None:
    assert picture(two_columns([odd], (odd, [odd, "swims"]))).startswith(b"\x89PNG")


async def test_the_fullest_pictures_come_through_and_are_small() -> None:
    moods = [n * 7 % 5 + 1 for n in range(366)]
    artist = Artist()
    try:
        for recipe in (
            line(*moods[:84]),
            calendar(days(*moods, last=date(2028, 12, 31)), 2028, MONTHS),
            two_columns(["mmm " * 40] * 200, *[("W" * 24, ["mmm " * 40] * 200)] * 5),
        ):
            drawn = await asyncio.wait_for(artist.draw(recipe), PATIENCE)
            assert drawn is not None
            assert len(drawn) < 100_000
    finally:
        await artist.stop()


def test_a_month_of_any_script_and_any_sign_is_drawn() -> None:
    odd = dict(line(1, 2), months=["$x^{", "июль", "ا", "&<b>", "_", "\\", *MONTHS[6:]])
    assert picture(odd).startswith(b"\x89PNG")


async def test_the_child_draws_what_is_drawn_here_and_ends_when_idle() -> None:
    artist = Artist(idle=0.2)
    try:
        assert artist.child.pid is None
        recipe = line(1, 2, 3)
        first = await asyncio.wait_for(artist.draw(recipe), PATIENCE)
        assert first == picture(recipe)
        child = artist.child.pid
        assert child is not None
        async with asyncio.timeout(PATIENCE):
            while artist.child.pid is not None:  # noqa: ASYNC110 - a process has no event
                await asyncio.sleep(0.05)
        assert await artist.draw(recipe) == first  # and starts again
    finally:
        await artist.stop()


async def test_a_crash_is_retried_once_and_a_second_one_draws_nothing(tmp_path: Path) -> None:
    deaths = tmp_path / "deaths"
    os.environ["DEATHS"] = str(deaths)
    artist = Artist(module=("tests.pictures.dying",))
    try:
        deaths.write_text("1")
        assert await asyncio.wait_for(artist.draw(line(1, 2)), PATIENCE) is not None
        await artist.stop()
        deaths.write_text("2")
        assert await asyncio.wait_for(artist.draw(line(1, 2)), PATIENCE) is None
        assert await asyncio.wait_for(artist.draw(line(1, 2)), PATIENCE) is not None
    finally:
        del os.environ["DEATHS"]
        await artist.stop()


async def test_a_recipe_that_cannot_be_drawn_is_nothing_and_the_next_one_is_drawn() -> None:
    artist = Artist()
    try:
        wrong: list[dict[str, Any]] = [{}, {"draw": "a horse"}, {"draw": "calendar", "year": 0}]
        for recipe in wrong:
            assert await asyncio.wait_for(artist.draw(recipe), PATIENCE) is None
        assert await asyncio.wait_for(artist.draw(line(1, 2)), PATIENCE) is not None
    finally:
        await artist.stop()


async def test_the_loop_goes_on_while_a_picture_is_drawn() -> None:
    artist, turns = Artist(), 0
    drawing = asyncio.ensure_future(artist.draw(line(1, 2)))
    try:
        while not drawing.done():
            await asyncio.sleep(0.005)
            turns += 1
        assert drawing.result() is not None
        assert turns > 20, "drawn here, the loop would come round a few times in all"
    finally:
        await artist.stop()


def test_the_bots_own_process_holds_no_drawing_library() -> None:
    """Asked of a fresh process that imports the whole bot."""
    ask = "import json, sys, bot.app; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, check=True)
    names = {name.partition(".")[0] for name in json.loads(done.stdout)}
    assert {"bot", "telegram"} <= names
    assert names.isdisjoint({"matplotlib", "PIL", "numpy"})
