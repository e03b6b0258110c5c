"""The steps a flow is made of: frozen, strict models, one a verb; the verb is its first field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field

from conversations.conditions import Strict, When
from conversations.turn import PEOPLE


def _several(value: Any) -> Any:
    if isinstance(value, str):
        return (value,)
    return tuple(value) if isinstance(value, list) else value


def _several_each(value: Any) -> Any:
    return {key: _several(v) for key, v in value.items()} if isinstance(value, dict) else value


#: The readings that an answer points to: one, or several.
Readings = Annotated[tuple[str, ...], BeforeValidator(_several)]
#: By choice, the readings it points to.
Points = Annotated[Mapping[str, tuple[str, ...]], BeforeValidator(_several_each)]


class Block(Strict):
    """A paragraph of a `say`; a heading goes with its answer: without one, neither is shown.

    A list may stand in a `column` (1 or 2) of a picture, for a later `say` that `draws` this one.
    """

    text: str
    heading: str = ""
    column: Literal[0, 1, 2] = 0


class Step(Strict):
    """What every verb shares.

    `received` is said before the next question when words were written; `short` names the answer
    where it is looked at again. A step that `rests_under` marks is left out while one of them is in
    force; one that stands `under` marks is there only then, in the place of what rests. What is
    kept as a reason has the `direction` of the lean, unless the file says another.
    """

    when: When = ()
    rests_under: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    optional: bool = False
    received: str = ""
    short: str = ""
    keep: str | None = None
    direction: str = ""
    heard: Mapping[str, str] = Field(default_factory=dict)
    wording_for: Mapping[str, Mapping[str, Any]] = Field(default_factory=dict, alias="for")

    @property
    def verb(self) -> str:
        """The key that makes this step what it is."""
        return type(self).__name__.lower()

    def field(self, name: str, kind: str | None) -> Any:
        """A field's source wording for a kind of tie: the closest `[steps.x.for]`, or the plain."""
        if kind is not None:
            for kinds, wording in self.wording_for.items():
                named = kinds.replace(",", " ").split()
                if name in wording and (kind in named or ("people" in named and kind in PEOPLE)):
                    return wording[name]
        return getattr(self, name)


class Say(Step):
    """Says something and goes on; shown with the next question. `links` are commands to tap.

    One that `draws` an earlier `say` has the columns of it follow as a picture, once the talk ends.
    """

    say: str | tuple[Block, ...]
    links: Mapping[str, str] = Field(default_factory=dict)
    draws: str = ""


class Ask(Step):
    """Asks for words. `quick` answers are one tap, and full answers."""

    ask: str
    quick: tuple[str, ...] = ()
    points: Readings = ()


class Collect(Step):
    """Asks for one item a message, until it is done. `quick` items are one tap, on and off."""

    collect: str
    quick: tuple[str, ...] = ()


class Choose(Step):
    """Asks for one of several: choices of its own, or the items of a list or several (`from`).

    `rests` names the marks under which a choice is not offered, `only` the conditions under which
    it is. Words of one's own are an answer too where `own` names the choice that they stand with.
    """

    choose: str
    choices: Mapping[str, str] = Field(default_factory=dict)
    own: str = ""
    rests: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    only: Mapping[str, When] = Field(default_factory=dict)
    of: Annotated[tuple[str, ...], BeforeValidator(_several)] = Field(default=(), alias="from")
    points: Points = Field(default_factory=dict)


class Pick(Step):
    """Asks for any of several: choices of its own, or what `from` names.

    That is whole answers of earlier steps, the items of lists, what was said of each item, or
    `kept.<kind>`: words kept earlier.
    """

    pick: str
    choices: Mapping[str, str] = Field(default_factory=dict)
    rests: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    only: Mapping[str, When] = Field(default_factory=dict)
    of: tuple[str, ...] = Field(default=(), alias="from")
    points: Points = Field(default_factory=dict)


class Rate(Step):
    """Asks for a number from 1 to `scale`, both ends in words.

    Where it `stays`, its buttons stay below the next questions, and go on correcting it.
    """

    rate: str
    scale: int = Field(ge=2, le=10)
    ends: tuple[str, str]
    stays: bool = False
    points: Points = Field(default_factory=dict)


class Review(Step):
    """Shows earlier answers again, to keep or rewrite; `later` lets it come back another time.

    Where it was put off, the step named in `before` asks first whether to wait for it.
    """

    review: str
    of: tuple[str, ...]
    later: bool = False
    when_text: str = ""
    before: str | None = None


class Tie(Step):
    """Asks which tie this is about; silent where there is only one.

    Where it is asked of `several` only, it is silent where there is none as well.
    """

    tie: str
    which: str
    other: str
    several: bool = False


class Moment(Step):
    """Asks for a day, a time of day or a length of time.

    `options` are the ones on buttons: "07:30" for a time, "20m", "1h", "2w" for a length,
    "tomorrow" or "month" for a day. A day or a length may come back when it is over (`remind`), a
    time may come `daily`: what of. A time `on` the day that an earlier step asked for comes back
    then, and is asked for only where there is such a day.
    """

    moment: str
    of: Literal["day", "time", "length"]
    options: tuple[str, ...] = ()
    remind: bool = False
    on: str = ""
    daily: Literal["", "affirmation", "check_in"] = ""


class Wait(Step):
    """Lets time go by, and comes back: `length` is one, or the step that asked for one."""

    wait: str
    length: str


class Breathe(Step):
    """One message that breathes in and out, `turns` times; a tap or words go on at any time."""

    breathe: str
    turns: int = Field(default=3, ge=1, le=12)


class Compose(Step):
    """Puts answers in words together as one text: to read, edit part by part, copy, and keep.

    With `notice`, words in it that are often heard as blame are pointed at, never changed.
    """

    compose: str
    of: tuple[str, ...]
    notice: bool = False


class Offer(Step):
    """Ends the talk and offers where to go from here: flows and commands."""

    offer: tuple[str, ...]
    say: str = ""


AnyStep = (
    Say | Ask | Collect | Choose | Pick | Rate | Review | Tie | Moment | Wait | Breathe | Compose
) | Offer
MODELS: Mapping[str, type[Step]] = {model.__name__.lower(): model for model in get_args(AnyStep)}
#: Every verb, in the order in which an editor is told of them.
VERBS = tuple(MODELS)
