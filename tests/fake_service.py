"""An OpenAI-compatible service on a loopback port, as far as the tests need one."""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from assistant.llm import Endpoint


def piece(text: str, tops: dict[str, float] | None = None) -> dict[str, Any]:
    """A chunk of a streamed answer, with probabilities where ``tops`` are given."""
    choice: dict[str, Any] = {"index": 0, "delta": {"content": text}, "finish_reason": None}
    if tops is not None:
        top = [{"token": t, "logprob": p, "bytes": None} for t, p in tops.items()]
        token = {"token": text, "logprob": -0.5, "bytes": None, "top_logprobs": top}
        choice["logprobs"] = {"content": [token]}
    return {
        "id": "1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "tiny",
        "choices": [choice],
    }


@dataclass
class Service:
    """What the service answers, and what it was asked.

    Attributes:
        pieces: of the answer to each chat.
        status: of each chat's answer; other than 200 sends no pieces.
        refuses: a key that no chat may have, and the status that answers it.
        ending: after the pieces: "done", "cut" (the connection closes) or "hang".
        slots: status of each request for a slot, by action.
        reply: makes the text of an answer that is not streamed from what was asked.
        requests: path, query and body of each.
        at_once: the most chats that were open at one moment.
        released: ends what hangs.
    """

    pieces: Sequence[dict[str, Any]] = ()
    status: int = 200
    refuses: tuple[str, int] | None = None
    ending: str = "done"
    slots: dict[str, int] = field(default_factory=dict)
    reply: Callable[[dict[str, Any]], str] | None = None
    requests: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    released: threading.Event = field(default_factory=threading.Event)
    url: str = ""
    at_once: int = 0
    open: int = 0
    counted: threading.Lock = field(default_factory=threading.Lock)

    def endpoint(self, *, local: bool = True) -> Endpoint:
        """Where it is."""
        return Endpoint(f"{self.url}/v1", "secret", "tiny", local)

    def of(self, path: str) -> list[dict[str, Any]]:
        """The bodies of the requests to paths that start so."""
        return [body for where, body in self.requests if where.startswith(path)]


def _handler(service: Service) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or "{}")
            service.requests.append((self.path, body))
            service.keys.add(self.headers["Authorization"])
            if self.path.startswith("/slots/"):
                self._whole(service.slots.get(self.path.rpartition("=")[2], 200))
            elif service.refuses is not None and service.refuses[0] in body:
                self._whole(service.refuses[1])
            elif service.status != 200:
                self._whole(service.status)
            elif service.reply is not None and not body.get("stream"):
                self._whole(200, self._chat(body, service.reply))
            else:
                self._stream()

        def _chat(self, body: dict[str, Any], reply: Callable[[dict[str, Any]], str]) -> bytes:
            with service.counted:
                service.open += 1
                service.at_once = max(service.at_once, service.open)
            text = reply(body)
            with service.counted:
                service.open -= 1
            message = {"role": "assistant", "content": text}
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            told = {"id": "1", "object": "chat.completion", "created": 1, "model": "tiny"}
            return json.dumps({**told, "choices": [choice]}).encode()

        def _whole(self, status: int, content: bytes = b"{}") -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def _stream(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            # A length that a closed connection falls short of, as when a process is killed.
            cut = service.ending == "cut"
            self.send_header("Content-Length" if cut else "Connection", "9999" if cut else "close")
            self.end_headers()
            for chunk in service.pieces:
                self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
            if service.ending == "done":
                self.wfile.write(b"data: [DONE]\n\n")
            self.wfile.flush()
            if service.ending == "hang":
                service.released.wait(30)
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def serving(service: Service) -> Iterator[Service]:
    """Serve until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(service))
    service.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield service
    finally:
        service.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
