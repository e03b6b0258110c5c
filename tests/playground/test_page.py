"""The chat page in a real browser: a person types, presses, edits, and sees what happens."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Locator, Page, Route, expect
from telegram import (
    Bot,
    BotCommand,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Update,
)
from telegram.error import NetworkError

from bot.playground.client import Playground
from tests.playground.conftest import browser_page, running
from tests.playground.pictures import PNG

pytestmark = pytest.mark.browser


async def answer(bot: Bot, update: Update) -> None:
    """A tiny bot: says everything back with two buttons, edits or deletes when they are pressed."""
    if update.message is not None:
        keys = [
            InlineKeyboardButton("Change it", callback_data="change"),
            InlineKeyboardButton("Take it away", callback_data="delete"),
        ]
        words = update.message.text or "no words"
        markup = InlineKeyboardMarkup([keys])
        await update.message.reply_text(f"You said: {words}", reply_markup=markup)
    if update.edited_message is not None:
        await bot.send_message(
            update.edited_message.chat.id, f"Corrected to: {update.edited_message.text}"
        )
    query = update.callback_query
    if query is not None and query.message is not None:
        if query.data == "change":
            await query.answer("Changed.")
            await query.edit_message_text("Changed")
        else:
            await query.answer("It is gone.", show_alert=True)
            await bot.delete_message(query.message.chat.id, query.message.message_id)


async def echo(bot: Bot) -> None:
    offset = 0
    while True:
        try:
            updates = await bot.get_updates(offset=offset, timeout=50, read_timeout=60)
        except NetworkError:
            await asyncio.sleep(0.05)
            continue
        for update in updates:
            offset = update.update_id + 1
            await answer(bot, update)


@pytest.fixture
async def chat(page: Page, bot: Bot, play: Playground) -> AsyncIterator[Page]:
    """The page with the tiny bot behind it, started."""
    async with running(echo(bot)):
        await page.get_by_role("button", name="Start", exact=True).click()
        await expect(said(page, "You said: /start")).to_be_visible()
        yield page


def said(page: Page, words: str) -> Locator:
    return page.get_by_role("log").locator(".text", has_text=words)


async def type_in(page: Page, words: str) -> None:
    await page.get_by_label("Message", exact=True).fill(words)
    await page.keyboard.press("Enter")


async def test_what_is_typed_is_answered(chat: Page) -> None:
    await type_in(chat, "a line\nand <b>another</b>")
    mine = chat.locator(".mine .text", has_text="a line")
    assert await mine.inner_text() == "a line\nand <b>another</b>"
    await expect(said(chat, "You said: a line")).to_be_visible()
    await expect(chat.get_by_label("Message", exact=True)).to_have_value("")


async def test_a_button_edits_its_message_live_and_shows_a_notice(chat: Page) -> None:
    await chat.get_by_role("button", name="Change it").click()
    await expect(said(chat, "Changed")).to_be_visible()
    await expect(chat.locator("#toast")).to_have_text("Changed.")
    await expect(chat.get_by_role("button", name="Change it")).to_have_count(0)
    await expect(chat.locator(".theirs .edited")).to_be_visible()


async def test_a_button_can_take_its_message_away_after_an_alert(chat: Page) -> None:
    await chat.get_by_role("button", name="Take it away").click()
    await expect(chat.get_by_role("dialog")).to_contain_text("It is gone.")
    await chat.get_by_role("button", name="OK").click()
    await expect(chat.locator(".theirs")).to_have_count(0)


async def test_an_own_message_can_be_corrected_and_deleted(chat: Page) -> None:
    await type_in(chat, "frist")
    await expect(said(chat, "You said: frist")).to_be_visible()
    await chat.locator(".mine .text", has_text="frist").click(button="right")
    await chat.get_by_role("menuitem", name="Edit").click()
    await chat.keyboard.press("Control+A")
    await chat.keyboard.type("first")
    await chat.keyboard.press("Enter")
    await expect(said(chat, "Corrected to: first")).to_be_visible()
    await expect(chat.locator(".mine .edited")).to_be_visible()
    await chat.locator(".mine .text", has_text="first").click(button="right")
    await chat.get_by_role("menuitem", name="Delete").click()
    await expect(chat.locator(".mine .text", has_text="first")).to_have_count(0)


async def test_a_long_press_opens_the_menu_on_a_phone_without_a_right_button(chat: Page) -> None:
    await chat.locator(".mine .text").dispatch_event(
        "pointerdown", {"pointerType": "touch", "bubbles": True, "clientX": 9, "clientY": 9}
    )
    await expect(chat.get_by_role("menuitem", name="Delete")).to_be_visible()
    await chat.keyboard.press("Escape")
    await expect(chat.get_by_role("menuitem")).to_have_count(0)


async def slowly(route: Route) -> None:
    await asyncio.sleep(0.5)
    await route.continue_()


@pytest.mark.parametrize("slow", [False, True])
async def test_the_up_key_edits_what_was_just_sent_and_escape_gives_up(
    chat: Page, slow: bool
) -> None:
    """Also where that is still on its way."""
    if slow:
        await chat.route("**/write", slowly)
    field = chat.get_by_label("Message", exact=True)
    await type_in(chat, "words")
    await field.press("ArrowUp")
    await expect(field).to_have_value("words")
    await field.press("Escape")
    await expect(field).to_have_value("")


async def test_a_slash_opens_the_command_menu_and_filters_it(chat: Page, bot: Bot) -> None:
    await bot.set_my_commands([BotCommand("why", "Your words"), BotCommand("help", "People")])
    options = chat.locator("#commands").get_by_role("option")
    await chat.get_by_label("Command menu").click()
    await expect(options).to_have_count(2)
    await chat.get_by_label("Message", exact=True).press_sequentially("/h")
    await expect(options).to_have_count(1)
    await chat.keyboard.press("Enter")
    await expect(said(chat, "You said: /help")).to_be_visible()
    await chat.locator(".theirs .command", has_text="/help").click()
    await expect(said(chat, "You said: /help")).to_have_count(2)


async def test_a_second_person_has_a_chat_of_their_own(chat: Page, play: Playground) -> None:
    await type_in(chat, "said by Ann")
    await chat.get_by_label("People and tools").first.click()
    await chat.get_by_role("button", name="Add person").click()
    await expect(chat.locator("#self")).to_have_text("Ben")
    await expect(said(chat, "said by Ann")).to_have_count(0)
    await chat.get_by_role("button", name="Start", exact=True).click()
    await expect(said(chat, "You said: /start")).to_be_visible()
    await chat.get_by_label("People and tools").first.click()
    await chat.get_by_role("button", name="Ann").click()
    await expect(said(chat, "You said: said by Ann")).to_be_visible()
    assert len(play.world.chats) == 2


async def test_history_and_person_survive_a_reload(chat: Page) -> None:
    await type_in(chat, "still here")
    await expect(said(chat, "You said: still here")).to_be_visible()
    await chat.reload()
    await expect(said(chat, "You said: still here")).to_be_visible()
    await expect(chat.locator("#self")).to_have_text("Ann")


async def test_the_page_finds_its_way_back_to_a_server_that_was_away(
    chat: Page, play: Playground, bot: Bot
) -> None:
    await play.down()
    await expect(chat.locator("#status")).to_have_text("connecting…")
    (ann,) = play.world.chats
    people_say = play.world.place(play.world.chat(ann), play.world.bot, {"text": "meanwhile"})
    await play.up()
    await expect(said(chat, people_say["text"])).to_be_visible(timeout=15_000)
    await expect(chat.locator("#status")).to_have_text("bot")


async def test_blocking_and_coming_back(chat: Page, play: Playground) -> None:
    (ann,) = play.world.chats
    await chat.get_by_label("People and tools").first.click()
    await chat.get_by_role("button", name="Block bot").click()
    await chat.get_by_role("button", name="Close").click()
    again = chat.get_by_role("button", name="Unblock and restart")
    await expect(again).to_be_visible()
    assert play.chat(ann).blocked
    await again.click()
    await expect(said(chat, "You said: /start")).to_have_count(2)


async def test_photos_and_documents_are_shown_and_can_be_saved(chat: Page, bot: Bot) -> None:
    (ann,) = (await chat.evaluate("sessionStorage.person"),)
    await bot.send_photo(ann, PNG, caption="a week")
    image = chat.get_by_role("img", name="Photo: a week")
    await expect(image).to_be_visible()
    assert await image.evaluate("image => image.decode().then(() => image.naturalWidth)") == 3
    await bot.send_document(ann, b"my words", filename="words.txt")
    async with chat.expect_download() as saved:
        await chat.get_by_text("words.txt").click()
    download = await saved.value
    assert download.suggested_filename == "words.txt"
    assert (await download.path()).read_bytes() == b"my words"


async def test_a_file_can_be_sent(chat: Page, play: Playground) -> None:
    await chat.locator("#file").set_input_files(
        {"name": "p.png", "mimeType": "image/png", "buffer": PNG}
    )
    await expect(said(chat, "You said: no words")).to_be_visible()
    await chat.get_by_label("Attach").click()
    await chat.get_by_role("menuitem", name="Sticker").click()
    await expect(said(chat, "You said: no words")).to_have_count(2)


async def test_a_copy_button_copies(chat: Page, bot: Bot) -> None:
    await chat.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ann = int(await chat.evaluate("sessionStorage.person"))
    key = InlineKeyboardButton("Copy it", copy_text=CopyTextButton("my own line"))
    await bot.send_message(ann, "x", reply_markup=InlineKeyboardMarkup([[key]]))
    await chat.get_by_role("button", name="Copy it").click()
    await expect(chat.locator("#toast")).to_have_text("Copied.")
    assert await chat.evaluate("navigator.clipboard.readText()") == "my own line"


async def test_entities_are_drawn_and_nothing_is_ever_taken_for_html(chat: Page, bot: Bot) -> None:
    ann = int(await chat.evaluate("sessionStorage.person"))
    await bot.send_message(
        ann,
        "<b>bold <i>both 😀</i></b> &lt;img src=x onerror=alert(1)&gt; "
        "<tg-spoiler>secret</tg-spoiler> <a href='https://example.org/'>link</a>"
        "<blockquote>quoted</blockquote><pre>a  b</pre><code>c</code>",
        parse_mode="HTML",
        protect_content=True,
    )
    text = said(chat, "<img src=x onerror=alert(1)>")
    await expect(text.locator("strong em")).to_have_text("both 😀")
    await expect(text.locator("img")).to_have_count(0)
    await expect(text.locator("blockquote")).to_have_text("quoted")
    await expect(text.locator("pre")).to_have_text("a  b")
    assert await text.get_by_role("link").get_attribute("rel") == "noopener noreferrer"
    await text.get_by_role("button", name="Hidden text, press to read").press("Enter")
    await expect(text.locator(".spoiler.seen")).to_have_text("secret")
    assert await text.evaluate("element => getComputedStyle(element).userSelect") == "none"


async def test_misbehaviour_is_switched_on_and_off(chat: Page, play: Playground) -> None:
    await chat.get_by_label("People and tools").first.click()
    switch = chat.get_by_role("switch", name="Reset after")
    async with chat.expect_response(lambda response: response.request.method == "PUT"):
        await switch.check()
    assert [rule.kind for rule in play.faults.rules] == ["reset_after"]
    async with chat.expect_response(lambda response: response.request.method == "PUT"):
        await switch.uncheck()
    assert play.faults.rules == ()
    await chat.get_by_role("button", name="10 s outage").click()
    await expect(chat.locator("#faults-now")).to_contain_text("Out for")
    assert play.faults.outage_left > 0


@pytest.mark.parametrize(("width", "height", "scheme"), [(360, 640, "dark"), (1280, 900, "light")])
async def test_nothing_sticks_out_on_small_and_large_screens(
    play: Playground, bot: Bot, width: int, height: int, scheme: str
) -> None:
    ann = play.person("Ann")
    await ann.send("/start")
    keys = [[InlineKeyboardButton("a long label " * 3, callback_data=str(n))] * 3 for n in range(3)]
    await bot.send_message(ann.id, "unbroken" * 40, reply_markup=InlineKeyboardMarkup(keys))
    async with browser_page(play.api_url + "/", width, height, color_scheme=scheme) as page:
        await expect(page.locator(".key").last).to_be_in_viewport()
        wide = await page.evaluate(
            "[...document.querySelectorAll('.phone *:not(.unseen, .more)')].filter(e => "
            "e.getBoundingClientRect().right > "
            "document.querySelector('.phone').getBoundingClientRect().right + 1).map(e => "
            "e.outerHTML)"
        )
        assert wide == []
