"""Readers add files to the sources and take them out: the routes, and what goes on behind them.

A request only keeps files; the index is made anew in a thread, one change after the other, and its
reader looks at how far it is with the job that the answer names.
"""

import logging
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, Literal

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from assistant.errors import AndromedeError, ConfigurationError
from index import Progress
from web.added import MAX_FILE, Added, Outcome
from web.language import spoken
from web.refusal import refusal
from web.runner import Answering
from web.sources import Library

log = logging.getLogger(__name__)

CHANGES: Final = ("/sources", "/sources/remove")
"""The paths to which a change is sent."""

ROUTES: Final = tuple(("POST", path) for path in CHANGES)
"""What is answered beside the page's other requests, where readers may add files."""

MAX_BODY: Final = 26_000_000
"""Bytes of all that is sent at once: five files of the largest size, and what frames them."""

_MAX_AT_ONCE: Final = 200
_KEPT_JOBS: Final = 200
_MOST_UNDER_WAY: Final = 20

State = Literal["working", "done", "failed"]


@dataclass(slots=True)
class Job:
    """A change of the sources.

    Attributes:
        id: 128 random bits, by which the reader's browser names it.
        kind: what is done.
        outcomes: what became of each file.
        state: whether it is under way.
        stage, done, total: how far the index is: see ``index.Progress``.
    """

    id: str
    kind: Literal["add", "remove"]
    outcomes: tuple[Outcome, ...]
    state: State = "working"
    stage: str = ""
    done: int = 0
    total: int = 0

    def report(self, stage: str, done: int, total: int) -> None:
        """Take the progress of the index."""
        self.stage, self.done, self.total = stage, done, total


class Uploads:
    """Changes the sources of one assistant, one change after the other."""

    def __init__(self, assistant: Answering, home: Path) -> None:
        """Nothing is done yet; ``assistant`` may still be starting."""
        self._assistant = assistant
        self._home = home
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._one_by_one = threading.Lock()

    @cached_property
    def added(self) -> Added:
        """The files that are kept; each corpus has its own. Waits until the index is loaded."""
        return Added(self._home / "uploads" / self._assistant.index.path.name)

    def add(self, files: Sequence[tuple[str, bytes]]) -> Job:
        """Keep ``files``, by name and content, and index what was kept, in a thread.

        Raises:
            ConfigurationError: the folder cannot be written, or too many changes are under way.
        """
        added = self.added
        outcomes: list[Outcome] = []
        kept: list[Path] = []

        def change(progress: Progress) -> None:
            try:
                if added.paths().keys() & {d.path for d in self._assistant.index.documents}:
                    # The folder is known; to add it again would bring back what was taken out.
                    self._assistant.refresh(progress)
                else:
                    self._assistant.add([added.folder], progress)
            except BaseException:
                added.drop(kept)
                raise

        try:
            for name, data in files:
                outcomes.append(outcome := added.keep(name, data))
                if outcome.problem is None:
                    kept.append(added.folder / outcome.name)
            job = self._open("add", tuple(outcomes))
        except BaseException:
            added.drop(kept)
            raise
        if kept:
            self._start(job, change)
        else:
            job.state = "done"
        return job

    def remove(self, path: str) -> Job | None:
        """Take out the file of the document at ``path``; ``None`` where no reader added it.

        Raises:
            ConfigurationError: too many changes are under way.
        """
        file = self.added.paths().get(path)
        if file is None:
            return None
        gone = (Outcome(file.name),)
        with self._lock:
            for one in self._jobs.values():
                if (one.kind, one.outcomes, one.state) == ("remove", gone, "working"):
                    # Asked twice: what was sent under its name meanwhile must not go too.
                    return one
        job = self._open("remove", gone)

        def change(progress: Progress) -> None:
            with self.added.without(file):
                self._assistant.refresh(progress)

        self._start(job, change)
        return job

    def job(self, identity: str) -> Job | None:
        """The job whose id it is, or ``None`` where it is none of the latest."""
        with self._lock:
            return self._jobs.get(identity)

    def _open(self, kind: Literal["add", "remove"], outcomes: tuple[Outcome, ...]) -> Job:
        job = Job(secrets.token_hex(16), kind, outcomes)
        with self._lock:
            working = [one for one in self._jobs.values() if one.state == "working"]
            if len(working) >= _MOST_UNDER_WAY:
                raise ConfigurationError(
                    f"{len(working)} changes of the sources are under way; try again later."
                )
            self._jobs[job.id] = job
            ended = [one.id for one in self._jobs.values() if one.state != "working"]
            for old in ended[: max(0, len(self._jobs) - _KEPT_JOBS)]:
                del self._jobs[old]
        return job

    def _start(self, job: Job, change: Callable[[Progress], None]) -> None:
        def run() -> None:
            try:
                with self._one_by_one:
                    change(job.report)
            except AndromedeError as error:
                log.warning("the sources could not be changed: %s", error)
                job.state = "failed"
            except Exception:
                # Ours to mend; whatever it is, the reader must not be left waiting.
                log.exception("The sources could not be changed.")
                job.state = "failed"
            else:
                job.state = "done"

        # A server that ends does not wait for it: the index is replaced whole, or not at all.
        threading.Thread(target=run, name="upload", daemon=True).start()


def add_upload(app: FastAPI, uploads: Uploads, library: Callable[[], Library]) -> None:
    """Add the routes of ``ROUTES``; both lead to the page that lists the sources."""

    @app.post("/sources")
    async def add(request: Request) -> Response:
        return await changed(request, "sources", lambda form: uploads.add(_files(form)))

    @app.post("/sources/remove")
    async def remove(request: Request) -> Response:
        def removed(form: FormData) -> Job | None:
            document = library().document(str(form.get("document", "")))
            return None if document is None else uploads.remove(document.path)

        return await changed(request, "../sources", removed)

    async def changed(
        request: Request, listed: str, change: Callable[[FormData], Job | None]
    ) -> Response:
        """What ``change`` makes of the form, in a thread, as it waits for files and the index."""
        words = spoken(request.scope)
        try:
            async with request.form(max_files=_MAX_AT_ONCE, max_fields=10) as form:
                job = await run_in_threadpool(change, form)
        except HTTPException:
            # Starlette's word for a body that is no form.
            return refusal(request.scope, 400, words["refused_form"])
        except AndromedeError as error:
            log.warning("the sources could not be changed: %s", error)
            return refusal(request.scope, 503, words["job_failed"])
        # Relative to where the form was sent, as a proxy may show it anywhere.
        named = "" if job is None else f"&job={job.id}"
        return RedirectResponse(f"{listed}?lang={words.language}{named}", 303)


def _files(form: FormData) -> list[tuple[str, bytes]]:
    sent = [value for value in form.getlist("file") if isinstance(value, UploadFile)]
    # A browser sends one without a name where none was chosen.
    return [(one.filename, one.file.read(MAX_FILE + 1)) for one in sent if one.filename]
