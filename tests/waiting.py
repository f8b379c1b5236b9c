"""Waiting for what another thread brings about, where nothing tells that it has."""

import time
from collections.abc import Callable


def until(met: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait until ``met`` is true, and fail where it is not within ``seconds``."""
    late = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < late, "what is waited for did not come about"
        time.sleep(0.01)  # lets the other thread go on
