"""A window stays clickable for ever: old buttons, double taps, and data that nobody was sent."""

import pytest

from bot.playground.client import Person, Playground

from .conftest import TheBot
from .walks import add_reason, begin, to_reasons, to_the_end

FORGED = [
    "",
    "|",
    "0|",
    "zz|t:1:want_self:q.0",
    "0|t:99:want_self:q.0",
    "0|t:1:nowhere:yes",
    "0|t:1:want_self:nothing",
    "0|t:1:want_self:_sky",
    "0|t:x:y:z",
    "0|t",
    "0|talk:open:99",
    "0|talk:drop:99",
    "0|talk:drop:1.abc",
    "0|talk:anew:nothing",
    "0|talk:look:1",
    "0|talk:misread:en.hit",
    "0|talk:fly",
    "0|due:second_look:7:second_look",
    "0|due:look_again:7:again",
    "0|start:again",
    "0|start:agree:nothing",
    "0|door:elsewhere",
    "0|cmd:nothing",
    "0|help:country:XX",
    "0|help:page:99999999",
    "0|help:page:²",
    "0|care:joy:yes",
    "0|care:self_harm:never",
    "0|why:open:zzzz",
    "0|why:page:x.y",
    "0|why:page:0.-1",
    "0|why:page:f.2",
    "0|why:index:7",
    "0|why:undo",
    "0|why:fly:1",
    "0|list:page:plan.0.1",
    "0|list:page:plan.99.99999999",
    "0|list:page:sky.0.1",
    "0|list:index:plan.0",
    "0|list:random:plan",
    "0|list:again:note.x",
    "0|list:open:zzzz.0",
    "0|list:told:zzzz.0.met.met",
    "0|list:undo:plan.zz",
    "0|list:²",
    "0|list:at:zz.0.2030-99-99.2561",
    "0|steps:show:99",
    "0|steps:go:sky.1",
    "0|steps:go:²",
    "0|steps:open:sky.x",
    "0|quiet:until.9999-12-31",
    "0|forget:yes:000000",
    "0|forget:maybe",
    "0|loose:keep:1",
    "0|loose:drop:x",
    "0|clock:--5",
    "0|clock:²",
    "0|clock:9999999",
    "0|look:week:0001-01-01",
    "0|due:open:zzzzzzzzzzzzz.1",
    "0|nobody:knows",
    "no bar at all",
    "\u202e|\u0000:::",
    "é" * 32,
    "x" * 64,
]


async def test_forged_data_is_answered_and_changes_no_answer(
    ann: Person, bot: TheBot, play: Playground
) -> None:
    await begin(ann)
    await ann.send("Room to breathe")
    await ann.wait_for("for them, what do you want")
    for data in FORGED:
        number = await ann.press_data(ann.last.id, data)
        await play.called(
            lambda call, number=number: (  # type: ignore[misc]
                call.method == "answerCallbackQuery" and call.params["callback_query_id"] == number
            ),
            ever=True,
        )
    said = "\n".join(message.text for message in ann.messages if not message.mine)
    assert "went wrong" not in said
    await ann.send("/cancel")
    await ann.wait_for("Left here for now")
    await ann.press("Go on")
    await ann.wait_for("for them, what do you want")
    await ann.send("/back")
    assert "Room to breathe" in (await ann.wait_for("Here it is again")).text


async def test_someone_elses_buttons_open_nothing_of_theirs(
    ann: Person, bot: TheBot, play: Playground
) -> None:
    ben = play.person("Ben")
    await begin(ann)
    await ann.send("/cancel")
    await ann.wait_for("Left here")
    await add_reason(ann, "because of the narwhal")
    await ann.send("/why")
    shown = await ann.wait_for("narwhal")
    await begin(ben)
    for message in ann.messages:
        for row in message.keys:
            for key in row:
                if "forget" not in key["callback_data"]:
                    await ben.press_data(ben.last.id, key["callback_data"])
    await play.polled()
    await ben.send("/why")
    await ben.wait_for("No reason is kept yet")
    assert "narwhal" not in str(ben)
    assert "narwhal" in shown.text


async def test_a_double_tap_moves_on_once(ann: Person) -> None:
    await begin(ann)
    shown = ann.last
    data = shown.data_of("Nothing")
    assert data is not None
    await ann.press_data(shown.id, data)
    await ann.press_data(shown.id, data)
    await ann.wait_for("for them, what do you want")
    await ann.send("They may rest")
    await ann.wait_for("between you")
    assert any("further along" in toast for toast in ann.toasts)


async def test_buttons_of_every_kind_still_answer_weeks_later(
    ann: Person, bot: TheBot, play: Playground
) -> None:
    await begin(ann)
    await to_reasons(ann)
    await to_the_end(ann, again="In a week")
    await ann.wait_for("what does your clock show")
    await ann.press("Rather not say")
    await ann.wait_for("by that clock")
    await add_reason(ann, "alder")
    for command in ("/why", "/today", "/help", "/start", "/forget", "/about", "/reflect"):
        await ann.send(command)
        await ann.reply()
    old = [
        (message.id, key["callback_data"])
        for message in ann.messages
        for row in message.keys
        for key in row
        if "hide" not in key["callback_data"]
    ]
    await bot.restart()
    for message_id, data in old:
        number = await ann.press_data(message_id, data)
        await play.called(
            lambda call, number=number: (  # type: ignore[misc]
                call.method == "answerCallbackQuery" and call.params["callback_query_id"] == number
            ),
            ever=True,
        )
    said = "\n".join(message.text for message in ann.messages if not message.mine)
    assert "went wrong" not in said
    assert bot.tables()["people"] == 1


@pytest.mark.parametrize("typed", ["nothing", "NOTHING", " Nothing. "])
async def test_a_quick_answer_can_be_typed(ann: Person, typed: str) -> None:
    await begin(ann)
    await ann.send(typed)
    await ann.wait_for("for them, what do you want")


async def test_labels_of_screens_beside_a_talk_can_be_typed(ann: Person) -> None:
    await begin(ann)
    await ann.send("/help")
    await ann.wait_for("First, a person")
    await ann.send("choose a country")
    await ann.wait_for("Which country")
    await ann.send("go on")
    await ann.wait_for("What do you really want")


async def test_every_screen_beside_a_talk_has_a_way_back_to_it(ann: Person) -> None:
    await begin(ann)
    for words in ("/why", "/today", "/help", "/start", "/forget", "/about", "/nonsense"):
        await ann.send(words)
        await ann.reply()
        await ann.press("Go on", on=ann.last)
        await ann.wait_for("What do you really want")
