"""Options of the whole test suite, and the search for readable words at its end."""

from collections.abc import Iterator

import pytest

from tests import rare


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--rewrite` writes what is really shown into the transcripts, for review as a difference."""
    parser.addoption("--rewrite", action="store_true", help="rewrite the shown text of transcripts")


@pytest.fixture(scope="session", autouse=True)
def _nothing_typed_is_readable() -> Iterator[None]:
    """When all tests of this process are done: no file and no log of a bot holds what was typed."""
    yield
    found = rare.readable()
    assert not found, f"what tests typed can be read in {found}"
