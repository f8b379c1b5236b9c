"""``make screenshots``: pictures of the page in both languages, and of an evaluation's report.

The answers are a fake assistant's, in the real one's words, and the report is of an invented run,
so that it runs anywhere. Every file in ``docs/screenshots`` is a PNG of few colours; one that is
too large to be kept fails.
"""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser import chromium, served
from tests.invented_run import write_invented
from tests.views import LINES, VIEWS, answering
from web.texts import LANGUAGES, Language

FOLDER = Path(__file__).parent.parent / "docs" / "screenshots"
COLOURS = 160
LARGEST = 120_000
"""Bytes of one picture."""

PHONE = {"width": 390, "height": 844}
WINDOW = {"width": 1280, "height": 800}


@dataclass(frozen=True)
class Picture:
    """A view in ``tests/views.py``, and the browser it is seen in."""

    view: str
    options: dict[str, object] = field(default_factory=lambda: {"viewport": WINDOW})


PICTURES = {
    "first": Picture("first"),
    "streaming": Picture("streaming"),
    "citation": Picture("citation"),
    "abstention": Picture("abstention"),
    "false-premise": Picture("premise"),
    "conversations": Picture("conversations"),
    "source": Picture("source"),
    "sources": Picture("sources"),
    "phone": Picture("premise", {"viewport": PHONE, "has_touch": True, "is_mobile": True}),
    "dark": Picture("citation", {"viewport": WINDOW, "color_scheme": "dark"}),
    "without-javascript": Picture("plain-answer"),
}


REPORTS: dict[str, tuple[dict[str, object], str]] = {
    "report-desktop": ({"viewport": WINDOW}, ""),
    "report-phone": ({"viewport": PHONE, "has_touch": True, "is_mobile": True}, "cor-en-31"),
}
"""The browser that the report is seen in, and the lost case that is followed there, if one is."""


def main() -> int:
    """Take every picture; 1 where one is too large."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for name, content in (*_of_the_page(browser), *_of_the_report(browser)):
            if len(content) > LARGEST:
                print(f"{name} has {len(content)} bytes, {LARGEST} at most")
                return 1
            (FOLDER / f"{name}.png").write_bytes(content)
    return 0


def _of_the_page(browser: Browser) -> Iterator[tuple[str, bytes]]:
    with served(answering()) as address:
        for name, picture in PICTURES.items():
            for language in LANGUAGES:
                yield f"{name}-{language}", taken(browser, address, picture, language)


def _of_the_report(browser: Browser) -> Iterator[tuple[str, bytes]]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.html"
        write_invented(file)
        for name, (options, lost) in REPORTS.items():
            context = browser.new_context(**options)  # type: ignore[arg-type]
            page = context.new_page()
            page.goto(file.as_uri())
            if lost:
                page.get_by_role("link", name=lost).click()
            yield name, _small(page)
            context.close()


def taken(browser: Browser, address: str, picture: Picture, language: Language) -> bytes:
    """The picture as a PNG."""
    view = VIEWS[picture.view]
    context = browser.new_context(
        locale=language,
        java_script_enabled=view.scripts,
        reduced_motion="reduce",
        **picture.options,  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.goto(address + view.path)
    view.reach(page, LINES[language])
    content = _small(page)
    context.close()
    return content


def _small(page: Page) -> bytes:
    """What is seen of a page, in few colours."""
    shot = Image.open(BytesIO(page.screenshot(animations="disabled", caret="hide")))
    small = BytesIO()
    few = shot.convert("RGB").quantize(
        COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
    )
    few.save(small, "PNG", optimize=True)
    return small.getvalue()


if __name__ == "__main__":
    sys.exit(main())
