"""Long lists in pages: eight entries at once, and every page two taps away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

#: Entries a list shows at once.
PAGE = 8
#: Pages from which all of them can be seen at once, to jump to one.
INDEX_FROM = 3
INDEX = "all"


def is_page(value: str) -> bool:
    """Whether a button may ask for that page."""
    return value == INDEX or (value.isdecimal() and len(value) < 4)


def shown(within: Mapping[str, str], count: int, *, newest: bool = False) -> int | None:
    """The page that is shown, from 0; None where it is the index of all pages."""
    pages = max(1, -(-count // PAGE))
    asked = within.get("page", "")
    if asked == INDEX and pages >= INDEX_FROM:
        return None
    return min(int(asked), pages - 1) if asked.isdecimal() else (pages - 1 if newest else 0)


def turns(page: int, count: int) -> Iterator[tuple[str, str]]:
    """The buttons below a page as (label, page): before, all pages, next."""
    pages = -(-count // PAGE)
    if page > 0:
        yield "‹", str(page - 1)
    if pages >= INDEX_FROM:
        yield _numbers(page, count), INDEX
    if page + 1 < pages:
        yield "›", str(page + 1)


def index(count: int) -> list[tuple[str, str]]:
    """Every page by the numbers that stand on it, as (label, page)."""
    return [(_numbers(page, count), str(page)) for page in range(-(-count // PAGE))]


def _numbers(page: int, count: int) -> str:
    first, last = page * PAGE + 1, min((page + 1) * PAGE, count)
    return str(first) if first == last else f"{first}–{last}"
