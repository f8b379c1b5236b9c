"""``make bench-page``: what the page weighs, how fast it answers the hand, what its server keeps.

The answers are a fake assistant's, given at once, so that the page alone is measured; its server
is a process of its own. Times are taken in the browser: from the event that it dates itself until
what comes of it has been painted, so that none is below a frame's 17 ms.
"""

import argparse
import json
import math
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

import httpx
from playwright.sync_api import Browser, BrowserContext, Page

import app
from tests.browser import chromium
from tests.page_server import QUESTION, apart, resident, session

BOX = "#question textarea"
READY = "#reader :is(article, .documents)"
WEB = Path(app.__file__).with_name("web")
SETTLED = 400
"""Milliseconds after which nothing more of what was done before is under way."""
SENTENCES = 300
FEW = 5
"""Turns of the conversation that a long one is compared with."""
WARMING = 20
"""Sessions before memory is first read: what is loaded once is no session's."""


@dataclass(frozen=True)
class Row:
    """Measured values, and what they are held against: an aim, or the same measured elsewhere."""

    name: str
    values: Sequence[float]
    aim: float | None = None
    beside: "Row | None" = None

    def __str__(self) -> str:
        late = sorted(self.values)[math.ceil(0.95 * len(self.values)) - 1]
        line = f"{self.name:<52}{median(self.values):>10.1f}{late:>10.1f}"
        if self.aim is not None:
            line += f"   aim: under {self.aim:g}"
        if self.beside is not None:
            line += f"   × {median(self.values) / median(self.beside.values):.2f}"
        return line


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print, a row as soon as it is known."""
    parser = argparse.ArgumentParser(prog="make bench-page", description=__doc__)
    for name, default, what in (
        ("runs", 20, "how often each time is taken"),
        ("turns", 200, "turns of the long conversation"),
        ("sessions", 500, "sessions that are opened and closed"),
    ):
        parser.add_argument(f"--{name}", type=int, default=default, help=f"{what} ({default})")
    given = parser.parse_args(arguments)
    print(f"{'':<52}{'median':>10}{'95th':>10}", flush=True)
    with chromium() as browser:
        with apart(SENTENCES) as (address, _):
            show(citations(browser, address, given.runs))
        with apart() as (address, process):
            show(visits(browser, address, given.runs))
            show(conversation(browser, address, given.runs, given.turns))
            show(memory(address, process, given.sessions))
    return 0


def show(rows: Iterator[Row]) -> None:
    for row in rows:
        print(row, flush=True)


# --- In the browser --------------------------------------------------------------------------


@contextmanager
def empty(browser: Browser) -> Iterator[BrowserContext]:
    """A reader who has never been here."""
    with browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 800}) as context:
        context.add_init_script(path=Path(__file__).with_suffix(".js"))
        yield context


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector(READY)
    return page


def after(page: Page, kind: str, seen: str, act: Callable[[], None]) -> float:
    """Milliseconds from the event of ``kind`` that ``act`` causes until ``bench.{seen}`` holds."""
    page.evaluate(f"() => {{ window.measured = bench.after('{kind}', bench.{seen}); }}")
    act()
    taken: float = page.evaluate("() => window.measured")
    return taken


def asked(page: Page) -> float:
    page.fill(BOX, QUESTION)
    return after(page, "keydown", "answered()", lambda: page.press(BOX, "Enter"))


def visits(browser: Browser, address: str, runs: int) -> Iterator[Row]:
    found = []
    for _ in range(runs):
        with empty(browser) as context:
            # Another tab: the same would open its conversation again.
            found.append((visit(context, address), visit(context, address)))
    for which, each in zip(("first", "second"), zip(*found, strict=True), strict=True):
        names = ("kB over the wire", "requests", "kB of ours", "requests of ours", "ms to type in")
        for name, values in zip(names, zip(*each, strict=True), strict=True):
            yield Row(f"{which} visit: {name}", values)


def visit(context: BrowserContext, address: str) -> tuple[float, ...]:
    """kB and requests over the wire, of all and of the files in ``web``; ms until it is open."""
    page = context.new_page()
    network = context.new_cdp_session(page)
    received: dict[str, float] = {}
    ours: set[str] = set()

    def responded(event: dict[str, Any]) -> None:
        response = event["response"]
        if not response["fromDiskCache"]:
            received[event["requestId"]] = response["encodedDataLength"]
        if (WEB / urlsplit(response["url"]).path.lstrip("/")).is_file():
            ours.add(event["requestId"])

    def finished(event: dict[str, Any]) -> None:
        if event["requestId"] in received:
            received[event["requestId"]] = event["encodedDataLength"]

    network.on("Network.responseReceived", responded)
    network.on("Network.loadingFinished", finished)
    network.send("Network.enable")
    page.goto(address, wait_until="commit")
    took: float = page.evaluate("() => bench.open")
    page.wait_for_selector(READY)
    page.wait_for_timeout(SETTLED)
    network.detach()
    # What counts as open must take a question.
    asked(page)
    page.close()
    mine = [size for name, size in received.items() if name in ours]
    return sum(received.values()) / 1000, len(received), sum(mine) / 1000, len(mine), took


def citations(browser: Browser, address: str, runs: int) -> Iterator[Row]:
    names = ("article, fetched", f"{SENTENCES} sentences, fetched", f"{SENTENCES}, open already")
    taken: dict[str, list[float]] = {name: [] for name in names}
    with empty(browser) as context:
        page = opened(context, address)
        asked(page)
        for _ in range(runs):
            for number, name in enumerate(names):
                link = page.locator("#current a.cite").nth(number)
                quote = page.locator("#current .quotes q").nth(number).text_content()
                seen = f"marked({json.dumps(quote)})"
                taken[name].append(after(page, "click", seen, link.click))
    for name, values in taken.items():
        yield Row(f"citation to its sentence, ms: {name}", values, aim=100)


def conversation(browser: Browser, address: str, runs: int, turns: int) -> Iterator[Row]:
    names = ("typing a sign", "scrolling a screen", "one more turn")
    short: list[Row] = []
    # A short one would grow by what is measured in it: each is measured once.
    for length, times in ((FEW, 1), (turns, runs)):
        taken: list[tuple[float, ...]] = []
        for _ in range(runs // times):
            with empty(browser) as context:
                page = opened(context, address)
                for _ in range(length):
                    asked(page)
                taken += [acted(page) for _ in range(times)]
        rows = [
            Row(f"{name} after {length} turns, ms", values, beside=before)
            for name, values, before in zip_longest(names, zip(*taken, strict=True), short)
        ]
        yield from rows
        short = rows


def acted(page: Page) -> tuple[float, float, float]:
    """Milliseconds to type a sign, to scroll up by a screen, and to ask and be answered."""
    page.wait_for_timeout(SETTLED)
    page.fill(BOX, "")
    typing = after(page, "keydown", "typed()", lambda: page.press(BOX, "a"))
    scrolling: float = page.evaluate("() => bench.scrolled()")
    return typing, scrolling, asked(page)


# --- The server's memory ---------------------------------------------------------------------


def memory(address: str, process: int, sessions: int) -> Iterator[Row]:
    with httpx.Client(base_url=address, headers={"accept-language": "fr"}, timeout=60) as client:
        for _ in range(WARMING):
            session(client)
        before = resident(process)
        yield Row("server before, MB", [before])
        for number in range(1, sessions + 1):
            session(client)
            # Twice, since what is kept up to a limit grows less in the second half.
            if number in {sessions // 2, sessions}:
                now = resident(process)
                yield Row(f"server after {number} sessions, MB", [now])
                yield Row("  kB a session", [1000 * (now - before) / number])


if __name__ == "__main__":
    sys.exit(main())
