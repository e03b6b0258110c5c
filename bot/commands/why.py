"""/why: a person's own saved reasons, given back to them; one of their lists.

Its buttons from before there were other lists still do what they did: `why:page:OF.N`,
`why:index:OF`, `why:random`, `why:add`, `why:search`, `why:undo`, and `why:open:ID`, `why:edit:ID`,
`why:up:ID`, `why:down:ID`, `why:remove:ID`.
"""

from __future__ import annotations

from bot.commands import lists
from bot.commands.keeping import REASON
from bot.commands.list_kinds import KINDS
from bot.visit import Visit


async def show(visit: Visit) -> None:
    """The reasons, the newest on top unless they were put in another order."""
    await lists.show(visit, KINDS[REASON])


async def tapped(visit: Visit, action: str, value: str, rest: str) -> None:
    """A button of /why from before."""
    of_the_list = action in lists.OF_A_LIST
    await lists.tapped(visit, action, f"{REASON}.{value}" if of_the_list else value, rest)
