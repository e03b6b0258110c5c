"""Sealing: AES-256-GCM under a key of each person's own, which a master key wraps.

A sealed value is `nonce (12) | ciphertext | tag (16)`. The clear text is padded to a multiple of 64
bytes so that its length tells little, and the seal is bound to person and column: a value moved to
another person or another column does not open.

A wrapped key is `master key id (4) | nonce (12) | ciphertext (32) | tag (16)`.

The house secret is 32 random bytes made once for a database and kept wrapped in it. What must stay
the same while master keys come and go is derived from it: the digests (an update seen a week ago
must still be recognised after a rotation) and the key for rows that belong to nobody.
"""

import os
from collections.abc import Sequence
from hashlib import blake2b

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
KEY_ID_BYTES = 4
_NONCE_BYTES = 12
_LENGTH_BYTES = 4
_BLOCK = 64
_NOBODY = 0  # no chat has this id


class Unsealable(Exception):  # noqa: N818  (a state of the value, not of the code)
    """A sealed value does not open: damaged, moved, or sealed under a key that is not here."""


class PersonKey:
    """Seals and opens what belongs to one person."""

    __slots__ = ("_cipher", "_owner")

    def __init__(self, person_id: int, key: bytes) -> None:
        self._cipher = AESGCM(key)
        self._owner = person_id.to_bytes(8, "big", signed=True)

    def seal(self, column: str, clear: bytes) -> bytes:
        """Seal for `column`, a name such as "talks.body"."""
        nonce = os.urandom(_NONCE_BYTES)
        size = len(clear)
        padded = size.to_bytes(_LENGTH_BYTES, "big") + clear
        padded += bytes(-len(padded) % _BLOCK)
        return nonce + self._cipher.encrypt(nonce, padded, self._owner + column.encode())

    def open(self, column: str, sealed: bytes) -> bytes:
        """Open what `seal` made for the same person and column, or raise `Unsealable`."""
        nonce, rest = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            padded = self._cipher.decrypt(nonce, rest, self._owner + column.encode())
        except (InvalidTag, ValueError):
            raise Unsealable from None
        size = int.from_bytes(padded[:_LENGTH_BYTES], "big")
        return padded[_LENGTH_BYTES : _LENGTH_BYTES + size]


class Keyring:
    """The master keys, newest first, and what is derived from the house secret.

    New keys are wrapped under the newest master key; the others only open what they wrapped.
    """

    __slots__ = ("_digest_key", "_masters", "_newest", "_secret", "system")

    def __init__(self, masters: Sequence[bytes], house_secret: bytes) -> None:
        self._masters = {key_id(master): AESGCM(master) for master in masters}
        self._newest = key_id(masters[0])
        self._secret = house_secret
        self._digest_key = _derive(house_secret, b"digest")
        self.system = PersonKey(_NOBODY, _derive(house_secret, b"system"))
        """Seals rows that belong to nobody, such as an update set aside."""

    def new_person_key(self, person_id: int) -> tuple[PersonKey, bytes]:
        """A fresh key for the person, and the same key wrapped for the `keys` table."""
        key = os.urandom(KEY_BYTES)
        return PersonKey(person_id, key), self._wrap(person_id, key)

    def unwrap(self, person_id: int, wrapped: bytes) -> PersonKey:
        """The person's key, or `Unsealable` when no master key here wrapped it for them."""
        master = self._masters.get(wrapped[:KEY_ID_BYTES])
        if master is None:
            raise Unsealable
        return PersonKey(person_id, _open_wrapped(master, person_id, wrapped))

    @property
    def newest(self) -> bytes:
        """The name of the newest master key, 4 bytes: what it wrapped begins with it."""
        return self._newest

    def rewrap(self, person_id: int, wrapped: bytes) -> bytes:
        """The same person's key under the newest master key, or `Unsealable`."""
        master = self._masters.get(wrapped[:KEY_ID_BYTES])
        if master is None:
            raise Unsealable
        return self._wrap(person_id, _open_wrapped(master, person_id, wrapped))

    def wrap_secret(self) -> bytes:
        """The house secret wrapped under the newest master key, for the `facts` table."""
        return self._wrap(_NOBODY, self._secret)

    def digest(self, data: bytes) -> bytes:
        """A keyed hash of 16 bytes, the same for as long as the database lives."""
        return blake2b(data, digest_size=16, key=self._digest_key).digest()

    def erasure_digest(self, person_id: int) -> bytes:
        """The only trace an erased person leaves: tells nothing, yet recognises them."""
        return self.digest(b"erasure" + person_id.to_bytes(8, "big", signed=True))

    def _wrap(self, owner: int, key: bytes) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._masters[self._newest].encrypt(nonce, key, _wrap_label(owner))
        return self._newest + nonce + sealed


def key_id(master: bytes) -> bytes:
    """The name of a master key, 4 bytes; tells nothing about the key."""
    return blake2b(master, digest_size=KEY_ID_BYTES, person=b"threshold.id").digest()


def open_secret(master: bytes, wrapped: bytes) -> bytes:
    """The house secret that `Keyring.wrap_secret` wrapped, or `Unsealable` under a wrong key."""
    return _open_wrapped(AESGCM(master), _NOBODY, wrapped)


def _open_wrapped(master: AESGCM, owner: int, wrapped: bytes) -> bytes:
    body = wrapped[KEY_ID_BYTES:]
    try:
        return master.decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], _wrap_label(owner))
    except (InvalidTag, ValueError):
        raise Unsealable from None


def _wrap_label(owner: int) -> bytes:
    return b"wrapped key" + owner.to_bytes(8, "big", signed=True)


def _derive(secret: bytes, purpose: bytes) -> bytes:
    return blake2b(key=secret, person=purpose, digest_size=KEY_BYTES).digest()
