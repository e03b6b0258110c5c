"""What people would use instead: ConversationHandler with PicklePersistence, as documented.

The same questions with the same buttons, asked by python-telegram-bot's `Application` through
`run_polling`; everything is left as the library's pages show it. It reads the same settings as
the bot beside it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NamedTuple

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

BACK = [("Back", "_back"), ("Later", "_rest")]
SKIP = [("Back", "_back"), ("Skip", "_skip"), ("Later", "_rest")]
WELCOME = (
    "A quiet place to think when you have one foot out of the door: of a person, a job, a place, "
    "an older you. It never says what to do.\nI am a program. Nobody reads along, and I am no "
    "emergency service.\nWhat you write is kept.\nNothing is kept before you agree."
)


class Question(NamedTuple):
    """A step: its name in buttons, what is asked, and rows of (label, choice)."""

    name: str
    text: str
    rows: list[list[tuple[str, str]]]


NOTHING = [[("Nothing", "q.0")], BACK]
TIES = ["Partner", "Parent", "Child", "Relative", "Friend", "Colleague", "Group", "Job", "Place"]
YES_NO = [[("Yes", "yes"), ("I am not sure", "unsure"), ("No", "no")], BACK]

QUESTIONS = [
    Question(
        "about",
        "Who or what do you stand in the door of?",
        [*([(tie, f"new.{tie.lower()}")] for tie in TIES), BACK],
    ),
    Question("safe", "Is it safe to speak your mind with them?", YES_NO),
    Question("want_self", "<b>1 of 3</b>\n\nFor yourself, first. What do you want?", NOTHING),
    Question("want_them", "That is written down. And for them, what do you want?", NOTHING),
    Question("want_between", "And for what is between you?", NOTHING),
    Question(
        "second_look",
        "The first answers often come in the heat. You can look at yours once more.",
        [[("Now", "now"), ("This evening", "tonight"), ("Tomorrow", "tomorrow")], BACK],
    ),
    Question("second_look", "Your answers, once more:", [[("Keep all of it", "keep")], BACK]),
    Question("fallible", "Can you see them as a person who gets things wrong too?", [SKIP]),
    Question(
        "talked",
        "<b>2 of 3</b>\n\nHave you talked about it with them?",
        [[("Never", "never")], [("Once or twice", "once")], [("Many times", "many")], BACK],
    ),
    Question("unsaid", "What has gone unsaid so far?", [BACK]),
    Question("purpose", "<b>3 of 3</b>\n\nIs there a purpose you share?", YES_NO),
    Question("named", "What is it, in your own words?", [SKIP]),
    Question("shape", "Could it be kept in another shape?", [[("No", "q.0")], SKIP]),
    Question("touches", "Whom else does this touch?", [[("Nobody else", "q.0")], SKIP]),
    Question("give", "What is yours to give here?", [[("Nothing more", "q.0")], SKIP]),
    Question("line", "And what line is yours to draw?", [SKIP]),
    Question(
        "lean",
        "Where do you lean today?",
        [[("Stay", "staying"), ("Pause", "pausing")], [("Leave", "leaving")], BACK],
    ),
    Question(
        "clear",
        "How clear is it now? 1 is fog, 5 is clear.",
        [[(str(n), str(n)) for n in range(1, 6)], BACK],
    ),
    Question("reasons", "Which of your own sentences are reasons to remember?", [BACK]),
    Question("word", "What word shall I use for this one?", [SKIP]),
    Question("again", "Would you like to look at this again?", [[("In a week", "week")], SKIP]),
]
REASONS = next(n for n, question in enumerate(QUESTIONS) if question.name == "reasons")
SUMMARY = len(QUESTIONS)
OWN_WORDS = ("want_self", "want_them", "unsaid", "named", "give", "line")
AGREE, DOOR = 100, 101  # states beside the places of the questions

Context = ContextTypes.DEFAULT_TYPE


def _keyboard(name: str, rows: list[list[tuple[str, str]]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(label, callback_data=f"t:{name}:{to}") for label, to in row]
            for row in rows
        ]
    )


def _answers(context: Context) -> dict[str, Any]:
    assert context.user_data is not None
    return context.user_data


async def _show(update: Update, text: str, markup: InlineKeyboardMarkup | None) -> None:
    if update.callback_query is not None:
        await update.callback_query.edit_message_text(text, parse_mode="HTML", reply_markup=markup)
    elif update.message is not None:
        await update.message.reply_html(text, reply_markup=markup)


async def _ask(update: Update, context: Context, place: int) -> int:
    """Show the step at this place; the place is the conversation's state."""
    answers = _answers(context)
    if place == SUMMARY:
        lines = [f"<b>{name}</b>\n{answer}" for name, answer in answers.items() if name != "kept"]
        text = "What you wrote today, in your own words.\n\n" + "\n\n".join(lines)
        await _show(update, text, _keyboard("end", [[("Read my reasons", "cmd:why")]]))
        return ConversationHandler.END
    question = QUESTIONS[place]
    text, rows = question.text, question.rows
    if place == REASONS:
        own = [name for name in OWN_WORDS if name in answers]
        kept = answers.setdefault("kept", [])
        text += "\n\n" + "\n".join(f"{n}. {answers[name]}" for n, name in enumerate(own, 1))
        marks = ["☑" if name in kept else "☐" for name in own]
        buttons = [
            (f"{mark} {n}", f"x.{name}")
            for n, (mark, name) in enumerate(zip(marks, own, strict=True), 1)
        ]
        rows = [buttons, [("Done", "done")], *rows]
    elif question.rows[0][0][1] == "keep":
        text += "\n\n" + "\n".join(str(answers.get(name, "")) for name in OWN_WORDS[:2])
    await _show(update, text, _keyboard(question.name, rows))
    return place


