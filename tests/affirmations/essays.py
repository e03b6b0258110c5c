"""Finds words taken over from the essays, which are not part of this repository.

`essay_runs.txt` holds a salted hash of every run of eight words in them, readers' comments
included. `python -m tests.affirmations.essays ESSAY...` writes it anew from the essays' texts.
"""

import base64
import hashlib
import re
import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

FILE = Path(__file__).with_name("essay_runs.txt")
RUN = 8
#: Bytes of each hash. Among 6,000 runs a foreign one is taken for theirs once in 10 ** 8.
SIZE = 5
SALT = b"one foot out"


def hashes(text: str) -> Iterator[bytes]:
    """The hash of every run of eight words; case, signs and line breaks do not count."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "").replace("'", "")
    words = re.findall(r"[^\W_]+", plain)
    for start in range(len(words) - RUN + 1):
        run = " ".join(words[start : start + RUN])
        yield hashlib.blake2b(run.encode(), digest_size=SIZE, key=SALT).digest()


def known_runs(file: Path = FILE) -> frozenset[bytes]:
    """The hashes of the essays' runs."""
    packed = base64.b64decode(file.read_text(encoding="ascii"))
    return frozenset(packed[start : start + SIZE] for start in range(0, len(packed), SIZE))


def taken_over(text: str, runs: frozenset[bytes]) -> bool:
    """Whether eight words in a row are those of an essay."""
    return any(found in runs for found in hashes(text))


def write(essays: Iterable[Path], file: Path = FILE) -> None:
    """Write the hashes of these texts, sorted, so that nothing tells their order."""
    found = {one for essay in essays for one in hashes(essay.read_text(encoding="utf-8"))}
    packed = base64.b64encode(b"".join(sorted(found))).decode()
    file.write_text("\n".join(textwrap.wrap(packed, 100)) + "\n", encoding="ascii")


if __name__ == "__main__":
    write(map(Path, sys.argv[1:]))
