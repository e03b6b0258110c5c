"""Options of the whole test suite."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--rewrite` writes what is really shown into the transcripts, for review as a difference."""
    parser.addoption("--rewrite", action="store_true", help="rewrite the shown text of transcripts")
