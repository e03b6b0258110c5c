"""Notices, in what a person wrote, what matters more than the next question.

Deterministic, offline and explainable. What is said plainly is heard by rules, phrases in
`listening/<language>/*.toml`; what is told by its circumstances is weighed as a whole, by what was
learned from many labelled messages (`weighing`). `Listener.explain` says which rules matched, why
one did not count, and which words weighed most.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from .folding import plain
from .language_rules import BY_GRAVITY, Language, Match
from .phrase_rules import PatternError
from .rule_files import FAREWELL, LABELS, WEAK, RuleFileError, read_rules
from .turn import Heard
from .weighing.weigher import LIKE, Look, Weigher, read_weigher

__all__ = ["FAREWELL", "FOLDER", "LABELS", "Listener", "ListeningError", "read_listener"]

FOLDER = Path(__file__).parent / "listening"
#: Beside the folders of the languages: what was learned from labelled messages.
LEARNED = "learned"


class ListeningError(ValueError):
    """A rule file cannot be used; `faults` holds one sentence for each thing to mend."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def _graver(one: Heard, other: Heard) -> bool:
    return BY_GRAVITY.index(one.label) < BY_GRAVITY.index(other.label)


class Listener:
    """All languages' rules, and a weigher; every text is heard in every language, and weighed."""

    def __init__(self, languages: Iterable[Language], weigher: Weigher | None = None) -> None:
        self._languages = tuple(languages)
        self.weigher = weigher

    def listen(
        self, text: str, *, strict: bool = False, without: Collection[str] = ()
    ) -> Heard | None:
        """What was noticed, the gravest first, by other rules than `without`; None where nothing.

        `strict` is for texts that bid farewell: an idiom of ending is noticed then, as
        `farewell`. Never raises: a fault in here is answered as `unsure`, with the one line
        about /help.
        """
        try:
            best: Heard | None = None
            misread: set[str] = set()
            for heard in self._heard(text):
                if heard.rule in without:
                    misread.add(heard.label)
                elif LIKE in heard.rule and heard.label in misread:
                    # The whole weighs what it does for the phrase that was misread.
                    continue
                elif best is None or _graver(heard, best):
                    best = heard
                    if best.label == LABELS[0]:
                        break
            if strict and (best is None or best.label == WEAK):
                made = plain(text)
                every = (m for language in self._languages for m in language.farewells(made))
                said = (Heard(m.label, m.rule) for m in every if not m.passed_over)
                best = next(said, best)
        except Exception:
            return Heard(WEAK, "fault")
        return best

    def rules_met(self, text: str) -> tuple[str, ...]:
        """Every rule that counts in a text, where `listen` names one of them; empty in a fault."""
        try:
            met = {heard.rule: None for heard in self._heard(text)}
        except Exception:
            return ()
        return tuple(met)

    def explain(self, text: str) -> str:
        """How the text was read and each rule that matched, with why one did not count."""
        made = plain(text)
        lines = [f"read as: {each.fold_plain(made).strip(' .')}" for each in self._languages]
        seen: set[tuple[str, str]] = set()
        for match in self._matches(text):
            if (match.rule, match.passed_over) in seen:
                continue
            seen.add((match.rule, match.passed_over))
            counts = f"passed over: {match.passed_over}" if match.passed_over else "counts"
            lines.append(f"{match.label}, rule {match.rule} ({match.why}): {counts}")
            lines.append(f"    {match.pattern}")
        if self.weigher:
            lines += self.weigher.explain(text)
        heard = self.listen(text)
        lines.append(f"heard: {heard.label}, rule {heard.rule}" if heard else "heard: nothing")
        return "\n".join(lines)

    def _heard(self, text: str) -> Iterator[Heard]:
        """Everything noticed in a text, what rules notice first."""
        for match in self._matches(text):
            if not match.passed_over:
                yield Heard(match.label, match.rule)
        if self.weigher and (weighed := self.weigher.weigh(self.weigher.look(text))):
            yield Heard(weighed.label or WEAK, weighed.trait)

    def _matches(self, text: str) -> Iterator[Match]:
        """Every match of every rule; one counts only where the whole text bears it out."""
        if self.weigher is None:
            for language in self._languages:
                yield from language.matches(plain(text))
            return
        look = self.weigher.look(text)
        for one in range(len(look.passages)):
            if not self.weigher.is_calm(look, one):
                for language in self._languages:
                    yield from self._borne_out(look, one, language)

    def _borne_out(self, look: Look, one: int, language: Language) -> Iterator[Match]:
        assert self.weigher is not None
        borne_out: bool | None = None
        for match in language.matches(look.plain[one]):
            if match.passed_over or match.label == WEAK:
                yield match
                continue
            if borne_out is None:
                folded = language.fold_plain(look.plain[one])
                borne_out = self.weigher.bears_out(look, one, language.code, folded)
            yield match if borne_out else replace(match, passed_over="harmless as a whole")


def read_languages(folder: Path) -> list[Language]:
    """The rules of every language, a folder each; ListeningError with every fault."""
    languages: list[Language] = []
    faults: list[str] = []
    for home in sorted(path for path in folder.iterdir() if path.is_dir()):
        if home.name == LEARNED:
            continue
        try:
            language = Language(read_rules(home))
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
    return languages


def read_listener(folder: Path = FOLDER) -> Listener:
    """All that listens: the rules, and what was learned, in the folder `learned`.

    Folders other than the shipped one may be without that. ListeningError with every fault.
    """
    languages = read_languages(folder)
    if folder != FOLDER and not (folder / LEARNED).is_dir():
        return Listener(languages)
    try:
        return Listener(languages, read_weigher(folder / LEARNED))
    except (OSError, ValueError) as fault:
        raise ListeningError([f"{LEARNED}: {fault}"]) from None
