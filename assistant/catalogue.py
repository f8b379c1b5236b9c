"""The models that can be fetched: names, sizes, checksums and the places that hold them."""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from assistant.errors import ConfigurationError

VERSION = 1

_T = TypeVar("_T")

_ADAPTERS = Path(__file__).parent / "adapters"

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*")
_REVISION = re.compile(r"[0-9a-f]{40}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_RELEASE = re.compile(r"[0-9]+(\.[0-9]+)*")


@dataclass(frozen=True, slots=True)
class Hub:
    """Where the model hub keeps a file.

    Attributes:
        repo: ``owner/name``.
        revision: a commit, 40 hexadecimal digits, so that the file cannot change.
    """

    repo: str
    revision: str


@dataclass(frozen=True, slots=True)
class Packages:
    """A model file cut into the wheels of several packages.

    Attributes:
        name: the packages' name, with ``{n}`` where the part's number stands.
        version: the release of each.
        parts: how many there are, numbered from 1.
    """

    name: str
    version: str
    parts: int

    def requirement(self, part: int) -> str:
        """What pip is asked for, for one part from 1 to ``parts``."""
        return f"{self.name.format(n=part)}=={self.version}"


@dataclass(frozen=True, slots=True)
class Adapter:
    """A small adapter (LoRA), trained for one kind of task of a model; shipped with the project.

    Attributes:
        file: a LoRA in GGUF.
        sha256: its checksum, 64 hexadecimal digits.
        licence: SPDX name.
    """

    file: Path
    sha256: str
    licence: str

    def checked(self) -> Path:
        """The file, known to be whole.

        Raises:
            ConfigurationError: it is missing or another.
        """
        try:
            found = hashlib.sha256(self.file.read_bytes()).hexdigest()
        except OSError as error:
            raise ConfigurationError(
                f"{self.file}: cannot be read ({error.strerror}); install the project again."
            ) from error
        if found != self.sha256:
            raise ConfigurationError(
                f"{self.file}: its SHA-256 is {found}, expected {self.sha256}; install the project "
                "again."
            )
        return self.file


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """A language model's file, as its author published it.

    Attributes:
        name: what settings and commands call it.
        licence: SPDX name.
        file: the file's name, at the hub and on disk.
        bytes: its size.
        sha256: its checksum, 64 hexadecimal digits.
        hub: the author's place.
        packages: the same bytes as packages, or ``None``.
        adapters: what makes a trained judge and reader of it, and so on, in the order of their
            numbers in ``assistant.llm.ADAPTERS``; empty where it was not trained.
    """

    name: str
    licence: str
    file: str
    bytes: int
    sha256: str
    hub: Hub
    packages: Packages | None
    adapters: tuple[Adapter, ...] = ()


@dataclass(frozen=True, slots=True)
class EmbeddingEntry:
    """An embedding model that comes with a dependency.

    Attributes:
        name: what documentation calls it.
        licence: SPDX name.
        dim: length of its vectors.
        package: the distribution that carries it.
    """

    name: str
    licence: str
    dim: int
    package: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every model known, by name."""

    llm: Mapping[str, ModelEntry]
    embedding: Mapping[str, EmbeddingEntry]

    def entry(self, name: str) -> ModelEntry:
        """The language model of that name.

        Raises:
            ConfigurationError: there is none; the message lists those there are.
        """
        try:
            return self.llm[name]
        except KeyError:
            known = ", ".join(self.llm)
            raise ConfigurationError(
                f"No local model is called {name!r}: choose one of {known}."
            ) from None


def load_catalogue(text: str | None = None) -> Catalogue:
    """The catalogue that is shipped, or the one in ``text`` (TOML).

    Raises:
        ConfigurationError: a key is missing, unknown or holds a value out of range.
    """
    if text is None:
        text = resources.files("assistant").joinpath("catalogue.toml").read_text("utf-8")
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"catalogue.toml is not TOML: {error}.") from error
    root = _Table("catalogue.toml", table)
    version = root.take("version", int)
    if version != VERSION:
        raise ConfigurationError(f"catalogue.toml has version {version}, expected {VERSION}.")
    llm = {name: _model(name, entry) for name, entry in root.take("llm", dict).items()}
    embedding = {
        name: _embedding(name, entry) for name, entry in root.take("embedding", dict).items()
    }
    root.done()
    return Catalogue(llm=llm, embedding=embedding)


def _model(name: str, value: object) -> ModelEntry:
    table = _Table(f"catalogue.toml, llm.{name}", value)
    hub = _Table(f"{table.place}, hub", table.take("hub", dict))
    packages = table.take("packages", dict) if "packages" in table else None
    entry = ModelEntry(
        name=name,
        licence=table.take("licence", str),
        file=table.match("file", _NAME),
        bytes=table.positive("bytes"),
        sha256=table.match("sha256", _SHA256),
        hub=Hub(repo=hub.match("repo", _REPOSITORY), revision=hub.match("revision", _REVISION)),
        packages=None if packages is None else _packages(f"{table.place}, packages", packages),
        adapters=_adapters(f"{table.place}, adapters", table.take("adapters", dict))
        if "adapters" in table
        else (),
    )
    hub.done()
    table.done()
    return entry


def _adapters(place: str, value: object) -> tuple[Adapter, ...]:
    table = _Table(place, value)
    made = []
    for task in ("judge", "reader", "rewriter", "speller"):
        one = _Table(f"{place}.{task}", table.take(task, dict))
        file, sha256 = one.match("file", _NAME), one.match("sha256", _SHA256)
        made.append(Adapter(_ADAPTERS / file, sha256, one.take("licence", str)))
        one.done()
    table.done()
    return tuple(made)


def _packages(place: str, value: object) -> Packages:
    table = _Table(place, value)
    packages = Packages(
        name=table.take("name", str),
        version=table.match("version", _RELEASE),
        parts=table.positive("parts"),
    )
    # The name ends on pip's command line: only a plain package name may come of it.
    before, mark, after = packages.name.partition("{n}")
    if not mark or _NAME.fullmatch(f"{before}1{after}") is None:
        raise ConfigurationError(f"{place}: name is {packages.name!r}, expected one with '{{n}}'.")
    table.done()
    return packages


def _embedding(name: str, value: object) -> EmbeddingEntry:
    table = _Table(f"catalogue.toml, embedding.{name}", value)
    entry = EmbeddingEntry(
        name=name,
        licence=table.take("licence", str),
        dim=table.positive("dim"),
        package=table.match("package", _NAME),
    )
    table.done()
    return entry


class _Table:
    """A TOML table whose keys are taken one by one, each with its type checked."""

    def __init__(self, place: str, value: object) -> None:
        if not isinstance(value, dict):
            raise ConfigurationError(f"{place} is {value!r}, expected a table.")
        self.place = place
        self._left: dict[str, Any] = dict(value)

    def __contains__(self, key: str) -> bool:
        return key in self._left

    def take(self, key: str, kind: type[_T]) -> _T:
        value = self._left.pop(key, None)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise ConfigurationError(f"{self.place}: {key} is {value!r}, expected {kind.__name__}.")
        return value

    def match(self, key: str, pattern: re.Pattern[str]) -> str:
        value = self.take(key, str)
        if pattern.fullmatch(value) is None:
            raise ConfigurationError(
                f"{self.place}: {key} is {value!r}, expected the form {pattern.pattern}."
            )
        return value

    def positive(self, key: str) -> int:
        value = self.take(key, int)
        if value <= 0:
            raise ConfigurationError(f"{self.place}: {key} is {value}, expected more than 0.")
        return value

    def done(self) -> None:
        if self._left:
            raise ConfigurationError(f"{self.place}: unknown keys {', '.join(self._left)}.")
