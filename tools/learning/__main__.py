"""`python -m tools.learning [encoders|further] [sieve]`: learns all, or what is named."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from conversations.listening import FOLDER, LEARNED
from conversations.weighing.weigher import encoder_file

from .balancing import balance
from .layers import learn_encoder
from .linear import learn_sieve
from .messages import LANGUAGES, development, learned_from
from .published import english, multilingual

PARTS = ("encoders", "sieve")
#: The encoders from where they are, with what was added.
FURTHER = "further"
#: The languages that each encoder reads, what it begins from, and how many layers of that.
ENCODERS = {"en": ({"en"}, english, 3), "more": ({*LANGUAGES} - {"en"}, multilingual, 4)}


def main(argv: Sequence[str]) -> int:
    """Returns the exit code: 0, or 2 where a part is named that there is not."""
    parts = argv or PARTS
    if unknown := [part for part in parts if part not in (*PARTS, FURTHER)]:
        sys.stderr.write(f"{unknown[0]} is none of {', '.join((*PARTS, FURTHER))}\n")
        return 2
    folder = FOLDER / LEARNED
    folder.mkdir(exist_ok=True)
    messages = learned_from()
    print(f"{len(messages)} messages")
    if "encoders" in parts or FURTHER in parts:
        for name, (languages, published, layers) in ENCODERS.items():
            closely = [message for message in messages if message.language in languages]
            learn_encoder(closely, folder / encoder_file(name), published(layers), FURTHER in parts)
    if "sieve" in parts:
        # Weighed out by messages it has not seen, then it learns those as well.
        learn_sieve(messages, folder / "sieve.bin")
        readers = {one: name for name, (languages, *_) in ENCODERS.items() for one in languages}
        balance(folder, messages, readers)
        seen = [message for language in LANGUAGES for message in development(language)]
        learn_sieve([*messages, *(one for one in seen if one.tokens)], folder / "sieve.bin")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
