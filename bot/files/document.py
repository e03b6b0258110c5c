"""A document to read: one HTML file that needs nothing else, in a person's own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

#: What a recipe of a document has under `write`; its other keys are those of `html`.
DOCUMENT = "document"

_STYLE = """
body { font: 1.05rem/1.55 Georgia, serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem;
       color: #222; background: #fff; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2.2rem; }
h3 { font-size: 1rem; margin: 1.2rem 0 .2rem; color: #555; font-weight: normal; }
p { white-space: pre-wrap; overflow-wrap: anywhere; margin: .2rem 0 .9rem; }
"""


def recipe(title: str, lead: str, sections: Iterable[Mapping[str, Any]], language: str) -> Any:
    """The recipe of a document; a section has a `title` and `texts`, pairs of (head, words)."""
    return {
        "write": DOCUMENT,
        "title": title,
        "lead": lead,
        "sections": list(sections),
        "language": language,
    }


def html(recipe: Mapping[str, Any]) -> bytes:
    """The file of a recipe, UTF-8. Every text is escaped and keeps its lines and spaces."""
    parts = [
        "<!doctype html>",
        f'<html lang="{escape(recipe["language"])}">',
        '<head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_text(recipe['title'])}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{_text(recipe['title'])}</h1>",
        f"<p>{_text(recipe['lead'])}</p>",
    ]
    for section in recipe["sections"]:
        if section["title"]:
            parts.append(f"<h2>{_text(section['title'])}</h2>")
        for head, words in section["texts"]:
            if head:
                parts.append(f"<h3>{_text(head)}</h3>")
            parts.append(f'<p dir="auto">{_text(words)}</p>')
    parts.append("</body></html>")
    return "\n".join(parts).encode("utf-8", "replace")


def _text(words: str) -> str:
    # A reader of HTML takes a carriage return for a line's end, unless it is written as a number.
    return escape(words, quote=False).replace("\r", "&#13;")
