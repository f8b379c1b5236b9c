"""What the integration and the browser tests share.

What the fixtures of the browser need is imported by them: the other tests do without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from assistant import Assistant
from assistant.confidence import Calibration, Weights
from index import Index

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser import Opener
    from tests.fake_assistant import FakeAssistant

# Tests do not time anything: on a busy machine a property would fail for how long it took.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def real_assistant() -> Iterator[Assistant]:
    """The shipped article and the real models, as a user opens them."""
    with Assistant.open() as opened:
        yield opened


@pytest.fixture(scope="module")
def assistant() -> FakeAssistant:
    """An assistant with an answer of each kind."""
    from tests.browser import scripted

    return scripted()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the served page keeps opinions."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def address(assistant: FakeAssistant, home: Path) -> Iterator[str]:
    """The address at which ``assistant`` is served."""
    from tests.browser import served

    with served(assistant, home=home) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    from tests.browser import chromium

    with chromium() as found:
        yield found


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Opener]:
    """Open the page; at the end, no request went elsewhere, none failed, no script erred."""
    from tests.browser import opening

    with opening(browser, address) as opened:
        yield opened


@pytest.fixture(scope="session")
def french(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """A French article, indexed without a model."""
    from small_corpus import FRENCH, index_of

    return index_of(tmp_path_factory.mktemp("fr"), barrage=FRENCH)


@pytest.fixture(scope="session")
def english(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An English one."""
    from small_corpus import ENGLISH, index_of

    return index_of(tmp_path_factory.mktemp("en"), ferry=ENGLISH)


@pytest.fixture
def fixed_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    """The writer decides together with the judge, and where those doubt, the second answer."""
    quick = Weights(0.0, {"stated": 4.0})
    asked = Weights(0.0, {"stated": 6.0, "judged": 4.0, "second": 1.0})
    fixed = Calibration(quick, asked, -0.9, 0.1, 0.5)
    monkeypatch.setattr("assistant.verify.calibration", lambda trained: fixed)
    monkeypatch.setattr("assistant.pipeline.calibration", lambda trained: fixed)
