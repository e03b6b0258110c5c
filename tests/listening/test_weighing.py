"""A text is weighed as a whole: what its circumstances tell, in long texts too."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.folding import plain
from conversations.listening import FOLDER, LEARNED, ListeningError, read_listener
from conversations.weighing.pieces import SPECIAL, LikeliestPieces, LongestPieces
from conversations.weighing.sieve import BITS, features
from conversations.weighing.tokens import PASSAGE, WHOLE, passages, tokens
from tests import shipped

LISTENER = shipped.listener()
EVERY = Path(__file__).parent / "en.jsonl"
#: Nothing in it names what it is about, and no rule matches it.
TOLD_SIDEWAYS = "I slept in the car with the doors locked until his light went off"
ORDINARY = "We went to the market and she bought plums. Then we walked home along the canal. "


def test_what_is_told_by_its_circumstances_is_heard_without_any_rule() -> None:
    heard = LISTENER.listen(TOLD_SIDEWAYS)
    assert heard is not None
    assert heard.label == "danger"
    assert heard.rule.startswith("en.like_")
    assert ", rule en." not in LISTENER.explain(TOLD_SIDEWAYS).partition("heard:")[0]


@pytest.mark.parametrize("said", ["I think of ending my life most nights now", TOLD_SIDEWAYS])
def test_it_is_heard_in_the_middle_of_a_long_message_too(said: str) -> None:
    long = f"{ORDINARY * 22}{said}. {ORDINARY * 22}"
    assert len(long) < 4096
    assert LISTENER.listen(ORDINARY * 44) is None
    assert LISTENER.listen(long) is not None


def test_an_ordinary_message_is_weighed_at_a_glance_and_of_a_long_one_a_passage_is_read_closely(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What listening costs is told by `benchmarks.listening`; this holds what it rests on."""
    weigher = LISTENER.weigher
    assert weigher is not None
    read: list[int] = []
    encoder = weigher.encoder("en")
    closely = encoder.read

    def counted(passage: str) -> object:
        read.append(len(tokens(plain(passage))))
        return closely(passage)

    monkeypatch.setattr(encoder, "read", counted)
    texts = [json.loads(line) for line in EVERY.read_text(encoding="utf-8").splitlines()]
    everyday = [text["text"] for text in texts if text["kind"] == "everyday"]
    for text in everyday:
        LISTENER.listen(text)
    assert len(read) < len(everyday) / 10
    for start in range(0, len(texts), 100):
        read.clear()
        LISTENER.listen(". ".join(text["text"] for text in texts[start : start + 100])[:4096])
        assert len(read) <= 1
        assert all(length <= PASSAGE for length in read)


def test_a_text_that_was_misread_is_quiet_however_it_is_typed_and_another_is_not() -> None:
    met = LISTENER.rules_met(TOLD_SIDEWAYS)
    assert len(met) == 1
    assert len(f"talk:misread:{met[0]}".encode()) <= 40
    for again in (TOLD_SIDEWAYS, TOLD_SIDEWAYS.upper(), f"  {TOLD_SIDEWAYS}!"):
        assert LISTENER.listen(again, without=met) is None
    assert LISTENER.listen("i hope i dont wake up", without=met) is not None


def test_explaining_names_the_words_that_weigh_most() -> None:
    said = LISTENER.explain(TOLD_SIDEWAYS)
    assert "most like danger" in said
    words = said.partition("its words: ")[2].splitlines()[0]
    assert "locked" in words
    assert "at a glance (en)" in LISTENER.explain("We had soup")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("duermo con la silla contra la puerta y las llaves en el calcetin por si vuelve", "es"),
        ("je dors avec la chaise contre la porte et mes cles dans ma chaussette", "fr"),
        ("ich schlafe mit dem stuhl unter der klinke und dem schlüssel im strumpf", "de"),
        ("durmo com a cadeira na porta e a chave do carro na meia, caso ele volte", "pt"),
        ("сплю со стулом под дверной ручкой и ключами в носке, вдруг он вернётся", "ru"),
        ("plums", "en"),
        ("", "en"),
    ],
)
def test_the_language_of_a_text_is_told_by_its_small_words(text: str, language: str) -> None:
    weigher = LISTENER.weigher
    assert weigher is not None
    assert weigher.language(tokens(plain(text))) == language


