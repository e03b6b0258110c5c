"""Ways to a person's lists that many tests take."""

from bot.playground.client import Person, Shown
from tests.rare import typed

from .walks import begin, has

NAMES = [
    "Boundaries",
    "Needs",
    "People",
    "Growth",
    "Plan",
    "Letters",
    "Lessons",
    "Thanks",
]
TREES = ("alder", "birch", "cedar")


async def open_list(person: Person, name: str) -> Shown:
    """A list by its name in /lists."""
    await person.send("/lists")
    await person.wait_for("Your lists")
    await person.press(name)
    return await person.wait_for(has("Add"))


async def fill(person: Person, name: str, *texts: str) -> Shown:
    """Items one after the other; then the page with the last of them."""
    await open_list(person, name)
    await person.press("Add")
    await person.wait_for("message")
    for text in texts:
        await person.send(typed(text) if len(text) > 12 else text)
        await person.wait_for("Kept")
    await person.press("Done")
    return await person.wait_for(has("Search"))


async def opened(person: Person, name: str, number: int) -> Shown:
    """An item of the first page, alone."""
    await open_list(person, name)
    await person.press(str(number))
    return await person.wait_for(has("Remove"))


def order(shown: Shown, *words: str) -> list[str]:
    """Which of these lines stand in a message, in the order in which they do."""
    return [line for line in shown.text.splitlines() if line in words]


async def two_ties(person: Person) -> None:
    """Someone with a partner and, at hand, a friend."""
    await begin(person)
    await person.send("/reflect")
    await person.wait_for(has("Begin anew"))
    for label, then in (
        ("Begin anew", "About: "),
        ("Not this one", "Which one"),
        ("Something else", "Who or what"),
        ("A friend", "safe to speak"),
        ("Yes", "What do you really want"),
    ):
        await person.press(label)
        await person.wait_for(then)
