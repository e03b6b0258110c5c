"""What a person chose about their lines: the themes, how true they feel, what was left out.

Presses: `affirm:themes`, `affirm:theme:THEME.1` and `.0`, `affirm:true_ask`, `affirm:felt:N`,
`affirm:felt:none`, `affirm:all_back`.
"""

from __future__ import annotations

from bot import planning
from bot.commands.affirm_morning import KIND, when
from bot.commands.affirm_practice import (
    Practice,
    choose_themes,
    felt_now,
    resting_under,
    theme_title,
)
from bot.visit import Visit
from conversations.affirmations import FELT_TRUE
from conversations.screen import Block, Button, Screen, arrange

_ON, _OFF = "☑ ", "☐ "
#: How true such lines feel: not at all, to quite.
SCALE = range(1, 6)


async def show(visit: Visit) -> None:
    """What is chosen now, and all that can be changed about it."""
    practice = Practice.of(visit.person)
    made = await planning.daily(visit, KIND) if await planning.is_on(visit, KIND) else None
    mornings = (
        visit.phrase("affirm.comes", when=when(visit, made))
        if made is not None
        else visit.phrase("affirm.comes_not")
    )
    titles = ", ".join(theme_title(visit, theme) for theme in _chosen(visit, practice))
    said = [mornings, visit.phrase("affirm.about", themes=titles or visit.phrase("affirm.all"))]
    if practice.felt is not None:
        said.append(visit.phrase("affirm.felt", number=str(practice.felt)))
    hour = "affirm.morning_button" if made is None else "affirm.hour_button"
    buttons = [
        visit.button("affirm.now_button", "affirm:now"),
        visit.button("affirm.own_button", "affirm:own:1"),
        visit.button("affirm.themes_button", "affirm:themes"),
        visit.button(hour, "affirm:morning"),
    ]
    if made is not None:
        buttons.append(visit.button("affirm.skip_button", "affirm:skip"))
        buttons.append(visit.button("affirm.off_button", "affirm:off"))
    buttons.append(visit.button("affirm.true_ask_button", "affirm:true_ask"))
    if practice.untrue:
        said.append(visit.phrase("affirm.out_count", number=str(len(practice.untrue))))
        buttons.append(visit.button("affirm.all_back_button", "affirm:all_back"))
    heading = Block(visit.phrase("affirm.title"), "heading")
    visit.show(Screen((heading, Block("\n".join(said))), arrange(buttons), protect=True))


def tapped(visit: Visit, action: str, value: str) -> bool:
    """A button of these; false where it is none."""
    match action, value:
        case "themes", _:
            _themes(visit, Practice.of(visit.person))
        case "theme", _:
            theme, _, on = value.partition(".")
            chosen = set(Practice.of(visit.person).themes) - {theme}
            _themes(visit, choose_themes(visit, chosen | {theme} if on == "1" else chosen))
        case "true_ask", _:
            visit.show(how_true_screen(visit))
        case "felt", "none":
            visit.say("affirm.felt_none", visit.button("affirm.now_button", "affirm:now"))
        case "felt", number if number in map(str, SCALE):
            _felt(visit, int(number))
        case "all_back", _:
            Practice.of(visit.person).but(untrue=()).store(visit)
            visit.say("affirm.all_back", visit.button("affirm.now_button", "affirm:now"))
        case _:
            return False
    return True


def _chosen(visit: Visit, practice: Practice) -> list[str]:
    return [t for t in visit.house.library.affirmations.themes if t in practice.themes]


def _themes(visit: Visit, practice: Practice) -> None:
    """The themes to choose from; those that rest as a whole are not offered just now."""
    marks = resting_under(visit)
    buttons = []
    for theme in visit.house.library.affirmations.themes.values():
        if marks.isdisjoint(theme.rests_under):
            on = theme.id in practice.themes
            label = (_ON if on else _OFF) + theme_title(visit, theme.id)
            buttons.append(Button(label, f"affirm:theme:{theme.id}.{0 if on else 1}"))
    last = arrange(
        [
            visit.button("affirm.now_button", "affirm:now"),
            visit.button("affirm.back_button", "affirm:more"),
        ]
    )
    question = Block(visit.phrase("affirm.ask_themes"))
    visit.show(Screen((question,), (*((b,) for b in buttons), *last), protect=True))


# --- how true they feel ---


def how_true_screen(visit: Visit, *, anew: bool = False) -> Screen:
    """The question, answered in one tap, or not at all."""
    numbers = tuple(Button(str(n), f"affirm:felt:{n}") for n in SCALE)
    none = (visit.button("affirm.felt_none_button", "affirm:felt:none"),)
    question = Block(visit.phrase("affirm.ask_felt"))
    return Screen((question,), (numbers, none), protect=True, anew=anew)


def _felt(visit: Visit, number: int) -> None:
    """From here on the form follows."""
    practice = Practice.of(visit.person).but(felt=number, asked_at=visit.now_ms).store(visit)
    plain = number >= FELT_TRUE and felt_now(visit, practice) is not None
    visit.say(
        "affirm.felt_plain" if plain else "affirm.felt_gentle",
        visit.button("affirm.now_button", "affirm:now"),
        visit.button("affirm.more_button", "affirm:more"),
    )
