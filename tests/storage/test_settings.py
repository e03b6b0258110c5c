"""Every fault in the settings is one plain sentence that names the variable, never its value."""

import base64
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import StartError
from bot.settings import PREFIX, load_settings, load_storage_settings

TOKEN = "123456789:" + "A" * 35
ROOT = Path(__file__).parents[2]
KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()


@pytest.fixture(autouse=True)
def _token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THRESHOLD_BOT_TOKEN", TOKEN)


def fault() -> str:
    with pytest.raises(StartError) as caught:
        load_settings()
    assert caught.value.exit_code == 2
    return caught.value.message


def test_a_token_is_all_that_must_be_set() -> None:
    settings = load_settings()
    assert settings.bot_token.get_secret_value() == TOKEN
    assert settings.api_url == "https://api.telegram.org"
    assert settings.send_rate == 25
    assert settings.database.database == "data/threshold.db"
    assert settings.master_keys == []
    assert settings.log_level == "info"


def test_a_missing_token_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("THRESHOLD_BOT_TOKEN")
    message = fault()
    assert message.startswith("THRESHOLD_BOT_TOKEN is not set")
    assert message.count(".") == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("THRESHOLD_BOT_TOKEN", "secretvalue"),
        ("THRESHOLD_BOT_TOKEN", "123456789 secretvalue"),
        ("THRESHOLD_API_URL", "ftp://secretvalue"),
        ("THRESHOLD_API_URL", "secretvalue"),
        ("THRESHOLD_API_URL", "http://secretvalue:99999"),
        ("THRESHOLD_DATABASE_URL", "secretvalue"),
        ("THRESHOLD_DATABASE_URL", "postgresql://me:secretvalue@db/x"),
        ("THRESHOLD_DATABASE_URL", "sqlite://"),
        ("THRESHOLD_DATABASE_URL", "sqlite:///:memory:"),
        ("THRESHOLD_SECRET_KEYS", "secretvalue"),
        ("THRESHOLD_SECRET_KEYS", KEY + ",secretvalue"),
        ("THRESHOLD_SECRET_KEYS", KEY + ","),
        ("THRESHOLD_SECRET_KEYS", "é" * 43),
        ("THRESHOLD_WEBHOOK_URL", "https://secretvalue.example"),
        ("THRESHOLD_SEND_RATE", "0"),
        ("THRESHOLD_SEND_RATE", "-1"),
        ("THRESHOLD_SEND_RATE", "inf"),
        ("THRESHOLD_SEND_RATE", "secretvalue"),
        ("THRESHOLD_LOG_LEVEL", "secretvalue"),
        ("PORT", "secretvalue"),
        ("PORT", "70000"),
    ],
)
def test_a_wrong_setting_is_one_sentence_with_its_name_and_without_its_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    message = fault()
    assert message.startswith(name + " ")
    assert message.endswith(".")
    assert "\n" not in message
    assert "secretvalue" not in message
    assert message.count(PREFIX) <= 1


def test_two_wrong_settings_are_both_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THRESHOLD_SEND_RATE", "none")
    monkeypatch.setenv("THRESHOLD_LOG_LEVEL", "none")
    message = fault()
    assert "THRESHOLD_SEND_RATE" in message
    assert "THRESHOLD_LOG_LEVEL" in message


def test_the_environment_goes_before_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("THRESHOLD_SEND_RATE=7\nTHRESHOLD_LOG_LEVEL=WARNING\nOTHER=1\n")
    monkeypatch.setenv("THRESHOLD_SEND_RATE", "9")
    settings = load_settings()
    assert settings.send_rate == 9
    assert settings.log_level == "warning"


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "WEBHOOK_URL", "SECRET_KEYS", "SEND_RATE"):
        monkeypatch.setenv(PREFIX + name, "")
    assert load_settings().send_rate == 25


def test_a_file_that_is_not_text_is_said(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"THRESHOLD_SEND_RATE=\xff\xfe")
    assert fault() == "The file .env is not UTF-8 text."


def test_several_keys_are_read_newest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    other = base64.urlsafe_b64encode(bytes(32)).decode().rstrip("=")
    monkeypatch.setenv("THRESHOLD_SECRET_KEYS", f" {KEY} , {other}")
    assert load_settings().master_keys == [bytes(range(32)), bytes(32)]


def test_a_slash_at_the_end_of_the_address_does_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THRESHOLD_API_URL", "http://127.0.0.1:8081/")
    assert load_settings().api_url == "http://127.0.0.1:8081"


def test_no_secret_is_in_the_text_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THRESHOLD_SECRET_KEYS", KEY)
    monkeypatch.setenv("THRESHOLD_DATABASE_URL", "sqlite:///secretvalue.db")
    text = repr(load_settings())
    assert TOKEN not in text
    assert KEY not in text
    assert "secretvalue" not in text


def test_a_migration_needs_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("THRESHOLD_BOT_TOKEN")
    assert load_storage_settings().database.database == "data/threshold.db"


def test_a_child_sees_the_same_database_and_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THRESHOLD_DATA_DIR", "elsewhere")
    monkeypatch.setenv("THRESHOLD_SECRET_KEYS", KEY)
    code = (
        "from bot.settings import *; s = load_storage_settings(); print(s.database, *s.master_keys)"
    )
    environment = load_storage_settings().child_environment() | {"PYTHONPATH": str(ROOT)}
    seen = subprocess.check_output([sys.executable, "-c", code], env=environment, text=True)
    assert seen == f"sqlite:///elsewhere/threshold.db {bytes(range(32))!r}\n"


def test_the_example_lists_every_setting_with_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.settings import Settings

    example = (ROOT / ".env.example").read_text()
    lines = [line for line in example.splitlines() if line and not line.startswith("#")]
    listed = dict(line.split("=", 1) for line in lines)
    named = {
        "PORT" if name == "port" else PREFIX + name.upper(): field
        for name, field in Settings.model_fields.items()
    }
    assert listed.keys() == named.keys()
    for name, value in listed.items():
        if value:
            monkeypatch.setenv(name, value)
    with_example = load_settings()
    for name in listed:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("THRESHOLD_BOT_TOKEN", TOKEN)
    assert with_example == load_settings()
