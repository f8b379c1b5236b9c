from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.errors import ConfigurationError
from assistant.settings import Settings, load_settings, rows


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"ANDROMEDE_{name.upper()}", raising=False)


def test_defaults_follow_the_users_cache_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    settings = load_settings()
    assert settings.home == tmp_path / "andromede"
    assert (settings.host, settings.port) == ("127.0.0.1", 7860)


def test_relative_xdg_folder_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "cache")
    assert load_settings().home == Path.home() / ".cache" / "andromede"


def test_arguments_overrule_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANDROMEDE_PORT", "8000")
    assert load_settings().port == 8000
    assert load_settings(port=9000, host=None).port == 9000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "http"),
        ("LLM_TIMEOUT", "-1"),
        ("LLM_TIMEOUT", "nan"),
        ("THREADS", "0"),
        ("LLM_BASE_URL", "file:///etc/passwd"),
        ("LLM_BASE_URL", "localhost:11434"),
        ("LLM_BASE_URL", "http://"),
        ("LLM_BASE_URL", "https://user:secret@example.org/v1"),
        ("MAX_QUESTION_CHARS", "0"),
        ("ROOT_PATH", "assistant"),
        ("ROOT_PATH", "//evil.test"),
        ("ROOT_PATH", "/a/../b"),
        ("ROOT_PATH", "/a;b"),
        ("FORWARDED_ALLOW_IPS", "*"),
        ("FORWARDED_ALLOW_IPS", "127.0.0.1, proxy"),
        ("FORWARDED_ALLOW_IPS", "10.0.0.9/8"),
        ("AUTH_USER", "a:b"),
        ("RATE_LIMIT", "-1"),
    ],
)
def test_wrong_values_name_their_variable_in_one_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"ANDROMEDE_{name}", value)
    with pytest.raises(ConfigurationError) as raised:
        load_settings()
    message = str(raised.value)
    assert message.startswith(f"ANDROMEDE_{name} ")
    assert "\n" not in message


def test_service_needs_address_and_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANDROMEDE_LLM_BASE_URL", "http://localhost:11434/v1/")
    with pytest.raises(ConfigurationError, match="ANDROMEDE_LLM_MODEL is not"):
        load_settings()
    monkeypatch.setenv("ANDROMEDE_LLM_MODEL", "mistral")
    assert load_settings().llm_base_url == "http://localhost:11434/v1"


@pytest.mark.parametrize(
    ("given", "missing"), [("AUTH_USER", "AUTH_PASSWORD"), ("AUTH_PASSWORD", "AUTH_USER")]
)
def test_a_login_is_a_name_and_a_password(
    monkeypatch: pytest.MonkeyPatch, given: str, missing: str
) -> None:
    monkeypatch.setenv(f"ANDROMEDE_{given}", "secret")
    monkeypatch.setenv(f"ANDROMEDE_{missing}", "")
    with pytest.raises(ConfigurationError, match=f"_{given} is set and ANDROMEDE_{missing} is not"):
        load_settings()


def test_the_proxys_path_and_addresses_are_tidied() -> None:
    settings = load_settings(root_path="/a/b.c/", forwarded_allow_ips=" 10.0.0.0/8 ,::1,")
    assert (settings.root_path, settings.forwarded_allow_ips) == ("/a/b.c", "10.0.0.0/8,::1")
    assert load_settings(root_path="/").root_path == ""


def test_key_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANDROMEDE_LLM_API_KEY", "very-secret")
    monkeypatch.setenv("ANDROMEDE_AUTH_USER", "zoe")
    monkeypatch.setenv("ANDROMEDE_AUTH_PASSWORD", "very-secret-too")
    settings = load_settings()
    assert "very-secret" not in repr(settings) + str(settings) + settings.model_dump_json()
    assert settings.llm_api_key is not None
    assert settings.llm_api_key.get_secret_value() == "very-secret"


def test_settings_are_immutable() -> None:
    with pytest.raises(ValidationError):
        load_settings().port = 1


def test_unknown_argument_is_a_programmers_error() -> None:
    with pytest.raises(TypeError, match="colour"):
        load_settings(colour="red")


def test_rows_cover_every_setting_and_no_cell_breaks_the_table() -> None:
    table = list(rows())
    assert [name for name, _, _ in table] == [
        f"ANDROMEDE_{name.upper()}" for name in Settings.model_fields
    ]
    assert all(meaning and "|" not in meaning + default for _, default, meaning in table)
