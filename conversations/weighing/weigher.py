"""Joins the glance of the sieve and the close reading of the encoder to one answer for a text."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from .sieve import Sieve, read_sieve
from .tokens import passages, tokens

if TYPE_CHECKING:
    from .encoder import Encoder

#: What the encoder tells apart, in its order, behind the odds that there is nothing.
LABELS = ("self_harm", "danger", "coercion", "own_harm")
#: What the name of a trait begins with, behind its language.
LIKE = "like_"
#: How many passages of a long text are read closely: those that weigh most at a glance.
_CLOSELY = 2
#: A letter, what may stand for one, and a letter: `k1ll`, `su*cide`, `d.i.e`.
_DISGUISED = re.compile(r"[^\W\d_](?:[\d@$*!|_]|[.-](?=\w[ .-]))+[^\W\d_]|\b\w(?: \w){2}\b")


class Scale(BaseModel):
    """From which weight on a text counts, in one language."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    #: What weighs less than this at a glance is so ordinary that no rule need be tried.
    calm: float
    #: What weighs less than this at a glance is ordinary, and is not read closely.
    gate: float
    #: The share of the glance, and of the close reading, in the weight; 0 where that is not done.
    sieve: float
    encoder: float
    #: From here on it is noticed, and from `unsure` on it is a weak signal.
    noticed: float
    unsure: float
    #: What a rule notices must weigh this much: less is a joke, a film, a kitchen.
    floor: float
    #: The words that tell this language from the others.
    told_by: tuple[str, ...] = Field(strict=False)


class Balance(BaseModel):
    """How a text is weighed in each language (`balance.toml`), by its code."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    #: The language of a text that has none of the telling words.
    otherwise: str
    scales: dict[str, Scale]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A text that weighs enough: its label (or None where it is a weak signal), how much, and
    `trait`, a short name of what weighs most in it, the same whenever that is written again."""

    label: str | None
    weight: float
    trait: str


@dataclass(slots=True)
class _Look:
    """What one text weighs at a glance, and, once asked, in the end."""

    language: str
    scale: Scale
    glances: list[tuple[float, Sequence[str]]]
    weighed: tuple[Weighed | None] | None = None


class Weigher:
    """Sieve, encoder and the balance between them. The encoder is read when first needed."""

    def __init__(self, sieve: Sieve, encoder_file: Path, balance: Balance) -> None:
        self._sieve = sieve
        self._encoder_file = encoder_file
        self._balance = balance
        self._telling = {
            word: code for code, scale in balance.scales.items() for word in scale.told_by
        }
        self._latest: tuple[int, _Look] | None = None

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder, imported and read now; see there for what it costs."""
        from .encoder import read_encoder  # noqa: PLC0415, it brings numpy with it

        return read_encoder(self._encoder_file)

    def is_calm(self, plain: str) -> bool:
        """Whether a plain text (`folding.plain`) is so ordinary at a glance, and so plainly
        written, that no rule can count in it."""
        look = self._look(plain)
        calm = all(glance < look.scale.calm for glance, _ in look.glances)
        return calm and not _DISGUISED.search(plain)

    def weigh(self, plain: str) -> Weighed | None:
        """What a plain text weighs, or None where it is ordinary."""
        look = self._look(plain)
        if look.weighed is None:
            look.weighed = (self._weigh(look),)
        return look.weighed[0]

    def _look(self, plain: str) -> _Look:
        # One update asks several times about the same text; its hash tells that it is the same.
        if self._latest is None or self._latest[0] != hash(plain):
            found = tokens(plain)
            language = self.language(found)
            glances = [(self._sieve.weigh(part), part) for part in passages(found) if part]
            look = _Look(language, self._balance.scales[language], glances)
            self._latest = (hash(plain), look)
        return self._latest[1]

    def _weigh(self, look: _Look) -> Weighed | None:
        scale = look.scale
        likely = [one for one in look.glances if one[0] >= scale.gate]
        likely.sort(key=lambda one: -one[0])
        weighed = [(*self._weight(scale, *one), one[1]) for one in likely[:_CLOSELY]]
        weight, label, part = max(weighed, default=(-math.inf, "", ()), key=lambda one: one[0])
        if weight < scale.unsure:
            return None
        trait = f"{look.language}.{LIKE}{self._sieve.heaviest(part):05x}"
        return Weighed(label if weight >= scale.noticed else None, weight, trait)

    def bears_out(self, language: str, *plain: str) -> bool:
        """Whether a text in which a rule of this language matched, in one of its readings, is not
        plainly harmless: in "he beat me again, 5-0" the words are of violence, the whole is not."""
        scale = self._balance.scales.get(language)
        if scale is None:
            return True
        for text in plain:
            parts = [part for part in passages(tokens(text)) if part]
            # In a long text the words may stand anywhere: then the rule alone decides.
            if len(parts) > 1:
                return True
            if (
                parts
                and self._weight(scale, self._sieve.weigh(parts[0]), parts[0])[0] >= scale.floor
            ):
                return True
        return False

    def _weight(self, scale: Scale, glance: float, part: Sequence[str]) -> tuple[float, str]:
        if not scale.encoder:
            return scale.sieve * glance, self._sieve.label(part)
        nothing, *odds = [float(one) for one in self.encoder.read(part)]
        top = max(odds)
        something = top + math.log(sum(math.exp(one - top) for one in odds))
        weight = scale.sieve * glance + scale.encoder * (something - nothing)
        return weight, LABELS[odds.index(top)]

    def explain(self, plain: str) -> list[str]:
        """Lines that say what a plain text weighs, and what its words add or take away."""
        look = self._look(plain)
        if not look.glances:
            return []
        language, scale = look.language, look.scale
        glance, part = max(look.glances, key=lambda one: one[0])
        lines = [f"at a glance ({language}): {glance:.2f}, more is needed: {scale.gate:.2f}"]
        if glance < scale.gate:
            return lines
        weight, label = self._weight(scale, glance, part)
        shares: list[tuple[float, str]] = []
        for number, word in enumerate(part):
            rest = [*part[:number], *part[number + 1 :]]
            if rest and word[0].isalpha():
                less, _ = self._weight(scale, self._sieve.weigh(rest), rest)
                shares.append((weight - less, word))
        shares.sort(reverse=True)
        said = ", ".join(f"{word} {share:+.2f}" for share, word in (*shares[:6], *shares[6:][-2:]))
        return [
            f"weighed: {weight:.2f}, most like {label} (noticed from {scale.noticed:.2f}, "
            f"a weak signal from {scale.unsure:.2f})",
            f"    its words: {said}",
        ]

    def language(self, found: Sequence[str]) -> str:
        """The language most of whose telling words stand in a text."""
        counts: dict[str, int] = {}
        for word in found:
            if code := self._telling.get(word):
                counts[code] = counts.get(code, 0) + 1
        return max(counts, key=counts.__getitem__, default=self._balance.otherwise)


def read_weigher(folder: Path) -> Weigher:
    """What was learned; OSError or ValueError where a file is missing or broken."""
    balance = Balance.model_validate(
        tomllib.loads((folder / "balance.toml").read_text(encoding="utf-8"))
    )
    encoder_file = folder / "encoder.npz"
    if not encoder_file.is_file():
        raise FileNotFoundError(f"{encoder_file.name} is missing")
    return Weigher(read_sieve(folder / "sieve.bin"), encoder_file, balance)
