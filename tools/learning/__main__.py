"""`python -m tools.learning [sieve] [encoder|further] [balance]`: learns all, or what is named."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from conversations.listening import FOLDER, LEARNED

from .balancing import balance
from .layers import learn_encoder
from .linear import learn_sieve
from .messages import learned_from

PARTS = ("sieve", "encoder", "balance")
#: The encoder from where it is, with what was added.
FURTHER = "further"
#: Read closely in these languages, with the share that has in the weight.
CLOSELY = {"en": 1.0}


def main(argv: Sequence[str]) -> int:
    """Returns the exit code: 0, or 2 where a part is named that there is not."""
    parts = argv or PARTS
    if unknown := [part for part in parts if part not in (*PARTS, FURTHER)]:
        sys.stderr.write(f"{unknown[0]} is none of {', '.join(PARTS)}\n")
        return 2
    folder = FOLDER / LEARNED
    folder.mkdir(exist_ok=True)
    messages = learned_from()
    print(f"{len(messages)} messages")
    if "sieve" in parts:
        learn_sieve(messages, folder / "sieve.bin")
    if "encoder" in parts or FURTHER in parts:
        closely = [message for message in messages if message.language in CLOSELY]
        learn_encoder(closely, folder / "encoder.npz", FURTHER in parts)
    if "balance" in parts:
        balance(folder, messages, CLOSELY)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
