"""Folds a text to plain spaced words, so that a rule need not know how people disguise or mistype.

The result is one string: words with single spaces around each, ` , ` where a clause ends and
` . ` where a sentence ends.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import lru_cache

from rapidfuzz.distance import OSA

_MARKUP = re.compile(r"</?[a-z][^<>]{0,60}>", re.IGNORECASE)
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['@$*!_-]+[^\W_]+)*|\.\.+|[.!?;\n]+|[,:()\"–—]| -+ ")
_SPELLED_OUT = re.compile(r"\b[^\W\d_](?:[ .*_-][^\W\d_]){2,}\b")
_MANY = re.compile(r"(.)\1\1+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "…": ",", "“": '"', "”": '"'})
#: Letters of other alphabets that look like Latin ones, and digits read as letters.
_LOOK_ALIKE = str.maketrans("асеорхуіјѕԁһκοανιτρεω", "aceopxyijsdhkoavitpew")
_CYRILLIC = str.maketrans("aceopxykmthb", "асеорхукмтнв")
_DIGITS = str.maketrans("0134578@$!", "oieastbasi")


class Folder:
    """Folds text for one language.

    `spell` maps a word to what it stands for (several words allowed, or none), `vocabulary` is
    every word the rules name, `forgive` the words understood with one slip, `real` words that
    look like such a slip and are none. A word of fewer than `shortest_typo` letters is never taken
    for a misspelling, nor, where `first_letter` is true, one with another first letter: it is
    hardly ever mistyped, and tells most other words apart.
    """

    def __init__(
        self,
        spell: Mapping[str, str],
        vocabulary: Collection[str],
        forgive: Collection[str],
        real: Collection[str],
        *,
        shortest_typo: int = 5,
        first_letter: bool = True,
    ) -> None:
        self._shortest_typo = shortest_typo
        self._first_letter = first_letter
        self._spell = dict(spell)
        self._vocabulary = frozenset(vocabulary) | frozenset(spell)
        self._real = frozenset(real)
        # Every word with one letter left out: two words one slip apart share such a form.
        self._near: dict[str, list[str]] = {}
        # Of five letters or more, one slip leaves the first two or the last two as they were.
        self._ends = frozenset(end for word in forgive for end in (word[:2], f"-{word[-2:]}"))
        for word in forgive:
            for form in _shortened(word):
                self._near.setdefault(form, []).append(word)

    def fold(self, text: str) -> str:
        """The folded text: it begins with a sentence's end and ends with a space."""
        return self.fold_plain(plain(text))

    def fold_plain(self, text: str) -> str:
        """The same of a text that is plain already: in every language, a text is made so once."""
        words: list[str] = []
        for token in _tokens(_SPELLED_OUT.sub(self._joined, text) if _spelled_out(text) else text):
            if token not in self._spell and self._knows(token):
                words.append(token)
            elif token[0].isalnum():
                words += self._word(token)
            else:
                words.append("." if token[0] in ".!?;\n" and token[:2] != ".." else ",")
        return f" . {' '.join(words)} "

    def _word(self, token: str) -> tuple[str, ...] | list[str]:
        """What one token stands for: usually itself."""
        if token in self._spell:
            return self._spell[token].split()
        if self._knows(token):
            return (token,)
        if not token.isalpha():
            if token.endswith("'s"):
                return self._word(token[:-2])
            meant = self._undisguised(token)
            if meant != token:
                return self._word(meant)
            parts = re.findall(r"[^\W_]+", token)
            return [w for part in parts for w in self._word(part)] if len(parts) > 1 else (token,)
        if _MANY.search(token):
            shorter = _MANY.sub(r"\1\1", token)
            single = _MANY.sub(r"\1", token)
            return self._word(shorter if self._knows(shorter) else single)
        if len(token) >= self._shortest_typo:
            return (self._meant(token),)
        return (token,)

    def _knows(self, token: str) -> bool:
        return token in self._vocabulary or token in self._real

    def _undisguised(self, token: str) -> str:
        """`k1ll`, `d!e` and `su*cide` as the words they hide, if they do."""
        if "*" in token:
            shape = re.compile(re.escape(token).replace(r"\*", "[a-z]"))
            return next((w for w in sorted(self._vocabulary) if shape.fullmatch(w)), token)
        plain = token.translate(_DIGITS)
        return plain if plain in self._vocabulary else token

    def _joined(self, match: re.Match[str]) -> str:
        """`d i e` or `k.i.l.l` as one word, where that is a word the rules know."""
        joined = re.sub(r"[ .*_-]", "", match.group())
        return joined if joined in self._vocabulary else match.group()

    def _meant(self, token: str) -> str:
        """The word of the rules that is one slip away, or the token itself."""
        if len(token) > 4 and self._ends.isdisjoint((token[:2], f"-{token[-2:]}")):
            return token
        for form in _shortened(token):
            for word in self._near.get(form, ()):
                if self._first_letter and word[0] != token[0]:
                    continue
                if OSA.distance(word, token, score_cutoff=1) <= 1:
                    return word
        return token


@lru_cache(maxsize=1)
def _spelled_out(text: str) -> bool:
    """Whether letters stand apart in it; asked once for all languages."""
    return _SPELLED_OUT.search(text) is not None


@lru_cache(maxsize=1)
def _tokens(text: str) -> tuple[str, ...]:
    """Its words and marks, parted once for all languages."""
    return tuple(_WORD.findall(text))


def _shortened(word: str) -> list[str]:
    return [word, *(word[:i] + word[i + 1 :] for i in range(len(word)))]


def plain(text: str) -> str:
    """Lower case, without accents, invisible characters, links and markup."""
    return bare(unaccented(text))


def bare(text: str) -> str:
    """Without links and markup."""
    if "<" in text:
        text = _MARKUP.sub("", text)
    if "://" in text:
        text = _LINK.sub(" ", text)
    return text


def unaccented(text: str) -> str:
    """Lower case, without accents and invisible characters, each word in one alphabet."""
    if text.isascii():
        return text.lower()
    # A lone surrogate cannot be normalised by every build; it carries no words either.
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).translate(_QUOTES))
    text = "".join(c for c in text if unicodedata.category(c) not in ("Mn", "Cf", "Cs"))
    text = text.casefold()
    return " ".join(_one_alphabet(word) for word in re.split("( |\n)", text) if word != " ")


def _one_alphabet(word: str) -> str:
    """A word that mixes alphabets, written in Latin letters, or in Cyrillic where it cannot be."""
    if word.isascii() or not any("a" <= c <= "z" for c in word):
        return word
    latin = word.translate(_LOOK_ALIKE)
    if any("а" <= c <= "я" for c in latin):
        return word.translate(_CYRILLIC)
    return latin
