"""Joins the glance of the sieve and the close reading of the encoder to one answer for a text."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from conversations.folding import bare, plain

from .sieve import Sieve, read_sieve
from .tokens import passages, tokens

if TYPE_CHECKING:
    from .encoder import Encoder

#: What the encoder tells apart, in its order, behind the odds that there is nothing.
LABELS = ("self_harm", "danger", "coercion", "own_harm")
#: What the name of a trait begins with, behind its language.
LIKE = "like_"
#: How much more a passage must weigh for each time the number of passages doubles: the more there
#: are, the more often one of them weighs much by chance.
_LONGER = 0.5
#: A letter, what may stand for one, and a letter: `k1ll`, `su*cide`, `d.i.e`.
_DISGUISED = re.compile(r"[^\W\d_](?:[\d@$*!|_]|[.-](?=\w[ .-]))+[^\W\d_]|\b\w(?: \w){2}\b")


class Scale(BaseModel):
    """From which weight on a text counts, in one language."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    #: What weighs less than this at a glance is so ordinary that no rule need be tried.
    calm: float
    #: What weighs less than this at a glance is ordinary, and is not read closely.
    gate: float
    #: The encoder that reads closely what passes the gate.
    closely: str
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


class Look:
    """One text while it is heard: its passages as typed and `plain` (`folding.plain`), what each
    weighs at a glance and, once asked, in the end."""

    def __init__(
        self, passages: Sequence[str], sieve: Sieve, tell: Callable[[Iterable[str]], str]
    ) -> None:
        self.passages = passages
        self.plain = [plain(passage) for passage in passages]
        self.found = [tokens(passage) for passage in self.plain]
        self.language = tell(chain.from_iterable(self.found))
        self.glances = [sieve.weigh(found) for found in self.found]
        #: What was read closely so far: weight and label, by encoder and the passage's number.
        self.read: dict[tuple[str, int], tuple[float, str]] = {}

    @property
    def heaviest(self) -> int:
        """The number of the passage that weighs most at a glance."""
        return max(range(len(self.passages)), key=self.glances.__getitem__)


class Weigher:
    """Sieve, encoders and the balance between them. An encoder is read when first needed."""

    def __init__(self, sieve: Sieve, folder: Path, balance: Balance) -> None:
        self._sieve = sieve
        self._folder = folder
        self._balance = balance
        self._encoders: dict[str, Encoder] = {}
        self._telling = {
            word: code for code, scale in balance.scales.items() for word in scale.told_by
        }
        self._latest: tuple[int, Look] | None = None

    def encoder(self, name: str) -> Encoder:
        """The encoder of that name, imported and read when first asked for; see there for what it
        costs."""
        if name not in self._encoders:
            from .encoder import read_encoder  # noqa: PLC0415, it brings numpy with it

            self._encoders[name] = read_encoder(self._folder / encoder_file(name))
        return self._encoders[name]

    def look(self, text: str) -> Look:
        """A text at a glance."""
        # One update asks several times about the same text; its hash tells that it is the same.
        if self._latest is None or self._latest[0] != hash(text):
            self._latest = (hash(text), self._look(passages(bare(text))))
        return self._latest[1]

    def _look(self, passages: Sequence[str]) -> Look:
        return Look(passages, self._sieve, self.language)

    def _scale(self, look: Look) -> Scale:
        return self._balance.scales[look.language]

    def is_calm(self, look: Look, one: int) -> bool:
        """Whether a passage is so ordinary at a glance, and so plainly written, that no rule can
        count in it."""
        scale = self._scale(look)
        calm = scale.calm if len(look.passages) == 1 else max(scale.calm, scale.floor)
        return look.glances[one] < calm and not _DISGUISED.search(look.plain[one])

    def bears_out(self, look: Look, one: int, language: str, folded: str) -> bool:
        """Whether a passage in which a rule of this language matched, as typed or folded, is not
        plainly harmless: in "he beat me again, 5-0" the words are of violence, the whole is not."""
        if (scale := self._balance.scales.get(language)) is None:
            return True
        # In a long text the passage is not all that was said: then the rule alone decides.
        if len(look.passages) > 1 or look.glances[one] >= scale.noticed:
            return True
        unmasked = self._look([folded])
        return any(self._weigh(each, 0, scale)[0] >= scale.floor for each in (look, unmasked))

    def passes_gate(self, look: Look) -> bool:
        """Whether something in a text is not plainly ordinary: it is then read closely."""
        return look.glances[look.heaviest] >= self._scale(look).gate

    def weigh(self, look: Look) -> Weighed | None:
        """What a text weighs, or None where it is ordinary: of a long one, its heaviest passage."""
        scale = self._scale(look)
        if not self.passes_gate(look):
            return None
        one = look.heaviest
        margin = _LONGER * math.log2(len(look.passages))
        weight, label = self._weigh(look, one, scale)
        if weight < scale.unsure + margin:
            return None
        trait = f"{look.language}.{LIKE}{self._sieve.heaviest(look.found[one]):05x}"
        return Weighed(label if weight >= scale.noticed + margin else None, weight, trait)

    def _weigh(self, look: Look, one: int, scale: Scale) -> tuple[float, str]:
        """What a passage weighs in the end, and its label; it is read closely once at most."""
        if (scale.closely, one) not in look.read:
            read = self.encoder(scale.closely).read(look.passages[one])
            nothing, *odds = [float(each) for each in read]
            top = max(odds)
            something = top + math.log(sum(math.exp(each - top) for each in odds))
            weight = look.glances[one] + something - nothing
            look.read[scale.closely, one] = (weight, LABELS[odds.index(top)])
        return look.read[scale.closely, one]

    def explain(self, text: str) -> list[str]:
        """Lines that say what a text weighs, and what its words add or take away."""
        look = self.look(text)
        scale, one = self._scale(look), look.heaviest
        glance, found = look.glances[one], look.found[one]
        lines = [f"at a glance ({look.language}): {glance:.2f}, more is needed: {scale.gate:.2f}"]
        if not self.passes_gate(look):
            return lines
        weight, label = self._weigh(look, one, scale)
        places = [number for number, word in enumerate(found) if word[0].isalpha()]
        without = [" ".join([*found[:at], *found[at + 1 :]]) for at in places]
        rest = self._look(without)
        shares = sorted(
            (
                (weight - self._weigh(rest, number, scale)[0], found[at])
                for number, at in enumerate(places)
            ),
            reverse=True,
        )
        said = ", ".join(f"{word} {share:+.2f}" for share, word in (*shares[:6], *shares[6:][-2:]))
        return [
            *lines,
            f"weighed: {weight:.2f}, most like {label} (noticed from {scale.noticed:.2f}, "
            f"a weak signal from {scale.unsure:.2f})",
            f"    its words: {said}",
        ]

    def language(self, found: Iterable[str]) -> str:
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
    for name in {scale.closely for scale in balance.scales.values()}:
        if not (folder / encoder_file(name)).is_file():
            raise FileNotFoundError(f"{encoder_file(name)} is missing")
    return Weigher(read_sieve(folder / "sieve.bin"), folder, balance)


def encoder_file(name: str) -> str:
    """The name of the file of an encoder."""
    return f"encoder_{name}.npz"
