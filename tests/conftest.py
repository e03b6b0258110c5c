"""Options of the whole test suite, and the search for readable words at its end.

The heavy tests come first, so that no worker is left alone with one of them at the end.
"""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests import rare

#: The same examples each time: a change is refused for what it did, not for what was drawn by lot.
#: No deadline, and no complaint about slowness: that would be the machine's.
settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
#: Others each time, and more of them: `make soak`.
settings.register_profile(
    "soak", settings.get_profile("steady"), max_examples=2_000, derandomize=False
)
settings.load_profile("steady")

#: Folders and files with tests that take seconds, the slowest first.
HEAVY = (
    "tests/durable/test_kills",
    "tests/benchmarks",
    "tests/hostile",
    "tests/clock/test_kills",
    "tests/durable",
    "tests/playground/test_reflection",
    "tests/playground/test_page",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The heavy ones first; the others stay as they are."""

    def weight(item: pytest.Item) -> int:
        places = [n for n, place in enumerate(HEAVY) if item.nodeid.startswith(place)]
        return places[0] if places else len(HEAVY)

    items.sort(key=weight)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--rewrite` writes what is really shown into the transcripts, for review as a difference."""
    parser.addoption("--rewrite", action="store_true", help="rewrite the shown text of transcripts")


@pytest.fixture(scope="session", autouse=True)
def _nothing_typed_is_readable() -> Iterator[None]:
    """When all tests of this process are done: no file and no log of a bot holds what was typed."""
    yield
    found = rare.readable()
    assert not found, f"what tests typed can be read in {found}"