async def start(update: Update, context: Context) -> int:
    """/start: the welcome."""
    _answers(context).clear()
    agree = InlineKeyboardButton("I agree", callback_data="start:agree")
    await _show(update, WELCOME, InlineKeyboardMarkup([[agree]]))
    return AGREE


async def agreed(update: Update, _: Context) -> int:
    """The welcome was agreed to."""
    assert update.callback_query is not None
    await update.callback_query.answer()
    doors = {"deciding": "I am deciding", "staying": "I am staying", "afterwards": "Afterwards"}
    rows = [[InlineKeyboardButton(text, callback_data=f"door:{to}")] for to, text in doors.items()]
    await _show(update, "What is closest today?", InlineKeyboardMarkup(rows))
    return DOOR


async def door(update: Update, context: Context) -> int:
    """A need was named: the first question."""
    assert update.callback_query is not None
    await update.callback_query.answer()
    return await _ask(update, context, 0)


def _tapped(place: int) -> CallbackQueryHandler[Context, Any]:
    async def handle(update: Update, context: Context) -> int:
        query = update.callback_query
        assert query is not None
        assert query.data is not None
        await query.answer()
        choice = query.data.rpartition(":")[2]
        answers = _answers(context)
        if place == REASONS and choice != "done":
            answers["kept"] = sorted({*answers["kept"]} ^ {choice.removeprefix("x.")})
            return await _ask(update, context, place)
        if place != REASONS:
            answers[QUESTIONS[place].name] = choice
        return await _ask(update, context, place + 1)

    return CallbackQueryHandler(handle, pattern=f"^t:{QUESTIONS[place].name}:")


def _said(place: int) -> MessageHandler[Context, Any]:
    async def handle(update: Update, context: Context) -> int:
        assert update.message is not None
        _answers(context)[QUESTIONS[place].name] = update.message.text_html
        return await _ask(update, context, place + 1)

    return MessageHandler(filters.TEXT & ~filters.COMMAND, handle)


async def why(update: Update, context: Context) -> None:
    """/why: the reasons, in the person's own words."""
    answers = _answers(context)
    lines = [f"<blockquote>{answers[name]}</blockquote>" for name in answers.get("kept", ())]
    await _show(update, "<b>Your reasons</b>\n\n" + "\n".join(lines), None)


async def cancel(update: Update, _: Context) -> int:
    """/cancel: out of it."""
    await _show(update, "That is fine.", None)
    return ConversationHandler.END


def main() -> None:
    """Run until a signal comes."""
    persistence = PicklePersistence(Path(os.environ["THRESHOLD_DATA_DIR"]) / "peer.pickle")
    application = (
        Application.builder()
        .token(os.environ["THRESHOLD_BOT_TOKEN"])
        .base_url(f"{os.environ['THRESHOLD_API_URL']}/bot")
        .persistence(persistence)
        .build()
    )
    states: dict[object, list[Any]] = {
        AGREE: [CallbackQueryHandler(agreed, pattern="^start:agree$")],
        DOOR: [CallbackQueryHandler(door, pattern="^door:")],
    }
    states |= {place: [_tapped(place), _said(place)] for place in range(SUMMARY)}
    application.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("start", start)],
            states=states,
            fallbacks=[CommandHandler("cancel", cancel)],
            name="three_questions",
            persistent=True,
        )
    )
    application.add_handler(CommandHandler("why", why))
    application.run_polling()


if __name__ == "__main__":
    main()
