"""`python -m bot.playground`: the server and the page alone, for trying any bot against them."""

import sys

from bot.playground.run import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], with_bot=False))
