"""Files that are whole or not there, and what they hold."""

import hashlib
import json
import os
from pathlib import Path

from index.errors import IndexDamaged


def as_json(value: object) -> bytes:
    """``value`` as JSON, the same bytes each time."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha256(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal.

    Raises:
        IndexDamaged: it cannot be read.
    """
    try:
        with file.open("rb") as data:
            return hashlib.file_digest(data, "sha256").hexdigest()
    except OSError as error:
        raise IndexDamaged(f"{file}: cannot be read; rebuild the index.") from error


def replace(file: Path, data: bytes) -> None:
    """Write ``file`` in one step: whole or not at all, whatever happens."""
    fresh = file.with_name(f".{file.name}.new")
    fresh.write_bytes(data)
    sync(fresh)
    fresh.replace(file)
    sync(file.parent)


def sync(path: Path) -> None:
    """See that a file or folder is on the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
