"""``make screenshots``: pictures of the page in both languages, into ``docs/screenshots``.

The answers are a fake assistant's, in the real one's words, so that it runs anywhere. Every file
is a PNG of few colours; one that is too large to be kept fails.
"""

import sys
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from tests.browser import chromium, served
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


def main() -> int:
    """Take every picture; 1 where one is too large."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with served(answering()) as address, chromium() as browser:
        for name, picture in PICTURES.items():
            for language in LANGUAGES:
                content = taken(browser, address, picture, language)
                if len(content) > LARGEST:
                    print(f"{name}-{language} has {len(content)} bytes, {LARGEST} at most")
                    return 1
                (FOLDER / f"{name}-{language}.png").write_bytes(content)
    return 0


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
    shot = Image.open(BytesIO(page.screenshot(animations="disabled", caret="hide")))
    context.close()
    small = BytesIO()
    few = shot.convert("RGB").quantize(
        COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
    )
    few.save(small, "PNG", optimize=True)
    return small.getvalue()


if __name__ == "__main__":
    sys.exit(main())
