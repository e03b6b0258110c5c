"""The three questions as a person lives through them: on, back, off, and on again."""

import asyncio
from datetime import timedelta

from bot.playground.client import Person, Playground

from .conftest import TheBot
from .walks import WANTS, answer_wants, begin, to_reasons, to_the_end


async def test_the_summary_holds_every_sentence_and_why_exactly_the_chosen_ones(
    ann: Person,
) -> None:
    await begin(ann)
    await to_reasons(ann)
    await to_the_end(ann, picked="1, 3", word="K.")
    told = "\n".join(message.text for message in ann.messages if not message.mine)
    for sentence in (*WANTS, "Most of it"):
        assert sentence in told
    await ann.send("/why")
    why = (await ann.wait_for("Your reasons")).text
    assert WANTS[0] in why
    assert WANTS[1] not in why
    assert WANTS[2] in why


async def test_a_restart_in_mid_talk_goes_on_at_the_same_question(ann: Person, bot: TheBot) -> None:
    await begin(ann)
    await ann.send("Room to breathe")
    await ann.wait_for("for them, what do you want")
    await bot.restart()
    await ann.send("The same for them")
    await ann.wait_for("between you")


async def test_reflect_over_an_unfinished_one_offers_to_go_on_or_begin_anew(ann: Person) -> None:
    await begin(ann)
    await ann.send("Room to breathe")
    await ann.wait_for("for them, what do you want")
    await ann.send("/reflect")
    await ann.wait_for("Go on there, or begin anew?")
    await ann.press("Go on")
    await ann.wait_for("for them, what do you want")
    await ann.send("/reflect")
    await ann.wait_for("begin anew?")
    await ann.press("Begin anew")
    shown = await ann.wait_for("About: A partner")
    assert "Room to breathe" not in shown.text
    await ann.send("/today")
    await ann.wait_for("2. The three questions")


async def test_reflect_twice_is_not_two_talks_while_nothing_was_answered(ann: Person) -> None:
    await begin(ann)
    await ann.send("/cancel")
    await ann.wait_for("Left here for now")
    await ann.send("/today")
    shown = await ann.wait_for("Not finished")
    assert sum("Go on" in label for row in shown.buttons for label in row) == 1


async def test_later_then_today_then_go_on_is_the_same_question_with_all_answers(
    ann: Person,
) -> None:
    await begin(ann)
    await ann.send("Room to breathe")
    await ann.wait_for("for them, what do you want")
    await ann.press("Later")
    await ann.wait_for("Everything you wrote stays")
    await ann.send("/today")
    await ann.wait_for("Not finished: The three questions")
    await ann.press("Go on")
    await ann.wait_for("for them, what do you want")
    await ann.send("/back")
    shown = await ann.wait_for("For yourself, first")
    assert "Room to breathe" in shown.text


async def test_letting_a_talk_go_is_asked_once_and_by_a_button_that_works_once(
    ann: Person, bot: TheBot
) -> None:
    await begin(ann)
    await ann.send("Room to breathe")
    await ann.wait_for("for them, what do you want")
    await ann.send("/today")
    shown = await ann.wait_for("Not finished")
    first = shown.data_of("Let it go")
    assert first is not None
    await ann.press("Let it go")
    await ann.wait_for("What you wrote in it is erased")
    assert bot.tables()["talks"] == 1
    await ann.press_data(shown.id, first)
    asked = await ann.wait_for("What you wrote in it is erased")
    await ann.press("Let it go", on=asked)
    await ann.wait_for("Let go.")
    await bot.play.polled()
    assert "talks" not in bot.tables()
    await ann.send("/today")
    await ann.wait_for("Nothing is open")


async def test_back_and_changing_an_answer_keep_everything_else(ann: Person) -> None:
    await begin(ann)
    await answer_wants(ann)
    for _ in range(3):
        await ann.send("/back")
        await ann.wait_for("Here it is again")
    await ann.send("I want my own front door")
    await ann.wait_for("in the heat")
    for kept in (WANTS[2], WANTS[1], "I want my own front door"):
        await ann.send("/back")
        assert kept in (await ann.wait_for("Here it is again")).text


async def test_an_answer_in_two_bubbles_is_joined_by_one_tap(ann: Person) -> None:
    await begin(ann)
    await ann.send("I want to sleep")
    await ann.wait_for("for them, what do you want")
    await ann.send("and to wake without counting hours")
    await ann.wait_for("between you")
    await ann.press("Add to my last answer")
    await ann.wait_for("Added to your answer")
    await ann.send("/back")
    shown = await ann.wait_for("For yourself, first")
    assert "I want to sleep\nand to wake without counting hours" in shown.text


async def test_words_of_ones_own_at_buttons_are_kept_beside_the_choice(ann: Person) -> None:
    await begin(ann)
    await answer_wants(ann)
    await ann.press("Now")
    await ann.wait_for("once more")
    await ann.press("Keep all of it")
    await ann.wait_for("gets things wrong")
    await ann.press("Skip")
    await ann.wait_for("talked about it")
    await ann.send("We tried once at the lake and then never again")
    await ann.wait_for("keep that with your answer")
    await ann.send("once or twice")
    await ann.wait_for("What happened")


async def test_back_skip_and_cancel_are_answered_where_nothing_is_open(ann: Person) -> None:
    await begin(ann)
    await ann.send("/cancel")
    await ann.wait_for("Left here for now")
    for command in ("/back", "/skip", "/cancel"):
        await ann.send(command)
        await ann.wait_for("No question is open")


async def test_two_people_at_once_keep_apart(ann: Person, play: Playground) -> None:
    ben = play.person("Ben")
    await asyncio.gather(begin(ann), begin(ben, "A friend"))
    await asyncio.gather(ann.send("I want the harbour"), ben.send("I want the hills"))
    await asyncio.gather(*(p.wait_for("for them, what do you want") for p in (ann, ben)))
    assert "hills" not in str(ann)
    assert "harbour" not in str(ben)
    await ben.send("/back")
    assert "I want the hills" in (await ben.wait_for("Here it is again")).text


async def test_back_at_the_end_leads_to_the_last_question_and_its_answer(ann: Person) -> None:
    await begin(ann)
    await to_reasons(ann)
    await to_the_end(ann, word="K.")
    await ann.send("/back")
    shown = await ann.wait_for("look at this again")
    assert "No day" in shown.text
    await ann.press("Keep it as it is")
    await ann.wait_for("This stays here")


async def test_skip_and_cancel_at_the_end_say_that_nothing_is_lost(ann: Person) -> None:
    await begin(ann)
    await to_reasons(ann)
    await to_the_end(ann)
    await ann.send("/skip")
    await ann.wait_for("nothing to skip")
    await ann.send("/cancel")
    await ann.wait_for("nothing to leave")


async def test_back_long_after_the_end_opens_nothing_old(ann: Person, bot: TheBot) -> None:
    await begin(ann)
    await to_reasons(ann)
    await to_the_end(ann)
    bot.pass_time(timedelta(days=2))
    await ann.send("/back")
    await ann.wait_for("No question is open just now")
