"""What stands on the bot's own page is set at the start, neutral, and not set twice."""

import re

from bot.playground.client import Playground

from .conftest import TheBot

#: What nobody who looks at the phone should read about its owner.
TELLING = r"leav|stay|relation|partner|breakup|abus|danger|safe|divorc|decid|marriage|door|goodbye"


def _set(play: Playground) -> list[str]:
    return [call.method for call in play.calls if call.method.startswith("setMy")]


async def test_the_name_the_descriptions_and_the_menu_are_neutral_and_set_once(
    play: Playground, bot: TheBot
) -> None:
    await play.called(lambda call: call.method == "setMyShortDescription", ever=True)
    settings = play.world.settings
    texts = [settings[what][""] for what in ("description", "short_description")]
    menu = play.menu(play.person("Ann").id)
    for text in (*texts, *menu.values(), str(play.world.bot["first_name"])):
        assert text
        assert not re.search(TELLING, text.casefold()), text
    assert "setMyName" not in _set(play)  # it is called that already
    play.calls.clear()
    await bot.restart()
    await play.called(lambda call: call.method == "getMyShortDescription", ever=True)
    assert _set(play) == ["setMyCommands"]
