"""Compiles the little language of `listening/*/*.toml` into regular expressions with triggers.

A pattern is words with spaces between them: `(a|b c)` one of these, `<name>` one of a list,
`word?` may be missing, `word*` any ending, `#` a number, `..` up to two and `...` up to four
other words, which never reach over a comma, a full stop or one of the language's `stops`.
`a & b` is both in one sentence, in any order; `a & !b` is the one where the other is nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

#: The fewer words a group has, the more texts it rules out; the others would only take memory.
_MOST_GROUPS = 3
#: Where each part of a pattern stands.
Spans = tuple[tuple[int, int], ...]
#: A sentence without a full stop is read no further than this many characters each way.
REACH = 240
_AND = re.compile(r"(?:^|\s)&(?:\s|$)")
_TOKEN = re.compile(r"\.{2,3}|<[a-z_]+>\??|[()|]|\)\?|[^\s()|<>?]+\??|\?")
#: How many other words a gap takes at most.
_GAPS = {"..": 2, "...": 4}
#: Shorter stems would be in too many words.
_SHORTEST_STEM = 4


class PatternError(ValueError):
    """A pattern that cannot be read, in an editor's words."""


@dataclass(frozen=True, slots=True)
class Triggers:
    """What lets a pattern be tried: a text has one of these words, or of these stems (`stem*`).

    `stems` are those of all its groups, which a text has to be looked through for too.
    """

    rarest: frozenset[str]
    stems: frozenset[str]


