"""Progress of whatever takes longer than a second, on standard error."""

import sys
import time

_EVERY = 0.2
"""Seconds between two updates."""

_SILENT = 1.0
"""Seconds that a stage may take before anything is said of it."""


class Reporter:
    """Called as ``reporter(stage, done, total)``: what, how much, how long to go.

    On a terminal one line is redrawn; elsewhere a long stage leaves one line when it ends.
    """

    def __init__(self) -> None:
        """Start with nothing said."""
        self._stage = ""
        self._began = self._said = 0.0
        self._terminal = sys.stderr.isatty()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Tell that ``done`` of ``total`` (bytes, texts or files; 0 where unknown) are done."""
        now = time.monotonic()
        if stage != self._stage:
            self._stage, self._began, self._said = stage, now, 0.0
        seconds = now - self._began
        finished = 0 < total <= done
        if seconds < _SILENT or (not finished and now - self._said < _EVERY):
            return
        self._said = now
        line = f"{stage}: {_amount(done, total)}"
        if finished:
            line += f", {seconds:.0f} s"
        elif done and total:
            line += f", {seconds * (total - done) / done:.0f} s to go"
        if self._terminal:
            print(f"\r\033[K{line}", end="\n" if finished else "", file=sys.stderr, flush=True)
        elif finished:
            print(line, file=sys.stderr, flush=True)
        if finished:
            self._stage = ""


def _amount(done: int, total: int) -> str:
    if total > 10_000_000:
        return f"{done / 1e6:.0f} of {total / 1e6:.0f} MB"
    return f"{done} of {total}" if total else "…"
