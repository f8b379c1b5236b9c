"""What the page says, in each language, checked when it is loaded."""

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal, cast

from assistant.errors import ConfigurationError
from assistant.typography import spaced

Language = Literal["fr", "en"]

LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en")
"""The languages of the page; the first is used when the browser asks for neither."""

_FILE = Path(__file__).with_name("texts.toml")


@dataclass(frozen=True, slots=True)
class Texts:
    """The page's texts in one language, as plain text (not HTML).

    Attributes:
        language: the language that they are in.
        entries: every text by its key.
        lists: every list of texts by its key: the months, and questions that the shipped article
            is asked to start with (``examples``) or known to answer (``suggestions``), and what is
            asked of people (``about_people``).
    """

    language: Language
    entries: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]

    def __getitem__(self, key: str) -> str:
        """The text of ``key``; ``KeyError`` where there is none."""
        return self.entries[key]


@cache
def texts(language: Language) -> Texts:
    """The shipped texts in ``language``.

    Raises:
        ConfigurationError: the file does not say the same in both languages.
    """
    return parse(_FILE.read_text("utf-8"))[language]


def parse(content: str) -> dict[Language, Texts]:
    """Read texts from TOML, one table a language.

    Raises:
        ConfigurationError: a language, key or variable is missing or unknown, or a value is
            not a text.
    """
    try:
        tables = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"texts.toml is not TOML ({error}); correct it.") from error
    if set(tables) != set(LANGUAGES):
        raise ConfigurationError(
            f"texts.toml has the tables {', '.join(sorted(tables))}; expected "
            f"{', '.join(sorted(LANGUAGES))}."
        )
    found = {language: _table(language, tables[language]) for language in LANGUAGES}
    first, *others = found.values()
    for other in others:
        _compare(first, other)
    return found


def _table(language: Language, table: object) -> Texts:
    if not isinstance(table, dict):
        raise ConfigurationError(f"texts.toml: {language} is not a table; write [{language}].")
    lists = {key: value for key, value in table.items() if isinstance(value, list)}
    entries = {key: value for key, value in table.items() if key not in lists}
    for key, value in lists.items():
        if not value or not all(isinstance(text, str) and text for text in value):
            raise ConfigurationError(f"texts.toml: [{language}] {key} is not a list of texts.")
    for key, value in entries.items():
        if not isinstance(value, str) or not value.strip():
            raise ConfigurationError(f"texts.toml: [{language}] {key} is not a text; write one.")
    said = cast("dict[str, str]", entries)
    if language == "fr":
        # Not in the lists: questions are as readers write them.
        said = {key: spaced(text) for key, text in said.items()}
    return Texts(
        language,
        MappingProxyType(said),
        MappingProxyType({key: tuple(value) for key, value in lists.items()}),
    )


def _compare(one: Texts, other: Texts) -> None:
    odd = (one.entries.keys() ^ other.entries.keys()) | (one.lists.keys() ^ other.lists.keys())
    if odd:
        raise ConfigurationError(
            f"texts.toml: {', '.join(sorted(odd))} is in [{one.language}] or "
            f"[{other.language}] only; write it in both."
        )
    for key in one.lists:
        if len(one.lists[key]) != len(other.lists[key]):
            raise ConfigurationError(
                f"texts.toml: {len(one.lists[key])} {key} in [{one.language}] and "
                f"{len(other.lists[key])} in [{other.language}]; write as many in both."
            )
    for key in one.entries:
        if _variables(one[key]) != _variables(other[key]):
            raise ConfigurationError(
                f"texts.toml: {key} names other variables in [{one.language}] than in "
                f"[{other.language}]; name the same in both."
            )


def _variables(text: str) -> set[str | None]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError as error:
        raise ConfigurationError(
            f"texts.toml: {text!r} has a stray brace ({error}); write {{{{ for one."
        ) from error
