"""One immutable object with every setting, read from ``ANDROMEDE_*`` environment variables."""

import ipaddress
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from assistant.errors import ConfigurationError

PREFIX = "ANDROMEDE_"


def cache_folder() -> Path:
    """The user's cache folder for this project: ``$XDG_CACHE_HOME`` or ``~/.cache``."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    # The XDG specification has relative paths ignored.
    root = Path(base) if base and Path(base).is_absolute() else Path.home() / ".cache"
    return root / "andromede"


class Settings(BaseSettings):
    """What a user may change. Immutable; build it with ``load_settings``.

    Each field's description is its row in the README's table.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="ignore", env_ignore_empty=True
    )

    home: Path = Field(
        default_factory=cache_folder,
        description="Folder that holds models and indexes.",
    )
    llm_base_url: str | None = Field(
        default=None,
        description="An OpenAI-compatible service to use in place of the local model, "
        "such as `http://localhost:11434/v1`. Questions and passages are sent there.",
    )
    llm_model: str | None = Field(
        default=None,
        description="The model's name at that service.",
    )
    llm_api_key: SecretStr | None = Field(
        default=None,
        description="The key for that service, if it wants one.",
    )
    llm_timeout: float = Field(
        default=60.0,
        gt=0,
        le=3600,
        description="Seconds to wait for the model before answering without it.",
    )
    local_model: str = Field(
        default="qwen2.5-coder-1.5b-instruct-q4_k_m",
        min_length=1,
        description="The local model, a name that `andromede models list` shows.",
    )
    embedding_model: str | None = Field(
        default=None,
        description="A sentence-transformers name or folder in place of the bundled "
        "multilingual-e5-small.",
    )
    corpus: Path | None = Field(
        default=None,
        description="A file or folder to answer from in place of the shipped article.",
    )
    host: str = Field(
        default="127.0.0.1",
        min_length=1,
        description="Address that the web page listens on.",
    )
    port: int = Field(
        default=7860,
        ge=1,
        le=65535,
        description="Port that the web page listens on.",
    )
    root_path: str = Field(
        default="",
        description="Path below which a proxy shows the page, such as `/assistant`.",
    )
    forwarded_allow_ips: str = Field(
        default="",
        description="Proxies whose `X-Forwarded-For`, `-Proto` and `-Host` are believed: "
        "addresses or networks, separated by commas. Left out, nobody's are.",
    )
    auth_user: str | None = Field(
        default=None,
        description="Name to log in to the page with; with the password, or neither.",
    )
    auth_password: SecretStr | None = Field(
        default=None,
        description="Password to log in to the page with.",
    )
    rate_limit: int = Field(
        default=0,
        ge=0,
        le=600,
        description="Questions a minute that one address may ask on the page; 0 for any number.",
    )
    threads: int = Field(
        default_factory=lambda: len(os.sched_getaffinity(0)),
        ge=1,
        le=1024,
        description="Processor cores for the local model; left out, all that we may use.",
    )
    max_question_chars: int = Field(
        default=1000,
        ge=1,
        le=2000,
        description="Longest question that is read, in characters.",
    )

    feedback: bool = Field(
        default=True,
        description="Whether the page asks if an answer was useful, and keeps what is said on "
        "this machine.",
    )

    upload: bool = Field(
        default=False,
        description="Whether readers of the page may add files to its sources, for all its "
        "readers, and take them out again.",
    )

    @field_validator("home", "corpus")
    @classmethod
    def _expand(cls, path: Path | None) -> Path | None:
        return None if path is None else path.expanduser().absolute()

    @field_validator("llm_base_url")
    @classmethod
    def _http_only(cls, url: str | None) -> str | None:
        # httpx is heavy, and only those who name a service pay for it.
        import httpx

        if url is None:
            return None
        try:
            parsed = httpx.URL(url.strip())
        except httpx.InvalidURL as error:
            raise ValueError(f"expected an http:// or https:// address ({error})") from None
        if parsed.scheme not in {"http", "https"} or not parsed.host:
            raise ValueError("expected an http:// or https:// address")
        if parsed.userinfo:
            raise ValueError("expected no user name or password in it; use ANDROMEDE_LLM_API_KEY")
        return str(parsed).rstrip("/")

    @field_validator("root_path")
    @classmethod
    def _plain_path(cls, path: str) -> str:
        path = path.strip().rstrip("/")
        # No segment of dots alone: a browser would resolve it away.
        if not re.fullmatch(r"(?:/(?!\.+(?:/|$))[\w.~-]+)*", path, re.ASCII):
            raise ValueError("expected a path such as /assistant")
        return path

    @field_validator("forwarded_allow_ips")
    @classmethod
    def _addresses(cls, addresses: str) -> str:
        found = [address.strip() for address in addresses.split(",") if address.strip()]
        for address in found:
            ipaddress.ip_network(address)
        return ",".join(found)

    @field_validator("auth_user")
    @classmethod
    def _no_colon(cls, user: str | None) -> str | None:
        if user is not None and ":" in user:
            raise ValueError("expected a name without a colon, which ends it in HTTP")
        return user

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then the environment; no other source."""
        return init_settings, env_settings

    def model_post_init(self, context: Any, /) -> None:
        """A service needs its model's name too, a login its password, and the other way round."""
        for one, other, neither in (
            ("llm_base_url", "llm_model", "for the local model"),
            ("auth_user", "auth_password", "for a page without login"),
        ):
            given = [name for name in (one, other) if getattr(self, name) is not None]
            if len(given) == 1:
                missing = other if given[0] == one else one
                raise ConfigurationError(
                    f"{PREFIX}{given[0].upper()} is set and {PREFIX}{missing.upper()} is not: "
                    f"set both, or neither {neither}."
                )


def load_settings(**changes: Any) -> Settings:
    """Settings from the environment, with ``changes`` on top.

    Args:
        changes: fields of ``Settings`` that overrule the environment; ``None`` leaves them alone.

    Raises:
        ConfigurationError: a value is wrong; one line that names the variable.
    """
    given = {name: value for name, value in changes.items() if value is not None}
    if unknown := given.keys() - Settings.model_fields.keys():
        raise TypeError(f"unknown settings: {', '.join(sorted(unknown))}")
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        name = str(first["loc"][0]) if first["loc"] else "settings"
        # A key must not end in a log because it was put in the wrong place.
        secret = name in {"llm_api_key", "auth_password"}
        found = "" if secret else f" is {_shortened(first['input'])}"
        problem = first["msg"].removeprefix("Value error, ")
        raise ConfigurationError(
            f"{PREFIX}{name.upper()}{found}: {problem[:1].lower()}{problem[1:]}."
        ) from None


def _shortened(value: object, limit: int = 80) -> str:
    shown = repr(value)
    return shown if len(shown) <= limit else f"{shown[: limit - 1]}…"


def rows() -> Iterator[tuple[str, str, str]]:
    """The settings table: variable, default as a user would write it, meaning."""
    written = {"home": "`~/.cache/andromede`", "threads": "all"}
    for name, field in Settings.model_fields.items():
        default = written.get(name)
        if default is None:
            default = "" if field.default in (None, "") else f"`{field.default}`"
        yield f"{PREFIX}{name.upper()}", default, field.description or ""
