"""How often one address may do something: so many times within any minute."""

import ipaddress
import json
import math
import re
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Collection, Iterable
from typing import Final

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.language import spoken
from web.refusal import refusal

MINUTE: Final = 60.0

SENT: Final = 20
"""What one address may send a minute beside questions, where fewer questions are allowed: who works
through a list of answers or files should not have to wait."""

_JOIN: Final = re.compile(r"/(?:fr|en)/gradio_api/queue/join")


class Rate:
    """Counts what clients do, each client's last minute. For one thread, the event loop's.

    Of more clients than ``capacity`` the one that rested longest is forgotten: memory is bounded
    by ``capacity`` times ``limit`` figures.
    """

    def __init__(
        self, limit: int, capacity: int = 2000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Count nothing yet.

        Args:
            limit: how often a client may within a minute; 0 for as often as it likes.
            capacity: clients that are remembered, at least 1.
            clock: seconds, which never go back.
        """
        self._limit = limit
        self._capacity = capacity
        self._clock = clock
        self._done: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, client: str) -> int:
        """Whole seconds until ``client`` may again; 0 where it may now."""
        done = self._done.get(client)
        if done is None or len(done) < self._limit:
            return 0
        return max(0, math.ceil(done[0] + MINUTE - self._clock()))

    def count(self, client: str) -> None:
        """Take note that ``client`` did it once more."""
        if not self._limit:
            return
        self._done.setdefault(client, deque(maxlen=self._limit)).append(self._clock())
        self._done.move_to_end(client)
        while len(self._done) > self._capacity:
            self._done.popitem(last=False)


class Slowed:
    """ASGI middleware: the chat page's events that ask a question are held to a rate."""

    def __init__(self, app: ASGIApp, rate: Rate, free: Collection[int]) -> None:
        """Stand before ``app``; the events of numbers ``free`` ask nothing and are not counted."""
        self._app = app
        self._rate = rate
        self._free = free

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or say when to come again."""
        if scope["type"] != "http" or not _JOIN.fullmatch(scope["path"]):
            await self._app(scope, receive, send)
            return
        messages = [await receive()]
        while messages[-1].get("more_body", False):
            messages.append(await receive())
        if not self._asks(b"".join(message.get("body", b"") for message in messages)):
            await self._app(scope, _again(messages, receive), send)
            return
        client = client_of(scope)
        if wait := self._rate.wait(client):
            # Where Gradio's frontend looks for what to say, and so does our script.
            said = {"detail": spoken(scope)["too_many"].format(seconds=wait)}
            await JSONResponse(said, 429, {"Retry-After": str(wait)})(scope, receive, send)
            return
        self._rate.count(client)
        await self._app(scope, _again(messages, receive), send)

    def _asks(self, body: bytes) -> bool:
        """Whether it may ask a question: whatever does not plainly name a free event."""
        try:
            event = json.loads(body)
        except (ValueError, RecursionError):
            return True
        number = event.get("fn_index") if isinstance(event, dict) else None
        return type(number) is not int or number not in self._free


class Paced:
    """ASGI middleware: what is sent to some paths beside questions is held to a rate, too."""

    def __init__(self, app: ASGIApp, limit: int, groups: Iterable[Collection[str]]) -> None:
        """Stand before ``app``.

        Args:
            app: what is behind it.
            limit: questions a minute that a client may ask; 0 for any number, of this as well.
            groups: paths; those of one group are counted together.
        """
        self._app = app
        rates = ((paths, Rate(limit and max(limit, SENT))) for paths in groups)
        self._rates = {path: rate for paths, rate in rates for path in paths}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or say when to come again."""
        rate = None
        if scope["type"] == "http" and scope["method"] == "POST":
            rate = self._rates.get(scope["path"])
        if rate is not None:
            client = client_of(scope)
            if wait := rate.wait(client):
                said = spoken(scope)["too_much_sent"].format(seconds=wait)
                told = refusal(scope, 429, said, {"Retry-After": str(wait)})
                await told(scope, receive, send)
                return
            rate.count(client)
        await self._app(scope, receive, send)


def _again(messages: list[Message], receive: Receive) -> Receive:
    """A ``receive`` that gives ``messages`` before what comes after them."""
    left = deque(messages)

    async def received() -> Message:
        return left.popleft() if left else await receive()

    return received


def client_of(scope: Scope) -> str:
    """The address that asks; of IPv6 its network of 64 bits, all of which one reader has."""
    host = scope["client"][0] if scope.get("client") else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return str(host)
    if address.version == 6:
        mapped = address.ipv4_mapped
        return str(mapped or ipaddress.ip_network((int(address), 64), strict=False))
    return str(address)
