"""The model hub: what it has cached on this machine, and its files over HTTPS."""

import os
from collections.abc import Mapping
from pathlib import Path

import httpx

from assistant.catalogue import ModelEntry
from assistant.errors import FetchFailed
from assistant.partial import Partial

STAGE = "hub"
ADDRESS = "https://huggingface.co"
CONNECT_SECONDS = 4.0
ATTEMPTS = 3

_YES = {"1", "ON", "YES", "TRUE"}


def offline(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the user told the hub's own tools to stay off the network."""
    return environment.get("HF_HUB_OFFLINE", "").upper() in _YES


def cached(entry: ModelEntry, environment: Mapping[str, str] = os.environ) -> Path | None:
    """The file in the hub's cache on this machine, or ``None``. Its bytes are not checked."""
    if folder := environment.get("HF_HUB_CACHE"):
        cache = Path(folder)
    elif folder := environment.get("HF_HOME"):
        cache = Path(folder) / "hub"
    else:
        base = environment.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
        cache = Path(base) / "huggingface" / "hub"
    repository = "models--" + entry.hub.repo.replace("/", "--")
    path = cache.expanduser() / repository / "snapshots" / entry.hub.revision / entry.file
    return path if path.is_file() and path.stat().st_size == entry.bytes else None


def address(entry: ModelEntry, environment: Mapping[str, str] = os.environ) -> str:
    """Where the hub, or the mirror that ``HF_ENDPOINT`` names, keeps the file."""
    base = environment.get("HF_ENDPOINT", "").rstrip("/") or ADDRESS
    if not base.startswith("https://"):
        raise FetchFailed(f"HF_ENDPOINT is {base!r}, expected an https:// address")
    return f"{base}/{entry.hub.repo}/resolve/{entry.hub.revision}/{entry.file}"


def download(
    entry: ModelEntry, partial: Partial, transport: httpx.BaseTransport | None = None
) -> None:
    """Stream the rest of the file into ``partial``; a broken stream is taken up again.

    Args:
        entry: the file.
        partial: where it goes; its bytes so far are not asked for again.
        transport: how to reach the hub; ``None`` for the network.

    Raises:
        FetchFailed: the hub cannot be reached or refuses; what was received is kept.
        ChecksumMismatch: it sends more than the published file.
        NoSpace: the disk is full.
    """
    url = address(entry)
    timeout = httpx.Timeout(30.0, connect=CONNECT_SECONDS)
    with httpx.Client(transport=transport, timeout=timeout, follow_redirects=True) as client:
        for attempt in range(1, ATTEMPTS + 1):
            before = partial.size
            try:
                _stream(client, url, entry, partial)
            except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
                raise FetchFailed(_why(error)) from error
            except httpx.HTTPError as error:
                # A stream that brought nothing is not worth another try.
                if attempt == ATTEMPTS or partial.size == before:
                    raise FetchFailed(_why(error)) from error
            if partial.size >= entry.bytes:
                return
    raise FetchFailed(f"the stream ended at {partial.size} of {entry.bytes} bytes")


def _stream(client: httpx.Client, url: str, entry: ModelEntry, partial: Partial) -> None:
    # Compressed on the way, a range would count other bytes.
    headers = {"Accept-Encoding": "identity"}
    if partial.size:
        headers["Range"] = f"bytes={partial.size}-"
    with client.stream("GET", url, headers=headers) as response:
        response.raise_for_status()
        if response.url.scheme != "https":
            raise FetchFailed(f"it was redirected to {response.url.scheme}://, expected https://")
        if partial.size:
            start = response.headers.get("Content-Range", "")
            if response.status_code != 206:
                partial.rewind(0)
            elif not start.startswith(f"bytes {partial.size}-"):
                raise FetchFailed(f"it sent the range {start!r}, expected from {partial.size}")
        # Blocks as they come: larger ones would be lost with the connection.
        partial.append(STAGE, response.iter_raw())


def _why(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.HTTPStatusError):
        return f"it answered {error.response.status_code}"
    return f"{type(error).__name__}: {error}".rstrip(": ")
