"""Notices, in what a person wrote, what matters more than the next question.

Deterministic, offline and explainable: the rules are phrases in `listening/<language>/*.toml`,
and `Listener.explain` says which of them matched and why one did not count.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .folding import Folder, plain
from .phrase_rules import Compiler, Pattern, PatternError, Spans, Triggers, sentence
from .rule_files import (
    FAREWELL,
    LABELS,
    WEAK,
    LanguageRules,
    RuleEntry,
    RuleFileError,
    read_rules,
)
from .turn import Heard

__all__ = ["FAREWELL", "FOLDER", "LABELS", "Listener", "ListeningError", "Match", "read_listener"]

FOLDER = Path(__file__).parent / "listening"
_PREFIX = 90
_BY_GRAVITY = (*LABELS, WEAK)


class ListeningError(ValueError):
    """A rule file cannot be used; `faults` holds one sentence for each thing to mend."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


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
        self._stems: dict[int, dict[str, tuple[int, ...]]] = {}
        for stem, numbers in stems.items():
            self._stems.setdefault(len(stem) - 1, {})[stem[:-1]] = tuple(numbers)
        #: Whether a text of plain Latin letters can hold any of them: Russian is not tried there.
        self.latin = any(trigger.isascii() for trigger in (*words, *stems))

    def candidates(self, words: set[str]) -> list[int]:
        """The patterns that have a word in this text for each of their groups of words."""
        found: set[int] = set()
        for word in words & self._words.keys():
            found.update(self._words[word])
        present = set(words)
        for length, stems in self._stems.items():
            for word in words:
                if (stem := word[:length]) in stems:
                    found.update(stems[stem])
                    present.add(f"{stem}*")
        near: list[int] = []
        for number in found:
            pattern = self.patterns[number]
            if present >= pattern.single and not any(map(present.isdisjoint, pattern.groups)):
                near.append(number)
        return sorted(near)


class _Language:
    """One language's rules, compiled."""

    def __init__(self, entry: LanguageRules) -> None:
        compiler = Compiler(entry.lists, entry.everyday, entry.stops)
        frames = entry.frames
        self._idioms = _Index(compiler.pattern(p) for p in entry.idioms.say)
        self._before = {name: compiler.ending(getattr(frames, name)) for name in _BEFORE}
        self._around = {name: compiler.any_of(getattr(frames, name)) for name in _AROUND}
        self._aftermath = compiler.any_of(frames.aftermath)
        rules = [
            (label, rule, compiler.pattern(pattern))
            for label in (*_BY_GRAVITY, FAREWELL)
            for rule in getattr(entry, label)
            for pattern in rule.say
        ]
        self._index = _Index(found for label, _, found in rules if label != FAREWELL)
        self._rules = [(label, rule, pattern) for label, rule, (pattern, _) in rules]
        self._farewells = [each for each in self._rules if each[0] == FAREWELL]
        self._code = entry.language
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
                yield Match(label, f"{self._code}.{rule.id}", rule.why, pattern.source, reason)

    def farewells(self, text: str) -> Iterator[Match]:
        """Every idiom of ending in a plain text, those that are denied too; idioms stay in it."""
        folded = self.fold_plain(text)
        for label, rule, pattern in self._farewells:
            for spans in pattern.find(folded):
                reason = self._passed_over(rule, folded, spans)
                yield Match(label, f"{self._code}.{rule.id}", rule.why, pattern.source, reason)

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


class Listener:
    """All languages' rules; every text is heard in every one of them."""

    def __init__(self, languages: Iterable[_Language]) -> None:
        self._languages = tuple(languages)

    def listen(
        self, text: str, *, strict: bool = False, without: Collection[str] = ()
    ) -> Heard | None:
        """What was noticed, the gravest first, by other rules than `without`; None where nothing.

        `strict` is for texts that bid farewell: an idiom of ending is noticed then, as
        `farewell`. Never raises: a fault in here is answered as `unsure`, with the one line
        about /help.
        """
        try:
            best: Match | None = None
            text = plain(text)
            for match in self._matches(text):
                if not (match.passed_over or match.rule in without) and (
                    best is None or _BY_GRAVITY.index(match.label) < _BY_GRAVITY.index(best.label)
                ):
                    best = match
                    if best.label == LABELS[0]:
                        break
            if strict and (best is None or best.label == WEAK):
                every = (m for language in self._languages for m in language.farewells(text))
                best = next((match for match in every if not match.passed_over), best)
        except Exception:
            return Heard(WEAK, "fault")
        return Heard(best.label, best.rule) if best else None

    def rules_met(self, text: str) -> tuple[str, ...]:
        """Every rule that counts in a text, where `listen` names one of them; empty in a fault."""
        try:
            met = {m.rule: None for m in self._matches(plain(text)) if not m.passed_over}
        except Exception:
            return ()
        return tuple(met)

    def explain(self, text: str) -> str:
        """How the text was read and each rule that matched, with why one did not count."""
        made = plain(text)
        lines = [f"read as: {each.fold_plain(made).strip(' .')}" for each in self._languages]
        seen: set[tuple[str, str]] = set()
        for match in self._matches(made):
            if (match.rule, match.passed_over) in seen:
                continue
            seen.add((match.rule, match.passed_over))
            counts = f"passed over: {match.passed_over}" if match.passed_over else "counts"
            lines.append(f"{match.label}, rule {match.rule} ({match.why}): {counts}")
            lines.append(f"    {match.pattern}")
        heard = self.listen(text)
        lines.append(f"heard: {heard.label}, rule {heard.rule}" if heard else "heard: nothing")
        return "\n".join(lines)

    def _matches(self, text: str) -> Iterator[Match]:
        for language in self._languages:
            yield from language.matches(text)


def read_listener(folder: Path = FOLDER) -> Listener:
    """The rules of every language, a folder each; ListeningError with every fault."""
    languages: list[_Language] = []
    faults: list[str] = []
    for home in sorted(path for path in folder.iterdir() if path.is_dir()):
        try:
            language = _Language(read_rules(home))
        except RuleFileError as fault:
            faults += fault.faults
        except PatternError as fault:
            faults.append(f"{home.name}: {fault}")
        else:
            languages.append(language)
            faults += [
                f'{home.name}: rules name "{word}", which is left out of every text before'
                for word in language.unreachable
            ]
    if faults:
        raise ListeningError(faults)
    return Listener(languages)
