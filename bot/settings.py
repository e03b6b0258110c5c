"""The settings, and the only reader of the environment.

Every setting is an environment variable that starts with `THRESHOLD_` (but `PORT`, as hosts set
it), or a line of a file `.env` in the working directory. An empty variable counts as not set.
"""

import os
import re
from base64 import urlsafe_b64decode
from pathlib import Path
from typing import Any, Literal, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import SETTINGS_FAULT, StartError

PREFIX = "THRESHOLD_"
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
KEY_BYTES = 32
_SQLITE = "sqlite"


class StorageSettings(BaseSettings):
    """Where the words lie and what seals them: all that a migration needs to know."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        populate_by_name=True,
    )

    data_dir: Path = Path("data")
    database_url: SecretStr | None = None
    secret_keys: SecretStr | None = None

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        try:
            url = make_url(value.get_secret_value())
        except ArgumentError:
            raise _fault("is not a database address like sqlite:///data/threshold.db") from None
        if url.get_backend_name() != "sqlite":
            raise _fault("must start with sqlite: this version knows no other database")
        if url.database in (None, "", ":memory:"):
            raise _fault("must name a file, because words are kept across restarts")
        return value

    @field_validator("secret_keys")
    @classmethod
    def _well_formed_keys(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            try:
                decode_keys(value.get_secret_value())
            except ValueError as error:
                raise _fault(str(error)) from None
        return value

    @property
    def database(self) -> URL:
        """The database's address."""
        if self.database_url is None:
            return URL.create(_SQLITE, database=str(self.data_dir / "threshold.db"))
        return make_url(self.database_url.get_secret_value()).set(drivername=_SQLITE)

    @property
    def master_keys(self) -> list[bytes]:
        """The master keys, 32 bytes each, newest first; empty when none were given."""
        return decode_keys(self.secret_keys.get_secret_value()) if self.secret_keys else []

    def child_environment(self) -> dict[str, str]:
        """The environment for a child process that is to see the same database and keys."""
        given = {
            "DATA_DIR": str(self.data_dir),
            "DATABASE_URL": self.database.render_as_string(hide_password=False),
        }
        if self.secret_keys:
            given["SECRET_KEYS"] = self.secret_keys.get_secret_value()
        return os.environ | {PREFIX + name: value for name, value in given.items()}


class Settings(StorageSettings):
    """All settings of the running bot."""

    bot_token: SecretStr
    api_url: str = "https://api.telegram.org"
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    send_rate: float = Field(default=25, gt=0, allow_inf_nan=False)
    keep_talks_months: int = Field(default=12, ge=0, le=1_200)
    keep_people_months: int = Field(default=24, ge=0, le=1_200)
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    port: int = Field(default=8080, ge=1, le=65535, validation_alias="PORT")

    @field_validator("bot_token")
    @classmethod
    def _token_shape(cls, value: SecretStr) -> SecretStr:
        if not _TOKEN.fullmatch(value.get_secret_value()):
            raise _fault(
                "is not a bot token: BotFather gives digits, a colon and about 35 characters"
            )
        return value

    @field_validator("api_url")
    @classmethod
    def _http_address(cls, value: str) -> str:
        try:
            parts = urlsplit(value)
            usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        except ValueError:
            usable = False
        if not usable or parts.query or parts.fragment:
            raise _fault("is not an address like https://api.telegram.org")
        return value.rstrip("/")

    @field_validator("log_level", mode="before")
    @classmethod
    def _any_case(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @model_validator(mode="after")
    def _polling_only(self) -> Self:
        if self.webhook_url is not None:
            raise _fault(
                "WEBHOOK_URL is set, but this version fetches updates by long polling only"
            )
        return self


AnySettings = TypeVar("AnySettings", bound=StorageSettings)


def load_settings() -> Settings:
    """All settings, or a `StartError` that names each variable at fault, never its value."""
    return _load(Settings)


def load_storage_settings() -> StorageSettings:
    """Only what storage needs: a migration wants no token."""
    return _load(StorageSettings)


def _load(kind: type[AnySettings]) -> AnySettings:
    try:
        return kind()
    except ValidationError as error:
        faults = [_sentence(fault) for fault in error.errors(include_input=False)]
        raise StartError(" ".join(faults), SETTINGS_FAULT) from None
    except UnicodeDecodeError:
        raise StartError("The file .env is not UTF-8 text.", SETTINGS_FAULT) from None


def _sentence(fault: ErrorDetails) -> str:
    if not fault["loc"]:
        return f"{PREFIX}{fault['msg']}."
    field = str(fault["loc"][0])
    variable = "PORT" if field.upper() == "PORT" else PREFIX + field.upper()
    if fault["type"] == "missing":
        if field == "bot_token":
            return f"{variable} is not set: it is the token BotFather gives to a new bot."
        return f"{variable} is not set."
    if fault["type"] == _OURS:
        return f"{variable} {fault['msg']}."
    return f"{variable} is not usable: {fault['msg'][:1].lower()}{fault['msg'][1:]}."


_OURS = "threshold"


def _fault(message: str) -> Any:
    return PydanticCustomError(_OURS, message)


def decode_keys(text: str) -> list[bytes]:
    """Keys of 32 bytes from comma separated base64url, or `ValueError` with half a sentence."""
    keys = []
    for part in text.split(","):
        bare = part.strip().rstrip("=")
        try:
            key = urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
        except ValueError:
            key = b""
        if len(key) != KEY_BYTES or not re.fullmatch(r"[A-Za-z0-9_-]+", bare):
            raise ValueError(
                "must hold keys of 32 bytes in base64url, comma separated, newest first"
            )
        keys.append(key)
    return keys
