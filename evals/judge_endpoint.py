"""Where a judge answers.

It is an OpenAI-compatible service that the ``ANDROMEDE_JUDGE_…`` variables name, or else the local
model, started for as long as it judges.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.catalogue import load_catalogue
from assistant.errors import ConfigurationError
from assistant.fetch import locate
from assistant.llm import Endpoint
from assistant.local_model import LocalModel
from assistant.settings import Settings

_CONTEXT = 8192
"""Tokens that a local judge holds: ragas' prompts carry long examples."""


class JudgeSettings(BaseSettings):
    """Where the judge answers; left out, the local model judges."""

    model_config = SettingsConfigDict(
        env_prefix="ANDROMEDE_JUDGE_", frozen=True, extra="ignore", env_ignore_empty=True
    )

    base_url: str | None = None
    model: str = ""
    api_key: SecretStr = SecretStr("none")


def judge_service() -> Endpoint | None:
    """The service that is to judge; ``None`` where the local model is.

    Raises:
        ConfigurationError: its model's name is missing.
    """
    judge = JudgeSettings()
    if not judge.base_url:
        return None
    if not judge.model:
        raise ConfigurationError("ANDROMEDE_JUDGE_MODEL is missing: name the judge's model.")
    return Endpoint(judge.base_url, judge.api_key.get_secret_value(), judge.model, local=False)


def judge_name(settings: Settings) -> str:
    """The model that judges.

    Raises:
        ConfigurationError: the name of the service's model is missing.
    """
    service = judge_service()
    return service.model if service else settings.local_model


@contextmanager
def judge_of(settings: Settings) -> Iterator[Endpoint]:
    """The judge's service; a local one runs as long as this is open.

    Raises:
        ConfigurationError: the name of the service's model is missing.
        ModelUnavailable: the local model does not start.
        ModelNotFetched: it is not on this machine yet.
    """
    if service := judge_service():
        yield service
        return
    local = LocalModel(
        locate(load_catalogue().entry(settings.local_model), settings.home),
        threads=settings.threads,
        slot_folder=settings.home / "prompt-caches",
        slots=1,
        context=_CONTEXT,
    )
    try:
        local.start()
        yield local.wait_ready(settings.llm_timeout)
    finally:
        local.close()
