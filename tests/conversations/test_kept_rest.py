"""What was kept does not come back by itself where it could do harm."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from conversations.turn import KeptLine, Known, State, Tie
from conversations.way import Way
from tests import shipped

DOUBT = shipped.library().flows["doubt"]
KNOWN = Known(
    datetime(2026, 11, 22, 4, 22, tzinfo=UTC),
    ties=(Tie(1, "partner"),),
    kept=(
        KeptLine(1, "reason", "the quiet", 1, "leaving"),
        KeptLine(2, "reason", "the garden", 1, "staying"),
        KeptLine(3, "reason", "my work", None),
        KeptLine(4, "reason", "the ward", 2),
    ),
)


@pytest.mark.parametrize(
    ("safe", "mark", "shown"),
    [
        ("yes", "", ["the quiet", "the garden", "my work"]),
        ("unsure", "", ["the quiet", "the garden", "my work"]),
        ("no", "", ["the garden", "my work"]),
        ("yes", "danger", ["the garden", "my work"]),
    ],
)
def test_reasons_for_leaving_rest_where_it_is_not_safe(
    safe: str, mark: str, shown: list[str]
) -> None:
    known = replace(
        KNOWN,
        ties=(Tie(1, "partner", {"safe": safe}),),
        marks=frozenset({mark} if mark else ()),
    )
    way = Way(DOUBT, State(flow="doubt", talk=1, tie=1), known)
    assert [line.text for line in way.kept("reason")] == shown
    assert ("reasons" in way.ids, "reason" in way.ids) == (True, False)
