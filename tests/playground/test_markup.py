"""Telegram's HTML is read as Telegram reads it."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.markup import parse_html, tidy, units, with_found
from bot.playground.wire import RefusedError


def test_tags_become_entities_that_count_utf16_units() -> None:
    text, entities = parse_html("😀 <b>bold <i>both</i></b> &amp; <u>rest</u>")
    assert text == "😀 bold both & rest"
    assert entities == [
        {"type": "bold", "offset": 3, "length": 9},
        {"type": "italic", "offset": 8, "length": 4},
        {"type": "underline", "offset": 15, "length": 4},
    ]


@pytest.mark.parametrize(
    ("source", "entity"),
    [
        ("<strong>x</strong>", {"type": "bold"}),
        ("<em>x</em>", {"type": "italic"}),
        ("<ins>x</ins>", {"type": "underline"}),
        ("<s>x</s>", {"type": "strikethrough"}),
        ("<del>x</del>", {"type": "strikethrough"}),
        ("<tg-spoiler>x</tg-spoiler>", {"type": "spoiler"}),
        ('<span class="tg-spoiler">x</span>', {"type": "spoiler"}),
        ("<code>x</code>", {"type": "code"}),
        ("<pre>x</pre>", {"type": "pre"}),
        (
            '<pre><code class="language-python">x</code></pre>',
            {"type": "pre", "language": "python"},
        ),
        ("<blockquote>x</blockquote>", {"type": "blockquote"}),
        ("<blockquote expandable>x</blockquote>", {"type": "expandable_blockquote"}),
        (
            "<a href='https://a.org/?b&amp;c'>x</a>",
            {"type": "text_link", "url": "https://a.org/?b&c"},
        ),
    ],
)
def test_each_of_telegrams_tags_is_known(source: str, entity: dict[str, str]) -> None:
    assert parse_html(source) == ("x", [{"offset": 0, "length": 1, **entity}])


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("é<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        (
            "<b><i>x</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("2 < 3", "Unclosed start tag at byte offset 2"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_anything_else_cannot_be_parsed(source: str, why: str) -> None:
    with pytest.raises(RefusedError) as caught:
        parse_html(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {why}"


@given(st.text())
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse_html(f"<b>{escaped}</b>")[0] == text


@given(st.text(alphabet="<>/&;=\"' abipre#1😀"))
def test_any_text_is_either_read_or_kindly_refused(text: str) -> None:
    with suppress(RefusedError):
        read, entities = parse_html(text)
        assert all(each["offset"] + each["length"] <= units(read) for each in entities)


def test_white_space_around_a_text_goes_and_entities_move_with_it() -> None:
    assert tidy(*parse_html("\n <b> a</b> b \n")) == (
        "a b",
        [{"type": "bold", "offset": 0, "length": 1}],
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see findahelpline.com.", ["findahelpline.com"]),
        ("www.a-b.org/x?y=1, or b.co.uk", ["www.a-b.org/x?y=1", "b.co.uk"]),
        ("It ended. It is 3.50, e.g. ... 12.10.2026", []),
        ("me@mail.com is no address of a page", []),
    ],
)
def test_bare_addresses_are_found_as_telegram_finds_them(text: str, found: list[str]) -> None:
    entities = with_found(text, [])
    assert [text[each["offset"] :][: each["length"]] for each in entities] == found


def test_commands_and_addresses_are_found_but_not_in_code() -> None:
    text, entities = parse_html("<code>/no</code> /why and https://a.org/x.")
    assert with_found(text, entities)[1:] == [
        {"type": "bot_command", "offset": 4, "length": 4},
        {"type": "url", "offset": 13, "length": 15},
    ]
