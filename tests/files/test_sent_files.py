"""Which of what people send is taken for a data file."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.telegram_in import read

AT = datetime(2031, 3, 5, 9, 0, tzinfo=UTC)


def sent(document: Any) -> str:
    """The file id of a message with that document."""
    chat = {"id": 5, "type": "private"}
    message = {"message_id": 3, "date": 1, "chat": chat, "from": {"id": 5}, "document": document}
    one = read({"update_id": 1, "message": message}, AT)
    assert one.kind == "media"
    return one.file


@pytest.mark.parametrize("name", ["document-2031-03-05.json", "All.JSON"])
def test_a_file_is_known_by_the_end_of_its_name(name: str) -> None:
    assert sent({"file_name": name, "file_id": "abc"}) == "abc"


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        "x.json",
        {"file_name": "x.json"},
        {"file_id": "abc"},
        {"file_name": "x.html", "file_id": "abc"},
        {"file_name": 7, "file_id": "abc"},
        {"file_name": "x.json", "file_id": 7},
        {"file_name": "x.json", "file_id": "a" * 10_000},
    ],
)
def test_anything_else_is_no_data_file(document: Any) -> None:
    assert sent(document) == ""