def test_ordinary_words_never_load_what_reads_closely() -> None:
    """The encoder costs memory and a tenth of a second; most processes can do long without."""
    code = (
        "import sys\n"
        "from conversations.listening import read_listener\n"
        "listener = read_listener()\n"
        "assert listener.listen('my sister, the garden and the money') is None\n"
        "assert 'numpy' not in sys.modules\n"
        f"assert listener.listen({TOLD_SIDEWAYS!r}) is not None\n"
        "assert 'numpy' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


@given(st.text(max_size=300))
def test_any_text_has_features_within_the_table(text: str) -> None:
    found = tokens(plain(text))
    assert all(0 <= place < 1 << BITS for place in features(found))
    assert features(found) == features(tokens(plain(text)))


WORDS = st.lists(st.sampled_from(["she ", "cooks, ", "rice. ", "why? ", "\n", "- "]), max_size=400)


@given(WORDS)
def test_passages_leave_nothing_out_and_are_never_longer_than_what_was_learned(
    words: list[str],
) -> None:
    text = "".join(words)
    parts = passages(text)
    if len(tokens(text)) <= WHOLE:
        assert parts == [text]
        return
    assert all(0 < len(tokens(part)) <= PASSAGE for part in parts[:-1])
    covered = 0
    for part in parts:
        start = text.index(part, max(0, covered - len(part)))
        assert start <= covered
        covered = max(covered, start + len(part))
    assert covered == len(text)


def test_of_a_long_sentence_every_two_neighbours_stand_in_one_passage() -> None:
    words = [f"w{number}" for number in range(200)]
    parts = [tokens(part) for part in passages(" ".join(words))]
    met = {pair for part in parts for pair in pairwise(part)}
    assert met >= set(pairwise(words))


def test_a_word_is_parted_into_the_longest_pieces_that_are_known() -> None:
    known = [*SPECIAL, "un", "##hap", "##py", "##p", "hap", "'"]
    pieces = LongestPieces(known)
    assert pieces.numbers("Unhappy hap'hap qq.", 20) == [2, 4, 5, 6, 8, 9, 8, 1, 1, 3]
    assert pieces.numbers("unhappy", 2) == [2, 4, 5, 3]


def test_or_into_those_that_are_likeliest_together() -> None:
    known = {"\u2581ma": -2.0, "ñ": -3.0, "ana": -2.0, "\u2581mañ": -4.0, "\u2581": -1.0}
    pieces = LikeliestPieces([*SPECIAL, *known], [0.0] * 4 + list(known.values()))
    assert pieces.numbers("Mañana", 20) == [2, 7, 6, 3]
    assert pieces.numbers("ma ma", 1) == [2, 4, 3]
    assert pieces.numbers("q", 20) == [2, 8, 1, 3], "what no piece holds is unknown, and alone"


@pytest.mark.parametrize(
    ("file", "fault"),
    [("sieve.bin", "cut off"), ("encoder_more.npz", "is missing"), ("balance.toml", "otherwise")],
)
def test_a_broken_file_of_what_was_learned_is_one_clear_line(
    tmp_path: Path, file: str, fault: str
) -> None:
    shutil.copytree(FOLDER / LEARNED, tmp_path / LEARNED)
    broken = tmp_path / LEARNED / file
    if file == "encoder_more.npz":
        broken.unlink()
    else:
        cut = -20 if file == "sieve.bin" else None
        broken.write_bytes(broken.read_bytes().replace(b"otherwise", b"elsewise")[:cut])
    with pytest.raises(ListeningError, match=fault) as told:
        read_listener(tmp_path)
    assert str(told.value).startswith(f"{LEARNED}: ")
