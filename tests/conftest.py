"""What the integration tests share."""

from collections.abc import Iterator

import pytest

from assistant import Assistant


@pytest.fixture(scope="session")
def real_assistant() -> Iterator[Assistant]:
    """The shipped article and the real models, as a user opens them."""
    with Assistant.open() as opened:
        yield opened
