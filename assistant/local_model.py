"""The local model: llama.cpp's server in a child process, watched over and restarted.

The child (``assistant.model_process``) listens on a free loopback port with a random key. When it
dies, requests in flight fail at once because their connection closes, and a new child is started.
"""

import collections
import json
import logging
import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from assistant.errors import ModelUnavailable
from assistant.llm import Endpoint

log = logging.getLogger(__name__)

QUICK_DEATHS = 3
"""How many times in a row the child may die young before we give up."""
YOUNG_SECONDS = 30.0
"""A child that served for so long starts the count of quick deaths anew."""
FIRST_PAUSE = 0.5
"""Seconds before the first restart; doubled each time."""
_STDERR_LINES = 20

COMMAND: tuple[str, ...] = (sys.executable, "-m", "assistant.model_process")


class LocalModel:
    """Starts, watches and ends the model's process. Thread-safe.

    ``start`` returns at once, ``wait_ready`` waits for the model to be loaded. The endpoint
    changes its port with each restart: ask for it anew with every request.
    """

    def __init__(
        self,
        model: Path,
        *,
        threads: int,
        slot_folder: Path,
        slots: int,
        context: int = 2048,
        adapters: Sequence[Path] = (),
        on_ready: Callable[[Endpoint], None] | None = None,
        command: Sequence[str] = COMMAND,
    ) -> None:
        """Remember how to start the model; nothing is started yet.

        Args:
            model: a GGUF file, known to be whole (``fetch.locate``).
            threads: processor cores to use, at least 1.
            slot_folder: where ``/slots/N?action=save`` writes; made if missing.
            slots: prompts that keep a cache of their own, addressed by ``id_slot`` from 0.
            context: tokens that each slot holds, prompt and answer together.
            adapters: LoRAs of this model, for requests that name them by number.
            on_ready: called in the watching thread after each start, such as to warm prompts;
                a ``ModelUnavailable`` that it raises is logged, no other is expected.
            command: what is run as the child.
        """
        self._model = model
        self._config = {
            "model": str(model),
            "alias": model.stem,
            "key": secrets.token_urlsafe(32),
            "slots": slots,
            "context": context,
            "adapters": [str(adapter) for adapter in adapters],
            "threads": threads,
            "slot_folder": f"{slot_folder}{os.sep}",
        }
        self._slot_folder = slot_folder
        self._on_ready = on_ready
        self._command = tuple(command)
        self._changed = threading.Condition()
        self._child: subprocess.Popen[str] | None = None
        self._endpoint: Endpoint | None = None
        self._failure: str | None = None
        self._closed = False
        self._watcher: threading.Thread | None = None
        self._generation = 0

    def start(self) -> Self:
        """Start the child and its watcher, and return at once; again, it does nothing."""
        with self._changed:
            if self._closed:
                raise ModelUnavailable("The local model was closed: open a new assistant.")
            if self._watcher is None:
                self._watcher = threading.Thread(
                    target=self._watch, name="local-model", daemon=True
                )
                self._watcher.start()
        return self

    def __enter__(self) -> Self:
        """Start it."""
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    @property
    def pid(self) -> int | None:
        """The child's process id, or ``None`` while there is none."""
        with self._changed:
            return None if self._child is None else self._child.pid

    @property
    def generation(self) -> int:
        """How many times a child became ready; a change means that its caches are empty."""
        with self._changed:
            return self._generation

    @property
    def failure(self) -> str | None:
        """Why it was given up, one line; ``None`` while it runs, starts or is restarted."""
        with self._changed:
            return self._failure

    @property
    def endpoint(self) -> Endpoint:
        """Where the model listens now.

        Raises:
            ModelUnavailable: it is not ready; says whether it is starting, closed or given up.
        """
        with self._changed:
            if self._endpoint is not None:
                return self._endpoint
            raise ModelUnavailable(self._why())

    def wait_ready(self, timeout: float) -> Endpoint:
        """Wait at most ``timeout`` seconds until the model is loaded.

        Raises:
            ModelUnavailable: it is not ready in time, closed or given up.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._endpoint or self._failure or self._closed, timeout)
            if self._endpoint is not None:
                return self._endpoint
            raise ModelUnavailable(self._why())

    def close(self) -> None:
        """End the child and wait until it is gone; again, it does nothing."""
        with self._changed:
            self._closed = True
            self._endpoint = None
            child, watcher = self._child, self._watcher
            self._changed.notify_all()
        if child is not None:
            child.kill()
        if watcher is not None and watcher is not threading.current_thread():
            watcher.join()

    def _why(self) -> str:
        if self._closed:
            return "The local model was closed: open a new assistant."
        if self._failure is not None:
            return self._failure
        if self._watcher is None:
            return "The local model was not started: call start() first."
        return "The local model is still starting: ask again in a few seconds."

    def _watch(self) -> None:
        """Start children until one is told to stop or too many die young."""
        deaths = 0
        while True:
            began = time.monotonic()
            last_words = self._live()
            if time.monotonic() - began > YOUNG_SECONDS:
                deaths = 0
            deaths += 1
            with self._changed:
                if self._closed:
                    return
                if deaths >= QUICK_DEATHS:
                    self._failure = (
                        f"The local model's process died {deaths} times in a row, last with "
                        f"{last_words!r}: run `andromede models verify {self._model.name}`, and "
                        "see that enough memory is free."
                    )
                    self._changed.notify_all()
                    log.error("%s", self._failure)
                    return
                log.warning("the model's process died (%s); it is restarted", last_words)
                self._changed.wait_for(lambda: self._closed, FIRST_PAUSE * 2 ** (deaths - 1))
                if self._closed:
                    return

    def _live(self) -> str:
        """Run one child to its end; returns what it said last, in one line."""
        try:
            self._slot_folder.mkdir(parents=True, exist_ok=True)
            child = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                errors="replace",
            )
        except OSError as error:
            return f"{error.strerror}: {error.filename}"
        assert child.stdin and child.stdout and child.stderr  # noqa: S101 - tells mypy
        with self._changed:
            self._child = child
            if self._closed:
                child.kill()
        said: collections.deque[str] = collections.deque(maxlen=_STDERR_LINES)
        listener = threading.Thread(
            target=_listen, args=(child.stderr, said), name="local-model-stderr", daemon=True
        )
        listener.start()
        try:
            child.stdin.write(json.dumps(self._config) + "\n")
            child.stdin.flush()
            self._announce(child.stdout.readline())
            child.wait()
        except BrokenPipeError:
            child.wait()
        finally:
            with self._changed:
                self._endpoint = None
                self._child = None
            child.kill()
            child.wait()
            listener.join()
            for stream in (child.stdout, child.stderr):
                stream.close()
            _close_quietly(child.stdin)
        return said[-1] if said else f"exit status {child.returncode}"

    def _announce(self, line: str) -> None:
        """Tell everyone that the child serves; a child that died before says nothing."""
        if not line:
            return
        endpoint = Endpoint(
            base_url=f"{json.loads(line)['address']}/v1",
            api_key=self._config_text("key"),
            model=self._config_text("alias"),
            local=True,
        )
        with self._changed:
            if self._closed:
                return
            self._endpoint = endpoint
            self._generation += 1
            self._changed.notify_all()
        if self._on_ready is not None:
            try:
                self._on_ready(endpoint)
            except ModelUnavailable as error:
                with self._changed:
                    closed = self._closed
                # Who closes it in the middle of that knows why it went away.
                if not closed:
                    log.warning("the model's prompts could not be warmed: %s", error)

    def _config_text(self, name: str) -> str:
        return str(self._config[name])


def _listen(stream: IO[str], said: collections.deque[str]) -> None:
    """Keep the last lines, so that the child never blocks on a full pipe."""
    for line in stream:
        if text := line.strip():
            said.append(text)


def _close_quietly(stream: IO[str]) -> None:
    try:
        stream.close()
    except BrokenPipeError:
        # The child went before it read all; there is nothing left to tell it.
        return
