"""What is sealed opens for its owner and its column, and for nothing else."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.sealing import Keyring, PersonKey, Unsealable, key_id, open_secret

MASTER, OTHER, SECRET = bytes(range(32)), bytes(32), os.urandom(32)
columns = st.text(min_size=1, max_size=20)
ids = st.integers(min_value=-(2**63), max_value=2**63 - 1)


@given(person=ids, column=columns, clear=st.binary(max_size=2_000))
def test_what_was_sealed_opens_unchanged(person: int, column: str, clear: bytes) -> None:
    key = PersonKey(person, os.urandom(32))
    assert key.open(column, key.seal(column, clear)) == clear


def test_a_long_text_in_any_script_opens_code_point_for_code_point() -> None:
    key = PersonKey(1, MASTER)
    text = "שלום 👩‍👩‍👧 \u202eabc\u202c é" * 400
    assert key.open("talks.body", key.seal("talks.body", text.encode())).decode() == text


@given(length=st.integers(min_value=0, max_value=500))
def test_the_length_of_a_sealed_value_tells_only_multiples_of_64(length: int) -> None:
    sealed = PersonKey(1, MASTER).seal("kept.body", bytes(length))
    padded = len(sealed) - 12 - 16
    assert padded % 64 == 0
    assert length + 4 <= padded < length + 4 + 64


def test_the_same_words_never_look_the_same_twice() -> None:
    key = PersonKey(1, MASTER)
    assert len({key.seal("kept.body", b"I am tired") for _ in range(100)}) == 100


def test_a_value_moved_to_another_person_does_not_open() -> None:
    with pytest.raises(Unsealable):
        PersonKey(2, MASTER).open("kept.body", PersonKey(1, MASTER).seal("kept.body", b"words"))


def test_a_value_moved_to_another_column_does_not_open() -> None:
    key = PersonKey(1, MASTER)
    with pytest.raises(Unsealable):
        key.open("talks.body", key.seal("kept.body", b"words"))


@given(data=st.data())
def test_a_value_changed_anywhere_does_not_open(data: st.DataObject) -> None:
    key = PersonKey(1, MASTER)
    sealed = bytearray(key.seal("kept.body", b"words"))
    place = data.draw(st.integers(min_value=0, max_value=len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(min_value=1, max_value=255))
    with pytest.raises(Unsealable):
        key.open("kept.body", bytes(sealed))


@given(junk=st.binary(max_size=100))
def test_junk_does_not_open_and_raises_nothing_else(junk: bytes) -> None:
    keyring = Keyring([MASTER], SECRET)
    with pytest.raises(Unsealable):
        PersonKey(1, MASTER).open("kept.body", junk)
    with pytest.raises(Unsealable):
        keyring.unwrap(1, junk)
    with pytest.raises(Unsealable):
        keyring.unwrap(1, key_id(MASTER) + junk)


def test_a_wrapped_key_unwraps_to_the_same_key_after_a_rotation() -> None:
    key, wrapped = Keyring([OTHER], SECRET).new_person_key(7)
    sealed = key.seal("kept.body", b"words")
    assert Keyring([MASTER, OTHER], SECRET).unwrap(7, wrapped).open("kept.body", sealed) == b"words"


def test_new_keys_are_wrapped_under_the_newest_master_key() -> None:
    _, wrapped = Keyring([MASTER, OTHER], SECRET).new_person_key(7)
    Keyring([MASTER], SECRET).unwrap(7, wrapped)
    with pytest.raises(Unsealable):
        Keyring([OTHER], SECRET).unwrap(7, wrapped)


def test_a_wrapped_key_moved_to_another_person_does_not_unwrap() -> None:
    keyring = Keyring([MASTER], SECRET)
    _, wrapped = keyring.new_person_key(7)
    with pytest.raises(Unsealable):
        keyring.unwrap(8, wrapped)


def test_a_wrapped_key_holds_neither_the_key_nor_the_master_key() -> None:
    wrapped = Keyring([MASTER], SECRET).wrap_secret()
    assert SECRET not in wrapped
    assert MASTER not in wrapped
    assert open_secret(MASTER, wrapped) == SECRET
    with pytest.raises(Unsealable):
        open_secret(OTHER, wrapped)


def test_a_digest_outlives_every_master_key_and_belongs_to_one_database() -> None:
    before, after = Keyring([OTHER], SECRET), Keyring([MASTER], SECRET)
    assert before.digest(b"update 1") == after.digest(b"update 1")
    assert len(before.digest(b"update 1")) == 16
    assert before.digest(b"update 1") != before.digest(b"update 2")
    assert before.digest(b"update 1") != Keyring([OTHER], os.urandom(32)).digest(b"update 1")
    assert before.erasure_digest(5) == after.erasure_digest(5) != after.erasure_digest(6)


def test_rows_of_nobody_open_after_a_rotation() -> None:
    sealed = Keyring([OTHER], SECRET).system.seal("set_aside.body", b"{}")
    assert Keyring([MASTER], SECRET).system.open("set_aside.body", sealed) == b"{}"
