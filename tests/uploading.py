"""An assistant whose sources readers may change: the real one, but for its models."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from small_corpus import FRENCH
from test_index_fakes import FakeEmbedder

from assistant import Assistant
from assistant.settings import Settings
from index import AndromedeError, Progress


class Quick(FakeEmbedder):
    """Needs no model; may be told to wait or to fail."""

    gate: threading.Event | None = None
    failing = False

    def __init__(self, model: str | None = None) -> None:
        super().__init__()

    def warm(self) -> None:
        """Nothing to load."""

    def passages(self, texts: list[str], progress: Progress | None = None):  # type: ignore[no-untyped-def]
        """Embed, once the gate is open."""
        if progress is not None:
            progress("embed", 0, len(texts))
        if self.gate is not None:
            assert self.gate.wait(60)
        if self.failing:
            raise AndromedeError("The disk is full; free some space.")
        return super().passages(texts)


def settings_in(folder: Path) -> Settings:
    """Uploads are on, and the model is a service that nobody runs: answers quote the source."""
    service = {"llm_base_url": "http://127.0.0.1:9/v1", "llm_model": "none"}
    return Settings(home=folder / "home", upload=True, **service)  # type: ignore[arg-type]


@contextmanager
def opened(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Assistant]:
    """It answers from one French document, in ``folder / "corpus"``."""
    monkeypatch.setattr("assistant.assistant.Embedder", Quick)
    monkeypatch.setattr(Quick, "gate", None)
    monkeypatch.setattr(Quick, "failing", False)
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "barrage.txt").write_text(FRENCH, "utf-8")
    with Assistant.open(corpus, settings) as assistant:
        assert assistant.index.documents
        yield assistant
