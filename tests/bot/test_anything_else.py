"""What else people send: words nobody asked for, pictures, places, groups; and going away."""

from bot.playground.client import Person, Playground
from tests.playground.pictures import PNG

from .conftest import TheBot
from .walks import agree, answer_wants, begin, has, to_reasons, to_the_end


async def test_words_while_nothing_is_asked_are_held_until_it_is_said_what_they_are(
    ann: Person, bot: TheBot
) -> None:
    await agree(ann)
    await ann.send("The house was quiet today")
    await ann.wait_for("I hold what you wrote")
    await ann.send("/help")
    await ann.wait_for("First, a person")
    await bot.restart()
    await ann.send("/today")
    await ann.wait_for("The house was quiet today")
    await ann.press("A reason to keep")
    await ann.wait_for("Kept.")
    await ann.send("/why")
    await ann.wait_for("The house was quiet today")
    await ann.send("/today")
    assert "no question was open" not in (await ann.wait_for("Today")).text


async def test_an_old_let_it_go_takes_nothing_that_came_later(ann: Person) -> None:
    await agree(ann)
    await ann.send("one")
    first = await ann.wait_for("I hold what you wrote")
    await ann.send("two")
    await ann.wait_for("I hold what you wrote")
    await ann.press("Nothing, let it go", on=first)
    shown = await ann.wait_for("while no question was open")
    assert "one\ntwo" in shown.text
    await ann.press("Nothing, let it go", on=shown)
    await ann.wait_for("Let go.")


async def test_an_unknown_command_is_answered_and_changes_nothing(ann: Person) -> None:
    await begin(ann)
    await ann.send("/xyzzy please")
    await ann.wait_for("I do not know that one")
    await ann.send("Room to breathe")
    await ann.wait_for("for them, what do you want")


async def test_pictures_voices_stickers_files_and_places_change_nothing(ann: Person) -> None:
    await begin(ann)
    for kind in ("photo", "voice", "sticker", "document"):
        await ann.send_file(kind, PNG, caption="" if kind == "sticker" else "look")
        await ann.wait_for("I can only read words here")
    await ann.send_location(59.9, 10.7)
    await ann.wait_for("I cannot look up places just now")
    await ann.send_content({"dice": {"emoji": "🎲", "value": 3}})
    await ann.wait_for("I can only read words here")
    await ann.send("Room to breathe")
    await ann.wait_for("for them, what do you want")


async def test_a_caption_is_listened_to(ann: Person) -> None:
    await agree(ann)
    await ann.send_file("photo", PNG, caption="he hits me and I am scared of him")
    await ann.wait_for("I believe you")
    await ann.send("/today")
    await ann.wait_for("while no question was open")
    await ann.press("Show it")
    await ann.wait_for("he hits me")


async def test_a_group_is_left_with_a_polite_word(ann: Person, play: Playground) -> None:
    group = await ann.bring_to_group("Family")
    await play.called(lambda call: call.method == "leaveChat", ever=True)
    texts = [message["text"] for message in group.messages.values() if "text" in message]
    assert any("one person" in text for text in texts)


async def test_someone_who_blocked_and_comes_back_goes_on_where_they_were(
    ann: Person, play: Playground
) -> None:
    await begin(ann)
    await ann.send("Room to breathe")
    await ann.wait_for("for them, what do you want")
    await ann.block()
    await play.polled()
    await ann.unblock()
    await ann.send("They may rest")
    await ann.wait_for("between you")


async def test_someone_who_blocks_holds_up_nobody(ann: Person, play: Playground) -> None:
    ben = play.person("Ben")
    await begin(ann)
    await ann.send("Room to breathe")
    await ann.block()
    await begin(ben)


async def test_markup_in_words_is_only_words(ann: Person) -> None:
    await begin(ann)
    words = "<b>never</b> &amp; </blockquote> {answers.want_self} *x* _y_ `z`"
    await ann.send(words)
    await ann.wait_for("for them, what do you want")
    await ann.send("/back")
    shown = await ann.wait_for("Here it is again")
    assert words in shown.text
    assert all(e["type"] != "bold" or e["offset"] < 80 for e in shown.raw["entities"])


async def test_answers_of_4000_characters_stand_whole_in_the_summary_in_pages(
    ann: Person,
) -> None:
    await begin(ann)
    first, second, third = (" ".join(f"{letter}{n:04d}" for n in range(660)) for letter in "abc")
    await to_reasons(ann, (first, second, third))
    await to_the_end(ann)
    summary = ann.messages[-8:]
    told = " ".join(message.text for message in summary if not message.mine)
    for words in (first, second, third):
        assert set(words.split()) <= set(told.split())
    assert all(len(message.text) <= 4096 for message in ann.messages)


async def test_help_waits_beside_a_reason_that_is_being_written(ann: Person) -> None:
    await agree(ann)
    await ann.send("/why")
    await ann.wait_for(has("Add"))
    await ann.press("Add")
    await ann.wait_for("own words")
    await ann.send("/help")
    await ann.wait_for("First, a person")
    await ann.send("alder")
    await ann.wait_for("Kept.")


async def test_help_is_there_after_hiding_and_at_the_clock_question(ann: Person) -> None:
    await begin(ann)
    await ann.send("/hide")
    await ann.until(lambda person: not person.messages)
    await ann.send("/help")
    await ann.wait_for("First, a person")
    await ann.press("Go on")
    await ann.wait_for("What do you really want")
    await answer_wants(ann)
    await ann.press("This evening")
    await ann.wait_for("what does your clock show")
    await ann.send("/help")
    await ann.wait_for("First, a person")
    await ann.send("14:20")
    await ann.wait_for("gets things wrong")
