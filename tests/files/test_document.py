"""The document that is read: every word as it was written, and nothing of it taken for markup."""

from html.parser import HTMLParser

import pytest

from bot.files.document import html, recipe


class Read(HTMLParser):
    """What a browser shows: the texts of the paragraphs, and the tags that stand in the file."""

    def __init__(self) -> None:
        super().__init__()
        self.paragraphs: list[str] = []
        self.tags: set[str] = set()
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A paragraph begins, or something else."""
        self.tags.add(tag)
        self._inside = tag == "p"
        if self._inside:
            self.paragraphs.append("")

    def handle_endtag(self, tag: str) -> None:
        """A paragraph ends."""
        self._inside = self._inside and tag != "p"

    def handle_data(self, data: str) -> None:
        """Words."""
        if self._inside:
            self.paragraphs[-1] += data


def read(words: str) -> Read:
    """A document with these words in it, read."""
    page = html(recipe("T", "L", [{"title": "S", "texts": [("Q", words)]}], "en"))
    reader = Read()
    reader.feed(page.decode())
    return reader


@pytest.mark.parametrize(
    "words",
    [
        "I want to hear my own steps 🕊️👩‍👩‍👧‍👦 again",
        "אני רוצה לישון בלי פחד",
        "<script>alert(1)</script></p> &amp; <b>not bold</b>",
        "first line\n\n\n  indented and   spaced\ttabbed",
        "e\u0301 is not é, \u200d nor is Å",
    ],
)
def test_words_come_out_code_point_for_code_point(words: str) -> None:
    page = read(words)
    assert page.paragraphs == ["L", words]
    assert page.tags <= {*["html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p"]}
