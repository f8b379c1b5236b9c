"""How long work reports its progress."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called as ``progress(stage, done, total)``; ``stage`` is "read", "embed" or "write"."""


def silent(stage: str, done: int, total: int) -> None:
    """Report nothing."""
