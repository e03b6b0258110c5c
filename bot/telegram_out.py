"""Turns a screen into Bot API calls: HTML with everything escaped, pages, and a keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import Any
from unicodedata import category

from telegram.constants import InlineKeyboardButtonLimit, MessageLimit, ParseMode

from conversations.screen import Block, Button, Screen

#: UTF-16 units of one message after its entities were read.
UNITS = int(MessageLimit.MAX_TEXT_LENGTH)
#: A long quote folds, so that the question under it stays in sight.
FOLD_FROM = 320
DATA_LIMIT = int(InlineKeyboardButtonLimit.MAX_CALLBACK_DATA)
#: A label longer than this is shortened; a person's own word for a tie may be.
LABEL_SHOWN = 40
#: What is shown where somebody wrote only what cannot be seen.
UNSEEN = "…"
_BLANK_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"
_PARAGRAPH, _LINE = "\n\n", "\n"


def pages(screen: Screen) -> list[str]:
    """The screen's text as HTML, each page within a message's limit; at least one page."""
    done: list[str] = []
    html, used = "", 0
    before: Block | None = None
    if not shows(screen.text):
        # Telegram refuses a message in which nothing is to be seen, and then nobody is answered.
        screen = replace(screen, blocks=(*screen.blocks, Block(UNSEEN)))
    for block in screen.blocks:
        for piece in _pieces(block):
            size = units(piece.text)
            # What introduces a quote stands right above it.
            tied = before is not None and before.style != "plain" and piece.style == "quote"
            between = "" if before is None else _LINE if tied else _PARAGRAPH
            if html and used + len(between) + size > UNITS:
                done.append(html)
                html, used, between = "", 0, ""
            html += between + _html(piece)
            used += len(between) + size
            before = piece
    done.append(html)
    return done


def shows(text: str) -> bool:
    """Whether anything of the text can be seen."""
    return any(
        sign not in _BLANK_LETTERS and (sign.isalnum() or category(sign)[0] in "PS")
        for sign in text
    )


def units(text: str) -> int:
    """The length of a text as Telegram counts it, in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "replace")) // 2


def _pieces(block: Block) -> Iterator[Block]:
    if units(block.text) <= UNITS:
        yield block
        return
    for part in split(block.text, UNITS):
        yield Block(part, block.style)


def split(text: str, limit: int) -> Iterator[str]:
    """The text in parts of at most `limit` UTF-16 units that join to it code point for code point.

    A part ends after white space where there is some in its second half.
    """
    start = 0
    while start < len(text):
        end, used = start, 0
        while end < len(text):
            used += 2 if ord(text[end]) > 0xFFFF else 1
            if used > limit:
                break
            end += 1
        if end < len(text):
            space = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
            if space - start > (end - start) // 2:
                end = space + 1
        yield text[start:end]
        start = end


def _html(block: Block) -> str:
    text = escape(block.text, quote=False)
    match block.style:
        case "heading":
            return f"<b>{text}</b>"
        case "lead":
            return f"<i>{text}</i>"
        case "quote":
            folded = " expandable" if len(block.text) > FOLD_FROM else ""
            return f"<blockquote{folded}>{text}</blockquote>"
    return text


def keyboard(screen: Screen, row: int) -> dict[str, Any] | None:
    """The inline keyboard; each button knows the outbox row that shows it."""
    mark = base36(row)
    rows = [[_button(button, mark) for button in line] for line in screen.rows if line]
    return {"inline_keyboard": rows} if rows else None


def _button(button: Button, mark: str) -> dict[str, Any]:
    label = button.label
    if len(label) > LABEL_SHOWN:
        label = f"{label[: LABEL_SHOWN - 1]}…"
    if button.copy is not None:
        return {"text": label, "copy_text": {"text": button.copy}}
    data = f"{mark}|{button.press}"
    assert len(data.encode()) <= DATA_LIMIT
    return {"text": label, "callback_data": data}


def payload(html: str, markup: dict[str, Any] | None, *, protect: bool) -> dict[str, Any]:
    """The parameters that sending and editing a page share."""
    call: dict[str, Any] = {"text": html, "parse_mode": ParseMode.HTML}
    if markup is not None:
        call["reply_markup"] = markup
    if protect:
        call["protect_content"] = True
    return call


def base36(number: int) -> str:
    """A number in the fewest letters and digits."""
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits or "0"
