"""How one item of a list looks: whole, with all that is known of it and all that can be done."""

from __future__ import annotations

from bot.commands import list_dates, list_facts
from bot.commands.keeping import REASON
from bot.commands.list_items import EVERYTHING
from bot.commands.list_kinds import KINDS, is_done
from bot.commands.list_screens import all_button, day_name, part_of, tie_name
from bot.commands.minding import BOUNDARY, MINDS
from bot.commands.resting import rests, tie_rests, unsafe_now
from bot.person import Keepsake, from_ms
from bot.telegram_out import base36
from bot.visit import Visit
from conversations.letters import fits_a_button
from conversations.screen import Block, Button, Screen, arrange
from conversations.wording import say


def one_screen(visit: Visit, item: Keepsake, of: str = EVERYTHING, *, note: str = "") -> Screen:
    """One item whole, with where it comes from; `note` is the key of what is said first."""
    kind, place = KINDS[item.kind], f"{base36(item.id)}.{of}"
    blocks = [Block(visit.phrase(note))] if note else []
    blocks += [Block(item.text, "quote"), Block(_origin(visit, item), "lead")]
    facts = list_facts.Facts(visit, item)
    blocks += facts.told()
    if is_done(item):
        blocks.append(Block(visit.phrase(f"lists.told_done_{kind.id}")))
    blocks += list_dates.told(visit, item)
    buttons = []
    if kind.copied and not unsafe_now(visit, visit.person.ties.get(item.tie or 0)):
        # Under a mark a letter can be read here; handing it over is not offered.
        short = fits_a_button(item.text)
        blocks += [Block(visit.phrase("composing.stays"), "lead")] if short else []
        press = "" if short else f"list:copy:{place}"
        buttons.append(Button(visit.phrase("composing.copy"), press, item.text if short else None))
    if kind.ticks:
        name = "untick" if is_done(item) else "tick"
        buttons.append(visit.button(f"lists.{name}_{kind.id}_button", f"list:tick:{place}"))
    buttons += list_facts.buttons(facts, of, visit)
    buttons += list_dates.buttons(visit, item, of)
    buttons += [
        visit.button(f"lists.{name}_button", f"list:{name}:{place}")
        for name in ("up", "down", "top", "edit", "remove")
    ]
    buttons += [*_mind_button(visit, item, place), *_rest_buttons(visit, item, place)]
    back = all_button(visit, kind, of)
    return Screen(tuple(blocks), (*arrange(buttons), (back,)), protect=True)


def _mind_button(visit: Visit, item: Keepsake, place: str) -> list[Button]:
    """The check-in may ask about one boundary of a tie; not offered while that must rest."""
    tie = visit.person.ties.get(item.tie or 0)
    if item.kind != BOUNDARY or tie is None or rests(visit, item) or unsafe_now(visit, tie):
        return []
    action = "unmind" if tie.facts.get(MINDS) == str(item.id) else "mind"
    return [visit.button(f"lists.{action}_button", f"list:{action}:{place}")]


def _rest_buttons(visit: Visit, item: Keepsake, place: str) -> list[Button]:
    """A reason can be put to rest; what rests can be taken up, where need be with its tie."""
    if tie_rests(visit, item.tie):
        return [visit.button("lists.tie_button", f"tie:one:{item.tie}")]
    if item.rests:
        return [visit.button("lists.wake_button", f"list:wake:{place}")]
    return [visit.button("lists.rest_button", f"list:rest:{place}")] if item.kind == REASON else []


def _origin(visit: Visit, item: Keepsake) -> str:
    """Its day, exercise, part, tie and, of a reason, its direction."""
    day = visit.person.local(from_ms(item.at)).date()
    parts = [day_name(visit, day.isoformat())]
    if flow := visit.house.library.flows.get(item.flow):
        parts.append(say(f"{flow.id}.title", flow.title, visit.language))
    if part := part_of(visit, item):
        parts.append(part)
    if name := tie_name(visit, str(item.tie)):
        parts.append(name)
    if item.kind == REASON:
        parts.append(visit.phrase(f"lists.direction_{item.direction}"))
    if rests(visit, item):
        parts.append(visit.phrase("lists.rests"))
    return " · ".join(parts)