class Pattern:
    """One pattern, of which only the source is kept until a text comes near it."""

    def __init__(self, source: str, compiler: Compiler) -> None:
        self.source = source
        self._compiler = compiler

    @cached_property
    def single(self) -> frozenset[str]:
        """Words (and stems, `stem*`) without any one of which a text does not match."""
        groups = self._compiler.groups(self.source)
        return frozenset(word for group in groups if len(group) == 1 for word in group)

    @cached_property
    def groups(self) -> tuple[frozenset[str], ...]:
        """A text has something of each of these besides."""
        return tuple(group for group in self._compiler.groups(self.source) if len(group) > 1)

    def find(self, folded: str) -> Iterator[Spans]:
        """Where it stands in a folded text: first and last place of each part, in its order."""
        first, *others = self._parts
        for match in first.finditer(folded):
            if spans := self._with_others(folded, match.span(), others):
                yield spans

    def _with_others(
        self, folded: str, span: tuple[int, int], others: Sequence[re.Pattern[str]]
    ) -> Spans | None:
        if not others and not self._absent:
            return (span,)
        start, end = sentence(folded, *span)
        spans = [span]
        for other in others:
            match = other.search(folded, start, end)
            if match is None:
                return None
            spans.append(match.span())
        if any(absent.search(folded, start, end) for absent in self._absent):
            return None
        return tuple(spans)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The first part alone."""
        return self._parts[0]

    @cached_property
    def _parts(self) -> tuple[re.Pattern[str], ...]:
        """Compiled when first tried: all of them at the start would cost half a second."""
        return tuple(self._compiler.expression(p) for p in _both(self.source) if p[0] != "!")

    @cached_property
    def _absent(self) -> tuple[re.Pattern[str], ...]:
        return tuple(self._compiler.expression(p[1:]) for p in _both(self.source) if p[0] == "!")


def sentence(folded: str, first: int, last: int) -> tuple[int, int]:
    """Where the sentence around a place begins and ends, or as far as it is read each way."""
    start = max(folded.rfind(" . ", 0, first + 1) + 2, first - REACH, 0)
    end = folded.find(" . ", max(last - 1, 0))
    return start, min(len(folded) if end < 0 else end + 1, last + REACH)


def _fewest(nodes: Sequence[_Node]) -> list[frozenset[str]]:
    every = dict.fromkeys(group for node in nodes for group in node.groups)
    return sorted(every, key=len)[:_MOST_GROUPS]


def _both(source: str) -> list[str]:
    return [part.strip() for part in _AND.split(source)]


@dataclass(frozen=True, slots=True)
class _Node:
    """A piece of pattern: its expression, the words one of which it needs, all words it names,
    and everything it needs something of."""

    regex: str
    needs: frozenset[str] | None
    names: frozenset[str]
    groups: tuple[frozenset[str], ...]


class Compiler:
    """Compiles patterns over shared lists; `vocabulary` grows to all the words they name.

    The words of a gap end before one of `stops`: what comes after is another statement.
    """

    def __init__(
        self,
        lists: Mapping[str, Collection[str]],
        everyday: Collection[str],
        stops: Collection[str] = (),
    ) -> None:
        self._sources = lists
        ends = f"(?!(?:{'|'.join(map(re.escape, stops))}) )" if stops else ""
        self._gap_word = f"(?: {ends}[^ .,~]+)"
        self._everyday = frozenset(everyday)
        self._lists: dict[str, _Node] = {}
        self._elements: dict[str, _Node] = {}
        #: The same few sets of words stand in hundreds of patterns: each is kept once.
        self._shared: dict[frozenset[str], frozenset[str]] = {}
        self.vocabulary: set[str] = set()

    def pattern(self, source: str) -> tuple[Pattern, Triggers]:
        """The pattern, to be compiled when it is tried; PatternError where it cannot be read."""
        parts = _both(source)
        every = [self._read(part.removeprefix("!")) for part in parts]
        self.vocabulary.update(w for node in every for w in node.names if not w.endswith("*"))
        present = [node for part, node in zip(parts, every, strict=True) if part[0] != "!"]
        empty = any(node.needs is None and re.match(node.regex, "") for node in present)
        rarest = self.rarest(present)
        if parts[0].startswith("!") or empty or rarest is None:
            raise PatternError(f'"{source}" needs at least one word that may not be missing')
        words = (word for group in _fewest(present) for word in group)
        stems = frozenset(word for word in words if word.endswith("*"))
        return Pattern(source, self), Triggers(rarest, stems)

    def groups(self, source: str) -> list[frozenset[str]]:
        """Groups of words; a text that the pattern matches has something of each."""
        return _fewest([self._read(part) for part in _both(source) if part[0] != "!"])

    def rest(self) -> None:
        """All patterns are read: what they shared comes back as it is needed again."""
        self._lists.clear()
        self._elements.clear()
        self._shared.clear()
        self.vocabulary.clear()

    def expression(self, source: str) -> re.Pattern[str]:
        """The compiled expression of one part of a pattern."""
        return re.compile(f"{self._read(source).regex}(?= )")

    def any_of(self, sources: Collection[str]) -> re.Pattern[str] | None:
        """One expression for a text that holds any of these; None for none of them."""
        return self._together(sources, "(?= )")

    def ending(self, sources: Collection[str]) -> re.Pattern[str] | None:
        """One expression for a text that ends with any of these; None for none of them."""
        return self._together(sources, "$")

    def _together(self, sources: Collection[str], end: str) -> re.Pattern[str] | None:
        if not sources:
            return None
        return re.compile(f"(?:{'|'.join(self._read(s).regex for s in sources)}){end}")

    def _read(self, source: str) -> _Node:
        tokens = _TOKEN.findall(source)
        node, rest = self._alternatives(tokens, source)
        if rest:
            raise PatternError(f'"{source}" has a bracket too many')
        return node

    def _alternatives(self, tokens: list[str], source: str) -> tuple[_Node, list[str]]:
        choices: list[_Node] = []
        while True:
            node, tokens = self._sequence(tokens, source)
            choices.append(node)
            if not tokens or tokens[0] != "|":
                return self._either(choices), tokens
            tokens = tokens[1:]

    def _sequence(self, tokens: list[str], source: str) -> tuple[_Node, list[str]]:
        parts: list[_Node] = []
        while tokens and tokens[0] not in ("|", ")"):
            head, tokens = tokens[0], tokens[1:]
            if head == "(":
                node, tokens = self._alternatives(tokens, source)
                if not tokens or tokens[0] != ")":
                    raise PatternError(f'"{source}" has a bracket that is not closed')
                tokens = tokens[1:]
                if tokens and tokens[0] == "?":
                    node, tokens = _maybe(node), tokens[1:]
                parts.append(node)
            else:
                parts.append(self._element(head, source))
        if not parts:
            raise PatternError(f'"{source}" has an empty place')
        return self._join(parts), tokens

    def _element(self, token: str, source: str) -> _Node:
        # The same words stand in thousands of patterns, and all are read at the start.
        if token not in self._elements:
            self._elements[token] = self._made(token, source)
        return self._elements[token]

    def _made(self, token: str, source: str) -> _Node:
        if token in _GAPS:
            most = _GAPS[token]
            return _Node(f"{self._gap_word}{{0,{most}}}?", None, frozenset(), ())
        bare = token.removesuffix("?")
        if bare.startswith("<"):
            node = self._list(bare[1:-1], source)
        elif bare == "#":
            node = _Node(r" \d+(?= |$)", None, frozenset(), ())
        elif bare.endswith("*"):
            if len(bare) <= _SHORTEST_STEM:
                raise PatternError(f'"{bare}" is too short to stand for any ending')
            node = self._word(bare, f" {re.escape(bare[:-1])}[^ .,]*")
        else:
            node = self._word(bare, f" {re.escape(bare)}(?= |$)")
        return _maybe(node) if token.endswith("?") else node

    def _word(self, word: str, regex: str) -> _Node:
        need = self._shared.setdefault(needed := frozenset((word,)), needed)
        return _Node(regex, need, need, (need,))

    def _list(self, name: str, source: str) -> _Node:
        if name not in self._lists:
            if name not in self._sources:
                raise PatternError(f'"{source}" names a list that does not exist: <{name}>')
            self._lists[name] = self._either([self._read(entry) for entry in self._sources[name]])
        return self._lists[name]

    def rarest(self, parts: Sequence[_Node]) -> frozenset[str] | None:
        """What the rarest of these needs: few words, none of them everyday."""
        needed = [part.needs for part in parts if part.needs is not None]
        return min(needed, key=lambda n: (len(n & self._everyday), len(n)), default=None)

    def _join(self, parts: list[_Node]) -> _Node:
        if len(parts) == 1:
            return parts[0]
        rarest = self.rarest(parts)
        names = frozenset[str]().union(*(part.names for part in parts))
        groups = {group: None for part in parts for group in part.groups}
        return _Node("".join(part.regex for part in parts), rarest, names, tuple(groups))

    def _either(self, nodes: list[_Node]) -> _Node:
        if len(nodes) == 1:
            return nodes[0]
        needs: frozenset[str] | None = frozenset()
        for node in nodes:
            needs = None if needs is None or node.needs is None else needs | node.needs
        if needs is not None:
            needs = self._shared.setdefault(needs, needs)
        names = frozenset[str]().union(*(node.names for node in nodes))
        groups = () if needs is None else (needs,)
        return _Node(f"(?:{'|'.join(node.regex for node in nodes)})", needs, names, groups)


def _maybe(node: _Node) -> _Node:
    return _Node(f"(?:{node.regex})?", None, node.names, ())
