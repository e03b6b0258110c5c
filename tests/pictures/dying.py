"""A child that dies over its first question as often as a file says, and then draws."""

import os
import sys
from pathlib import Path

from bot.pictures.worker import main

left = Path(os.environ["DEATHS"])
times = int(left.read_text())
if times:
    sys.stdin.readline()
    left.write_text(str(times - 1))
    os._exit(1)
main()
