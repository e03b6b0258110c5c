"""The one error that ends the bot with a sentence instead of a traceback."""

SETTINGS_FAULT = 2
ENVIRONMENT_FAULT = 1


class StartError(Exception):
    """The bot cannot start or go on; `message` is one clear sentence for the operator.

    `exit_code` is 2 when something given is wrong (settings, content, keys, versions) and 1 when
    the surroundings are (a server out of reach, a folder that cannot be written).
    """

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.message = message
        self.exit_code = exit_code
