"""Ways through the bot that many tests take: agreeing, the first questions, a whole talk."""

from collections.abc import Callable

from bot.playground.client import Person, Shown
from tests.rare import typed

WANTS = (
    typed("I want mornings without dread"),
    typed("That they sleep well"),
    typed("Plain words between us"),
)


def has(label: str) -> Callable[[Shown], bool]:
    """A message with that button."""
    return lambda shown: any(label in row for row in shown.buttons)


async def agree(person: Person) -> Shown:
    """From nothing to the four doors."""
    await person.send("/start")
    await person.wait_for("Nothing is kept before you agree")
    await person.press("I agree")
    return await person.wait_for("closest today")


async def to_first_question(person: Person, kind: str = "A partner") -> Shown:
    """From the doors to the first of the three questions; `kind` is a person."""
    await person.press("I am deciding")
    await person.wait_for("no hurry")
    await person.press(kind)
    await person.wait_for("safe to speak")
    await person.press("Yes")
    return await person.wait_for("What do you really want?")


async def begin(person: Person, kind: str = "A partner") -> Shown:
    """From nothing to the first of the three questions."""
    await agree(person)
    return await to_first_question(person, kind)


async def answer_wants(person: Person, wants: tuple[str, str, str] = WANTS) -> Shown:
    """The first question's three parts; then the second look is offered."""
    await person.send(wants[0])
    await person.wait_for("for them, what do you want")
    await person.send(wants[1])
    await person.wait_for("between you")
    await person.send(wants[2])
    return await person.wait_for("in the heat")


async def to_reasons(
    person: Person, wants: tuple[str, str, str] = WANTS, lean: str = "Pause"
) -> Shown:
    """From the first question to which of the sentences become reasons."""
    await answer_wants(person, wants)
    await person.press("Now")
    await person.wait_for(has("Keep all of it"))
    await person.press("Keep all of it")
    await person.wait_for("gets things wrong")
    await person.press("Skip")
    await person.wait_for("talked about it")
    await person.press("Never")
    await person.wait_for("unsaid")
    await person.send("Most of it")
    await person.wait_for("purpose you share")
    await person.press("No")
    await person.wait_for("Whom else")
    await person.press("Skip")
    await person.wait_for("yours to give")
    await person.press("Skip")
    await person.wait_for("yours to draw")
    await person.press("Skip")
    await person.wait_for("lean today")
    await person.press(lean)
    await person.wait_for("How clear")
    await person.press("3")
    return await person.wait_for("reasons to remember")


async def to_the_end(
    person: Person, picked: str = "1", word: str | None = None, again: str = "No day"
) -> Shown:
    """From the reasons to the end; `picked` as it is typed."""
    await person.send(picked)
    await person.wait_for(lambda shown: "☑" in str(shown.buttons))
    await person.press("Done")
    await person.wait_for("What word")
    if word is None:
        await person.press("Skip")
    else:
        await person.send(word)
    await person.wait_for("look at this again")
    await person.press(again)
    return await person.wait_for("This stays here")


async def add_reason(person: Person, text: str) -> Shown:
    """One more reason, by way of /why."""
    await person.send("/why")
    await person.wait_for(has("Add"))
    await person.press("Add")
    await person.wait_for("own words")
    await person.send(typed(text) if len(text) > 12 else text)
    return await person.wait_for("Kept.")


async def reasons(person: Person) -> Shown:
    """The first page of /why."""
    await person.send("/why")
    return await person.wait_for("Your reasons")
