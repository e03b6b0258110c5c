"""The rules of one language at work: which of them match a text, and why one does not count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .folding import Folder
from .phrase_rules import Compiler, Pattern, Spans, Triggers, sentence
from .rule_files import FAREWELL, LABELS, WEAK, LanguageRules, RuleEntry

#: Every label but that of farewells, the gravest first.
BY_GRAVITY = (*LABELS, WEAK)
_PREFIX = 90
#: No stem is shorter (`phrase_rules`).
_BEGINNING = 4


@dataclass(frozen=True, slots=True)
class Match:
    """One rule that matched; `passed_over` says why it does not count, empty when it does."""

    label: str
    rule: str
    why: str
    pattern: str
    passed_over: str = ""


class _Index:
    """Patterns findable by the words of a text, so that few of them are ever tried."""

    def __init__(self, patterns: Iterable[tuple[Pattern, Triggers]]) -> None:
        found: list[Pattern] = []
        words: dict[str, list[int]] = {}
        stems: dict[str, list[int]] = {}
        for number, (pattern, triggers) in enumerate(patterns):
            found.append(pattern)
            for word in triggers.rarest:
                (stems if word[-1] == "*" else words).setdefault(word, []).append(number)
            for stem in triggers.stems:
                stems.setdefault(stem, [])
        self.patterns = tuple(found)
        self._words = {word: tuple(numbers) for word, numbers in words.items()}
        # By their first letters, so that a word is looked up once, not once for each length.
        self._stems: dict[str, list[tuple[str, tuple[int, ...]]]] = {}
        for stem, numbers in stems.items():
            self._stems.setdefault(stem[:_BEGINNING], []).append((stem[:-1], tuple(numbers)))
        #: Whether a text of plain Latin letters can hold any of them: Russian is not tried there.
        self.latin = any(trigger.isascii() for trigger in (*words, *stems))

    def candidates(self, words: set[str]) -> list[int]:
        """The patterns that have a word in this text for each of their groups of words."""
        found: set[int] = set()
        for word in words & self._words.keys():
            found.update(self._words[word])
        present = set(words)
        for word in words:
            for stem, numbers in self._stems.get(word[:_BEGINNING], ()):
                if word.startswith(stem):
                    found.update(numbers)
                    present.add(f"{stem}*")
        near: list[int] = []
        for number in found:
            pattern = self.patterns[number]
            if present >= pattern.single and not any(map(present.isdisjoint, pattern.groups)):
                near.append(number)
        return sorted(near)


class Language:
    """One language's rules, compiled; raises PatternError where one cannot be read."""

    def __init__(self, entry: LanguageRules) -> None:
        compiler = Compiler(entry.lists, entry.everyday, entry.stops)
        frames = entry.frames
        self._idioms = _Index(compiler.pattern(p) for p in entry.idioms.say)
        self._before = {name: compiler.ending(getattr(frames, name)) for name in _BEFORE}
        self._around = {name: compiler.any_of(getattr(frames, name)) for name in _AROUND}
        self._aftermath = compiler.any_of(frames.aftermath)
        rules = [
            (label, rule, compiler.pattern(pattern))
            for label in (*BY_GRAVITY, FAREWELL)
            for rule in getattr(entry, label)
            for pattern in rule.say
        ]
        self._index = _Index(found for label, _, found in rules if label != FAREWELL)
        self._rules = [(label, rule, pattern) for label, rule, (pattern, _) in rules]
        self._farewells = [each for each in self._rules if each[0] == FAREWELL]
        self.code = entry.language
        spell = dict.fromkeys(entry.drop, "") | entry.spell
        for meant in entry.spell.values():
            compiler.vocabulary.update(meant.split())
        self.unreachable = sorted(compiler.vocabulary & set(entry.drop))
        self.fold_plain = Folder(
            spell,
            compiler.vocabulary | set(entry.everyday),
            entry.forgive,
            entry.real,
            shortest_typo=entry.shortest_typo,
            first_letter=entry.first_letter,
        ).fold_plain
        compiler.rest()

    def matches(self, text: str) -> Iterator[Match]:
        """Every match of every rule in a plain text, those that do not count too, the gravest
        label first."""
        if text.isascii() and not self._index.latin:
            return
        folded = self.fold_plain(text)
        words = set(folded.split())
        numbers = self._index.candidates(words)
        if not numbers:
            return
        for idiom in self._idioms.candidates(words):
            folded = self._idioms.patterns[idiom].regex.sub(_cut, folded)
        for number in numbers:
            label, rule, pattern = self._rules[number]
            for spans in pattern.find(folded):
                reason = self._passed_over(rule, folded, spans)
                yield Match(label, f"{self.code}.{rule.id}", rule.why, pattern.source, reason)

    def farewells(self, text: str) -> Iterator[Match]:
        """Every idiom of ending in a plain text, those that are denied too; idioms stay in it."""
        folded = self.fold_plain(text)
        for label, rule, pattern in self._farewells:
            for spans in pattern.find(folded):
                reason = self._passed_over(rule, folded, spans)
                yield Match(label, f"{self.code}.{rule.id}", rule.why, pattern.source, reason)

    def _passed_over(self, rule: RuleEntry, folded: str, spans: Spans) -> str:
        """The frame that keeps this match from counting, or nothing."""
        heeded = [n for n in self._before if n == "denied" or getattr(rule, n)]
        for number, (first, _) in enumerate(spans):
            before = folded[max(0, first - _PREFIX) : first]
            for name in heeded:
                # Whose deed it is stands before the deed, which is the first part of a pattern.
                if name == "own" and number:
                    continue
                if (regex := self._before[name]) and regex.search(before):
                    return name
        start, end = sentence(folded, min(spans)[0], max(last for _, last in spans))
        around = {
            name: bool(regex and regex.search(folded, start, end))
            for name, regex in self._around.items()
        }
        if around["fiction"]:
            return "fiction"
        if rule.past and not around["recent"]:
            if around["past"]:
                return "past"
            if self._aftermath and self._aftermath.match(folded, end - 1):
                return "past"
        return ""


_BEFORE = ("denied", "others", "own", "supposed")
_AROUND = ("fiction", "past", "recent")


def _cut(match: re.Match[str]) -> str:
    return " ~" * match.group().count(" ")
